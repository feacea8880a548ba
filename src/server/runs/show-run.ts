/** Runs as pages see them: what every system's run has in common, and what is known of those of the precedents. */

import type { JobToStart, RunDetail, RunEpoch, RunFigure, RunSummary } from "../../contract/runs.ts";
import { type Home, type JobState, listRunEpochs, type Run, type StoredJob } from "../../store/index.ts";
import { atlasModelName, atlasOutcomesName, clusterSystem, trainAtlasSystem } from "../../systems/atlas/index.ts";
import {
  type EvaluationReport,
  evaluateSystem,
  mainFigure,
  modelName,
  outcomesName,
  type PresetName,
  presets,
  studyReportName,
  trainSystem,
} from "../../systems/precedents/index.ts";
import { clusterRequestOf } from "./cluster-request.ts";
import { showEpoch } from "./show-epoch.ts";

/** What is known of runs beside their rows. */
export interface RunSurroundings {
  /** By id: those that are waiting, running, or ended otherwise than well. */
  readonly jobs: ReadonlyMap<string, StoredJob>;
  readonly progress: ReadonlyMap<string, { readonly done: number; readonly epochs: number }>;
}

export const showRun = (run: Run, { jobs, progress }: RunSurroundings): RunSummary => {
  const job = jobs.get(run.job ?? "");
  const state = stateOf(run, job?.state);
  return {
    id: run.id,
    system: run.system,
    state,
    startedBy: run.startedBy?.name ?? null,
    job: run.job,
    createdAt: run.createdAt.toISOString(),
    endedAt: run.finishedAt?.toISOString() ?? null,
    target: planOf(run).target ?? null,
    progress: progress.get(run.id) ?? null,
    main: mainOf(run),
    problem: state === "failed" ? (run.problem ?? job?.problem ?? null) : null,
  };
};

/** A process that was killed leaves its run `running`; what became of it, its job knows, where it has one. */
const stateOf = ({ state, job: id }: Run, job: JobState | undefined): RunSummary["state"] => {
  if (state === "finished") return state;
  if (job === "running" || job === "waiting") return "running";
  if (state !== "running" || id === null) return state;
  return job === "failed" ? "failed" : "stopped";
};

export const showRunDetail = async (home: Home, run: Run, surroundings: RunSurroundings): Promise<RunDetail> => {
  const summary = showRun(run, surroundings);
  const metrics = metricsOf(run);
  const classes = planOf(run).classes ?? [];
  const artefacts = await home.files.listArtefacts(run.id);
  const has = (wanted: string): boolean => artefacts.some(({ name }) => name === wanted);
  return {
    ...summary,
    settings: flatten(toldOf(run)),
    data: {
      fingerprint: run.fingerprint,
      radiographs: metrics.trainRadiographs ?? metrics.radiographs ?? null,
      patients: metrics.trainPatients ?? metrics.patients ?? null,
      testRadiographs: metrics.testRadiographs ?? null,
      testPatients: metrics.testPatients ?? null,
    },
    classes: [...classes],
    epochs: await epochsOf(home, run),
    figures: figuresOf(run),
    vote: metrics.vote ?? null,
    labels: (metrics.labels ?? []).map(({ intervals, ...scores }) => ({
      ...scores,
      precision: countVotes(metrics.confusion, scores.label) === 0 ? null : scores.precision,
      recall: scores.support === 0 ? null : scores.recall,
      intervals: {
        precision: toPair(intervals?.precision),
        recall: toPair(intervals?.recall),
        f1: toPair(intervals?.f1),
      },
    })),
    confusion: metrics.confusion
      ? {
          labels: [...metrics.confusion.labels],
          counts: metrics.confusion.counts.map((row) => [...row]),
          undecided: [...metrics.confusion.undecided],
        }
      : null,
    clusterChoice: metrics.clusterChoice ? [...metrics.clusterChoice] : null,
    transfer: metrics.transfer ?? null,
    artefacts,
    hasOutcomes: has(outcomesName) || has(atlasOutcomesName),
    hasNetworks: summary.state === "finished" && (has(modelName) || has(atlasModelName)),
    hasReport: has(studyReportName),
    resume: resumeOf(run, summary, surroundings.jobs.get(run.job ?? "")),
  };
};

/** The figures of a run, as far as they have a name. */
export const figuresOf = (run: Run): RunFigure[] =>
  (metricsOf(run).figures ?? []).map(({ name, value, interval }) => ({ name, value, interval: toPair(interval) }));

/** How many test radiographs were taken for a label; undefined where no matrix tells. */
const countVotes = (confusion: Metrics["confusion"], label: string): number | undefined => {
  const column = confusion?.labels.indexOf(label) ?? -1;
  return confusion?.counts.reduce((sum, row) => sum + (row[column] ?? 0), 0);
};

