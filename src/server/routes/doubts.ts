/** Doubts: what the reading of tables doubted or found contradictory, for people to decide. */

import {
  bulkAcceptance,
  type Doubt,
  decidedCount,
  doubt,
  doubtDecision,
  doubtDetail,
  doubtFacets,
  doubtPage,
  doubtParams,
  doubtQuery,
} from "../../contract/doubts.ts";
import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import {
  acceptRule,
  clinicalRecordsWork,
  countDoubts,
  type Decision,
  isWorkOwed,
  pageOfDoubts,
  readDoubt,
  type StoredContradiction,
  type StoredFinding,
  undoLastDecision,
} from "../../store/index.ts";
import { rowsOfDoubt, writeDecision } from "../../systems/cohort/index.ts";
import type { App } from "../app.ts";
import { checkMayChange, mayChange } from "../decided-by.ts";
import { RecordsFollowUp } from "../records-follow-up.ts";
import type { Services } from "../services.ts";

export const doubtRoutes = (app: App, services: Services): void => {
  const { home, now } = services;
  const { database } = home;
  const records = new RecordsFollowUp(services);
  app.addHook("onReady", () => records.catchUp());

  const find = async (id: string): Promise<StoredFinding | StoredContradiction> => {
    const found = await readDoubt(database, id);
    if (found) return found;
    throw new OsteonError("not-found", "There is no such doubt any more.");
  };

  app.get(
    "/api/doubts",
    {
      config: { role: "annotator", audit: "viewed doubts" },
      schema: { querystring: doubtQuery, response: { 200: doubtPage } },
    },
    async ({ query: { offset, limit, ...filter }, person }) => {
      const { total, doubts } = await pageOfDoubts(database, known(filter), { offset, limit });
      return { total, doubts: doubts.map((one) => answerOf(one, person)) };
    },
  );

  app.get(
    "/api/doubts/facets",
    { config: { role: "annotator" }, schema: { response: { 200: doubtFacets } } },
    async () => {
      const { tables, rules } = await countDoubts(database);
      return { tables: [...tables], rules: [...rules], isBehind: await isWorkOwed(database, clinicalRecordsWork) };
    },
  );

  app.get(
    "/api/doubts/:id",
    {
      config: { role: "annotator", audit: "viewed doubt" },
      schema: { params: doubtParams, response: { 200: doubtDetail } },
    },
    async ({ params, person }) => {
      const found = await find(params.id);
      const rows = await rowsOfDoubt(database, found);
      return { doubt: answerOf(found, person), rows: rows.map((row) => ({ ...row, cells: [...row.cells] })) };
    },
  );

  app.put(
    "/api/doubts/:id",
    {
      config: { role: "annotator", audit: "decided doubt" },
      schema: { params: doubtParams, body: doubtDecision, response: { 200: doubt } },
    },
    async ({ params: { id }, body, person }) => {
      await find(id);
      const by = person!.name;
      const at = now();
      const decision: Decision = body.state === "open" ? { state: "open" } : { by, at, ...body };
      await writeDecision(database, id, { decision, check: checkMayChange(person) });
      await records.follow(person!);
      return answerOf(await find(id), person);
    },
  );

  app.post(
    "/api/doubts/acceptances",
    {
      config: { role: "annotator", audit: "accepted doubts of a rule" },
      schema: { body: bulkAcceptance, response: { 200: decidedCount } },
    },
    async ({ body: { rule, table, expected }, person }) => {
      const filter = { rule, ...(table === null ? {} : { table }) };
      return { decided: await acceptRule(database, filter, { by: person!.name, at: now(), expected }) };
    },
  );

  app.post(
    "/api/doubts/undo",
    { config: { role: "annotator", audit: "took decisions back" }, schema: { response: { 200: decidedCount } } },
    async ({ person }) => {
      const decided = await undoLastDecision(database, person!.name);
      await records.follow(person!);
      return { decided };
    },
  );
};

/** Without what was not asked. */
const known = <T extends object>(filter: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as never;

const answerOf = (found: StoredFinding | StoredContradiction, person: Person | null): Doubt => {
  const { id, rule, decision } = found;
  const decided = decision.state === "open" ? undefined : decision;
  return {
    id,
    rule,
    kind: "table" in found ? "cell" : "contradiction",
    decision: {
      state: decision.state,
      by: decided?.by ?? null,
      at: decided?.at.toISOString() ?? null,
      value: decided?.value ?? null,
      mayChange: mayChange(person, decided?.by ?? null),
    },
    cell:
      "table" in found
        ? {
            table: found.table,
            line: found.line,
            column: found.column,
            action: found.action,
            original: found.original,
            value: found.value ?? null,
          }
        : null,
    contradiction:
      "table" in found
        ? null
        : {
            patient: found.patient,
            case: found.case ?? null,
            otherPatient: found.otherPatient ?? null,
            detail: found.detail,
          },
  };
};
