/**
 * The most similar past patients: by Hamming distance of the codes, as the dissertation's recommender ranks them (section
 * 4.4), and by exact cosine distance beside it, so that the loss by hashing can be seen.
 */

import type { ImageId, PatientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { hammingDistance } from "../numeric/hamming.ts";
import { dot, rowOf } from "../numeric/matrix.ts";
import { codeOf, distancesToCodes } from "./binary-codes.ts";
import type { IndexQuery, PrecedentIndex } from "./precedent-index.ts";
import { selectNearest } from "./select-nearest.ts";

/** A past radiograph that resembles the query. */
export interface Neighbour {
  /** 1 for the nearest. */
  readonly rank: number;
  readonly patient: PatientId;
  readonly image: ImageId;
  /** Share of the code's bits that differ, in [0, 1]. */
  readonly distance: number;
  /** 1 - cosine of the centred features, in [0, 2]. */
  readonly cosineDistance: number;
  readonly label: string | null;
}

/** What is wanted of a search. */
export interface NeighbourOptions {
  readonly k: number;
  /** Who is never returned: whoever the query may be of, under every number; empty where it is of nobody in the archive. */
  readonly excludePatients: ReadonlySet<PatientId>;
  /** `patient` (default): one entry for each patient, by the patient's nearest image. `image`: every image counts. */
  readonly unit?: "patient" | "image";
  /** Positions to search, as {@link HashTables.candidates} gives them; the whole index by default. */
  readonly candidates?: Uint32Array;
}

/**
 * The k nearest by Hamming distance; equal distances are ordered by exact cosine distance, then by image id. Fewer than k
 * come back where the archive has no more.
 *
 * @throws OsteonError `bad-usage` when k is no positive whole number
 * @example
 * hashNeighbours(index, queryOf(index, feature), { k: 5, excludePatients: new Set([patientId("P0017")]) });
 */
export const hashNeighbours = (index: PrecedentIndex, query: IndexQuery, options: NeighbourOptions): Neighbour[] => {
  const cosines = new Map<number, number>();
  const cosineOf = (i: number): number => {
    const known = cosines.get(i);
    if (known !== undefined) return known;
    const distance = cosineDistance(index, query, i);
    cosines.set(i, distance);
    return distance;
  };
  const breakTie = (i: number, j: number): number => cosineOf(i) - cosineOf(j) || byImage(index, i, j);
  return nearest({ index, query, options, distances: distancesToCodes(index.codes, query.code), breakTie });
};

/** The k nearest by exact cosine distance of the centred features, then by image id; otherwise as {@link hashNeighbours}. */
export const exactNeighbours = (index: PrecedentIndex, query: IndexQuery, options: NeighbourOptions): Neighbour[] => {
  const distances = Float64Array.from(index.entries, (_, i) => cosineDistance(index, query, i));
  return nearest({ index, query, options, distances, breakTie: (i, j) => byImage(index, i, j) });
};

interface Search {
  readonly index: PrecedentIndex;
  readonly query: IndexQuery;
  readonly options: NeighbourOptions;
  readonly distances: ArrayLike<number>;
  readonly breakTie: (i: number, j: number) => number;
}

const nearest = ({ index, query, options, distances, breakTie }: Search): Neighbour[] => {
  const { k, unit = "patient", candidates, excludePatients } = options;
  if (!Number.isInteger(k) || k < 1) throw new OsteonError("bad-usage", `k must be a positive whole number, not ${k}.`);
  const groupOf = (i: number): string | null => {
    const { patient, image } = index.entries[i];
    if (excludePatients.has(patient)) return null;
    return unit === "patient" ? patient : image;
  };
  const positions = selectNearest({ k, distances, breakTie, groupOf, ...(candidates ? { candidates } : {}) });
  return positions.map((i, rank) => ({
    rank: rank + 1,
    patient: index.entries[i].patient,
    image: index.entries[i].image,
    distance: hammingDistance(codeOf(index.codes, i), query.code) / index.codes.bits,
    cosineDistance: cosineDistance(index, query, i),
    label: index.entries[i].label,
  }));
};

const cosineDistance = ({ directions }: PrecedentIndex, { direction }: IndexQuery, i: number): number =>
  Math.min(Math.max(1 - dot(rowOf(directions, i), direction), 0), 2);

const byImage = ({ entries }: PrecedentIndex, i: number, j: number): number =>
  entries[i].image < entries[j].image ? -1 : Number(entries[i].image > entries[j].image);
