/** What administrators set for the whole server. */

import { serverSettings, serverSettingsChange } from "../../contract/settings.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export const settingsRoutes = (app: App, { settings }: Services): void => {
  app.get(
    "/api/settings",
    { config: { role: "administrator" }, schema: { response: { 200: serverSettings } } },
    async () => settings.current(),
  );

  app.patch(
    "/api/settings",
    {
      config: { role: "administrator", audit: "changed settings" },
      schema: { body: serverSettingsChange, response: { 200: serverSettings } },
    },
    ({ body }) => settings.change(body),
  );
};
