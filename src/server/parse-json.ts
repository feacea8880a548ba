/** JSON is the only kind of body, but for uploads; a sign that no database text may hold is refused before anybody reads it. */

import type { FastifyRequest } from "fastify";
import { OsteonError } from "../errors.ts";
import type { App } from "./app.ts";

/** Replaces the parsers that a server has by itself. */
export const parseJsonOnly = (app: App): void => {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (String(body).includes("\\u0000")) return done(malformed());
    return parse(request, String(body), done);
  });
  app.addHook("preValidation", async ({ params, url }: FastifyRequest) => {
    const values = Object.values(params ?? {});
    if (url.includes("%00") || values.some((value) => String(value).includes("\0"))) throw malformed();
  });
};

const malformed = (): OsteonError => new OsteonError("bad-usage", "The request holds a sign that no text may hold.");
