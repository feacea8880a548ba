/** Who is at the browser: logging in and out. */

import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { credentials, type Session, session } from "../../contract/session.ts";
import type { Account } from "../../store/index.ts";
import { clearSessionCookie, setSessionCookie } from "../access/cookies.ts";
import { logIn } from "../access/log-in.ts";
import { csrfTokenOf, hashToken } from "../access/sessions.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export const sessionRoutes = (app: App, services: Services, { version }: { version: string }): void => {
  const { access, settings, home, now } = services;
  const sessionOf = ({ person, sessionToken }: FastifyRequest): Session => ({
    person,
    accounts: access.door.accounts,
    singleSignOn: access.singleSignOn?.label ?? null,
    centre: settings.current().centre,
    csrfToken: sessionToken === null ? null : csrfTokenOf(sessionToken),
    version,
  });

  app.get(
    "/api/session",
    { config: { role: "public", isAskedByItself: true }, schema: { response: { 200: session } } },
    async (request): Promise<Session> => sessionOf(request),
  );

  app.post(
    "/api/session",
    { config: { role: "public" }, schema: { body: credentials, response: { 200: session } } },
    async (request, reply): Promise<Session> => {
      await logIn(
        { ...request.body, address: request.ip },
        {
          database: home.database,
          limits: access.loginLimits,
          now,
          onFailure: (id) => request.audit("logged in", id),
          begin: (account) => beginSession(services, account, { request, reply }),
          takeBack: () => endSession(services, request, reply),
        },
      );
      return sessionOf(request);
    },
  );

  app.delete(
    "/api/session",
    { config: { role: "viewer", audit: "logged out" }, schema: { response: { 204: z.null() } } },
    async (request, reply) => {
      await endSession(services, request, reply);
      return reply.status(204).send(null);
    },
  );
};

/** Gives the browser a session with a new token; one that it had before ends. */
export const beginSession = async (
  { access }: Services,
  account: Account,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<void> => {
  if (request.sessionToken !== null) await access.sessions.end({ tokenHash: hashToken(request.sessionToken) });
  const token = await access.sessions.begin(account, {
    address: request.ip,
    browser: request.headers["user-agent"] ?? "",
  });
  const { id, name, role } = account;
  request.person = { id, name, role };
  request.sessionToken = token;
  setSessionCookie(reply, access.door, token);
  request.audit("logged in", id);
};

const endSession = async (
  { access }: Services,
  { sessionToken }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  if (sessionToken !== null) await access.sessions.end({ tokenHash: hashToken(sessionToken) });
  clearSessionCookie(reply, access.door);
};
