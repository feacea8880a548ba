/**
 * What past links say of a new one: how near a nearest patient usually is, and how often a vote like this one was right. They
 * are links of patients whose diagnosis is known, each to all others: those of an evaluation, which the network never saw, or
 * else the archive's own, which it has learned from, so that their votes are too favourable. Which they are is always told.
 */

import type { PatientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { type Interval, wilsonInterval } from "../../evidence/wilson-interval.ts";
import { rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { codeOf } from "../../retrieval/binary-codes.ts";
import { hashNeighbours, type Neighbour } from "../../retrieval/neighbours.ts";
import type { PrecedentIndex } from "../../retrieval/precedent-index.ts";
import { pluralityVote } from "../../retrieval/vote.ts";

/** One past patient's link. */
export interface PastLink {
  /** What the patient had; null where it is not known. */
  readonly label: string | null;
  /** What the neighbours had, the nearest first. */
  readonly voters: readonly (string | null)[];
  /** The distance of the nearest. */
  readonly nearest: number;
}

/** The links of some patients. */
export interface PastLinks {
  /** `held-out`: patients that the network had not learned from; `learned`: those that it had. */
  readonly basis: "held-out" | "learned";
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

/** What a link leaves to be remembered. */
export const pastLinkOf = (label: string | null, neighbours: readonly Neighbour[]): PastLink => ({
  label,
  voters: neighbours.map((neighbour) => neighbour.label),
  nearest: neighbours[0]?.distance ?? 1,
});

/** The links of patients that the network had not learned from, one of each. */
export const heldOutLinks = (links: ReadonlyMap<PatientId, PastLink>): PastLinks => ({
  basis: "held-out",
  links: [...links.values()],
});

/** Links each patient of an index, by the first radiograph, to all others. */
export const linkArchive = (index: PrecedentIndex, seed: number): PastLinks => {
  const firsts = new Map<PatientId, number>();
  index.entries.forEach(({ patient }, i) => {
    if (!firsts.has(patient)) firsts.set(patient, i);
  });
  const positions = [...firsts.values()];
  const order = new Random(seed, "past-links").permutation(positions.length);
  const links = [...order.subarray(0, mostPatients)].map((at): PastLink => {
    const i = positions[at]!;
    const { patient, label } = index.entries[i]!;
    const query = { direction: rowOf(index.directions, i) as Float32Array, code: codeOf(index.codes, i) };
    return pastLinkOf(label, hashNeighbours(index, query, { k: keptVoters, excludePatients: new Set([patient]) }));
  });
  return { basis: "learned", links: links.filter(({ voters }) => voters.length > 0) };
};

/** Past links as they are asked: each question is worked out once for each number of neighbours. */
export class PastRecord {
  readonly basis: PastLinks["basis"];
  readonly patients: number;
  readonly #links: readonly PastLink[];
  /** From near to far. */
  readonly #nearest: Float64Array;
  /** By the number of neighbours, then by the winner's share: right votes, and all. */
  readonly #votes = new Map<number, Map<string, [right: number, all: number]>>();

  constructor({ basis, links }: PastLinks) {
    this.basis = basis;
    this.patients = links.length;
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
export const encodePastLinks = ({ basis, links }: PastLinks): string => {
  const labels = [...new Set(links.flatMap(({ label, voters }) => [label, ...voters]))].sort();
  const numbers = new Map(labels.map((label, i) => [label, i]));
  return JSON.stringify({
    basis,
    labels,
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
    const { basis, labels, links } = JSON.parse(text) as {
      basis: PastLinks["basis"];
      labels: (string | null)[];
      links: [number, number, number[]][];
    };
    return {
      basis,
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
