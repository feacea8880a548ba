/** A link as people read it on a terminal. */

import {
  describeBackground,
  describeRecords,
  type LinkNeighbour,
  type LinkResult,
  percent,
  verdictOf,
} from "../systems/precedents/index.ts";

/** Makes the texts of several links; why no set of diagnoses can be told is said once, and not where the verdict says it. */
export const linkTexts = (): ((result: LinkResult) => string) => {
  const told = new Set<string | null>([null]);
  return (result) => {
    const { reason, predictionProblem = null } = result;
    const isTold = told.has(predictionProblem) || predictionProblem === reason;
    told.add(predictionProblem);
    return linkText({ ...result, predictionProblem: isTold ? null : predictionProblem });
  };
};

const linkText = (result: LinkResult): string => {
  const { image, neighbours, k } = result;
  const fewer = neighbours.length < k ? `; ${k} were asked for` : "";
  const width = Math.max(0, ...neighbours.map(({ label }) => (label ?? "no label").length));
  const rows = neighbours.flatMap((neighbour) => [
    rowOf(neighbour, width),
    ...describeRecords(neighbour).map((line) => `       ${line}`),
  ]);
  const background = describeBackground(result).map((line) => `  ${line}`);
  return [`${image}: ${verdictOf(result)}${fewer}`, ...background, ...rows].join("\n");
};

const rowOf = ({ rank, patient, image, distance, closerThan, label, others }: LinkNeighbour, width: number): string => {
  const usual = closerThan === null ? "" : `, closer than ${percent(closerThan)} of past links`;
  const behind = others.length === 0 ? "" : ` and ${others.length} more`;
  return `  ${rank}. ${(label ?? "no label").padEnd(width)}  distance ${distance.toFixed(3)}${usual}  patient ${patient}  ${image}${behind}`;
};
