/** What hashing costs: how many of the exact neighbours the codes find, and how much the hash tables leave to compare. */

import type { LinkedQuery } from "./link-rows.ts";

/** Means over the queries. */
export interface HashingLoss {
  /** Of the nearest by exact cosine, the share that is also among as many nearest codes. */
  readonly recallOfCodes: number;
  /** The same where codes that share no bucket are not compared. */
  readonly recallOfTables: number;
  /** Share of the references that share a bucket. */
  readonly candidates: number;
}

export const hashingLoss = (links: readonly LinkedQuery[]): HashingLoss => {
  const mean = (scoreOf: (query: LinkedQuery) => number): number =>
    links.reduce((sum, query) => sum + scoreOf(query), 0) / links.length;
  const recall = (search: "hashed images" | "tables") => {
    return ({ lists }: LinkedQuery): number => {
      const found = new Set(lists[search].map(([position]) => position));
      const exact = lists["exact images"];
      return exact.filter(([position]) => found.has(position)).length / exact.length;
    };
  };
  return {
    recallOfCodes: mean(recall("hashed images")),
    recallOfTables: mean(recall("tables")),
    candidates: mean(({ candidates }) => candidates),
  };
};
