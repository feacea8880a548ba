/** What linking one radiograph answers: the contract of `osteon link --json`. */

import type { CaseRecord } from "../../clinic/records.ts";
import type { LesionBox } from "./lesion-crop.ts";
import type { PastBasis } from "./past-links.ts";
import type { PredictionSet } from "./prediction-set.ts";
import type { LeftOut, ReferenceRule } from "./references.ts";
import type { ReportSentences } from "./report-sentences.ts";

/** A past patient, by the radiograph that is nearest to the query's. */
export interface LinkNeighbour {
  /** 1 for the nearest. */
  readonly rank: number;
  readonly patient: string;
  /** File name under which the radiograph was imported. */
  readonly image: string;
  /** The angle between the features as a share of a half turn, in [0, 1]. */
  readonly distance: number;
  /** Share of past links whose nearest patient was farther; null where too few tell. */
  readonly closerThan: number | null;
  readonly label: string | null;
  /** File names of the patient's other radiographs, those that were compared first. */
  readonly others: readonly string[];
  /** What the hospital's tables say: diagnoses and what they rest on, treatments, follow-up. */
  readonly cases: readonly Omit<CaseRecord, "patient">[];
  /** The sentences of the reports from which something was read. */
  readonly reports: readonly ReportSentences[];
}

/** The neighbours' vote. */
export interface LinkVote {
  readonly label: string;
  /** Share of the voting neighbours that gave this label, in (0, 1]. */
  readonly share: number;
  /** True when another label had as many votes; the label of the nearest neighbour among the tied then won. */
  readonly tie: boolean;
}

/** What is told of a radiograph that could be read. */
export interface LinkBackground {
  readonly compared: "whole image" | "lesion";
  /** The lesion that was asked about. */
  readonly box: LesionBox | null;
  /** The diagnoses that cannot be ruled out; else why it is not told. */
  readonly prediction: PredictionSet | null;
  readonly predictionProblem: string | null;
  /** Who counted as a past patient, and how many did not. */
  readonly references: ReferenceRule & { readonly leftOut: Readonly<Record<LeftOut, number>> };
  /** The past links that distances and sets are measured by; null where there are none. */
  readonly past: { readonly basis: PastBasis; readonly patients: number } | null;
}

/** The answer for one image; `vote` is null when no neighbour carries a label. */
export interface LinkResult extends Partial<LinkBackground> {
  readonly image: string;
  readonly k: number;
  readonly neighbours: readonly LinkNeighbour[];
  readonly vote: LinkVote | null;
  /** False where the image is no radiograph, unlike anything in the archive or near to nobody; then `reason` says why. */
  readonly known: boolean;
  readonly reason?: string;
  readonly ms: number;
}

/** The answer in a sentence, such as "Osteochondroma (4 of 5 neighbours)". */
export const verdictOf = ({ known, reason, vote, neighbours }: LinkResult): string => {
  if (!known) return `No precedent: ${reason ?? "unlike anything in the archive."}`;
  if (!vote) return "No vote: none of the neighbours carries a label.";
  const votes = neighbours.filter(({ label }) => label === vote.label).length;
  return `${vote.label} (${votes} of ${neighbours.length} neighbours${vote.tie ? ", a tie broken by the nearest" : ""})`;
};
