/** Which page is at which address. Each page is its own chunk. */

import { lazy, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import { Layout } from "./shell/layout.tsx";
import { SessionProvider } from "./shell/session.tsx";

const ArchivePage = lazy(() => import("./pages/archive/page.tsx"));

export const App = () => (
  <SessionProvider>
    <Layout>
      <Suspense fallback={null}>
        <Routes>
          <Route path="/" element={<Navigate to="/archive" replace />} />
          <Route path="/archive" element={<ArchivePage />} />
        </Routes>
      </Suspense>
    </Layout>
  </SessionProvider>
);
