/** What browsers are told to refuse: foreign scripts, styles and frames, and leaving TLS. */

import type { FastifyHelmetOptions } from "@fastify/helmet";
import { isOfApi } from "../api-routes.ts";
import type { App } from "../app.ts";
import type { Door } from "./door.ts";

/**
 * Everything comes from this server alone; the viewer compiles WebAssembly and draws pictures that it made itself. `secure`
 * servers tell browsers to stay with TLS.
 */
export const securityHeaders = ({ secure }: Door): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "blob:", "data:"],
      fontSrc: ["'self'"],
      workerSrc: ["'self'", "blob:"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
  },
  strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  crossOriginEmbedderPolicy: { policy: "require-corp" },
  crossOriginOpenerPolicy: { policy: "same-origin" },
  crossOriginResourcePolicy: { policy: "same-origin" },
  referrerPolicy: { policy: "no-referrer" },
  xFrameOptions: { action: "deny" },
});

/** What the API answers is kept nowhere, unless a route says otherwise: browsers are shared, and proxies too. */
export const keepOutOfCaches = (app: App): void => {
  app.addHook("onSend", async (request, reply) => {
    if (isOfApi(request) && !reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
};
