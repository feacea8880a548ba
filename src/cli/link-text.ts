/** A link as people read it on a terminal. */

import { orderFollowUps } from "../clinic/order-follow-ups.ts";
import type { CaseRecord } from "../clinic/records.ts";
import { type LinkNeighbour, type LinkResult, verdictOf } from "../systems/precedents/index.ts";

export const linkText = (result: LinkResult): string => {
  const { image, neighbours, k } = result;
  const fewer = neighbours.length < k ? `; ${k} were asked for` : "";
  const width = Math.max(0, ...neighbours.map(({ label }) => (label ?? "no label").length));
  const rows = neighbours.flatMap((neighbour) => [rowOf(neighbour, width), ...recordLines(neighbour)]);
  return [`${image}: ${verdictOf(result)}${fewer}`, ...backgroundLines(result), ...rows].join("\n");
};

const rowOf = ({ rank, patient, image, distance, closerThan, label, others }: LinkNeighbour, width: number): string => {
  const usual = closerThan === null ? "" : `, closer than ${percent(closerThan)} of past links`;
  const behind = others.length === 0 ? "" : ` and ${others.length} more`;
  return `  ${rank}. ${(label ?? "no label").padEnd(width)}  distance ${distance.toFixed(3)}${usual}  patient ${patient}  ${image}${behind}`;
};

const backgroundLines = ({ prediction, predictionProblem, references, past }: LinkResult): string[] => [
  ...(prediction
    ? [
        `  Not to be left out, right for ${percent(prediction.coverage)}: ${prediction.labels.map(({ label }) => label).join(", ")} (by ${prediction.patients} past patients${past?.basis === "evaluation" ? " of an evaluation" : ""}, for ${percent(prediction.measured.share)} of whom it was)`,
      ]
    : []),
  ...(predictionProblem ? [`  ${predictionProblem}`] : []),
  ...(references ? referenceLines(references) : []),
];

const referenceLines = ({ before, final, leftOut }: NonNullable<LinkResult["references"]>): string[] => {
  const rules = [...(final ? ["with a final diagnosis"] : []), ...(before === null ? [] : [`from before ${before}`])];
  const left = [
    ...(leftOut.open > 0 ? [`${leftOut.open} without one`] : []),
    ...(leftOut.later > 0 ? [`${leftOut.later} later`] : []),
  ];
  if (rules.length === 0) return [];
  return [`  Among patients ${rules.join(", ")}${left.length === 0 ? "" : `; left out: ${left.join(", ")}`}`];
};

/** What the tables and the reports say of a patient, a line for each case and each report. */
const recordLines = ({ cases, reports }: LinkNeighbour): string[] => [
  ...cases.map((one) => `       ${courseOf(one)}`),
  ...reports.flatMap(({ kind, date, sentences }) =>
    sentences.length === 0
      ? []
      : [`       ${[kind ?? "report", date].filter(Boolean).join(" ")}: ${sentences.join(" … ")}`],
  ),
];

const courseOf = ({ final, preliminary, treatments, followUps }: Omit<CaseRecord, "patient">): string => {
  const diagnosis = final ?? preliminary;
  const last = orderFollowUps(followUps, diagnosis?.date).at(-1);
  const parts = [
    ...(diagnosis
      ? [
          [
            `${final ? "" : "preliminary "}${diagnosis.entity}`,
            diagnosis.confirmation && `by ${diagnosis.confirmation}`,
            diagnosis.date,
          ]
            .filter(Boolean)
            .join(" "),
        ]
      : []),
    ...(treatments.length > 0 ? [treatments.map(({ kind, detail }) => detail ?? kind).join(", ")] : []),
    ...(last ? [`${last.status}${last.months === undefined ? "" : ` after ${Math.round(last.months)} months`}`] : []),
  ];
  return parts.join("; ");
};

/** In whole per cent; what is not all is never told as 100 %. */
const percent = (share: number): string => `${share < 1 ? Math.min(Math.round(share * 100), 99) : 100} %`;
