/**
 * How well the precedents serve: split by patient, train on 80 %, link the rest. Every reading of "right" stands beside the
 * others with its interval, because the published figures do not say which they are (4.4; docs/deviations.md).
 */

import { makeSplit } from "../../clinic/splits/make-split.ts";
import { duplicateLinks, subjectsByLabel } from "../../clinic/splits/split-subjects.ts";
import { OsteonError } from "../../errors.ts";
import type { ConfusionMatrix } from "../../evidence/confusion-matrix.ts";
import { type Matrix, matrixOfRows } from "../../numeric/matrix.ts";
import { refuseFittedOn } from "../../retrieval/hashing/hashing.ts";
import { exactNeighbours, hashNeighbours, rerankedNeighbours } from "../../retrieval/neighbours.ts";
import { type PrecedentIndex, queryOf } from "../../retrieval/precedent-index.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type StoredImage,
} from "../../store/index.ts";
import { codeVersion, courseOf, forgetCheckpoints, loadPictures, memoryOf, underWatch } from "../training/index.ts";
import { modelName, outcomesName, pastLinksName } from "./artefacts.ts";
import { epochsFor, type Target } from "./config.ts";
import { embedArchive } from "./embed-archive.ts";
import { Embedder } from "./embedder.ts";
import { encodeOutcomes } from "./evaluation-outcomes.ts";
import {
  confusionOf,
  type EvaluatedFigure,
  type EvaluatedLabel,
  type EvaluatedQuery,
  figuresOf,
  labelsOf,
  reportedK,
  votingK,
} from "./evaluation-scores.ts";
import { indexFeatures } from "./index-features.ts";
import { lessonsOf, loadLessons } from "./lessons.ts";
import { encodePrecedentsModel, type PrecedentsModel } from "./model.ts";
import { encodePastLinks, heldOutLinks, keptVoters, type PastLink, pastLinkOf } from "./past-links.ts";
import { beginningOf, cardFor, classesOf, defaultTarget, fitMembers, type TrainOptions } from "./train.ts";

/** What came of an evaluation. */
export interface EvaluationReport {
  readonly run: string;
  readonly target: Target;
  readonly trainPatients: number;
  readonly trainRadiographs: number;
  readonly testPatients: number;
  readonly testRadiographs: number;
  readonly figures: readonly EvaluatedFigure[];
  /** What the labels and the confusion matrix are counted by. */
  readonly vote: { readonly rule: "plurality"; readonly k: number; readonly search: "hashed" };
  readonly labels: readonly EvaluatedLabel[];
  readonly confusion: ConfusionMatrix;
}

const testShare = 0.2;

/** The system's name in the table of runs. */
export const evaluateSystem = "precedents/evaluate";

/**
 * @throws OsteonError `bad-input` when no label has two patients, or fewer than two labels are left to learn;
 *   `interrupted` when the signal stops it, and the next evaluation goes on
 */
export const evaluatePrecedents = async (home: Home, options: TrainOptions): Promise<EvaluationReport> => {
  const images = await listImages(home.database);
  const { settings, seed, startedBy, now } = options;
  const target = options.target ?? defaultTarget(images);
  const labelled = images.filter((image) => image[target] !== null);
  const items = labelled.map((image) => ({ patient: image.patient, label: image[target]! }));
  const { parts } = makeSplit(subjectsByLabel(items), {
    parts: { train: 1 - testShare, test: testShare },
    links: duplicateLinks(labelled),
    seed,
  });
  const testSide = new Set(parts.test);
  if (testSide.size === 0) {
    throw new OsteonError(
      "bad-input",
      `An evaluation needs a value of "${target}" with at least two patients, one to learn from and one to test.`,
    );
  }
  const train = labelled.filter(({ patient }) => !testSide.has(patient));
  const test = labelled.filter(({ patient }) => testSide.has(patient));
  const lessons = await lessonsOf(home, train, settings);
  const epochs = options.epochs ?? epochsFor(settings.duration, lessons.images.length);
  // A test patient's second label may be one that nobody on the other side has: it is not learned, and counts as missed.
  const classes = classesOf(train, target);
  const plan = { target, classes, epochs, seed, settings, ...beginningOf(options), testPatients: [...testSide] };
  const fingerprint = hashContent(
    JSON.stringify([
      plan,
      codeVersion,
      labelled.map((image) => [image.id, image.patient, image[target]]),
      lessons.lesions,
    ]),
  );
  const { run } = await continueOrCreateRun(home.database, {
    system: evaluateSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });

  return underWatch(home, { run: run.id, now }, async () => {
    const card = cardFor(run.id, train, plan);
    const learnable = test.filter((image) => card.classes.includes(image[target]!));
    const { members } = await fitMembers(card, lessons.images, {
      ...options,
      pictures: await loadLessons(home, lessons, settings),
      memory: memoryOf(home, run.id),
      course: courseOf(home, run.id),
      held: { images: learnable, pictures: await loadPictures(home, learnable, settings.sourceSize) },
    });
    const model = { card, members };
    await home.files.writeArtefact(run.id, modelName, encodePrecedentsModel(model));
    const { queries, past, index } = await linkTestSide(home, { model, train, test });
    await home.files.writeArtefact(run.id, pastLinksName, encodePastLinks(heldOutLinks(past, index)));
    await home.files.writeArtefact(run.id, outcomesName, encodeOutcomes(queries));
    const report: EvaluationReport = {
      run: run.id,
      target,
      trainPatients: card.patients,
      trainRadiographs: card.radiographs,
      testPatients: testSide.size,
      testRadiographs: test.length,
      figures: figuresOf(queries, seed),
      vote: { rule: "plurality", k: votingK, search: "hashed" },
      labels: labelsOf(queries, seed),
      confusion: confusionOf(queries),
    };
    await finishRun(home.database, run.id, { metrics: report, at: now() });
    await forgetCheckpoints(home, run.id, members.length);
    return report;
  });
};

const linkTestSide = async (
  home: Home,
  { model, train, test }: { model: PrecedentsModel; train: readonly StoredImage[]; test: readonly StoredImage[] },
): Promise<{
  queries: EvaluatedQuery[];
  past: ReadonlyMap<StoredImage["patient"], PastLink>;
  index: PrecedentIndex;
}> => {
  const embedder = await Embedder.create(model);
  try {
    const featuresOf = async (images: readonly StoredImage[]): Promise<Matrix<Float32Array>> =>
      matrixOfRows(
        (await Array.fromAsync(embedArchive(home, images, { model, embedder }))).map((seen) => seen.features),
      );
    const index = await indexFeatures(model, { images: train, features: await featuresOf(train) });
    refuseFittedOn(
      index.hashing,
      test.map(({ patient }) => patient),
    );
    const queries: EvaluatedQuery[] = [];
    const past = new Map<StoredImage["patient"], PastLink>(); // of one radiograph of each patient
    for await (const { image, features } of embedArchive(home, test, { model, embedder })) {
      const query = queryOf(index, features);
      const k = Math.max(...reportedK);
      const excludePatients = new Set([image.patient]);
      const label = image[model.card.target]!;
      queries.push({
        image: image.id,
        patient: image.patient,
        label,
        hashed: hashNeighbours(index, query, { k, excludePatients }),
        exact: exactNeighbours(index, query, { k, excludePatients }),
      });
      if (past.has(image.patient)) continue;
      // As links are made, so that what they are said to be is counted of their like.
      past.set(image.patient, pastLinkOf(label, rerankedNeighbours(index, query, { k: keptVoters, excludePatients })));
    }
    return { queries, past, index };
  } finally {
    await embedder.release();
  }
};
