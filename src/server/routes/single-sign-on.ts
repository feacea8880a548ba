/** The way to the identity provider and back. What goes wrong is told by a word in the login page's address. */

import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { OsteonError } from "../../errors.ts";
import { type Account, addAccount, findIssued, findLogin, renewIssuedAccount } from "../../store/index.ts";
import { ownOrigin } from "../access/check-origin.ts";
import { clearStartCookie, readStartCookie, setStartCookie } from "../access/cookies.ts";
import type { IssuedPerson } from "../access/single-sign-on.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";
import { beginSession } from "./session.ts";

const path = "/api/session/single-sign-on";
const callback = `${path}/callback`;

export const singleSignOnRoutes = (app: App, services: Services): void => {
  const { access } = services;
  const singleSignOn = access.singleSignOn;
  const noSingleSignOn = (): OsteonError => new OsteonError("not-found", "This server has no single sign-on.");
  const redirectUri = (request: FastifyRequest): string => `${ownOrigin(request, access.door)}${callback}`;

  app.get(
    path,
    {
      config: { role: "public" },
      schema: {
        querystring: z.strictObject({
          to: z
            .string()
            .regex(/^\/([a-z][a-z/-]{0,99})?$/)
            .default("/"),
        }),
      },
    },
    async (request, reply) => {
      if (!singleSignOn) throw noSingleSignOn();
      const { address, start } = await singleSignOn.begin(redirectUri(request));
      setStartCookie(reply, access.door, { ...start, to: request.query.to });
      return reply.redirect(address.href);
    },
  );

  app.get(
    callback,
    { config: { role: "public", fromElsewhere: true }, schema: { querystring: z.looseObject({}) } },
    async (request, reply) => {
      if (!singleSignOn) throw noSingleSignOn();
      const start = readStartCookie(request, access.door);
      clearStartCookie(reply, access.door);
      if (!start) return reply.redirect("/?login=late");
      const attempt = { login: null, address: request.ip };
      if (!access.loginLimits.mayTry(attempt)) return reply.redirect("/?login=busy");
      access.loginLimits.begin(attempt);
      const address = new URL(redirectUri(request));
      address.search = request.url.split("?")[1] ?? "";
      let issued: IssuedPerson;
      try {
        issued = await singleSignOn.finish(address, start);
      } catch (error) {
        const code = error instanceof OsteonError ? error.code : "failed";
        request.log.warn({ code }, "single sign-on failed");
        request.audit("logged in", null, "failed");
        return reply.redirect(code === "unreachable" ? "/?login=unreachable" : "/?login=failed");
      }
      const account = await accountOf(issued, services);
      if (!account) {
        request.audit("logged in", null, "failed");
        return reply.redirect("/?login=refused");
      }
      access.loginLimits.succeed(attempt);
      await beginSession(services, account, { request, reply });
      return reply.redirect(start.to);
    },
  );
};

/** The person's account, made at the first login; null where the person has no role here or is disabled. */
const accountOf = async (
  { issuer, subject, login, name, role }: IssuedPerson,
  { home: { database }, access, now }: Services,
): Promise<Account | null> => {
  const known = await findIssued(database, issuer, subject);
  if (known?.disabledAt || role === null) return null;
  if (known) {
    const renewed = await renewIssuedAccount(database, known.id, { name, role, loggedInAt: now() });
    access.sessions.forget(known.id);
    return renewed;
  }
  const id = randomUUID();
  const isTaken = (await findLogin(database, login)) !== null;
  const added = await addAccount(database, {
    id,
    login: isTaken ? `${login}-${id.slice(0, 8)}` : login,
    name,
    role,
    createdAt: now(),
    proof: { issuer, subject },
  });
  return renewIssuedAccount(database, added.id, { name, role, loggedInAt: now() });
};
