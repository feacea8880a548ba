/** Cohen's kappa: how far two readers agree beyond chance (Cohen, 1960), with the interval of Fleiss, Cohen and Everitt (1969). */

import { normalQuantile } from "../numeric/normal-quantile.ts";
import type { Interval } from "./wilson-interval.ts";

/** The agreement of two readers. */
export interface KappaResult {
  /** Null without items, or where both gave one and the same label to all: chance alone then agrees as often. */
  readonly kappa: number | null;
  /** Of kappa, in a large sample. */
  readonly interval: Interval | null;
  /** The share of items with the same label. */
  readonly agreement: number | null;
  readonly items: number;
}

/**
 * Kappa of two readers' labels of the same items.
 *
 * @param confidence in (0, 1)
 * @example
 * cohenKappa([["knee", "knee"], ["hip", "hip"], ["knee", "hip"], ["hip", "hip"]]).kappa; // 0.5
 */
export const cohenKappa = (pairs: readonly (readonly [string, string])[], confidence = 0.95): KappaResult => {
  const n = pairs.length;
  const labels = [...new Set(pairs.flat())].sort();
  const shareOf = (test: (pair: readonly [string, string]) => boolean): number => pairs.filter(test).length / n;
  const first = new Map(labels.map((label) => [label, shareOf(([a]) => a === label)]));
  const second = new Map(labels.map((label) => [label, shareOf(([, b]) => b === label)]));
  const observed = shareOf(([a, b]) => a === b);
  const expected = labels.reduce((sum, label) => sum + first.get(label)! * second.get(label)!, 0);
  if (n === 0) return { kappa: null, interval: null, agreement: null, items: 0 };
  if (1 - expected < 1e-12) return { kappa: null, interval: null, agreement: observed, items: n };
  const kappa = (observed - expected) / (1 - expected);
  const onDiagonal = labels.reduce((sum, label) => {
    const both = shareOf(([a, b]) => a === label && b === label);
    return sum + both * (1 - (first.get(label)! + second.get(label)!) * (1 - kappa)) ** 2;
  }, 0);
  const besides = pairs.reduce((sum, [a, b]) => (a === b ? sum : sum + (second.get(a)! + first.get(b)!) ** 2), 0) / n;
  const centre = (kappa - expected * (1 - kappa)) ** 2;
  const variance = (onDiagonal + (1 - kappa) ** 2 * besides - centre) / ((1 - expected) ** 2 * n);
  const spread = normalQuantile((1 + confidence) / 2) * Math.sqrt(Math.max(0, variance));
  return {
    kappa,
    interval: [Math.max(-1, kappa - spread), Math.min(1, kappa + spread)],
    agreement: observed,
    items: n,
  };
};
