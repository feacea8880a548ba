/** How many requests one address may send: far above what people at pages do, below what would starve the others. */

import fastifyRateLimit from "@fastify/rate-limit";
import { OsteonError } from "../../errors.ts";
import type { App } from "../app.ts";
import type { Door } from "./door.ts";

/** An archive that is scrolled through asks for hundreds of thumbnails in a second. */
const usualPerMinute = 20_000;

/** On loopback, whoever asks is at this machine, and there is nobody to protect from whom. */
export const limitRequests = async (app: App, { accounts }: Door, perMinute = usualPerMinute): Promise<void> => {
  if (!accounts) return;
  await app.register(fastifyRateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: ({ ip }) => ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new OsteonError("too-many-requests", "Too many requests; wait a moment.", {
        retrySeconds: Math.ceil(ttl / 1000),
      }),
  });
};
