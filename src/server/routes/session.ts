/** Who is at the browser. */

import { type Session, session } from "../../contract/session.ts";
import { csrfTokenOf } from "../access/sessions.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export const sessionRoutes = (app: App, { access, settings }: Services, { version }: { version: string }): void => {
  app.get(
    "/api/session",
    { config: { role: "public" }, schema: { response: { 200: session } } },
    async ({ person, sessionToken }): Promise<Session> => ({
      person,
      accounts: access.door.accounts,
      singleSignOn: null,
      centre: settings.current().centre,
      csrfToken: sessionToken === null ? null : csrfTokenOf(sessionToken),
      version,
    }),
  );
};
