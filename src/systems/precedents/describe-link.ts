/** What a link says besides its neighbours, and what is known of these, in lines of English. */

import { orderFollowUps } from "../../clinic/order-follow-ups.ts";
import type { CaseRecord } from "../../clinic/records.ts";
import type { LinkNeighbour, LinkResult } from "./link-result.ts";
import type { PredictionSet } from "./prediction-set.ts";

/** Which diagnoses cannot be ruled out, by whom that is known, and who counted as a past patient. */
export const describeBackground = ({ prediction, predictionProblem, references, past }: LinkResult): string[] => [
  ...(prediction ? [describePrediction(prediction, past?.basis === "evaluation")] : []),
  ...(predictionProblem ? [predictionProblem] : []),
  ...(references ? describeReferences(references) : []),
];

const describePrediction = (prediction: PredictionSet, isOfEvaluation: boolean): string => {
  const { coverage, labels, among, patients, measured } = prediction;
  const named = labels.length === among ? `none of ${among}` : labels.map(({ label }) => label).join(", ");
  const by = `${patients} past patients${isOfEvaluation ? " of an evaluation" : ""}`;
  const set = labels.length === among ? "Can be ruled out" : "Cannot be ruled out";
  return `${set}, with ${percent(coverage)} coverage: ${named} (by ${by}, for ${percent(measured.share)} of whom it held)`;
};

const describeReferences = ({ before, final, leftOut }: NonNullable<LinkResult["references"]>): string[] => {
  const rules = [...(final ? ["with a final diagnosis"] : []), ...(before === null ? [] : [`from before ${before}`])];
  const left = [
    ...(leftOut.open > 0 ? [`${leftOut.open} without one`] : []),
    ...(leftOut.later > 0 ? [`${leftOut.later} later`] : []),
  ];
  if (rules.length === 0) return [];
  return [`Among patients ${rules.join(", ")}${left.length === 0 ? "" : `; left out: ${left.join(", ")}`}`];
};

/** A line for each case and for each report that says something. */
export const describeRecords = ({ cases, reports }: LinkNeighbour): string[] => [
  ...cases.map(describeCase),
  ...reports.flatMap(({ kind, date, sentences }) =>
    sentences.length === 0 ? [] : [`${[kind ?? "report", date].filter(Boolean).join(" ")}: ${sentences.join(" … ")}`],
  ),
];

const describeCase = ({ final, preliminary, treatments, followUps }: Omit<CaseRecord, "patient">): string => {
  const diagnosis = final ?? preliminary;
  const last = orderFollowUps(followUps, diagnosis?.date).at(-1);
  const said = diagnosis && [
    `${final ? "" : "preliminary "}${diagnosis.entity}`,
    diagnosis.confirmation && `by ${diagnosis.confirmation}`,
    diagnosis.date,
  ];
  const parts = [
    said?.filter(Boolean).join(" "),
    treatments.map(({ kind, detail }) => detail ?? kind).join(", "),
    last && `${last.status}${last.months === undefined ? "" : ` after ${Math.round(last.months)} months`}`,
  ];
  return parts.filter(Boolean).join("; ");
};

/** In whole per cent; what is not all is never told as 100 %. */
export const percent = (share: number): string => `${share < 1 ? Math.min(Math.round(share * 100), 99) : 100} %`;
