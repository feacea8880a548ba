/**
 * The most similar past patients. By default the codes make a shortlist and the features decide among it; by Hamming distance alone, as
 * the dissertation's recommender ranks them (section 4.4), and by the features of all, so that the loss by either can be seen.
 */

import type { ImageId, PatientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { hammingDistance } from "../numeric/hamming.ts";
import { dot, rowOf } from "../numeric/matrix.ts";
import { codeOf, distancesToCodes } from "./binary-codes.ts";
import type { IndexQuery, PrecedentIndex } from "./precedent-index.ts";
import { NearestList } from "./search/nearest-list.ts";
import { selectNearest } from "./select-nearest.ts";
import { nearestPositions, shortlistSize } from "./shortlist.ts";

/** A past radiograph that resembles the query. */
export interface Neighbour {
  /** 1 for the nearest. */
  readonly rank: number;
  readonly patient: PatientId;
  readonly image: ImageId;
  /**
   * In [0, 1], as it was ranked: by features, the angle between the centred features as a share of a half turn; by codes, the share of
   * bits that differ, which estimates that angle where the hyperplanes are random.
   */
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
  /** Positions to search, ascending; the whole index by default. */
  readonly candidates?: Uint32Array;
}

/** What is wanted of a search in two steps. */
export interface RerankOptions extends NeighbourOptions {
  /** How many radiographs the codes hand to the features; {@link shortlistSize} by default. */
  readonly ranked?: number;
}

/**
 * The k nearest by exact cosine distance among those whose codes are nearest, then by image id. The codes hand over a twentieth of the
 * archive at most, or as many as it takes to find k of a small one; fewer than k come back where the archive has no more.
 *
 * @throws OsteonError `bad-usage` when k is no positive whole number
 * @example
 * rerankedNeighbours(index, queryOf(index, feature), { k: 5, excludePatients: new Set([patientId("P0017")]) });
 */
export const rerankedNeighbours = (index: PrecedentIndex, query: IndexQuery, options: RerankOptions): Neighbour[] =>
  exactNeighbours(index, query, { ...options, candidates: shortlist(index, query, options) });

/** The positions that {@link rerankedNeighbours} ranks by features, ascending. */
export const shortlist = (index: PrecedentIndex, query: IndexQuery, options: RerankOptions): Uint32Array => {
  const { k, candidates } = options;
  checkNumber(k);
  const groupOf = groupsOf(index, options);
  const distances = codeDistances(index, query);
  const searched = candidates?.length ?? index.entries.length;
  for (let size = options.ranked ?? shortlistSize(searched, k); ; size *= 2) {
    const positions = nearestPositions(distances, {
      size,
      ...(candidates ? { candidates } : {}),
      admits: (i) => groupOf(i) !== null,
      breakTie: (i, j) => byImage(index, i, j),
    });
    // Several radiographs of one patient are one neighbour: k are wanted, and all that there are where they are fewer.
    if (size >= searched || hasGroups(positions, k, groupOf)) return positions;
  }
};

const hasGroups = (positions: Uint32Array, k: number, groupOf: (i: number) => string | null): boolean => {
  const groups = new Set<string | null>();
  return positions.some((i) => groups.add(groupOf(i)).size === k);
};

/**
 * The k nearest by Hamming distance; equal distances are ordered by exact cosine distance, then by image id. Fewer than k
 * come back where the archive has no more.
 *
 * @throws OsteonError `bad-usage` when k is no positive whole number
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
  const { k, candidates } = options;
  const positions = selectNearest({
    k,
    distances: codeDistances(index, query),
    groupOf: groupsOf(index, options),
    breakTie: (i, j) => cosineOf(i) - cosineOf(j) || byImage(index, i, j),
    ...(candidates ? { candidates } : {}),
  });
  const { codes } = index;
  return answer(index, query, {
    positions,
    distanceOf: (i) => hammingDistance(codeOf(codes, i), query.code) / codes.bits,
  });
};

/** The k nearest by exact cosine distance of the centred features, then by image id; otherwise as {@link hashNeighbours}. */
export const exactNeighbours = (index: PrecedentIndex, query: IndexQuery, options: NeighbourOptions): Neighbour[] => {
  const { k, candidates } = options;
  const nearest = new NearestList({ k, groupOf: groupsOf(index, options), breakTie: (i, j) => byImage(index, i, j) });
  const count = candidates?.length ?? index.entries.length;
  for (let c = 0; c < count; c++) {
    const i = candidates ? candidates[c]! : c;
    nearest.offer(i, cosineDistance(index, query, i));
  }
  const positions = nearest.found.map(({ position }) => position);
  return answer(index, query, {
    positions,
    distanceOf: (i) => angleShare(rowOf(index.directions, i), query.direction),
  });
};

/** The neighbours at some positions, the nearest first. */
const answer = (
  index: PrecedentIndex,
  query: IndexQuery,
  { positions, distanceOf }: { readonly positions: readonly number[]; readonly distanceOf: (i: number) => number },
): Neighbour[] =>
  positions.map((i, rank) => ({
    rank: rank + 1,
    patient: index.entries[i]!.patient,
    image: index.entries[i]!.image,
    distance: distanceOf(i),
    cosineDistance: cosineDistance(index, query, i),
    label: index.entries[i]!.label,
  }));

const checkNumber = (k: number): void => {
  if (!Number.isInteger(k) || k < 1) throw new OsteonError("bad-usage", `k must be a positive whole number, not ${k}.`);
};

/** Of whom one entry comes back; null for nobody who may. */
const groupsOf =
  ({ entries }: PrecedentIndex, { unit = "patient", excludePatients }: NeighbourOptions) =>
  (i: number): string | null => {
    const { patient, image } = entries[i]!;
    if (excludePatients.has(patient)) return null;
    return unit === "patient" ? patient : image;
  };

const codeDistances = ({ codes, scanner }: PrecedentIndex, { code }: IndexQuery): Uint16Array =>
  scanner ? scanner.distances(code) : distancesToCodes(codes, code);

const cosineDistance = ({ directions }: PrecedentIndex, { direction }: IndexQuery, i: number): number =>
  Math.min(Math.max(1 - dot(rowOf(directions, i), direction), 0), 2);

/** By the chord between two unit vectors, which is exact where they are nearly one and the cosine is not. */
const angleShare = (a: Float32Array, b: Float32Array): number => {
  let square = 0;
  for (let j = 0; j < a.length; j++) square += (a[j]! - b[j]!) ** 2;
  return (2 * Math.asin(Math.min(Math.sqrt(square) / 2, 1))) / Math.PI;
};

const byImage = ({ entries }: PrecedentIndex, i: number, j: number): number =>
  entries[i]!.image < entries[j]!.image ? -1 : Number(entries[i]!.image > entries[j]!.image);
