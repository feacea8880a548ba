/** The names of entities, sites and regions in German. */

import { germanEntityNames, germanSiteNames } from "../../clinic/vocabulary/german-names.ts";
import { regionTerms } from "../../clinic/vocabulary/regions.ts";
import { vocabulary } from "../../contract/vocabulary.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export const vocabularyRoutes = (app: App, _services: Services): void => {
  app.get(
    "/api/vocabulary",
    { config: { role: "viewer" }, schema: { response: { 200: vocabulary } } },
    async (_request, reply) => {
      reply.header("cache-control", "private, max-age=3600");
      return {
        entities: [...germanEntityNames],
        sites: [...germanSiteNames],
        regions: regionTerms.map(({ name, de }) => ({ name, de })),
      };
    },
  );
};
