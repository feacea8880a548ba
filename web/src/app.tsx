/** Which page is at which address. Each page is its own chunk. */

import { type ComponentType, lazy } from "react";
import { Navigate, Route, Routes } from "react-router";
import { Layout } from "./shell/layout.tsx";
import { NoPage } from "./shell/no-page.tsx";
import { SessionProvider } from "./shell/session.tsx";
import { ShortcutsProvider } from "./shell/shortcuts.tsx";

const LoginPage = lazy(() => import("./pages/login/page.tsx"));

/** The pages by the first word of their address. */
const pages: Readonly<Record<string, ComponentType>> = {
  link: lazy(() => import("./pages/link/page.tsx")),
  archive: lazy(() => import("./pages/archive/page.tsx")),
  atlas: lazy(() => import("./pages/atlas/page.tsx")),
  cohort: lazy(() => import("./pages/cohort/page.tsx")),
  runs: lazy(() => import("./pages/runs/page.tsx")),
  review: lazy(() => import("./pages/review/page.tsx")),
  settings: lazy(() => import("./pages/settings/page.tsx")),
};

export const App = () => (
  <SessionProvider login={<LoginPage />}>
    <ShortcutsProvider>
      <Layout>
        <Routes>
          <Route path="/" element={<Navigate to="/link" replace />} />
          {Object.entries(pages).map(([name, Page]) => (
            <Route key={name} path={`/${name}/*`} element={<Page />} />
          ))}
          <Route path="*" element={<NoPage />} />
        </Routes>
      </Layout>
    </ShortcutsProvider>
  </SessionProvider>
);
