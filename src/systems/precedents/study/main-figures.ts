/** The figures that stand for a study where there is room for a few: its page, and the list of runs. */

import type { EvaluatedFigure } from "../evaluation-scores.ts";
import type { CropKind } from "./config.ts";
import type { StudyMeasures, StudyModel } from "./measure-study.ts";
import { bestK } from "./published-figures.ts";
import type { StudyFigure } from "./study-items.ts";

/** The names of the models as tables print them. */
export const modelNames: Readonly<Record<StudyModel, string>> = {
  resnet: "baseline 1, ResNet",
  transformer: "baseline 2, transformer",
  recommender: "recommender",
};

/** The recommender first. */
export const mainFigures = ({ scores, readings, leaveOneOut }: StudyMeasures, crop: CropKind): EvaluatedFigure[] => {
  const figure = (name: string, { value, interval }: StudyFigure): EvaluatedFigure[] =>
    interval ? [{ name, value, interval }] : [];
  const tested = scores.filter((row) => row.part === "test");
  return [
    ...tested
      .filter((row) => row.crop === crop)
      .toReversed()
      .flatMap(({ model, accuracy, precision, recall }) => [
        ...figure(`${modelNames[model]}: accuracy`, accuracy),
        ...figure(`${modelNames[model]}: precision, mean over the classes`, precision),
        ...figure(`${modelNames[model]}: recall, mean over the classes`, recall),
      ]),
    ...tested
      .filter((row) => row.crop !== crop)
      .flatMap((row) => figure(`${modelNames[row.model]}, ${row.crop}: accuracy`, row.accuracy)),
    ...readings
      .filter(({ of, search }) => of === "precision@k" && search === "hashed images")
      .flatMap((reading) => figure(`precision@${reading.k}`, reading.figure)),
    ...(leaveOneOut?.readings ?? [])
      .filter(({ name, k }) => k === bestK && name.startsWith("plurality"))
      .flatMap((reading) => figure(`leave one patient out: ${reading.name}@${reading.k}`, reading.figure)),
  ];
};
