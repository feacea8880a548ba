/** Cookies: out of reach of scripts, and sent to this server alone. */

import { randomBytes } from "node:crypto";
import { type CookieSerializeOptions, Signer } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Door } from "./door.ts";

/** A browser takes a name that begins with `__Host-` only over TLS, for this very host and every path of it. */
const nameOf = (name: string, { secure }: Door): string => (secure ? `__Host-${name}` : name);

/** Strict: not even a link on another site's page makes the browser send it. */
const sessionOptions = ({ secure }: Door): CookieSerializeOptions => ({
  path: "/",
  httpOnly: true,
  sameSite: "strict",
  secure,
});

export const readSessionCookie = (request: FastifyRequest, door: Door): string | null =>
  request.cookies[nameOf("osteon", door)] || null;

export const setSessionCookie = (reply: FastifyReply, door: Door, token: string): void => {
  reply.setCookie(nameOf("osteon", door), token, sessionOptions(door));
};

/** Makes the browser forget the session, and the radiographs that it kept. */
export const clearSessionCookie = (reply: FastifyReply, door: Door): void => {
  reply.clearCookie(nameOf("osteon", door), sessionOptions(door));
  reply.header("clear-site-data", '"cache"');
};

const start = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

/** What a browser keeps on its way to an identity provider and back, and where it wanted to go. */
export type KeptStart = z.infer<typeof start>;

/** Made anew with every process: who was on the way when the server was restarted begins again. */
const signer = new Signer(randomBytes(32).toString("base64"));

const wayMinutes = 10;

/** Lax: the way back begins at the identity provider's page. */
const startOptions = (door: Door): CookieSerializeOptions => ({
  ...sessionOptions(door),
  sameSite: "lax",
  maxAge: wayMinutes * 60,
});

export const setStartCookie = (reply: FastifyReply, door: Door, kept: KeptStart): void => {
  reply.setCookie(nameOf("osteon-way", door), signer.sign(JSON.stringify(kept)), startOptions(door));
};

export const readStartCookie = (request: FastifyRequest, door: Door): KeptStart | null => {
  const { valid, value } = signer.unsign(request.cookies[nameOf("osteon-way", door)] ?? "");
  return valid && value !== null ? start.parse(JSON.parse(value)) : null;
};

export const clearStartCookie = (reply: FastifyReply, door: Door): void => {
  reply.clearCookie(nameOf("osteon-way", door), startOptions(door));
};
