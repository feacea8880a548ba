/** The archive: searches, counts, thumbnails, one radiograph with all that is known of it, the list as a table. */

import { z } from "zod";
import { imageId } from "../../clinic/ids.ts";
import {
  exportSearch,
  facetSearch,
  facets,
  imageDetail,
  imageKey,
  imagePage,
  imageSearch,
  patientPage,
  patientSearch,
  thumbnailSize,
} from "../../contract/images.ts";
import { mayActAs } from "../../contract/roles.ts";
import { OsteonError } from "../../errors.ts";
import { findImage, readArchiveImages, readImagesOfPatients } from "../../store/index.ts";
import type { App } from "../app.ts";
import { exportImages } from "../images/export-images.ts";
import { readImageDetail, summaryOf } from "../images/image-detail.ts";
import { searchOf } from "../images/search-of.ts";
import type { Services } from "../services.ts";

const viewer = { role: "viewer" } as const;

export const imageRoutes = (app: App, { home: { database }, archiveLists, thumbnails }: Services): void => {
  app.post(
    "/api/images/search",
    { config: viewer, schema: { body: imageSearch, response: { 200: imagePage } } },
    async ({ body: { filter, order, offset, limit } }) => {
      const ids = await archiveLists.images(searchOf(filter), order);
      const images = await readArchiveImages(database, ids.slice(offset, offset + limit));
      return { total: ids.length, images: images.map(summaryOf) };
    },
  );

  app.post(
    "/api/images/patients",
    { config: viewer, schema: { body: patientSearch, response: { 200: patientPage } } },
    async ({ body: { filter, offset, limit } }) => {
      const search = searchOf(filter);
      const all = await archiveLists.patients(search);
      const patients = all.slice(offset, offset + limit);
      const images = Map.groupBy(await readImagesOfPatients(database, patients, search), ({ patient }) => patient);
      return {
        total: all.length,
        patients: patients.map((patient) => ({ patient, images: (images.get(patient) ?? []).map(summaryOf) })),
      };
    },
  );

  app.post(
    "/api/images/facets",
    { config: viewer, schema: { body: facetSearch, response: { 200: facets } } },
    async ({ body: { filter } }) => {
      const counted = await archiveLists.facets(searchOf(filter));
      const lists = Object.entries(counted.facets).map(([name, values]) => [name, [...values]]);
      return { ...counted, facets: Object.fromEntries(lists) };
    },
  );

  app.post(
    "/api/images/export",
    { config: { role: "researcher" }, schema: { body: exportSearch, response: { 200: z.any() } } },
    async (request, reply) => {
      const { filter, order } = request.body;
      const ids = await archiveLists.images(searchOf(filter), order);
      request.audit("exported images", `${ids.length} images`);
      reply.type("text/csv; charset=utf-8").header("content-disposition", 'attachment; filename="osteon-archive.csv"');
      return reply.send(ReadableStream.from(exportImages(database, ids)));
    },
  );

  app.get(
    "/api/images/:id",
    {
      config: { ...viewer, audit: "viewed image" },
      schema: { params: z.object({ id: imageKey }), response: { 200: imageDetail } },
    },
    ({ params, person }) =>
      readImageDetail(database, params.id, { seesSource: person !== null && mayActAs(person.role, "researcher") }),
  );

  app.get(
    "/api/images/:id/thumbnail",
    {
      config: viewer,
      schema: {
        params: z.object({ id: imageKey }),
        querystring: z.object({ size: thumbnailSize.default("192") }),
        response: { 200: z.any(), 304: z.any() },
      },
    },
    async ({ params: { id }, query, raw, headers }, reply) => {
      const isWanted = (): boolean => !raw.socket.destroyed;
      const known = headers["if-none-match"]?.slice(1, -1);
      const { tag, bytes } = await thumbnails
        .get({ id, side: Number(query.size), known, isWanted })
        .catch(async (error) => {
          if (await findImage(database, imageId(id))) throw error;
          throw new OsteonError("not-found", "There is no such radiograph.");
        });
      // Scrolling to and fro asks once; a picture that was written anew, or a login that has ended, shows soon.
      reply.header("cache-control", "private, max-age=60").header("etag", `"${tag}"`);
      return bytes ? reply.type("image/webp").send(bytes) : reply.status(304).send();
    },
  );
};
