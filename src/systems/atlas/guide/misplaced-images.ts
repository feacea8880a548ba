/** Radiographs inside labelled clusters that look like another label's: their neighbours are in clusters of that label. */

import type { GuideData, Likeness } from "./guide-data.ts";
import { evidenceFor, type GuideEvidence, knownOf } from "./guide-evidence.ts";

/** A radiograph that is probably not what its cluster is. */
export interface MisplacedImage {
  readonly row: number;
  readonly cluster: number;
  readonly given: Likeness;
  readonly looksLike: Likeness;
}

/** Those whose neighbours speak the most against their cluster first; what a reader confirmed is left out. */
export const misplacedImages = (data: GuideData, evidence: GuideEvidence, most: number): MisplacedImage[] =>
  data.clusters
    .flatMap(({ cluster, rows }, place) => {
      const given = evidence.given[place]!;
      if (given === -1) return [];
      return rows
        .filter((row) => !data.apart.has(row) && !data.confirmed.has(row))
        .flatMap((row) => {
          const shares = evidenceFor(evidence, [row], "every cluster");
          const other = strongestBut(shares, given);
          if (other === undefined || !(shares[other]! > shares[given]!)) return [];
          const known = knownOf(shares);
          const likeness = (label: number): Likeness => ({
            label: evidence.labels[label]!,
            share: shares[label]! / known,
          });
          return [{ row, cluster, given: likeness(given), looksLike: likeness(other) }];
        });
    })
    .sort((a, b) => marginOf(b) - marginOf(a) || a.row - b.row)
    .slice(0, most);

const marginOf = ({ given, looksLike }: MisplacedImage): number => looksLike.share - given.share;

const strongestBut = (shares: Float64Array, given: number): number | undefined => {
  let best: number | undefined;
  shares.forEach((share, label) => {
    if (label !== given && (best === undefined || share > shares[best]!)) best = label;
  });
  return best;
};
