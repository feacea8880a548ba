/** How many radiographs the codes hand to the features, and which: the first of the two steps of a search. */

/** Of the archive at most this share is ranked by features. */
export const largestShare = 0.05;
/** For each neighbour that is wanted so many are ranked of a small archive, though they be more than that share. */
export const fewestPerNeighbour = 5;
/** And no more than so many of a large one: what is near stands far in front there. */
export const mostPerNeighbour = 500;

/**
 * How many of the searched radiographs are ranked by features (docs/decisions/023-codes-make-a-shortlist.md).
 *
 * @example
 * shortlistSize(400, 10); // 50: a twentieth would be 20, of which half would have to be right
 * shortlistSize(10_000, 10); // 500
 * shortlistSize(1_000_000, 10); // 5000
 */
export const shortlistSize = (searched: number, k: number): number =>
  Math.min(
    searched,
    Math.max(fewestPerNeighbour * k, Math.min(Math.floor(largestShare * searched), mostPerNeighbour * k)),
  );

/** What a shortlist is made from. */
export interface ShortlistOptions {
  readonly size: number;
  /** The positions to look at, ascending; all by default. */
  readonly candidates?: Uint32Array;
  readonly admits: (position: number) => boolean;
  /** Order among positions of equal distance at the end of the list: negative when `i` goes first. */
  readonly breakTie: (i: number, j: number) => number;
}

/** The positions of the smallest distances, ascending; all where there are not as many. */
export const nearestPositions = (distances: Uint16Array, options: ShortlistOptions): Uint32Array => {
  const { size, candidates, admits, breakTie } = options;
  const searched = candidates?.length ?? distances.length;
  const ofDistance = countByDistance(distances, candidates);
  // Who may not be listed is asked of the near ones alone, for few may not; where they leave a gap, one looks farther.
  for (let wanted = size; ; ) {
    const near = positionsUpTo(distances, { edge: edgeOf(ofDistance, wanted), candidates }).filter(admits);
    if (near.length >= size || wanted >= searched) {
      return near
        .sort((i, j) => distances[i]! - distances[j]! || breakTie(i, j))
        .slice(0, size)
        .sort();
    }
    wanted = Math.min(searched, wanted + size - near.length);
  }
};

const countByDistance = (distances: Uint16Array, candidates: Uint32Array | undefined): Uint32Array => {
  const counts = new Uint32Array(65_536);
  if (candidates) for (const position of candidates) counts[distances[position]!]!++;
  else for (let position = 0; position < distances.length; position++) counts[distances[position]!]!++;
  return counts;
};

/** The distance up to which there are as many as are wanted. */
const edgeOf = (ofDistance: Uint32Array, wanted: number): number => {
  let edge = 0;
  for (let count = ofDistance[0]!; count < wanted && edge < ofDistance.length - 1; ) count += ofDistance[++edge]!;
  return edge;
};

const positionsUpTo = (
  distances: Uint16Array,
  { edge, candidates }: { readonly edge: number; readonly candidates: Uint32Array | undefined },
): Uint32Array => {
  if (candidates) return candidates.filter((position) => distances[position]! <= edge);
  const found: number[] = [];
  for (let position = 0; position < distances.length; position++) {
    if (distances[position]! <= edge) found.push(position);
  }
  return Uint32Array.from(found);
};
