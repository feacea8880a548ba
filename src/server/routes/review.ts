/** The review desk: set-aside files, radiographs that look like copies, and text in pixels, for people to decide. */

import { z } from "zod";
import { imageId } from "../../clinic/ids.ts";
import {
  type BurnedInText as BurnedInTextAnswer,
  burnedInTextDecision,
  burnedInTextPage,
  burnedInTextQuery,
  deskSummary,
  duplicateDecision,
  duplicatePage,
  duplicateQuery,
  imageParams,
  type SetAsideFile as SetAsideAnswer,
  setAsideDecisions,
  setAsideOutcome,
  setAsidePage,
  setAsideParams,
  setAsideQuery,
} from "../../contract/review.ts";
import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import {
  type BurnedInText,
  countBurnedInText,
  countSetAside,
  countToLookThrough,
  decideBurnedInText,
  decideNearDuplicate,
  listBurnedInText,
  listNearDuplicates,
  listSetAside,
  readSetAside,
  type SetAsideFile,
} from "../../store/index.ts";
import {
  type Decider,
  deleteSetAside,
  hasPicture,
  importSetAside,
  leaveOut,
  mayImport,
  reopen,
  SetAsidePreviews,
} from "../../systems/cohort/index.ts";
import type { App } from "../app.ts";
import { checkMayChange } from "../decided-by.ts";
import type { Services } from "../services.ts";
import { Turns } from "../turns.ts";

