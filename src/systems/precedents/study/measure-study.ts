/** Everything a study reports, counted from what its networks said. */

import type { PatientId } from "../../../clinic/ids.ts";
import { accuracyScore, precisionScore, recallScore } from "../../../evidence/classification-scores.ts";
import type { ComparedFigure } from "../../../evidence/compare-paired.ts";
import type { ConfusionMatrix } from "../../../evidence/confusion-matrix.ts";
import { confusionMatrix } from "../../../evidence/confusion-matrix.ts";
import { type EvaluatedLabel, labelScoresByPatient } from "../../../evidence/label-scores-by-patient.ts";
import type { Baseline, CropKind } from "./config.ts";
import { type SearchedCandidate, searched } from "./do-trainings.ts";
import { type HashingLoss, hashingLoss } from "./hashing-loss.ts";
import { type LeaveOneOutScores, leaveOneOutScores } from "./leave-one-out.ts";
import type { PlannedTraining } from "./plan-trainings.ts";
import { bestK } from "./published-figures.ts";
import { type Reading, readingsOf, votesOf } from "./readings.ts";
import { type JudgedCase, pairedDifference, type Significance, significanceOf } from "./significance.ts";
import { labelQueries, type StudyFigure, studyFigure, type TestedQuery } from "./study-items.ts";
import type { Shuffle, StudyItem } from "./study-split.ts";
import type { DoneTraining } from "./trainings.ts";

/** The models of table 2. */
export const studyModels = ["resnet", "transformer", "recommender"] as const;
export type StudyModel = (typeof studyModels)[number];

/** A row of table 2. */
export interface ScoreRow {
  readonly model: StudyModel;
  readonly crop: CropKind;
  /** Of a cross-validation's learning parts, of its validation parts, or of the test part. */
  readonly part: "train" | "validation" | "test";
  readonly accuracy: StudyFigure;
  /** Means over the classes, as published. */
  readonly precision: StudyFigure;
  readonly recall: StudyFigure;
}

/** Two models on the same cases. */
export interface ModelDifference extends Omit<ComparedFigure, "name"> {
  readonly first: StudyModel;
  readonly second: StudyModel;
}

/** How one label fared: how many there were to count, and its figures where there are enough patients. */
export interface StudyLabel extends EvaluatedLabel {
  readonly patients: number;
}

/** What came of a study. */
export interface StudyMeasures {
  readonly scores: readonly ScoreRow[];
  readonly readings: readonly Reading[];
  readonly labels: readonly StudyLabel[];
  readonly confusion: ConfusionMatrix;
  readonly significance: readonly Significance[];
  readonly differences: readonly ModelDifference[];
  readonly hashing: HashingLoss;
  readonly search: Readonly<Partial<Record<Baseline, readonly SearchedCandidate[]>>>;
  /** Null where no networks were trained for it. */
  readonly leaveOneOut: LeaveOneOutScores | null;
  /** How often the commonest label would be right in the test parts. */
  readonly chance: StudyFigure;
  readonly seconds: number;
}

/** What is measured. */
export interface MeasuredStudy {
  readonly items: readonly StudyItem[];
  readonly classes: readonly string[];
  readonly shuffles: readonly Shuffle[];
  readonly planned: readonly PlannedTraining[];
  readonly done: readonly DoneTraining[];
  readonly models: readonly Baseline[];
  readonly crops: readonly [CropKind, ...CropKind[]];
  readonly seed: number;
}

/** A case with what a model took it for. */
interface Judged {
  readonly shuffle: number;
  readonly image: string;
  readonly patient: PatientId;
  readonly label: string;
  readonly said: string | null;
}

/** The vote of the study's best configuration: its k, plurality, images. */
const voted = (queries: readonly TestedQuery[]): Judged[] => {
  const { predicted } = votesOf(queries, { search: "hashed images", k: bestK });
  return queries.map(({ shuffle, image, patient, label }, i) => ({
    shuffle,
    image,
    patient,
    label,
    said: predicted[i]!,
  }));
};

