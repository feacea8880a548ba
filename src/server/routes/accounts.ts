/** Accounts: everybody's own password and sessions, and all accounts for administrators. */

import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type AccountView,
  account,
  accountChange,
  accountList,
  accountToAdd,
  passwordChange,
  sessionList,
} from "../../contract/accounts.ts";
import { OsteonError } from "../../errors.ts";
import { type Account, addAccount, changeAccount, findLogin, getAccount, listAccounts } from "../../store/index.ts";
import { clearSessionCookie } from "../access/cookies.ts";
import { checkPassword, hashPassword, verifyPassword } from "../access/passwords.ts";
import { hashToken } from "../access/sessions.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

const anId = z.object({ id: z.string().max(100) });
const nothing = { 204: z.null() };

export const accountRoutes = (app: App, services: Services): void => {
  ownRoutes(app, services);
  administratorRoutes(app, services);
};

/** What everybody may do with their own account; where none are asked for there is nothing to do. */
const ownRoutes = (app: App, { home: { database }, access }: Services): void => {
  app.put(
    "/api/account/password",
    { config: { role: "viewer" }, schema: { body: passwordChange, response: nothing } },
    async (request, reply) => {
      const { person, sessionToken, body, ip } = request;
      const own = await getAccount(database, person!.id);
      if (own.kind !== "password") throw new OsteonError("bad-input", "Change the password where you log in.");
      request.audit("changed own password", own.id);
      const attempt = { login: own.login, address: ip };
      access.loginLimits.begin(attempt);
      const found = await findLogin(database, own.login);
      if (!(await verifyPassword(found?.passwordHash ?? null, body.current))) {
        throw new OsteonError("wrong-login", "The current password is wrong.");
      }
      access.loginLimits.succeed(attempt);
      checkPassword(body.next, own.login);
      await changeAccount(database, own.id, { passwordHash: await hashPassword(body.next) });
      await access.sessions.end({ account: own.id, except: hashToken(sessionToken!) });
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/api/account/sessions",
    { config: { role: "viewer" }, schema: { response: { 200: sessionList } } },
    async ({ person, sessionToken }) => {
      const current = sessionToken === null ? null : hashToken(sessionToken);
      const sessions = await access.sessions.list(person!.id);
      return {
        sessions: sessions.map(({ id, createdAt, usedAt, address, browser, tokenHash }) => ({
          id,
          createdAt: createdAt.toISOString(),
          usedAt: usedAt.toISOString(),
          address,
          browser,
          current: tokenHash === current,
        })),
      };
    },
  );

  app.delete(
    "/api/account/sessions",
    { config: { role: "viewer", audit: "logged out everywhere" }, schema: { response: nothing } },
    async ({ person }, reply) => {
      await access.sessions.end({ account: person!.id });
      clearSessionCookie(reply, access.door);
      return reply.status(204).send(null);
    },
  );

  app.delete(
    "/api/account/sessions/:id",
    { config: { role: "viewer", audit: "ended session" }, schema: { params: anId, response: nothing } },
    async ({ person, params }, reply) => {
      const own = await access.sessions.list(person!.id);
      if (!own.some(({ id }) => id === params.id)) throw new OsteonError("not-found", "There is no such session.");
      await access.sessions.end({ id: params.id });
      return reply.status(204).send(null);
    },
  );
};

const administratorRoutes = (app: App, { home: { database }, access, now }: Services): void => {
  app.get(
    "/api/accounts",
    { config: { role: "administrator" }, schema: { response: { 200: accountList } } },
    async () => ({ accounts: (await listAccounts(database)).map(toView) }),
  );

  app.post(
    "/api/accounts",
    { config: { role: "administrator" }, schema: { body: accountToAdd, response: { 201: account } } },
    async (request, reply) => {
      const { login, name, role, password } = request.body;
      checkPassword(password, login);
      const added = await addAccount(database, {
        id: randomUUID(),
        login,
        name,
        role,
        createdAt: now(),
        proof: { passwordHash: await hashPassword(password) },
      });
      request.audit("added account", added.id);
      return reply.status(201).send(toView(added));
    },
  );

  app.patch(
    "/api/accounts/:id",
    {
      config: { role: "administrator", audit: "changed account" },
      schema: { params: anId, body: accountChange, response: { 200: account } },
    },
    async ({ params, body }) => {
      const before = await getAccount(database, params.id);
      const passwordHash = body.password === undefined ? undefined : await hashFor(before, body.password);
      const after = await changeAccount(database, params.id, {
        ...(body.name === undefined ? {} : { name: body.name }),
        ...(body.role === undefined ? {} : { role: body.role }),
        ...(passwordHash === undefined ? {} : { passwordHash }),
        ...(body.disabled === undefined ? {} : { disabledAt: body.disabled ? now() : null }),
      });
      if (body.disabled || passwordHash !== undefined) await access.sessions.end({ account: params.id });
      else access.sessions.forget(params.id);
      return toView(after);
    },
  );

  app.delete(
    "/api/accounts/:id/sessions",
    {
      config: { role: "administrator", audit: "ended sessions of account" },
      schema: { params: anId, response: nothing },
    },
    async ({ params }, reply) => {
      await getAccount(database, params.id);
      await access.sessions.end({ account: params.id });
      return reply.status(204).send(null);
    },
  );
};

const hashFor = ({ kind, login }: Account, password: string): Promise<string> => {
  if (kind !== "password")
    throw new OsteonError("bad-input", "This person logs in elsewhere and has no password here.");
  checkPassword(password, login);
  return hashPassword(password);
};

const toView = ({ createdAt, disabledAt, loggedInAt, ...rest }: Account): AccountView => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  disabledAt: disabledAt?.toISOString() ?? null,
  loggedInAt: loggedInAt?.toISOString() ?? null,
});