export const reviewRoutes = (app: App, { home, now }: Services): void => {
  const { database } = home;
  const previews = new SetAsidePreviews(home.files);
  const turns = new Turns();
  app.addHook("onClose", () => previews.close());

  app.get("/api/review", { config: { role: "annotator" }, schema: { response: { 200: deskSummary } } }, async () => {
    const texts = await countBurnedInText(database);
    const pairs = (state: "open" | "decided") => listNearDuplicates(database, { state, offset: 0, limit: 1 });
    return {
      setAside: await countSetAside(database),
      duplicates: { open: (await pairs("open")).total, decided: (await pairs("decided")).total },
      burnedInText: {
        notLookedAt: await countToLookThrough(database),
        open: texts.open ?? 0,
        text: texts.text ?? 0,
        noText: texts["no text"] ?? 0,
        noneFound: texts["none found"] ?? 0,
        unreadable: texts.unreadable ?? 0,
      },
    };
  });

  app.get(
    "/api/review/set-aside",
    {
      config: { role: "annotator", audit: "viewed set-aside files" },
      schema: { querystring: setAsideQuery, response: { 200: setAsidePage } },
    },
    async ({ query: { state, code, detail, offset, limit } }) => {
      const reason = { ...(code === undefined ? {} : { code }), ...(detail === undefined ? {} : { detail }) };
      const { total, files } = await listSetAside(database, { state, ...reason, offset, limit });
      return { total, files: files.map(fileOf) };
    },
  );

  app.get(
    "/api/review/set-aside/:id/picture",
    {
      config: { role: "annotator", audit: "viewed set-aside picture" },
      schema: { params: setAsideParams, response: { 200: z.instanceof(Buffer) } },
    },
    async ({ params: { id } }, reply) => {
      const png = await previews.picture(id);
      if (png === undefined) throw new OsteonError("not-found", "There is no picture of this file.");
      reply.type("image/png").header("cache-control", "private, max-age=86400, immutable");
      return Buffer.from(png.buffer, png.byteOffset, png.byteLength);
    },
  );

  app.post(
    "/api/review/set-aside/decisions",
    { config: { role: "annotator" }, schema: { body: setAsideDecisions, response: { 200: setAsideOutcome } } },
    async (request) => {
      const { ids, decision } = request.body;
      using _ = await turns.take(); // between the look at the files and what is done with them
      const files = await readSetAside(database, ids);
      checkAll(files, ids);
      const decider = deciderOf(request.person);
      for (const file of files) checkMayChange(request.person)(file.decision?.by ?? null);
      if (decision === "import anyway" && !files.every(mayImport)) {
        throw new OsteonError("conflict", "Of these files not all can be imported; load the list again.");
      }
      if (files.some((file) => file.decision && file.decision.decision !== "left out")) {
        throw new OsteonError("conflict", "Some of these files were imported or deleted already; load the list again.");
      }
      const { imported, refused } =
        decision === "import anyway" ? await importSetAside(home, files, decider) : { imported: 0, refused: [] };
      if (decision === "leave out") await leaveOut(home, files, decider);
      if (decision === "delete") await deleteSetAside(home, files, decider);
      if (decision === "open") await reopen(home, files);
      const done = files.filter(({ id }) => refused.every((one) => one.id !== id));
      for (const { id } of done) request.audit(actions[decision], id);
      return { decided: done.length, imported, refused: [...refused] };
    },
  );

  app.get(
    "/api/review/duplicates",
    {
      config: { role: "annotator", audit: "viewed near duplicates" },
      schema: { querystring: duplicateQuery, response: { 200: duplicatePage } },
    },
    async ({ query }) => {
      const { total, pairs } = await listNearDuplicates(database, query);
      return { total, pairs: pairs.map(({ decision, ...pair }) => ({ ...pair, decision: decisionOf(decision) })) };
    },
  );

  app.put(
    "/api/review/duplicates/:id",
    {
      config: { role: "annotator", audit: "decided near duplicate" },
      schema: { params: imageParams, body: duplicateDecision, response: { 204: z.null() } },
    },
    async ({ params, body: { decision }, person }, reply) => {
      const made = {
        decision: decision === "open" ? null : { decision, ...deciderOf(person) },
        check: checkMayChange(person),
      };
      if (!(await decideNearDuplicate(database, imageId(params.id), made))) {
        throw new OsteonError("not-found", "The radiograph is no copy of another one.");
      }
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/api/review/burned-in-text",
    {
      config: { role: "annotator", audit: "viewed burned-in text" },
      schema: { querystring: burnedInTextQuery, response: { 200: burnedInTextPage } },
    },
    async ({ query }) => {
      const { total, images } = await listBurnedInText(database, query);
      return { total, images: images.map(textOf) };
    },
  );

  app.put(
    "/api/review/burned-in-text/:id",
    {
      config: { role: "annotator", audit: "decided burned-in text" },
      schema: { params: imageParams, body: burnedInTextDecision, response: { 204: z.null() } },
    },
    async ({ params, body: { regions }, person }, reply) => {
      const decision = regions && { regions, ...deciderOf(person) };
      if (!(await decideBurnedInText(database, imageId(params.id), { decision, check: checkMayChange(person) }))) {
        throw new OsteonError("not-found", "There is no such radiograph.");
      }
      return reply.status(204).send(null);
    },
  );

  const deciderOf = (person: Person | null): Decider => ({ by: person!.name, at: now() });
};

const actions = {
  "import anyway": "imported set-aside file",
  "leave out": "left set-aside file out",
  delete: "deleted set-aside file",
  open: "took decision on set-aside file back",
} as const;

const checkAll = (files: readonly SetAsideFile[], ids: readonly string[]): void => {
  if (files.length === new Set(ids).size) return;
  throw new OsteonError("not-found", "Some of these files are not set aside any more; load the list again.");
};

const decisionOf = <Decision extends string>(
  decided: { readonly decision: Decision; readonly by: string; readonly at: Date } | null,
): { decision: Decision; by: string; at: string } | null => decided && { ...decided, at: decided.at.toISOString() };

const fileOf = (file: SetAsideFile): SetAsideAnswer => ({
  id: file.id,
  name: file.fileName,
  code: file.code,
  detail: file.detail,
  setAsideAt: file.setAsideAt.toISOString(),
  kept: file.kept ?? "not kept",
  hasPicture: hasPicture(file),
  mayImport: mayImport(file),
  decision: decisionOf(file.decision),
});

const textOf = ({ image, state, found, regions, by, at }: BurnedInText): BurnedInTextAnswer => ({
  image,
  state,
  found: found.map((region) => ({ ...region })),
  regions: regions?.map((region) => ({ ...region })) ?? null,
  by,
  at: at?.toISOString() ?? null,
});
