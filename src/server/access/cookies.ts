/** The cookie that holds a session's token: out of reach of scripts, sent to this server alone and from its own pages alone. */

import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Door } from "./door.ts";

/** A browser takes a name that begins with `__Host-` only over TLS, for this very host and every path of it. */
const nameOf = ({ secure }: Door): string => (secure ? "__Host-osteon" : "osteon");

const optionsOf = ({ secure }: Door): CookieSerializeOptions => ({
  path: "/",
  httpOnly: true,
  sameSite: "strict",
  secure,
});

export const readSessionCookie = (request: FastifyRequest, door: Door): string | null =>
  request.cookies[nameOf(door)] || null;

export const setSessionCookie = (reply: FastifyReply, door: Door, token: string): void => {
  reply.setCookie(nameOf(door), token, optionsOf(door));
};

export const clearSessionCookie = (reply: FastifyReply, door: Door): void => {
  reply.clearCookie(nameOf(door), optionsOf(door));
};
