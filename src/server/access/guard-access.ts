/** Who asks, whether they may, and what the audit log says of it: before and after every route. */

import type { FastifyReply, FastifyRequest } from "fastify";
import { mayActAs } from "../../contract/roles.ts";
import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import type { AuditRecord } from "../../store/index.ts";
import type { App } from "../app.ts";
import type { Access } from "./access.ts";
import { checkOrigin, isChange } from "./check-origin.ts";
import { readSessionCookie } from "./cookies.ts";
import { csrfTokenOf } from "./sessions.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The token of the session that asks; null where there is none. */
    sessionToken: string | null;
    /**
     * Adds to what the audit log says of this request: a past tense such as `labelled cluster`, and an id. The outcome is the
     * answer's unless it is given.
     */
    audit(action: string, subject: string | null, outcome?: AuditRecord["outcome"]): void;
    /** What was added. */
    auditNotes: AuditNote[] | null;
  }
}

interface AuditNote {
  readonly action: string;
  readonly subject: string | null;
  readonly outcome?: AuditRecord["outcome"] | undefined;
}

/** Who works at a server that asks for no accounts. */
export const local: Person = { id: "local", name: "local", role: "administrator" };

/** Puts the guard before every route that is registered from now on. */
export const guardAccess = (app: App, access: Access): void => {
  app.decorateRequest("sessionToken", null);
  app.decorateRequest("auditNotes", null);
  app.decorateRequest("audit", function (this: FastifyRequest, action, subject, outcome) {
    this.auditNotes ??= [];
    this.auditNotes.push({ action, subject, outcome });
  });
  app.addHook("onRequest", async (request) => {
    await identify(request, access);
    checkOrigin(request, access.door);
    checkToken(request);
    checkRole(request);
  });
  app.addHook("onSend", (request, reply) => writeAudit(request, reply, access));
};

const identify = async (request: FastifyRequest, { door, sessions }: Access): Promise<void> => {
  if (request.routeOptions.config.isSigned) return; // another centre, and nobody who works here
  if (!door.accounts) {
    request.person = local;
    return;
  }
  const token = readSessionCookie(request, door);
  const known =
    token === null ? null : await sessions.recognise(token, { isUse: !request.routeOptions.config.isAskedByItself });
  if (!known) return;
  const { id, name, role } = known.account;
  request.person = { id, name, role };
  request.sessionToken = token;
};

/** A page of another site can send requests with this browser's cookie, but cannot read the token that belongs to it. */
const checkToken = (request: FastifyRequest): void => {
  const { sessionToken, headers } = request;
  if (sessionToken === null || !isChange(request)) return;
  if (headers["x-csrf-token"] === csrfTokenOf(sessionToken)) return;
  throw new OsteonError("not-allowed", "The page is out of date; load it again.");
};

const checkRole = (request: FastifyRequest): void => {
  const { person, routeOptions } = request;
  const asked = routeOptions.config.role;
  if (asked === undefined || asked === "public") return;
  if (!person) throw new OsteonError("not-logged-in", "Log in first.");
  if (mayActAs(person.role, asked)) return;
  request.audit(routeOptions.config.audit ?? "was refused", `${request.method} ${routeOptions.url}`);
  throw new OsteonError("not-allowed", `This needs the role ${asked}; ask an administrator.`);
};

/** Before the answer leaves: what cannot be written down is not shown. */
const writeAudit = async (request: FastifyRequest, reply: FastifyReply, { log }: Access): Promise<void> => {
  const { audit } = request.routeOptions.config;
  const isDone = reply.statusCode < 400;
  const notes = request.auditNotes ?? [];
  request.auditNotes = null;
  const said: AuditNote[] =
    audit !== undefined && isDone ? [{ action: audit, subject: subjectOf(request) }, ...notes] : notes;
  const usual = isDone ? "done" : reply.statusCode === 403 ? "refused" : "failed";
  await log.write(
    said.map(({ action, subject, outcome = usual }) => ({
      person: request.person?.id ?? null,
      action,
      subject,
      address: request.ip,
      outcome,
    })),
  );
};

/** What the address names: an id, or a cohort and its split. */
const subjectOf = ({ params }: FastifyRequest): string | null => Object.values(params ?? {}).join(" ") || null;
