/** Pictures for the viewer: what is known of one, and its samples; and the boxes that annotators draw. */

import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { imageId } from "../../clinic/ids.ts";
import { type Box, boxesToWrite, picture } from "../../contract/pictures.ts";
import { OsteonError } from "../../errors.ts";
import { findImage, listAnnotations, type StoredImage, writeAnnotations } from "../../store/index.ts";
import { boxesOf, isInside } from "../../systems/precedents/lesion-crop.ts";
import type { App } from "../app.ts";
import type { DecodedPicture } from "../link/picture-cache.ts";
import { showPicture } from "../link/show-picture.ts";
import type { Services } from "../services.ts";

const params = z.object({ id: z.string() });
const boxes = boxesToWrite;
const samples = { description: "The samples as `picture` describes them, `application/octet-stream`." };

export const pictureRoutes = (app: App, { link, home }: Services): void => {
  const { pictures } = link;
  const find = async (id: string): Promise<StoredImage> => {
    const image = await findImage(home.database, imageId(id));
    if (!image) throw new OsteonError("not-found", "There is no such radiograph.");
    return image;
  };

  app.get(
    "/api/images/:id/picture",
    { config: { role: "viewer" }, schema: { params, response: { 200: picture } } },
    async ({ params: { id } }) => showPicture(await pictures.ofImage(id)),
  );
  app.get(
    "/api/images/:id/pixels",
    { config: { role: "viewer", audit: "viewed image" }, schema: { params, ...samples } },
    async (request, reply) => {
      const { id } = await find(request.params.id);
      return sendSamples(request, reply, { tag: id, decode: () => pictures.ofImage(id) });
    },
  );
  app.get(
    "/api/queries/:id/picture",
    { config: { role: "viewer" }, schema: { params, response: { 200: picture } } },
    async ({ params: { id }, person }) => showPicture(await pictures.ofQuery(await link.find(id, person!))),
  );
  app.get(
    "/api/queries/:id/pixels",
    { config: { role: "viewer", audit: "viewed picture of query" }, schema: { params, ...samples } },
    async (request, reply) => {
      const query = await link.find(request.params.id, request.person!);
      return sendSamples(request, reply, { tag: query.id, decode: () => pictures.ofQuery(query) });
    },
  );
  app.put(
    "/api/images/:id/boxes",
    {
      config: { role: "annotator", audit: "marked image" },
      schema: {
        description: "Takes the place of the boxes that the same person drew before.",
        params,
        body: boxes,
        response: { 200: boxes },
      },
    },
    async ({ params: { id }, body, person }) => {
      const image = await find(id);
      if (!body.boxes.every((box) => isInside(box, image))) {
        throw new OsteonError("bad-input", "A box lies beside the picture.");
      }
      const source = `user:${person!.id}`;
      await writeAnnotations(home.database, [
        { image: image.id, source, annotations: body.boxes.map((box) => annotationOf(box)) },
      ]);
      const own = (await listAnnotations(home.database, image.id)).filter((marks) => marks.source === source);
      return { boxes: boxesOf(own) };
    },
  );
};

const annotationOf = ({ x, y, width, height }: Box) =>
  ({ kind: "box", label: "lesion", box: [x, y, x + width, y + height] }) as const;

const compress = promisify(gzip);

/**
 * The samples, from the browser's own memory where it has them: it asks each time, so that a login that has ended shows
 * nothing, and is answered without a body.
 */
const sendSamples = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { tag, decode }: { readonly tag: string; readonly decode: () => Promise<DecodedPicture> },
): Promise<FastifyReply> => {
  const etag = `"${tag}-1"`;
  reply.header("cache-control", "private, no-cache").header("etag", etag).header("vary", "accept-encoding");
  if (request.headers["if-none-match"] === etag) return reply.status(304).send();
  const { viewer } = await decode();
  const { buffer, byteOffset, byteLength } = viewer.samples;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  reply.type("application/octet-stream");
  if (!/\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))) return reply.send(bytes);
  const compressed = await compress(bytes, { level: constants.Z_BEST_SPEED });
  return reply.header("content-encoding", "gzip").send(compressed);
};
