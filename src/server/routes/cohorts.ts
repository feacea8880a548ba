/** Cohorts: their flow, description, members, splits and export. Numbers of patients are for researchers. */

import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { Cohort, CohortMember } from "../../clinic/cohorts/build-cohort.ts";
import {
  cohortDetail,
  cohortList,
  cohortParams,
  definitionCheck,
  definitionToCheck,
  description,
  descriptionQuery,
  excludedPage,
  excludedQuery,
  exportQuery,
  type Flow,
  flowDiagramQuery,
  leakList,
  type CohortMember as MemberAnswer,
  memberPage,
  pageQuery,
  splitList,
  splitParams,
  splitPlan,
} from "../../contract/cohorts.ts";
import { mayActAs } from "../../contract/roles.ts";
import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import { printTable } from "../../evidence/describe/print-table.ts";
import { listCohorts, listSplits, readCohort } from "../../store/index.ts";
import {
  auditCohortSplit,
  type CohortRow,
  cohortFlowDiagram,
  cohortFlowTable,
  describeSplits,
  describeStoredCohort,
  excludedAt,
  exportCohort,
  memberRows,
  previewDefinition,
  splitStoredCohort,
} from "../../systems/cohort/index.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

const csv = "text/csv; charset=utf-8";
const json = "application/json; charset=utf-8";
const svg = "image/svg+xml";
const file = { 200: z.string() };

/** A table as a file; a cell that a spreadsheet would take for a formula is made text. */
const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );

const attachment = (name: string): string => `attachment; filename="${name}"`;

const seesPatients = (person: Person | null): boolean => person !== null && mayActAs(person.role, "researcher");

const flowOf = ({ definition, start, flow }: Cohort): Flow => ({
  startTitle: definition.start,
  start,
  steps: flow.map(({ remainingTitle, ...step }) => ({ ...step, remainingTitle: remainingTitle ?? null })),
});