export const measureStudy = (
  study: MeasuredStudy,
): {
  readonly measures: StudyMeasures;
  readonly linked: readonly TestedQuery[];
  readonly tested: readonly TestedQuery[];
} => {
  const { items, classes, models, crops, seed, done } = study;
  const [main] = crops;
  const tested = testedQueries(study, main);
  const linked = leftOut(study);
  const votes = voted(tested);
  const heads = new Map(
    models.map((model) => [model, headsOf(study, { model, crop: main, kind: "test", part: "held" })]),
  );
  const present: StudyModel[] = [...models, "recommender"];
  const casesOf = (model: StudyModel): readonly Judged[] => (model === "recommender" ? votes : heads.get(model)!);
  const scores = [
    ...models.flatMap((model) => [
      ...scoreRows(
        headsOf(study, { model, crop: main, kind: "fold", part: "learned" }),
        { model, crop: main, part: "train" },
        seed,
      ),
      ...scoreRows(
        headsOf(study, { model, crop: main, kind: "fold", part: "held" }),
        { model, crop: main, part: "validation" },
        seed,
      ),
    ]),
    ...present.flatMap((model) => scoreRows(casesOf(model), { model, crop: main, part: "test" }, seed)),
    ...crops
      .slice(1)
      .flatMap((crop) => [
        ...scoreRows(
          headsOf(study, { model: "resnet", crop, kind: "test", part: "held" }),
          { model: "resnet", crop, part: "test" },
          seed,
        ),
        ...scoreRows(voted(testedQueries(study, crop)), { model: "recommender", crop, part: "test" }, seed),
      ]),
  ];
  const prevalence = countLabels(items.map(({ label }) => label));
  const rowOf = (model: StudyModel): ScoreRow =>
    scores.find((row) => row.model === model && row.crop === main && row.part === "test")!;
  const judged = votes.map(({ patient, label, said }) => ({ patient, label, voted: said }));
  const measures: StudyMeasures = {
    scores,
    readings: readingsOf(tested, { prevalence, classes, seed }),
    labels: labelScoresByPatient(judged, seed).map((scored) => ({
      ...scored,
      patients: new Set(votes.filter(({ label }) => label === scored.label).map(({ patient }) => patient)).size,
    })),
    confusion: confusionMatrix(
      votes.map(({ label }) => label),
      votes.map(({ said }) => said),
    ),
    significance: (["accuracy", "precision", "recall"] as const).map((figure) =>
      significanceOf(
        figure,
        present.map((model) => ({ model, byShuffle: rowOf(model)[figure].byShuffle })),
      ),
    ),
    differences: present.flatMap((first, i) =>
      present.slice(i + 1).map((second) => ({
        first,
        second,
        ...pairedDifference(casesOf(first).map(asJudgedCase), casesOf(second).map(asJudgedCase)),
      })),
    ),
    hashing: hashingLoss(
      study.planned.flatMap(({ purpose, crop }, i) =>
        purpose.kind === "test" && crop === main ? (done[i]!.links ?? []) : [],
      ),
    ),
    search: Object.fromEntries(models.map((model) => [model, searched(model, study)])),
    leaveOneOut:
      linked.length === 0 ? null : leaveOneOutScores(linked, { links: linksOf(study), prevalence, classes, seed }),
    chance: studyFigure(
      votes,
      (own) => Math.max(...countLabels(own.map(({ label }) => label)).values()) / own.length,
      seed,
    ),
    seconds: done.reduce((sum, { seconds }) => sum + seconds, 0),
  };
  return { measures, linked, tested };
};

const asJudgedCase = ({ said, ...judged }: Judged): JudgedCase => ({ ...judged, isRight: said === judged.label });

const countLabels = (labels: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(labels, (label) => label)].map(([label, own]) => [label, own.length]));

/** A row of table 2; none where there are no cases. */
const scoreRows = (
  cases: readonly Judged[],
  row: Pick<ScoreRow, "model" | "crop" | "part">,
  seed: number,
): ScoreRow[] => {
  if (cases.length === 0) return [];
  const predictions = (own: readonly Judged[]) => ({
    truth: own.map(({ label }) => label),
    predicted: own.map(({ said }) => said),
  });
  return [
    {
      ...row,
      accuracy: studyFigure(cases, (own) => accuracyScore(predictions(own)), seed),
      precision: studyFigure(cases, (own) => precisionScore(predictions(own), "macro"), seed),
      recall: studyFigure(cases, (own) => recallScore(predictions(own), "macro"), seed),
    },
  ];
};

/** What a baseline's own classifier said. */
const headsOf = (
  { planned, done, items, classes }: MeasuredStudy,
  {
    model,
    crop,
    kind,
    part,
  }: {
    readonly model: Baseline;
    readonly crop: CropKind;
    readonly kind: "fold" | "test";
    readonly part: "learned" | "held";
  },
): Judged[] =>
  planned.flatMap((training, i) => {
    const { purpose } = training;
    if (purpose.kind !== kind || training.baseline !== model || training.crop !== crop) return [];
    const said = part === "held" ? done[i]!.saidOfHeld : done[i]!.saidOfLearned;
    return training[part].map((position, at): Judged => {
      const { image, patient, label } = items[position]!;
      return { shuffle: purpose.shuffle, image: image.id, patient, label, said: classes[said[at]!] ?? null };
    });
  });

const testedQueries = ({ planned, done, items }: MeasuredStudy, crop: CropKind): TestedQuery[] =>
  planned.flatMap((training, i) => {
    const { purpose, references } = training;
    if (purpose.kind !== "test" || training.crop !== crop || !references) return [];
    return labelQueries(done[i]!.links ?? [], { items, references, shuffle: purpose.shuffle });
  });

/** Every radiograph of the archive, in the order of their positions. */
const leftOut = ({ planned, done, items }: MeasuredStudy): TestedQuery[] =>
  planned
    .flatMap(({ purpose, references }, i) =>
      purpose.kind === "leave-one-out" && references
        ? labelQueries(done[i]!.links ?? [], { items, references, shuffle: 0 })
        : [],
    )
    .sort((a, b) => a.position - b.position);

const linksOf = ({ planned, done }: MeasuredStudy) =>
  planned.flatMap(({ purpose }, i) => (purpose.kind === "leave-one-out" ? (done[i]!.links ?? []) : []));
