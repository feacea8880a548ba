/**
 * What past links say of a new one: how near a nearest patient usually is, how often a vote like this one was right, and which
 * diagnoses cannot be ruled out. They are links of patients whose diagnosis is known: patients whom the network was kept from, or
 * an evaluation's, whom a network alike never saw, or else the archive's own, from whom it has learned, so that their votes are
 * too favourable. Which they are is always told.
 */

import { type PatientId, patientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { type Interval, wilsonInterval } from "../../evidence/wilson-interval.ts";
import { rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { codeOf } from "../../retrieval/binary-codes.ts";
import { type Neighbour, rerankedNeighbours } from "../../retrieval/neighbours.ts";
import type { PrecedentIndex } from "../../retrieval/precedent-index.ts";
import { pluralityVote } from "../../retrieval/vote.ts";
import { PredictionSets } from "./prediction-set.ts";

/** One past patient's link. */
export interface PastLink {
  /** What the patient had; null where it is not known. */
  readonly label: string | null;
  /** What the neighbours had, the nearest first. */
  readonly voters: readonly (string | null)[];
  /** The cosine distance of the nearest. */
  readonly nearest: number;
}

/**
 * - `held-out`: patients whom this very network was kept from
 * - `evaluation`: patients whom a network of the same settings had not learned from
 * - `learned`: patients from whom this network has learned
 */
export type PastBasis = "held-out" | "evaluation" | "learned";

/** The links of some patients. */
export interface PastLinks {
  readonly basis: PastBasis;
  /** How many patients of each label neighbours were looked for among. */
  readonly references: ReadonlyMap<string, number>;
  /** Who was kept from the network: no neighbours of each other, nor of anybody whose set is told by them. */
  readonly heldOut: readonly PatientId[];
  readonly links: readonly PastLink[];
}

/** How often a vote was right. */
export interface Certainty {
  readonly share: number;
  readonly interval: Interval;
  /** Past votes that were counted. */
  readonly patients: number;
  readonly agreeing: number;
  readonly voters: number;
}

/** Neighbours that are kept of a link: more than anybody asks for. */
export const keptVoters = 50;
/** Patients that are linked; more would tell little more and take long in a large archive. */
const mostPatients = 2_000;
/** Of fewer past votes nothing is said. */
const fewestVotes = 5;
/** A nearest patient farther than all but one in so many past ones is not near. */
const usualAmong = 50;

/** What a link leaves to be remembered. */
export const pastLinkOf = (label: string | null, neighbours: readonly Neighbour[]): PastLink => ({
  label,
  voters: neighbours.map((neighbour) => neighbour.label),
  nearest: Math.min(2, ...neighbours.map(({ cosineDistance }) => cosineDistance)),
});

/** How many patients of each label an index has, besides some; a patient counts for the first label. */
export const countReferences = (
  { entries }: Pick<PrecedentIndex, "entries">,
  without: ReadonlySet<PatientId> = new Set(),
): Map<string, number> => {
  const first = new Map<PatientId, string>();
  for (const { patient, label } of entries)
    if (label !== null && !without.has(patient) && !first.has(patient)) first.set(patient, label);
  const counts = new Map<string, number>();
  for (const label of first.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
};

/** The links of an evaluation's patients, one of each, to those of an index. */
export const heldOutLinks = (
  links: ReadonlyMap<PatientId, PastLink>,
  index: Pick<PrecedentIndex, "entries"> = { entries: [] },
): PastLinks => ({ basis: "evaluation", references: countReferences(index), heldOut: [], links: [...links.values()] });

/** Past links of an index: those whom its network was kept from, each to all others but them; without any, of each to all others. */
export const linkArchive = (
  index: PrecedentIndex,
  { seed, heldOut = new Set() }: { readonly seed: number; readonly heldOut?: ReadonlySet<PatientId> },
): PastLinks => {
  const firsts = new Map<PatientId, number>();
  index.entries.forEach(({ patient, label }, i) => {
    const first = firsts.get(patient);
    const isBetter = first === undefined || (label !== null && index.entries[first]!.label === null);
    if (isBetter) firsts.set(patient, i); // one of which it is not known what it shows tells of distances alone
  });
  const there = [...heldOut].filter((patient) => firsts.has(patient));
  const asked = there.length > 0 ? there : [...firsts.keys()];
  const order = new Random(seed, "past-links").permutation(asked.length);
  const links = [...order.subarray(0, mostPatients)].map((at): PastLink => {
    const patient = asked[at]!;
    const i = firsts.get(patient)!;
    const query = { direction: rowOf(index.directions, i) as Float32Array, code: codeOf(index.codes, i) };
    const excludePatients = there.length > 0 ? heldOut : new Set([patient]);
    return pastLinkOf(index.entries[i]!.label, rerankedNeighbours(index, query, { k: keptVoters, excludePatients }));
  });
  return {
    basis: there.length > 0 ? "held-out" : "learned",
    references: countReferences(index, heldOut),
    heldOut: there,
    links: links.filter(({ voters }) => voters.length > 0),
  };
};

/** Past links as they are asked: each question is worked out once for each number of neighbours. */
export class PastRecord {
  readonly basis: PastBasis;
  readonly patients: number;
  readonly heldOut: ReadonlySet<PatientId>;
  /** Null where the patients were learned from: of others their links say nothing sure. */
  readonly sets: PredictionSets | null;
  readonly #links: readonly PastLink[];
  /** From near to far. */
  readonly #nearest: Float64Array;
  /** By the number of neighbours, then by the winner's share: right votes, and all. */
  readonly #votes = new Map<number, Map<string, [right: number, all: number]>>();

  constructor({ basis, references, heldOut, links }: PastLinks) {
    this.basis = basis;
    this.patients = links.length;
    this.heldOut = new Set(heldOut);
    this.sets = basis === "learned" ? null : new PredictionSets(links, references);
    this.#links = links;
    this.#nearest = Float64Array.from(links, ({ nearest }) => nearest).sort();
  }

  /** The share of past links whose nearest patient was farther than this; null where there are too few. */
  closerThan(distance: number): number | null {
    if (this.patients < fewestVotes) return null;
    const farther = this.patients - this.#nearest.findLastIndex((nearest) => nearest <= distance) - 1;
    return farther / this.patients;
  }

  /**
   * Whether a nearest patient is farther than is usual: of one in fifty patients like the past ones it is said by chance, and
   * of patients from whom the network has learned, who are all near, nothing can be.
   */
  isFar(distance: number): boolean {
    if (this.basis === "learned") return false;
    const asFar = this.patients - this.#nearest.findLastIndex((nearest) => nearest < distance) - 1;
    return (asFar + 1) * usualAmong <= this.patients + 1;
  }

  /**
   * How often past votes of k neighbours were right in which as large a share of the voters agreed; null where too few of
   * them say.
   */
  certaintyOf(labels: readonly (string | null)[], k: number): Certainty | null {
    const vote = voteOf(labels);
    const [right, all] = (vote && this.#votesOf(k).get(keyOf(vote.share))) ?? [0, 0];
    if (!vote || all < fewestVotes) return null;
    const voters = labels.filter((label) => label !== null).length;
    return {
      share: right / all,
      interval: wilsonInterval(right, all),
      patients: all,
      agreeing: Math.round(vote.share * voters),
      voters,
    };
  }

  #votesOf(k: number): ReadonlyMap<string, [right: number, all: number]> {
    const known = this.#votes.get(k);
    if (known) return known;
    const counts = new Map<string, [number, number]>();
    for (const { label, voters } of this.#links) {
      const vote = label === null ? null : voteOf(voters.slice(0, k));
      if (!vote) continue;
      const [right, all] = counts.get(keyOf(vote.share)) ?? [0, 0];
      counts.set(keyOf(vote.share), [right + Number(vote.label === label), all + 1]);
    }
    this.#votes.set(k, counts);
    return counts;
  }
}

/** Shares that are equal but for rounding. */
const keyOf = (share: number): string => share.toFixed(6);

const voteOf = (labels: readonly (string | null)[]) =>
  pluralityVote(labels.map((label, i) => ({ rank: i + 1, distance: 0, label })));

/** As JSON text; labels by their number. */
export const encodePastLinks = ({ basis, references, heldOut, links }: PastLinks): string => {
  const labels = [
    ...new Set([...references.keys(), ...links.flatMap(({ label, voters }) => [label, ...voters])]),
  ].sort();
  const numbers = new Map(labels.map((label, i) => [label, i]));
  return JSON.stringify({
    basis,
    labels,
    references: [...references].map(([label, count]) => [numbers.get(label), count]),
    heldOut,
    links: links.map(({ label, voters, nearest }) => [
      numbers.get(label),
      nearest,
      voters.map((voter) => numbers.get(voter)),
    ]),
  });
};

/**
 * Reads what {@link encodePastLinks} wrote.
 *
 * @throws OsteonError `corrupt-store` when the text is anything else
 */
export const decodePastLinks = (text: string): PastLinks => {
  try {
    const { basis, labels, references, heldOut, links } = JSON.parse(text) as {
      basis: PastBasis;
      labels: (string | null)[];
      references: [number, number][];
      heldOut: string[];
      links: [number, number, number[]][];
    };
    return {
      basis,
      references: new Map(references.map(([label, count]) => [labels[label]!, count])),
      heldOut: heldOut.map(patientId),
      links: links.map(([label, nearest, voters]) => ({
        label: labels[label]!,
        nearest,
        voters: voters.map((voter) => labels[voter]!),
      })),
    };
  } catch (cause) {
    throw new OsteonError(
      "corrupt-store",
      "The past links of the index are damaged; build the index anew with `osteon precedents index`.",
      {},
      cause,
    );
  }
};