export const cohortRoutes = (app: App, { home: { database } }: Services): void => {
  app.get("/api/cohorts", { config: { role: "viewer" }, schema: { response: { 200: cohortList } } }, async () => {
    const cohorts = await listCohorts(database);
    return { cohorts: cohorts.map(({ builtAt, ...cohort }) => ({ ...cohort, builtAt: builtAt.toISOString() })) };
  });

  app.get(
    "/api/cohorts/:id",
    {
      config: { role: "viewer", audit: "viewed cohort" },
      schema: { params: cohortParams, response: { 200: cohortDetail } },
    },
    async ({ params }) => {
      const cohort = await readCohort(database, params.id);
      const { definition, members, builtAt } = cohort;
      return {
        name: definition.name,
        title: definition.title,
        builtAt: builtAt.toISOString(),
        patients: members.length,
        flow: flowOf(cohort),
        definition: JSON.stringify(definition, undefined, 2),
      };
    },
  );

  app.get(
    "/api/cohorts/:id/flow.svg",
    { config: { role: "viewer" }, schema: { params: cohortParams, querystring: flowDiagramQuery, response: file } },
    async ({ params, query }, reply) => {
      const cohort = await readCohort(database, params.id);
      reply.type(svg).header("cache-control", "private, no-cache");
      return cohortFlowDiagram(cohort, query.appearance);
    },
  );

  app.get(
    "/api/cohorts/:id/flow.csv",
    {
      config: { role: "viewer", audit: "exported flow of cohort" },
      schema: { params: cohortParams, response: file },
    },
    async ({ params }, reply) => {
      const cohort = await readCohort(database, params.id);
      reply.type(csv).header("content-disposition", attachment(`${params.id}-flow.csv`));
      return toCsv(cohortFlowTable(cohort));
    },
  );

  app.get(
    "/api/cohorts/:id/description",
    {
      config: { role: "viewer" },
      schema: { params: cohortParams, querystring: descriptionQuery, response: { 200: description } },
    },
    async ({ params, query }) => {
      const table = printTable(await describeStoredCohort(database, params.id, query.by));
      return { rows: table.map((row) => [...row]) };
    },
  );

  app.get(
    "/api/cohorts/:id/description.csv",
    {
      config: { role: "viewer", audit: "exported description of cohort" },
      schema: { params: cohortParams, querystring: descriptionQuery, response: file },
    },
    async ({ params, query }, reply) => {
      reply.type(csv).header("content-disposition", attachment(`${params.id}-description.csv`));
      return toCsv(printTable(await describeStoredCohort(database, params.id, query.by)));
    },
  );

  app.get(
    "/api/cohorts/:id/members",
    {
      config: { role: "viewer", audit: "viewed cohort members" },
      schema: { params: cohortParams, querystring: pageQuery, response: { 200: memberPage } },
    },
    async ({ params, query: { offset, limit }, person }) => {
      const { members } = await readCohort(database, params.id);
      const page = members.slice(offset, offset + limit);
      const rows = await memberRows(database, page);
      return {
        total: members.length,
        members: page.map((member, i) => memberOf(member, rows[i]!, { number: offset + i + 1, person })),
      };
    },
  );

  app.get(
    "/api/cohorts/:id/excluded",
    {
      config: { role: "researcher", audit: "viewed excluded patients" },
      schema: { params: cohortParams, querystring: excludedQuery, response: { 200: excludedPage } },
    },
    async ({ params, query }) => excludedAt(database, await readCohort(database, params.id), query),
  );

  app.get(
    "/api/cohorts/:id/splits",
    { config: { role: "viewer" }, schema: { params: cohortParams, response: { 200: splitList } } },
    async ({ params }) => {
      const cohort = await readCohort(database, params.id);
      const splits = await listSplits(database, params.id);
      return { splits: await describeSplits(database, cohort, splits) };
    },
  );

  app.post(
    "/api/cohorts/:id/splits",
    {
      config: { role: "researcher", audit: "split cohort" },
      schema: { params: cohortParams, body: splitPlan, response: { 201: splitList.shape.splits.element } },
    },
    async ({ params, body }, reply) => {
      const { name, by, parts, folds, external, seed } = body;
      const plan = {
        parts: Object.fromEntries(parts.map((part) => [part.name, part.share])),
        seed,
        ...(folds === null ? {} : { folds }),
        ...(external === null ? {} : { external }),
      };
      const stored = await splitStoredCohort(database, params.id, { name, by, plan });
      const [made] = await describeSplits(database, await readCohort(database, params.id), [stored]);
      return reply.status(201).send(made!);
    },
  );

  app.get(
    "/api/cohorts/:id/splits/:split/split.json",
    { config: { role: "researcher", audit: "exported split" }, schema: { params: splitParams, response: file } },
    async ({ params }, reply) => {
      const stored = (await listSplits(database, params.id)).find(({ name }) => name === params.split);
      if (!stored) throw new OsteonError("not-found", "The cohort has no such split.");
      reply.type(json).header("content-disposition", attachment(`${params.id}-${params.split}.json`));
      return `${JSON.stringify({ format: "osteon-split", version: 1, ...stored }, null, 1)}\n`;
    },
  );

  app.get(
    "/api/cohorts/:id/splits/:split/leaks",
    {
      config: { role: "viewer", audit: "audited split" },
      schema: { params: splitParams, response: { 200: leakList } },
    },
    async ({ params, person }) => {
      const leaks = await auditCohortSplit(database, params.id, params.split);
      return {
        leaks: leaks.map(({ kind, parts, patients, images, detail }) => ({
          kind,
          parts: [parts[0], parts[1]] as [string, string],
          patients: seesPatients(person) ? ([patients[0], patients[1]] as [string, string]) : null,
          images: images === undefined ? null : ([images[0], images[1]] as [string, string]),
          detail,
        })),
      };
    },
  );

  app.get(
    "/api/cohorts/:id/export.csv",
    {
      config: { role: "researcher", audit: "exported cohort" },
      schema: { params: cohortParams, querystring: exportQuery, response: file },
    },
    async ({ params, query }, reply) => {
      const rows = await exportCohort(database, await readCohort(database, params.id), query.knownAt);
      reply.type(csv).header("content-disposition", attachment(`${params.id}.csv`));
      return toCsv(rows);
    },
  );

  app.post(
    "/api/cohorts/check",
    { config: { role: "researcher" }, schema: { body: definitionToCheck, response: { 200: definitionCheck } } },
    async ({ body }) => {
      const { problems, cohort } = await previewDefinition(database, body.definition);
      const told = problems.map(({ path, message }) => ({ path: [...path], message }));
      if (cohort === undefined) return { problems: told, preview: null };
      const { name } = cohort.definition;
      const replaces = (await listCohorts(database)).some((one) => one.name === name);
      return { problems: told, preview: { name, flow: flowOf(cohort), patients: cohort.members.length, replaces } };
    },
  );
};

interface MemberSeen {
  /** Its place in the cohort, from 1. */
  readonly number: number;
  readonly person: Person | null;
}

const memberOf = ({ images }: CohortMember, row: CohortRow, { number, person }: MemberSeen): MemberAnswer => {
  const text = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));
  return {
    number,
    patient: seesPatients(person) ? text(row.patient) : null,
    entity: text(row.entity),
    malignancy: text(row.malignancy),
    ageYears: typeof row.ageYears === "number" ? row.ageYears : null,
    sex: text(row.sex),
    site: text(row.site),
    origin: text(row.origin),
    images: [...images],
  };
};
