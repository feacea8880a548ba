/** Which page is at which address. Each page is its own chunk. */

import { type ComponentType, lazy } from "react";
import { Navigate, Route, Routes } from "react-router";
import { Layout } from "./shell/layout.tsx";
import { NoPage } from "./shell/no-page.tsx";
import { SessionProvider } from "./shell/session.tsx";
import { ShortcutsProvider } from "./shell/shortcuts.tsx";

const LoginPage = lazy(() => import("./pages/login/page.tsx"));

/** The pages by the first word of their address. */
const loaders: Readonly<Record<string, () => Promise<{ default: ComponentType }>>> = {
  link: () => import("./pages/link/page.tsx"),
  archive: () => import("./pages/archive/page.tsx"),
  atlas: () => import("./pages/atlas/page.tsx"),
  cohort: () => import("./pages/cohort/page.tsx"),
  runs: () => import("./pages/runs/page.tsx"),
  review: () => import("./pages/review/page.tsx"),
  settings: () => import("./pages/settings/page.tsx"),
};
const pages = Object.entries(loaders).map(([name, load]) => ({ name, Page: lazy(load) }));

/** The first page comes while it is still asked who is there. */
void loaders[location.pathname.split("/")[1] || "link"]?.();

export const App = () => (
  <SessionProvider login={<LoginPage />}>
    <ShortcutsProvider>
      <Layout>
        <Routes>
          <Route path="/" element={<Navigate to="/link" replace />} />
          {pages.map(({ name, Page }) => (
            <Route key={name} path={`/${name}/*`} element={<Page />} />
          ))}
          <Route path="*" element={<NoPage />} />
        </Routes>
      </Layout>
    </ShortcutsProvider>
  </SessionProvider>
);
