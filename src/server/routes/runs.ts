/** Runs: what was trained, built and measured. They are started, stopped and gone on with as jobs (routes/jobs.ts). */

import { z } from "zod";
import { imageId } from "../../clinic/ids.ts";
import {
  comparison,
  comparisonFilter,
  epochFilter,
  gradCam,
  gradCamFilter,
  metricsFormat,
  outcomeFilter,
  outcomeList,
  type RunDetail,
  runDetail,
  runEpochs,
  runFilter,
  runList,
  trainingChoices,
} from "../../contract/runs.ts";
import { OsteonError } from "../../errors.ts";
import { countRunEpochs, findImage, getRun, listRunEpochs, listRuns, type Run } from "../../store/index.ts";
import { studyReportName } from "../../systems/precedents/index.ts";
import type { App } from "../app.ts";
import { metricsTable } from "../runs/metrics-table.ts";
import { showEpoch } from "../runs/show-epoch.ts";
import { type RunSurroundings, showRun, showRunDetail } from "../runs/show-run.ts";
import { trainingChoicesOf } from "../runs/training-choices.ts";
import type { Services } from "../services.ts";

const params = z.object({ id: z.string() });

export const runRoutes = (app: App, { home, jobs, gradCams, runThread }: Services): void => {
  const { database } = home;

  const surroundings = async (): Promise<RunSurroundings> => {
    const unfinished = await jobs.list({ states: ["waiting", "running", "cancelled", "failed"] });
    return { jobs: new Map(unfinished.map((job) => [job.id, job])), progress: await countRunEpochs(database) };
  };
  const detailOf = async (run: Run): Promise<RunDetail> => showRunDetail(home, run, await surroundings());

  app.get(
    "/api/runs",
    {
      config: { role: "viewer", isAskedByItself: true },
      schema: { querystring: runFilter, response: { 200: runList } },
    },
    async ({ query: { system, state } }) => {
      const around = await surroundings();
      const runs = (await listRuns(database)).map((run) => showRun(run, around));
      return {
        runs: runs
          .filter((run) => system === undefined || run.system === system)
          .filter((run) => state === undefined || run.state === state),
      };
    },
  );

  app.get("/api/runs/choices", { config: { role: "researcher" }, schema: { response: { 200: trainingChoices } } }, () =>
    trainingChoicesOf(home),
  );

  app.get(
    "/api/runs/comparison",
    { config: { role: "viewer" }, schema: { querystring: comparisonFilter, response: { 200: comparison } } },
    async ({ query }) => {
      const first = await detailOf(await getRun(database, query.first));
      const second = await detailOf(await getRun(database, query.second));
      const bothLinked = first.hasOutcomes && second.hasOutcomes;
      const differences = bothLinked ? await runThread.perform("compare", query) : null;
      return { first, second, differences };
    },
  );

  app.get(
    "/api/runs/:id",
    { config: { role: "viewer", isAskedByItself: true }, schema: { params, response: { 200: runDetail } } },
    async ({ params: { id } }) => detailOf(await getRun(database, id)),
  );

  app.get(
    "/api/runs/:id/epochs",
    { config: { role: "viewer" }, schema: { params, querystring: epochFilter, response: { 200: runEpochs } } },
    async ({ params: { id }, query }) => {
      await getRun(database, id);
      return { epochs: (await listRunEpochs(database, id, query)).map(showEpoch) };
    },
  );

  app.get(
    "/api/runs/:id/outcomes",
    { config: { role: "viewer" }, schema: { params, querystring: outcomeFilter, response: { 200: outcomeList } } },
    async ({ params: { id }, query }) => {
      const { hasOutcomes, classes } = await detailOf(await getRun(database, id));
      if (!hasOutcomes) throw new OsteonError("not-found", "This run has linked no radiographs; an evaluation does.");
      return runThread.perform("outcomes", { run: id, classes, choice: query });
    },
  );

  app.get(
    "/api/runs/:id/grad-cams/:image",
    {
      config: { role: "viewer" },
      schema: {
        params: params.extend({ image: z.string() }),
        querystring: gradCamFilter,
        response: { 200: gradCam },
      },
    },
    async ({ params: { id, image }, query }) => {
      const { hasNetworks, classes } = await detailOf(await getRun(database, id));
      if (!hasNetworks) throw new OsteonError("not-found", "This run keeps no networks to look into.");
      if (!classes.includes(query.label)) {
        throw new OsteonError("bad-usage", "The networks have not learned this class; ask about one that they have.");
      }
      const found = await findImage(database, imageId(image));
      if (!found) throw new OsteonError("not-found", "There is no such radiograph in the archive.");
      return gradCams.explain(id, found, query);
    },
  );

  app.get(
    "/api/runs/:id/report",
    {
      config: { role: "researcher", audit: "read report of run" },
      schema: { params, description: "A study's report with its figures, as a page." },
    },
    async ({ params: { id } }, reply) => {
      const { hasReport } = await detailOf(await getRun(database, id));
      if (!hasReport) throw new OsteonError("not-found", "This run has written no report; a study does.");
      return reply
        .type("text/html; charset=utf-8")
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
        .serializer((page: string) => page)
        .send(new TextDecoder().decode(await home.files.readArtefact(id, studyReportName)));
    },
  );

  app.get(
    "/api/runs/:id/metrics",
    {
      config: { role: "researcher", audit: "exported figures of run" },
      schema: { params, querystring: metricsFormat, description: "Settings, figures, labels and epochs as a file." },
    },
    async ({ params: { id }, query: { format } }, reply) => {
      const detail = await detailOf(await getRun(database, id));
      const type = format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
      return reply
        .type(type)
        .header("content-disposition", `attachment; filename="${id}.${format}"`)
        .serializer((text: string) => text)
        .send(format === "csv" ? metricsTable(detail) : `${JSON.stringify(detail, null, 2)}\n`);
    },
  );
};
