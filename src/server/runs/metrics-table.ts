/** The figures of a run as a table for a spreadsheet. */

import { stringify } from "csv-stringify/sync";
import type { RunDetail } from "../../contract/runs.ts";

const heading = ["run", "kind", "name", "label", "value", "low", "high"] as const;

/** One row a figure: the whole's, each label's, and each epoch's. */
export const metricsTable = ({ id, figures, labels, epochs }: RunDetail): string => {
  const rows: (string | number | null)[][] = [
    ...figures.map(({ name, value, interval }) => ["figure", name, "", value, ...ends(interval)]),
    ...labels.flatMap(({ label, precision, recall, f1, support, intervals }) => [
      ["label", "precision", label, precision, ...ends(intervals.precision)],
      ["label", "recall", label, recall, ...ends(intervals.recall)],
      ["label", "f1", label, f1, ...ends(intervals.f1)],
      ["label", "support", label, support, "", ""],
    ]),
    ...epochs.flatMap(({ epoch, loss, accuracy, validation }) => [
      ["epoch", "loss", epoch, loss, "", ""],
      ["epoch", "accuracy", epoch, accuracy, "", ""],
      ...(validation
        ? [
            ["epoch", "validation loss", epoch, validation.loss, "", ""],
            ["epoch", "validation accuracy", epoch, validation.accuracy, "", ""],
          ]
        : []),
    ]),
  ];
  // A label is what somebody wrote into a table: a spreadsheet must not take it for a formula.
  return stringify([heading, ...rows.map((row) => [id, ...row])], { escape_formulas: true });
};

const ends = (interval: readonly [number, number] | null): readonly (number | string)[] => interval ?? ["", ""];
