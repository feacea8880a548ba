/**
 * How well the precedents serve: split by patient, train on 80 %, link the rest. Every reading of "right" stands beside the
 * others with its interval, because the published figures do not say which they are (4.4; docs/deviations.md).
 */

import { stratifiedTestPatients } from "../../clinic/split.ts";
import { OsteonError } from "../../errors.ts";
import { bootstrapInterval } from "../../evidence/bootstrap-interval.ts";
import { scoresByLabel } from "../../evidence/classification-scores.ts";
import { confusionMatrix } from "../../evidence/confusion-matrix.ts";
import { hitRateAtK, precisionAtK, voteAccuracy } from "../../evidence/retrieval-scores.ts";
import { Random } from "../../numeric/random.ts";
import { exactNeighbours, hashNeighbours, type Neighbour } from "../../retrieval/neighbours.ts";
import { queryOf } from "../../retrieval/precedent-index.ts";
import { pluralityVote, strictMajorityVote } from "../../retrieval/vote.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type StoredImage,
} from "../../store/index.ts";
import { indexFeatures } from "./build.ts";
import { codeVersion } from "./code-version.ts";
import { epochsFor, type Target } from "./config.ts";
import { embedArchive } from "./embed-archive.ts";
import { Embedder } from "./embedder.ts";
import {
  cardFor,
  classesOf,
  defaultTarget,
  fitMembers,
  forgetCheckpoints,
  loadPictures,
  memoryOf,
  type TrainOptions,
} from "./train.ts";

/** A figure with its 95 % interval by patient. */
export interface EvaluatedFigure {
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** What came of an evaluation. */
export interface EvaluationReport {
  readonly run: string;
  readonly target: Target;
  readonly trainPatients: number;
  readonly testPatients: number;
  readonly testRadiographs: number;
  readonly figures: readonly EvaluatedFigure[];
  readonly labels: ReturnType<typeof scoresByLabel>;
}

/** The study reports these (4.4, results). */
const reportedK = [1, 3, 5, 7] as const;
const testShare = 0.2;

/** The system's name in the table of runs. */
const evaluateSystem = "precedents/evaluate";

/**
 * @throws OsteonError `bad-input` when no label has two patients, or fewer than two labels are left to learn;
 *   `interrupted` when the signal stops it, and the next evaluation goes on
 */
export const evaluatePrecedents = async (home: Home, options: TrainOptions): Promise<EvaluationReport> => {
  const images = await listImages(home.database);
  const { settings, seed } = options;
  const target = options.target ?? defaultTarget(images);
  const labelled = images.filter((image) => image[target] !== null);
  const items = labelled.map((image) => ({ patient: image.patient, label: image[target]! }));
  const testSide = stratifiedTestPatients(items, { share: testShare, random: new Random(seed, "split") });
  if (testSide.size === 0) {
    throw new OsteonError(
      "bad-input",
      `An evaluation needs a value of "${target}" with at least two patients, one to learn from and one to test.`,
    );
  }
  const train = labelled.filter(({ patient }) => !testSide.has(patient));
  const test = labelled.filter(({ patient }) => testSide.has(patient));
  const epochs = options.epochs ?? epochsFor(settings.duration, train.length);
  // A test patient's second label may be one that nobody on the other side has: it is not learned, and counts as missed.
  const plan = { target, classes: classesOf(train, target), epochs, seed, settings, testPatients: [...testSide] };
  const fingerprint = hashContent(
    JSON.stringify([plan, codeVersion, labelled.map((image) => [image.id, image.patient, image[target]])]),
  );
  const { run } = await continueOrCreateRun(home.database, { system: evaluateSystem, settings: plan, fingerprint });

  const card = cardFor(run.id, train, plan);
  const { members } = await fitMembers(card, train, {
    pictures: await loadPictures(home, train, settings.sourceSize),
    memory: memoryOf(home, run.id),
    signal: options.signal,
    onEpoch: options.onEpoch,
    onResume: options.onResume,
  });
  const queries = await linkTestSide(home, { model: { card, members }, train, test });
  const figures = figuresOf(queries, seed);
  const votes = queries.map(({ hashed }) => pluralityVote(hashed.slice(0, 5))?.label ?? null);
  const report: EvaluationReport = {
    run: run.id,
    target,
    trainPatients: card.patients,
    testPatients: testSide.size,
    testRadiographs: test.length,
    figures,
    labels: scoresByLabel(
      confusionMatrix(
        queries.map(({ label }) => label),
        votes,
      ),
    ),
  };
  await finishRun(home.database, run.id, { metrics: report, at: options.now() });
  await forgetCheckpoints(home, run.id, card);
  return report;
};

interface Query {
  readonly patient: StoredImage["patient"];
  readonly label: string;
  readonly hashed: readonly Neighbour[];
  readonly exact: readonly Neighbour[];
}

const linkTestSide = async (
  home: Home,
  {
    model,
    train,
    test,
  }: { model: Parameters<typeof indexFeatures>[0]; train: readonly StoredImage[]; test: readonly StoredImage[] },
): Promise<Query[]> => {
  const embedder = await Embedder.create(model);
  try {
    const featuresOf = async (images: readonly StoredImage[]): Promise<Float32Array[]> =>
      (await Array.fromAsync(embedArchive(home, images, { model, embedder }))).map((embedded) => embedded.features);
    const index = indexFeatures(model, train, await featuresOf(train));
    const queries: Query[] = [];
    for await (const { image, features } of embedArchive(home, test, { model, embedder })) {
      const query = queryOf(index, features);
      const options = { k: Math.max(...reportedK), excludePatients: new Set([image.patient]) };
      queries.push({
        patient: image.patient,
        label: image[model.card.target]!,
        hashed: hashNeighbours(index, query, options),
        exact: exactNeighbours(index, query, options),
      });
    }
    return queries;
  } finally {
    await embedder.release();
  }
};

const figuresOf = (queries: readonly Query[], seed: number): EvaluatedFigure[] => {
  const patients = queries.map(({ patient }) => patient);
  const figure = (name: string, statistic: (chosen: readonly Query[]) => number): EvaluatedFigure => {
    const { estimate, interval } = bootstrapInterval(patients, (items) => statistic(items.map((i) => queries[i]!)), {
      random: new Random(seed, "bootstrap"),
    });
    return { name, value: estimate, interval };
  };
  const labels = (search: "hashed" | "exact") => (chosen: readonly Query[]) =>
    chosen.map((query) => ({ label: query.label, neighbours: query[search].map(({ label }) => label) }));
  const vote =
    (rule: typeof pluralityVote, k: number, search: "hashed" | "exact" = "hashed") =>
    (chosen: readonly Query[]) =>
      voteAccuracy(
        chosen.map(({ label }) => label),
        chosen.map((query) => rule(query[search].slice(0, k))?.label ?? null),
      ).accuracy;
  return reportedK.flatMap((k) => [
    figure(`precision@${k}`, (chosen) => precisionAtK(labels("hashed")(chosen), k)),
    figure(`precision@${k}, exact search`, (chosen) => precisionAtK(labels("exact")(chosen), k)),
    figure(`plurality vote@${k}`, vote(pluralityVote, k)),
    figure(`plurality vote@${k}, exact search`, vote(pluralityVote, k, "exact")),
    figure(`strict majority vote@${k}`, vote(strictMajorityVote, k)),
    figure(`hit rate@${k}`, (chosen) => hitRateAtK(labels("hashed")(chosen), k)),
  ]);
};
