/** Everything a study reports, counted from what its networks said. */

import type { PatientId } from "../../../clinic/ids.ts";
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
import { accuracyOf, judgedClasses, meanOverClasses } from "./statistics.ts";
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
  const said = votesOf(queries, { search: "hashed images", k: bestK });
  return queries.map(({ shuffle, image, patient, label }, i) => ({
    shuffle,
    image,
    patient,
    label,
    said: said[i]!,
  }));
};

/** What a study measured, with the test cases and the links of the whole archive that it was counted from. */
export interface MeasuredCases {
  readonly measures: StudyMeasures;
  readonly tested: readonly TestedQuery[];
  /** Of every radiograph, in the order of their positions; none without networks for it. */
  readonly linked: readonly TestedQuery[];
}

export const measureStudy = (study: MeasuredStudy): MeasuredCases => {
  const { items, classes, models, crops, seed, done } = study;
  const [main] = crops;
  const tested = testedQueries(study, main);
  const linked = leftOut(study);
  const votes = voted(tested);
  const present: StudyModel[] = [...models, "recommender"];
  const casesOf = new Map<StudyModel, readonly Judged[]>([
    ...models.map((model) => [model, headsOf(study, { model, crop: main, kind: "test", part: "held" })] as const),
    ["recommender", votes],
  ]);
  const mainRows = present.flatMap((model) =>
    scoreRows(casesOf.get(model)!, { model, crop: main, part: "test" }, study),
  );
  const prevalence = countLabels(items.map(({ label }) => label));
  const measures: StudyMeasures = {
    scores: [...foldRows(study), ...mainRows, ...crops.slice(1).flatMap((crop) => cropRows(study, crop))],
    readings: readingsOf(tested, { prevalence, classes, seed }),
    labels: labelsOf(votes, seed),
    confusion: confusionMatrix(
      votes.map(({ label }) => label),
      votes.map(({ said }) => said),
    ),
    significance: (["accuracy", "precision", "recall"] as const).map((figure) =>
      significanceOf(
        figure,
        mainRows.map((row) => ({ model: row.model, byShuffle: row[figure].byShuffle })),
      ),
    ),
    differences: present.flatMap((first, i) =>
      present.slice(i + 1).map((second) => {
        const [own, other] = [first, second].map((model) => casesOf.get(model)!.map(asJudgedCase));
        return { first, second, ...pairedDifference(own!, other!) };
      }),
    ),
    hashing: hashingLoss(
      study.planned.flatMap(({ purpose, crop }, i) =>
        purpose.kind === "test" && crop === main ? (done[i]!.links ?? []) : [],
      ),
    ),
    search: Object.fromEntries(models.map((model) => [model, searched(model, study)])),
    leaveOneOut:
      linked.length === 0 ? null : leaveOneOutScores(linked, { links: linksOf(study), prevalence, classes, seed }),
    chance: commonestLabel(votes, study),
    seconds: done.reduce((sum, { seconds }) => sum + seconds, 0),
  };
  return { measures, tested, linked };
};

/** What the folds said of those they learned from, and of those they validated on. */
const foldRows = (study: MeasuredStudy): ScoreRow[] =>
  study.models.flatMap((model) => {
    const crop = study.crops[0];
    const ofPart = (part: "learned" | "held"): Judged[] => headsOf(study, { model, crop, kind: "fold", part });
    return [
      ...scoreRows(ofPart("learned"), { model, crop, part: "train" }, study),
      ...scoreRows(ofPart("held"), { model, crop, part: "validation" }, study),
    ];
  });

/** Another crop: the network whose features are used, and the vote by them. */
const cropRows = (study: MeasuredStudy, crop: CropKind): ScoreRow[] => [
  ...scoreRows(
    headsOf(study, { model: "resnet", crop, kind: "test", part: "held" }),
    { model: "resnet", crop, part: "test" },
    study,
  ),
  ...scoreRows(voted(testedQueries(study, crop)), { model: "recommender", crop, part: "test" }, study),
];

const labelsOf = (votes: readonly Judged[], seed: number): StudyLabel[] => {
  const judged = votes.map(({ patient, label, said }) => ({ patient, label, voted: said }));
  return labelScoresByPatient(judged, seed).map((scored) => ({
    ...scored,
    patients: new Set(votes.filter(({ label }) => label === scored.label).map(({ patient }) => patient)).size,
  }));
};

/** How often each shuffle's commonest label among the tested would be right. */
const commonestLabel = (
  votes: readonly Judged[],
  { classes, seed }: Pick<MeasuredStudy, "classes" | "seed">,
): StudyFigure => {
  const { truth } = judgedClasses(votes, classes);
  return studyFigure(
    votes,
    (positions) => {
      const counts = new Int32Array(classes.length);
      for (const position of positions) counts[truth[position]!]! += 1;
      return Math.max(...counts) / positions.length;
    },
    seed,
  );
};

const asJudgedCase = ({ said, ...judged }: Judged): JudgedCase => ({ ...judged, isRight: said === judged.label });

const countLabels = (labels: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(labels, (label) => label)].map(([label, own]) => [label, own.length]));

/** A row of table 2; none where there are no cases. */
const scoreRows = (
  cases: readonly Judged[],
  row: Pick<ScoreRow, "model" | "crop" | "part">,
  { classes, seed }: Pick<MeasuredStudy, "classes" | "seed">,
): ScoreRow[] => {
  if (cases.length === 0) return [];
  const judged = judgedClasses(cases, classes);
  return [
    {
      ...row,
      accuracy: studyFigure(cases, accuracyOf(judged), seed),
      precision: studyFigure(cases, meanOverClasses(judged, "precision"), seed),
      recall: studyFigure(cases, meanOverClasses(judged, "recall"), seed),
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
