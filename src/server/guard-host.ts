/** Refuses requests that were addressed to a foreign name. */

import type { FastifyRequest } from "fastify";
import { OsteonError } from "../errors.ts";

/**
 * A foreign page can let its own name point to loopback (DNS rebinding) and would then be allowed to read the answer; so a
 * server on loopback answers to the names of loopback only.
 *
 * @throws OsteonError `bad-input`
 */
export const guardHost = async ({ headers, socket }: FastifyRequest): Promise<void> => {
  const isOnLoopback = socket.localAddress === undefined || /^(127\.|::1|::ffff:127\.)/.test(socket.localAddress);
  if (!isOnLoopback) return;
  const name = headers.host?.toLowerCase().replace(/:\d+$/, "") ?? "";
  if (["localhost", "127.0.0.1", "[::1]"].includes(name)) return;
  throw new OsteonError("bad-input", "This server answers on localhost only.");
};
