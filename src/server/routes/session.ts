/** Who is at the browser. */

import { session } from "../../contract/session.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export const sessionRoutes = (app: App, _services: Services, { version }: { version: string }): void => {
  app.get(
    "/api/session",
    { config: { role: "public" }, schema: { response: { 200: session } } },
    async ({ person }) => ({ person, accounts: false, csrfToken: null, version }),
  );
};
