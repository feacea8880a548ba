/** The audit log for administrators: looked through, exported, and proved. Who does that stands in it too. */

import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import {
  type AuditEntryView,
  type AuditFilterView,
  auditChain,
  auditFacets,
  auditFilter,
  auditList,
  auditPage,
} from "../../contract/audit.ts";
import {
  type AuditEntry,
  type AuditFilter,
  listAccounts,
  listAudit,
  listAuditActions,
  verifyAudit,
} from "../../store/index.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

/** Entries read at a time for the file. */
const exportedAtOnce = 5000;

export const auditRoutes = (app: App, { home: { database } }: Services): void => {
  const names = async (): Promise<ReadonlyMap<string, string>> =>
    new Map((await listAccounts(database)).map(({ id, name }) => [id, name]));

  app.get(
    "/api/audit",
    {
      config: { role: "administrator", audit: "viewed audit log" },
      schema: { querystring: auditPage, response: { 200: auditList } },
    },
    async ({ query: { before, limit, ...filter } }) => {
      const page = { ...toFilter(filter), limit: limit + 1, ...(before === undefined ? {} : { before }) };
      const [entries, known] = await Promise.all([listAudit(database, page), names()]);
      return { entries: entries.slice(0, limit).map((entry) => toView(entry, known)), more: entries.length > limit };
    },
  );

  app.get(
    "/api/audit/facets",
    { config: { role: "administrator" }, schema: { response: { 200: auditFacets } } },
    async () => ({
      actions: await listAuditActions(database),
      people: [...(await names())].map(([id, name]) => ({ id, name })),
    }),
  );

  app.get(
    "/api/audit/chain",
    { config: { role: "administrator", audit: "verified audit log" }, schema: { response: { 200: auditChain } } },
    async () => {
      const chain = await verifyAudit(database);
      return chain.holds ? { ...chain, brokenAt: null } : { ...chain, head: null };
    },
  );

  app.get(
    "/api/audit/export",
    {
      config: { role: "administrator", audit: "exported audit log" },
      schema: { querystring: auditFilter, produces: ["text/csv"], response: { 200: z.any() } },
    },
    async ({ query }, reply) => {
      const known = await names();
      reply.type("text/csv; charset=utf-8").header("content-disposition", 'attachment; filename="osteon-audit.csv"');
      return reply.send(ReadableStream.from(exportLines(toFilter(query), known)));
    },
  );

  /** The file's lines, a page at a time: the log may be longer than memory should hold. */
  async function* exportLines(filter: Omit<AuditFilter, "limit">, known: ReadonlyMap<string, string>) {
    yield stringify([["number", "at", "person", "name", "action", "subject", "address", "outcome", "hash"]]);
    let before: number | undefined;
    for (;;) {
      const entries = await listAudit(database, {
        ...filter,
        ...(before === undefined ? {} : { before }),
        limit: exportedAtOnce,
      });
      const rows = entries.map((entry) => cells(entry, known));
      yield stringify(rows, { escape_formulas: true }); // people choose their names, and those of regions
      if (entries.length < exportedAtOnce) return;
      before = entries.at(-1)!.number;
    }
  }
};

const cells = (
  { number, at, person, action, subject, address, outcome, hash }: AuditEntry,
  known: ReadonlyMap<string, string>,
) => [number, at.toISOString(), person, known.get(person ?? "") ?? "", action, subject, address, outcome, hash];

const toFilter = ({ from, to, ...same }: AuditFilterView): Omit<AuditFilter, "limit"> => ({
  ...Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined)),
  ...(from === undefined ? {} : { from: new Date(from) }),
  ...(to === undefined ? {} : { to: new Date(to) }),
});

const toView = ({ hash: _, at, ...entry }: AuditEntry, known: ReadonlyMap<string, string>): AuditEntryView => ({
  ...entry,
  at: at.toISOString(),
  name: entry.person === null ? null : (known.get(entry.person) ?? null),
});