const toPair = (interval: readonly [number, number] | null | undefined): [number, number] | null =>
  interval ? [interval[0], interval[1]] : null;

const mainOf = (run: Run): RunFigure | null => {
  const figures = figuresOf(run);
  const { accuracy } = metricsOf(run);
  if (accuracy !== undefined) return { name: "training accuracy", value: accuracy, interval: null };
  return figures.find(({ name }) => name === mainFigure) ?? figures[0] ?? null;
};

/** What runs of the precedents measure; any of it may be missing from an older run or another system's. */
interface Metrics extends Partial<Omit<EvaluationReport, "vote">> {
  readonly vote?: RunDetail["vote"];
  readonly clusterChoice?: RunDetail["clusterChoice"];
  readonly transfer?: RunDetail["transfer"];
  readonly accuracy?: number;
  readonly radiographs?: number;
  readonly patients?: number;
  readonly history?: readonly { readonly epoch: number; readonly epochs: number; loss: number; accuracy: number }[];
}

const metricsOf = ({ metrics }: Run): Metrics => (isRecord(metrics) ? (metrics as Metrics) : {});

interface Plan {
  readonly target?: string;
  readonly clustering?: string;
  readonly classes?: readonly string[];
  readonly epochs?: number;
  readonly seed?: number;
  readonly holdOut?: number;
  readonly begunWith?: { readonly name: string };
  readonly settings?: Readonly<Record<string, unknown>>;
}

const planOf = ({ settings }: Run): Plan => (isRecord(settings) ? (settings as Plan) : {});

/** Without whom it tests or was kept from, and what it learned, which stands elsewhere. */
const toldOf = ({ settings }: Run): Readonly<Record<string, unknown>> => {
  if (!isRecord(settings)) return {};
  const { testPatients: _, heldOutPatients: __, classes: ___, settings: own, ...rest } = settings;
  return { ...rest, ...(isRecord(own) ? own : {}) };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const flatten = (value: Readonly<Record<string, unknown>>, path = ""): RunDetail["settings"] =>
  Object.entries(value).flatMap(([key, inner]) => {
    const name = path === "" ? key : `${path}.${key}`;
    if (isRecord(inner)) return flatten(inner, name);
    return [{ name, value: Array.isArray(inner) ? inner.map(String).join(", ") : String(inner) }];
  });

/** As they were written while it trained, or as an older run kept them at its end. */
const epochsOf = async ({ database }: Home, run: Run): Promise<RunEpoch[]> => {
  const written = await listRunEpochs(database, run.id);
  if (written.length > 0) return written.map(showEpoch);
  const { history = [] } = metricsOf(run);
  const networks = planOf(run).settings?.imageSizes;
  const perNetwork = planOf(run).epochs ?? history.length / (Array.isArray(networks) ? networks.length : 1);
  return history.map(({ epoch, epochs, loss, accuracy }) => ({
    epoch,
    epochs,
    network: Math.ceil(epoch / perNetwork),
    loss,
    accuracy,
    lr: null,
    validation: null,
    seconds: null,
    measures: null,
    picturesPerSecond: null,
  }));
};

const resumeOf = (run: Run, { state }: RunSummary, job: StoredJob | undefined): RunDetail["resume"] => {
  if (state === "finished" || state === "running") return null;
  if (job && (job.state === "cancelled" || job.state === "failed")) return { job: job.id };
  const request = requestOf(run);
  return request && { request };
};

/** The job that would go on with a run from the command line; null where its settings are no preset's. */
const requestOf = (run: Run): JobToStart | null => {
  const isTraining = run.system === trainSystem;
  const { target, clustering, epochs, seed = 0, holdOut = 0, begunWith, settings = {} } = planOf(run);
  if (run.system === clusterSystem) return clusterRequestOf(run);
  if (run.system === trainAtlasSystem)
    return { kind: "train-atlas", settings: { clustering, preset: settings.preset, epochs, seed } };
  const { imageSizes, ...others } = settings;
  const preset = (Object.keys(presets) as PresetName[]).find((name) => {
    const { imageSizes: _, ...own } = presets[name];
    return JSON.stringify(own) === JSON.stringify(others);
  });
  if (!preset || !(isTraining || run.system === evaluateSystem)) return null;
  return {
    kind: isTraining ? "train-precedents" : "evaluate-precedents",
    settings: {
      preset,
      target,
      epochs,
      imageSizes,
      weights: begunWith?.name ?? null,
      seed,
      ...(isTraining ? { holdOut } : {}),
    },
  };
};
