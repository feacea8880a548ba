/** A study as tables, in the order of the paper and then of what it leaves open: for the command line and for the report. */

import type { Interval } from "../../../evidence/wilson-interval.ts";
import { type Baseline, baselines, type Hyperparameters } from "./config.ts";
import { modelNames } from "./main-figures.ts";
import type { ScoreRow, StudyModel } from "./measure-study.ts";
import {
  bestK,
  commonFactor,
  type PublishedScore,
  presentClasses,
  publishedPairs,
  publishedScores,
  sharedCounts,
} from "./published-figures.ts";
import { type Reading, reportedK } from "./readings.ts";
import type { StudyReport } from "./run-study.ts";
import type { StudyFigure } from "./study-items.ts";

/** A table as texts; the first column names the rows. */
export interface StudyTable {
  readonly title: string;
  readonly note: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const percent = (share: number, digits = 1): string => (Number.isNaN(share) ? "-" : (100 * share).toFixed(digits));
const range = (interval: Interval | null): string => {
  return interval ? ` [${percent(interval[0])}, ${percent(interval[1])}]` : "";
};
/** "62.6 ± 1.2 [58.0, 67.1]": mean and deviation over the shuffles, the interval by patient. */
const shown = ({ value, deviation, interval }: StudyFigure): string =>
  `${percent(value)}${deviation === null ? "" : ` ± ${percent(deviation)}`}${range(interval)}`;
const printed = ({ mean, deviation }: PublishedScore): string => `${percent(mean, 2)} ± ${percent(deviation, 2)}`;
const pText = (p: number): string => (p < 0.0001 ? "< 0.0001" : p.toFixed(4));

/** All tables of a study. */
export const studyTables = (report: StudyReport): StudyTable[] => [
  whoTable(report),
  scoreTable(report),
  significanceTable(report),
  differenceTable(report),
  byKTable(report),
  readingTable(report),
  arithmeticTable(),
  labelTable(report),
  ...cropTables(report),
  hashingTable(report),
  ...leaveOneOutTables(report),
  ...searchTables(report),
];

const whoTable = ({ description, patients, radiographs }: StudyReport): StudyTable => {
  const { labels, age, shuffles, marked } = description;
  const told = age
    ? ` Age: median ${age.median}, quartiles ${age.quartiles.join(" to ")}; Shapiro-Wilk W(${age.patients}) = ${age.w.toFixed(2)}, p ${age.pValue < 0.001 ? "< .001" : `= ${age.pValue.toFixed(3)}`}.`
    : "";
  return {
    title: "Table 1. Who is studied",
    note: `${patients} patients, ${radiographs} radiographs, the lesions of ${marked} marked. Learned from and tested in each shuffle: ${shuffles.map(({ train, test }) => `${train} and ${test}`).join(", ")} radiographs.${told}`,
    head: ["label", "patients", "%", "radiographs", "tested in each shuffle"],
    rows: labels.map((row) => [
      row.label,
      String(row.patients),
      percent(row.patients / patients, 2),
      String(row.radiographs),
      row.tested.join(", "),
    ]),
  };
};

const parts = ["train", "validation", "test"] as const;
const scoreNames = ["accuracy", "precision", "recall"] as const;
const partNames = { train: "training", validation: "validation", test: "test" } as const;

const publishedOf = (model: StudyModel, part: ScoreRow["part"], score: (typeof scoreNames)[number]): string => {
  const own: Readonly<Partial<Record<ScoreRow["part"], Readonly<Record<typeof score, PublishedScore>>>>> =
    publishedScores[model];
  const row = own[part];
  return row ? printed(row[score]) : "-";
};

const scoreTable = ({ measures, crops }: StudyReport): StudyTable => {
  const rows = measures.scores.filter(({ crop }) => crop === crops[0]);
  return {
    title: "Table 2. Classification",
    note: `In percent: mean and standard deviation over the shuffles, 95 % interval by patient; below, what was published. Precision and recall are means over the classes. The recommender is the plurality vote of the ${bestK} nearest images by Hamming distance, ties to the label of the nearest. Crop: ${crops[0]}. The commonest label would be right in ${shown(measures.chance)}.`,
    head: ["", ...rows.filter(({ part }) => part === "test").map(({ model }) => modelNames[model])],
    rows: scoreNames.flatMap((score) =>
      parts.flatMap((part): string[][] => {
        const own = rows.filter((row) => row.part === part);
        if (own.length === 0) return [];
        const models = rows.filter((row) => row.part === "test").map(({ model }) => model);
        const cell = (model: StudyModel): string => {
          const row = own.find((one) => one.model === model);
          return row ? shown(row[score]) : "-";
        };
        return [
          [`${score}, ${partNames[part]}`, ...models.map(cell)],
          ["  published", ...models.map((model) => publishedOf(model, part, score))],
        ];
      }),
    ),
  };
};

const significanceTable = ({ measures }: StudyReport): StudyTable => {
  const models = measures.significance[0]!.normality.map(({ model }) => model as StudyModel);
  return {
    title: "Table 3. Tests over the shuffles",
    note: "Shapiro-Wilk of what the shuffles gave, analysis of variance over the models, Tukey's test of each pair. Shuffles share patients, so these tests are surer than they should be; the differences by patient below are not.",
    head: [
      "figure",
      "Shapiro-Wilk, p",
      "ANOVA, p",
      ...measures.significance[0]!.pairs.map(
        ({ first, second }) => `${modelNames[models[first]!]} - ${modelNames[models[second]!]}`,
      ),
    ],
    rows: [
      ...measures.significance.map(({ figure, normality, anova, pairs }) => [
        figure,
        normality.map(({ pValue }) => (pValue === null ? "-" : pText(pValue))).join(" / "),
        anova ? pText(anova.pValue) : "-",
        ...pairs.map(({ pValue }) => pText(pValue)),
      ]),
      [
        "  published",
        "-",
        "< 0.0001",
        ...measures.significance[0]!.pairs.map(({ first, second }) => {
          const pair = publishedPairs.find((one) => one.first === models[first] && one.second === models[second]);
          return pair ? pair.pValue.toFixed(4) : "-";
        }),
      ],
    ],
  };
};

const differenceTable = ({ measures }: StudyReport): StudyTable => ({
  title: "Differences of accuracy by patient",
  note: "The second less the first, in points of percent, patients drawn once for both; it differs where the interval leaves out 0 and a sign-flip test by patient agrees.",
  head: ["first", "second", "difference", "differs"],
  rows: measures.differences.map(({ first, second, difference, interval, differs }) => [
    modelNames[first],
    modelNames[second],
    `${percent(difference)}${range(interval)}`,
    differs ? "yes" : "no",
  ]),
});

const readingAt = (readings: readonly Reading[], name: string, k: number): Reading | undefined =>
  readings.find((reading) => reading.name === name && reading.k === k);

const publishedPercent = (share: number | null): string => (share === null ? "-" : percent(share, 2));

/** Readings that are all the same of one neighbour, and so are measured there once. */
const sameOfOne: ReadonlySet<string> = new Set([
  "plurality, patients",
  "strict majority, undecided is wrong",
  "at least one of k is right",
]);

/** A reading for each k. */
const cellsByK = (readings: readonly Reading[], name: string): string[] =>
  reportedK.map((k) => {
    const found = readingAt(readings, name, k);
    const same = k === 1 && sameOfOne.has(name) ? readingAt(readings, "plurality, ties to the nearest", 1) : undefined;
    const reading = found ?? same;
    return reading ? shown(reading.figure) : "-";
  });

const byKTable = ({ measures: { readings } }: StudyReport): StudyTable => ({
  title: "Precision@k and the vote by k",
  note: "Neighbours by Hamming distance, counted as images (as published) and as patients, each by the nearest image.",
  head: ["", ...reportedK.map((k) => `k = ${k}`)],
  rows: (
    [
      ["precision@k, images", true],
      ["precision@k, patients", false],
      ["precision@k, patients, exact search", false],
      ["plurality, ties to the nearest", true],
      ["plurality, patients", false],
    ] as const
  ).flatMap(([name, isPublished]) => {
    const published = reportedK.map((k) => publishedPercent(readingAt(readings, name, k)?.published ?? null));
    return [[name, ...cellsByK(readings, name)], ...(isPublished ? [["  published", ...published]] : [])];
  }),
});

const readingTable = ({ measures: { readings } }: StudyReport): StudyTable => ({
  title: `What ${bestK} neighbours give under each reading`,
  note: "Which of these the published figures are, the paper does not say. By arithmetic: what the reading gives where precision@3 is the published 62.58 % and hits are independent.",
  head: ["reading", "measured here", "by arithmetic", "published"],
  rows: readings
    .filter(({ k }) => k === bestK)
    .map(({ name, figure, atPublishedPrecision, published }) => [
      name,
      shown(figure),
      publishedPercent(atPublishedPrecision),
      publishedPercent(published),
    ]),
});

const arithmeticTable = (): StudyTable => {
  const factor = commonFactor()!;
  const both = sharedCounts(545);
  return {
    title: "What the published figures allow by arithmetic alone",
    note: "No data is needed for these.",
    head: ["question", "answer"],
    rows: [
      [
        "test cases below 546 of which both 92.86 % and precision@3 of 62.58 % are plain ratios",
        both.length === 0 ? "none" : both.join(", "),
      ],
      ["accuracy / recall that all seven rows of table 2 share", `${factor[0].toFixed(4)} to ${factor[1].toFixed(4)}`],
      [
        "share of the classes in a batch of 5 and of 6 cases, by which such a recall could be multiplied",
        `${presentClasses(5).toFixed(4)} and ${presentClasses(6).toFixed(4)}, against ${(1 / factor[1]).toFixed(4)}`,
      ],
    ],
  };
};

const labelTable = ({ measures: { labels } }: StudyReport): StudyTable => ({
  title: `Each label by the vote of ${bestK}`,
  note: "All shuffles together. No interval where fewer than five patients are counted: such a figure says next to nothing.",
  head: ["label", "tested patients", "precision", "recall", "F1"],
  rows: labels.map(({ label, patients, precision, recall, f1, intervals }) => [
    label,
    String(patients),
    `${percent(precision)}${range(intervals.precision)}`,
    `${percent(recall)}${range(intervals.recall)}`,
    `${percent(f1)}${range(intervals.f1)}`,
  ]),
});

const cropTables = ({ measures, segmentation }: StudyReport): StudyTable[] => {
  const tested = measures.scores.filter(({ part, model }) => part === "test" && model !== "transformer");
  const crops = [...new Set(tested.map(({ crop }) => crop))];
  if (crops.length < 2) return [];
  const told = segmentation
    ? ` Segmented: something was found in ${segmentation.found} of ${segmentation.radiographs} radiographs; of ${segmentation.tried} marked ones that were not learned from, the box meets the drawn one with a median overlap of ${segmentation.medianOverlap?.toFixed(2) ?? "-"}, by at least a half in ${segmentation.halfOverlap === null ? "-" : percent(segmentation.halfOverlap)} %${range(segmentation.halfInterval)}.`
    : "";
  return [
    {
      title: "Accuracy by what is compared",
      note: `The lesion as drawn, as segmented, each with a margin of 15 %, and the whole radiograph.${told}`,
      head: ["crop", modelNames.resnet, modelNames.recommender],
      rows: crops.map((crop) => [
        crop,
        ...(["resnet", "recommender"] as const).map((model) => {
          const row = tested.find((one) => one.crop === crop && one.model === model);
          return row ? shown(row.accuracy) : "-";
        }),
      ]),
    },
  ];
};

const hashingTable = ({ measures: { hashing } }: StudyReport): StudyTable => ({
  title: "What hashing costs",
  note: "Of the seven nearest by exact cosine, how many are also among the seven nearest codes.",
  head: ["", "value"],
  rows: [
    ["recall of all codes", `${percent(hashing.recallOfCodes)} %`],
    ["recall of the hash tables", `${percent(hashing.recallOfTables)} %`],
    ["share of the references that the tables leave to compare", `${percent(hashing.candidates)} %`],
  ],
});

const leaveOneOutTables = ({ measures: { leaveOneOut } }: StudyReport): StudyTable[] => {
  if (!leaveOneOut) return [];
  const { queries, patients, readings, siblings, byRadiographs } = leaveOneOut;
  const names = [
    "precision@k, images",
    "precision@k, patients",
    "plurality, ties to the nearest",
    "plurality, patients",
    "strict majority, undecided is wrong",
    "at least one of k is right",
    "one vote of all images of a patient",
    "image-level split: own patient allowed",
  ];
  return [
    {
      title: "Leave one patient out",
      note: `${queries} radiographs of ${patients} patients, each linked to the whole archive without its patient, by a network that did not learn from the patient.`,
      head: ["", ...reportedK.map((k) => `k = ${k}`)],
      rows: names.map((name) => [name, ...cellsByK(readings, name)]),
    },
    {
      title: `The vote of ${bestK} by how many radiographs the patient has`,
      note: "Leave one patient out.",
      head: ["radiographs", "patients", "queries", "accuracy"],
      rows: byRadiographs.map((row) => [row.radiographs, String(row.patients), String(row.queries), shown(row.figure)]),
    },
    ...(siblings
      ? [
          {
            title: "Other radiographs of the same patient",
            note: `${siblings.queries} radiographs have another one of their patient among ${siblings.references}. Where the own patient is allowed it is found; where it is not, never.`,
            head: ["", "value"],
            rows: [
              ["the very nearest of all", shown(siblings.nearest)],
              ...siblings.amongK.map(({ k, figure }) => [`among the ${k} nearest`, shown(figure)]),
              ["median rank", String(siblings.medianRank)],
              ["the very nearest by chance", percent(siblings.chance, 2)],
              ["found where the own patient is excluded", String(siblings.foundWhenExcluded)],
            ],
          },
        ]
      : []),
  ];
};

const searchTables = ({ measures: { search } }: StudyReport): StudyTable[] => {
  const rows = baselines.flatMap((baseline: Baseline) =>
    (search[baseline] ?? []).map(({ hyperparameters, accuracy, chosen }) => [
      modelNames[baseline],
      ...hyperparameterCells(hyperparameters),
      percent(accuracy),
      chosen ? "chosen" : "",
    ]),
  );
  if (rows.length === 0) return [];
  return [
    {
      title: "Search of hyper-parameters",
      note: "On patients whom no shuffle tests, by the accuracy on those held back. Published: learning rate 0.003 and 0.0025, batches of 8, 85 and 77 epochs, augmentation 0.3.",
      head: ["model", "learning rate", "batch", "length", "augmentation", "validation accuracy", ""],
      rows,
    },
  ];
};

const hyperparameterCells = ({ lr, batchSize, duration, augmentation }: Hyperparameters): string[] => [
  String(lr),
  String(batchSize),
  "epochs" in duration ? `${duration.epochs} epochs` : `${duration.picturesSeen} pictures`,
  String(augmentation),
];

/** The tables as plain text for a terminal. */
export const tablesAsText = (tables: readonly StudyTable[]): string =>
  tables
    .map(({ title, note, head, rows }) => {
      const all = [head, ...rows];
      const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
      const line = (row: readonly string[]): string =>
        `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd();
      return [title, ...(note === "" ? [] : [`  ${note}`]), ...all.map(line)].join("\n");
    })
    .join("\n\n");
