/**
 * The recommender study (Hinterwimmer et al., Eur Radiol 2024; dissertation 4.4) by its whole protocol, on the radiographs of a home:
 *
 * 1. the lesion of each, cut out with a margin of 15 %: as drawn, as segmented, or the whole radiograph;
 * 2. three shuffles: a fifth of the patients of each label tested, those with a single radiograph; five folds over the others;
 * 3. two baselines, their hyper-parameters searched for on patients whom no shuffle tests;
 * 4. the features of the first baseline's network, hash codes and tables, the k nearest, their vote;
 * 5. every patient of the archive once more, linked to all others;
 * 6. all of it in every reading, with intervals by patient, beside what was published.
 */

import type { PatientId } from "../../../clinic/ids.ts";
import { OsteonError } from "../../../errors.ts";
import type { ConfusionMatrix } from "../../../evidence/confusion-matrix.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listAnnotations,
  listImages,
  type RunStarter,
  type StoredImage,
} from "../../../store/index.ts";
import { codeVersion, underWatch, type WeightsFile } from "../../training/index.ts";
import { outcomesName } from "../artefacts.ts";
import type { Target } from "../config.ts";
import { encodeOutcomes } from "../evaluation-outcomes.ts";
import { confusionOf, type EvaluatedFigure, type EvaluatedLabel, labelsOf, votingK } from "../evaluation-scores.ts";
import { type LesionBox, lesionBoxes } from "../lesion-crop.ts";
import { beginningOf } from "../train.ts";
import { type CropKind, cropKinds } from "./config.ts";
import { boxesWithin, loadCrops } from "./crops.ts";
import { describeStudy, type StudyDescription } from "./describe-study.ts";
import { doTrainings } from "./do-trainings.ts";
import { mainFigures } from "./main-figures.ts";
import { measureStudy, type StudyMeasures } from "./measure-study.ts";
import { asOutcomes } from "./outcomes-of-study.ts";
import { planTrainings } from "./plan-trainings.ts";
import { type SegmentationScores, segmentedBoxes } from "./segmented-boxes.ts";
import { type StudyPlan, settingsOfPlan } from "./study-plan.ts";
import { drawShuffles, neverTested, type StudyItem } from "./study-split.ts";
import { writeReport } from "./write-report.ts";

