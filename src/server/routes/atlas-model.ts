/** The atlas model: what it is, what a training would learn now, and how far the archive is sorted. Jobs train it and sort by it. */

import { discard } from "../../clinic/atlas/fold-actions.ts";
import { type AtlasLessons, type AtlasModel, atlasModelFilter, atlasModelState } from "../../contract/atlas-model.ts";
import {
  clusterSizes,
  countSorted,
  type Database,
  findClustering,
  latestFinishedRun,
  listClusterings,
  type Run,
} from "../../store/index.ts";
import {
  fingerprintOf,
  type Lesson,
  lessonsOf,
  problemOfLessons,
  regionsOf,
  type TrainAtlasReport,
  trainAtlasSystem,
} from "../../systems/atlas/index.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export const atlasModelRoutes = (app: App, { home: { database } }: Services): void => {
  app.get(
    "/api/atlas/model",
    {
      config: { role: "viewer" },
      schema: { querystring: atlasModelFilter, response: { 200: atlasModelState } },
    },
    async ({ query }) => {
      const run = await latestFinishedRun(database, trainAtlasSystem);
      const hasClusterings = query.clustering !== undefined || (await listClusterings(database)).length > 0;
      return {
        model: run ? await showModel(database, run) : null,
        lessons: hasClusterings ? await showLessons(database, query.clustering) : null,
        archive: await countSorted(database, run?.id ?? ""),
      };
    },
  );
};

const showModel = async (database: Database, run: Run): Promise<AtlasModel> => {
  const report = run.metrics as TrainAtlasReport;
  const lessons = await lessonsOf({ database }, report.clustering);
  return {
    run: run.id,
    clustering: report.clustering,
    trainedAt: run.finishedAt!.toISOString(),
    regions: [...report.regions],
    folds: report.networks,
    radiographs: report.trainRadiographs,
    patients: report.trainPatients,
    figures: report.figures.map(({ interval, ...rest }) => ({
      ...rest,
      interval: interval && ([...interval] as [number, number]),
    })),
    labelsChanged: fingerprintOf(lessons) !== report.lessons,
  };
};

const showLessons = async (database: Database, wanted?: string): Promise<AtlasLessons> => {
  const { id } = await findClustering(database, wanted);
  const lessons = await lessonsOf({ database }, id);
  const problem = problemOfLessons(lessons);
  const of = (label: string) => countLessons(lessons.filter((lesson) => lesson.label === label));
  return {
    clustering: id,
    clusters: (await clusterSizes(database, id)).size,
    labelledClusters: countLessons(lessons).clusters,
    regions: regionsOf(lessons).map((region) => ({ region, ...of(region) })),
    discarded: of(discard),
    problem: problem && { code: problem.code, detail: problem.message },
  };
};

const countLessons = (lessons: readonly Lesson[]) => ({
  clusters: new Set(lessons.map(({ cluster }) => cluster)).size,
  radiographs: lessons.length,
  patients: new Set(lessons.map(({ image }) => image.patient)).size,
});
