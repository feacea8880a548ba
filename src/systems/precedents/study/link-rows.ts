/**
 * The neighbours of radiographs among others, by one network's features: step II of the recommender (4.4, algorithm), by each way of
 * searching and of counting that the study is read in.
 */

import { dot, matrixOfRows, rowOf } from "../../../numeric/matrix.ts";
import { distancesToCodes } from "../../../retrieval/binary-codes.ts";
import { refuseFittedOn } from "../../../retrieval/hashing/hashing.ts";
import { fitRandomHyperplanes } from "../../../retrieval/hashing/random-hyperplanes.ts";
import { selectNearest } from "../../../retrieval/select-nearest.ts";
import { type HashTableSettings, HashTables } from "./hash-tables.ts";
import type { StudyItem } from "./study-split.ts";

/**
 * `hashed images`: the study's, by Hamming distance, each image for itself. `hashed patients`: each patient once, by the nearest image.
 * `tables`: as `hashed images`, among those alone that share a bucket. `exact images`, `exact patients`: by cosine.
 * `own allowed`: as `hashed images`, other radiographs of the query's own patient among them.
 */
export const searches = [
  "hashed images",
  "hashed patients",
  "tables",
  "exact images",
  "exact patients",
  "own allowed",
] as const;
export type Search = (typeof searches)[number];

/** A neighbour: the position of its radiograph among the study's, and how far it is. */
export type LinkedNeighbour = readonly [position: number, distance: number];

/** A radiograph with its neighbours by every search, nearest first. */
export interface LinkedQuery {
  /** Of the radiograph. */
  readonly position: number;
  readonly lists: Readonly<Record<Search, readonly LinkedNeighbour[]>>;
  /** Share of the references that shared a bucket with it. */
  readonly candidates: number;
  /**
   * Where the nearest other radiograph of its own patient stands among all images, from 1, if it is allowed; null where there is none.
   */
  readonly siblingRank: number | null;
}

/** What is linked, to what, and how. */
export interface LinkOptions {
  readonly items: readonly StudyItem[];
  /** By position of the radiograph. */
  readonly features: ReadonlyMap<number, Float32Array>;
  /** Positions that the hyperplanes go through the mean of: whom the network learned from. */
  readonly learned: readonly number[];
  /** Positions of the references; those of a query's own patient are left out, but where a search says otherwise. */
  readonly references: readonly number[];
  readonly queries: readonly number[];
  readonly bits: number;
  readonly tables: Omit<HashTableSettings, "seed">;
  readonly seed: number;
}

/** Neighbours of a list: as many as the largest k that is reported. */
const kept = 7;

/** @throws OsteonError `bad-input` where a query's patient is one that the hyperplanes were fitted on */
export const linkQueries = ({ items, features, learned, references, queries, ...how }: LinkOptions): LinkedQuery[] => {
  const hashing = fitRandomHyperplanes(
    {
      features: matrixOfRows(learned.map((position) => features.get(position)!)),
      patients: learned.map((position) => items[position]!.patient),
    },
    { bits: how.bits, seed: how.seed },
  );
  refuseFittedOn(
    hashing,
    queries.map((position) => items[position]!.patient),
  );
  const directionOf = (position: number): Float32Array => hashing.direction(features.get(position)!);
  const directions = matrixOfRows(references.map(directionOf));
  const codes = hashing.encodeDirections(directions);
  const tables = new HashTables(codes, { ...how.tables, seed: how.seed });
  return queries.map((position): LinkedQuery => {
    const { patient } = items[position]!;
    const direction = directionOf(position);
    const code = hashing.encodeDirection(direction);
    const hamming = distancesToCodes(codes, code).slice();
    const cosine = Float64Array.from(references, (_, i) => 1 - dot(rowOf(directions, i), direction));
    const imageOf = (i: number): string => items[references[i]!]!.image.id;
    const byImage = (i: number, j: number): number => (imageOf(i) < imageOf(j) ? -1 : 1);
    const byCosine = (i: number, j: number): number => cosine[i]! - cosine[j]! || byImage(i, j);
    const patientOf = (i: number): string => items[references[i]!]!.patient;
    const isOwn = (i: number): boolean => patientOf(i) === patient;
    const image = (i: number): string | null => (isOwn(i) ? null : imageOf(i));
    const anyone = (i: number): string | null => (isOwn(i) ? null : patientOf(i));
    const others = (i: number): string | null => (references[i] === position ? null : imageOf(i));
    const hashed = { k: kept, distances: hamming, breakTie: byCosine };
    const exact = { k: kept, distances: cosine, breakTie: byImage };
    const candidates = tables.candidates(code);
    const list = (found: readonly number[], distanceOf: (i: number) => number): LinkedNeighbour[] =>
      found.map((i) => [references[i]!, distanceOf(i)]);
    const share = (i: number): number => hamming[i]! / how.bits;
    return {
      position,
      lists: {
        "hashed images": list(selectNearest({ ...hashed, groupOf: image }), share),
        "hashed patients": list(selectNearest({ ...hashed, groupOf: anyone }), share),
        tables: list(selectNearest({ ...hashed, groupOf: image, candidates }), share),
        "exact images": list(selectNearest({ ...exact, groupOf: image }), (i) => cosine[i]!),
        "exact patients": list(selectNearest({ ...exact, groupOf: anyone }), (i) => cosine[i]!),
        "own allowed": list(selectNearest({ ...hashed, groupOf: others }), share),
      },
      candidates: candidates.length / references.length,
      siblingRank: rankOfSibling(references, {
        isSibling: (i) => isOwn(i) && references[i] !== position,
        isQuery: (i) => references[i] === position,
        isBefore: (i, j) => hamming[i]! < hamming[j]! || (hamming[i] === hamming[j] && byCosine(i, j) < 0),
      }),
    };
  });
};

interface Ranking {
  readonly isSibling: (i: number) => boolean;
  readonly isQuery: (i: number) => boolean;
  readonly isBefore: (i: number, j: number) => boolean;
}

const rankOfSibling = (
  { length }: readonly number[],
  { isSibling, isQuery, isBefore }: Ranking,
): LinkedQuery["siblingRank"] => {
  const rows = Array.from({ length }, (_, i) => i).filter((i) => !isQuery(i));
  const siblings = rows.filter(isSibling);
  if (siblings.length === 0) return null;
  const nearest = siblings.reduce((a, b) => (isBefore(b, a) ? b : a));
  return 1 + rows.filter((i) => i !== nearest && isBefore(i, nearest)).length;
};