/** What a study is told. */
export interface StudyOptions {
  readonly plan: StudyPlan;
  /** What the networks of the first baseline begin with, their top layer apart; nothing by default. */
  readonly begin?: WeightsFile | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each network that is trained and asked. */
  readonly onNetwork?: (done: number, all: number, what: string) => void;
  /** Told when an unfinished study is gone on with. */
  readonly onResume?: (networksDone: number) => void;
  readonly startedBy?: RunStarter | undefined;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of a study; the whole of it is in the run's report. */
export interface StudyReport {
  readonly run: string;
  readonly target: Target;
  readonly classes: readonly string[];
  readonly crops: readonly CropKind[];
  readonly radiographs: number;
  readonly patients: number;
  readonly testPatients: number;
  readonly testRadiographs: number;
  readonly description: StudyDescription;
  readonly measures: StudyMeasures;
  readonly segmentation: SegmentationScores | null;
  /** For the page of the run: figures by name, and of leave-one-patient-out what was taken for what. */
  readonly figures: readonly EvaluatedFigure[];
  readonly vote: { readonly rule: "plurality"; readonly k: number; readonly search: "hashed" };
  readonly labels: readonly EvaluatedLabel[];
  readonly confusion: ConfusionMatrix | null;
}

/** The system's name in the table of runs. */
export const studySystem = "precedents/study";

/**
 * @throws OsteonError `bad-input` for too few labels, patients or marks to do as the plan says; `interrupted` when the signal stops it,
 *   and the next study of the same plan goes on
 */
export const runStudy = async (home: Home, options: StudyOptions): Promise<StudyReport> => {
  const { plan, startedBy, now } = options;
  const settings = settingsOfPlan(plan);
  const items = itemsOf(await listImages(home.database), plan);
  const classes = [...new Set(items.map(({ label }) => label))].sort();
  const images = items.map(({ image }) => image);
  const drawn = boxesWithin(images, lesionBoxes(await listAnnotations(home.database)));
  const crops = cropsOf(plan, drawn.size);
  const shuffles = drawShuffles(items, { ...plan, rule: plan.test, folds: settings.folds });
  refuseFewTested(plan, shuffles);
  const planned = planTrainings({ items, shuffles, plan, settings, crops });
  const told = { ...plan, classes, crops, settings, ...beginningOf(options) };
  const read = [told, codeVersion, items.map(({ image, patient, label }) => [image.id, patient, label]), [...drawn]];
  const { run } = await continueOrCreateRun(home.database, {
    system: studySystem,
    settings: told,
    fingerprint: hashContent(JSON.stringify(read)),
    startedBy,
  });

  return underWatch(home, { run: run.id, now }, async () => {
    const segmented = crops.includes("segmented")
      ? await segmentedBoxes(home, run.id, {
          ...options,
          items,
          drawn,
          settings,
          learned: neverTested(items, shuffles),
        })
      : null;
    const boxes: Readonly<Record<CropKind, ReadonlyMap<StoredImage["id"], LesionBox>>> = {
      drawn,
      segmented: segmented?.boxes ?? new Map(),
      whole: new Map(),
    };
    const pictures = new Map(
      await Promise.all(
        crops.map(
          async (crop) =>
            [crop, await loadCrops(home, images, { boxes: boxes[crop], size: settings.sourceSize })] as const,
        ),
      ),
    );
    const done = await doTrainings(home, { ...options, run: run.id, items, classes, pictures, settings, planned });
    const { models, seed } = plan;
    const { measures, linked, tested } = measureStudy({ items, classes, shuffles, planned, done, models, crops, seed });
    const outcomes = asOutcomes(linked, items);
    if (outcomes.length > 0) await home.files.writeArtefact(run.id, outcomesName, encodeOutcomes(outcomes));
    const testedItems = tested.map(({ position }) => items[position]!);
    const report: StudyReport = {
      run: run.id,
      target: plan.target,
      classes,
      crops,
      radiographs: items.length,
      patients: countPatients(items),
      testPatients: countPatients(testedItems),
      testRadiographs: new Set(tested.map(({ position }) => position)).size,
      description: describeStudy(items, { shuffles, drawn }),
      measures,
      segmentation: segmented?.scores ?? null,
      figures: mainFigures(measures, crops[0]),
      vote: { rule: "plurality", k: votingK, search: "hashed" },
      labels: labelsOf(outcomes, seed),
      confusion: outcomes.length > 0 ? confusionOf(outcomes) : null,
    };
    await writeReport(home, report, { plan, items, tested, pictures: pictures.get(crops[0])! });
    await finishRun(home.database, run.id, { metrics: report, at: now() });
    return report;
  });
};

const countPatients = (items: readonly { readonly patient: PatientId }[]): number =>
  new Set(items.map(({ patient }) => patient)).size;

/** @throws OsteonError `bad-input` for fewer than two labels with two patients, or a label that no radiograph has */
const itemsOf = (images: readonly StoredImage[], { target, labels }: StudyPlan): StudyItem[] => {
  const wanted = labels && new Set(labels);
  const items = images.flatMap((image): StudyItem[] => {
    const label = image[target];
    return label !== null && (wanted?.has(label) ?? true) ? [{ image, patient: image.patient, label }] : [];
  });
  const patients = Map.groupBy(items, ({ label }) => label);
  const enough = [...patients.values()].filter((own) => countPatients(own) >= 2);
  if (enough.length < 2) {
    const sentence = `A study needs two values of "${target}" with at least two patients each, and the home has ${enough.length}; import radiographs with labels.`;
    throw new OsteonError("bad-input", sentence, { target });
  }
  return items;
};

/** @throws OsteonError `bad-input` where a plan names crops for which nothing is marked */
const cropsOf = ({ crops }: StudyPlan, marked: number): [CropKind, ...CropKind[]] => {
  const possible = cropKinds.filter((crop) => crop === "whole" || marked > 0);
  const wanted = crops ?? possible;
  const missing = wanted.find((crop) => !possible.includes(crop));
  if (missing) {
    const sentence = `No lesion is marked in the home, and the plan asks for the crop "${missing}"; mark lesions, or compare whole radiographs.`;
    throw new OsteonError("bad-input", sentence, { crop: missing });
  }
  return [...wanted] as [CropKind, ...CropKind[]];
};

const refuseFewTested = ({ test }: StudyPlan, shuffles: readonly { readonly test: readonly number[] }[]): void => {
  if (shuffles.every((shuffle) => shuffle.test.length >= 2)) return;
  const hint = test === "any" ? "import more patients" : 'import more, or test "any" patient';
  throw new OsteonError("bad-input", `Too few patients may be tested: ${hint}.`, { test });
};
