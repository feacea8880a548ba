/** Queries: radiographs that are to be linked, their links, and why a neighbour is one. */

import { z } from "zod";
import { thumbnailSize } from "../../contract/images.ts";
import {
  boxToKeep,
  explanation,
  linkAnswer,
  linkRequest,
  neighbourReports,
  query,
  queryList,
  queryToAdd,
} from "../../contract/queries.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

const params = z.object({ id: z.string() });

export const queryRoutes = (app: App, { link, uploads }: Services): void => {
  app.post(
    "/api/queries",
    {
      config: { role: "viewer" },
      schema: {
        description: "A query of an upload or of an image of the archive.",
        body: queryToAdd,
        response: { 201: query },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const person = request.person!;
      if ("image" in body) {
        const added = await link.addImage(body.image, person);
        request.audit("opened image as query", body.image);
        return reply.status(201).send(added);
      }
      const { name } = await uploads.get(body.upload, person);
      const added = await link.add(await uploads.path(body.upload, person), { name, person });
      await uploads.remove(body.upload);
      request.audit("added query", added.id);
      return reply.status(201).send(added);
    },
  );
  app.get(
    "/api/queries",
    { config: { role: "viewer", isAskedByItself: true }, schema: { response: { 200: queryList } } },
    async ({ person }) => ({ queries: await link.list(person!) }),
  );
  app.get(
    "/api/queries/:id",
    { config: { role: "viewer", audit: "viewed query" }, schema: { params, response: { 200: query } } },
    async ({ params: { id }, person }) => link.get(id, person!),
  );
  app.get(
    "/api/queries/:id/thumbnail",
    {
      config: { role: "viewer" },
      schema: {
        params,
        querystring: z.object({ size: thumbnailSize.default("192") }),
        response: { 200: z.any() },
      },
    },
    async ({ params: { id }, query: { size }, person }, reply) => {
      const bytes = await link.thumbnail(id, Number(size), person!);
      reply.type("image/webp").header("cache-control", "private, max-age=31536000, immutable");
      return reply.send(bytes);
    },
  );
  app.delete(
    "/api/queries/:id",
    { config: { role: "viewer", audit: "removed query" }, schema: { params, response: { 204: z.null() } } },
    async ({ params: { id }, person }, reply) => {
      await link.remove(id, person!);
      return reply.status(204).send(null);
    },
  );
  app.put(
    "/api/queries/:id/box",
    {
      config: { role: "viewer", audit: "marked query" },
      schema: { params, body: boxToKeep, response: { 200: query } },
    },
    async ({ params: { id }, body: { box }, person }) => link.setBox(id, box, person!),
  );
  app.post(
    "/api/queries/:id/link",
    {
      config: { role: "viewer", audit: "linked query" },
      schema: { params, body: linkRequest, response: { 200: linkAnswer } },
    },
    async ({ params: { id }, body, person }) => link.link(id, body, person!),
  );
  app.get(
    "/api/queries/:id/explanation/:image",
    {
      config: { role: "viewer" },
      schema: { params: params.extend({ image: z.string() }), response: { 200: explanation } },
    },
    async ({ params: { id, image }, person }) => link.explain(id, image, person!),
  );
  app.get(
    "/api/queries/:id/reports/:image",
    {
      config: { role: "researcher", audit: "read reports of neighbour" },
      schema: { params: params.extend({ image: z.string() }), response: { 200: neighbourReports } },
    },
    async ({ params: { id, image }, person }) => link.reports(id, image, person!),
  );
};
