/** Strokes of one height in a row: what may be a line of characters, by geometry alone. Seen in both directions of reading. */

import type { StrokeComponent } from "./stroke-components.ts";

/** `horizontal`: along x; `vertical`: along y, as a picture turned by a quarter has it. */
export type Reading = "horizontal" | "vertical";

/** A row of components, in coordinates along (u) and across (v) the reading direction: (x, y), or (y, x) where vertical. */
export interface LineCandidate {
  readonly reading: Reading;
  /** Ordered along the line; boxes in (u, v). */
  readonly components: readonly StrokeComponent[];
  /** The middle of the line is at v = offset + slope * u. */
  readonly offset: number;
  readonly slope: number;
  /** Height of most of the characters. */
  readonly height: number;
  /** First and last u. */
  readonly from: number;
  readonly to: number;
}

/** Heights in pixels of the level; what is larger is found on the next one. */
const [LEAST_HEIGHT, MOST_HEIGHT] = [5, 30];
/** In heights: wider than a space of a monospaced font. */
const MOST_GAP = 1.4;
const LEAST_HEIGHT_RATIO = 0.42;
const LEAST_OVERLAP = 0.55;
const LEAST_CONTRAST_RATIO = 0.4;
/** A single component this much longer than high may be characters that touch. */
const LEAST_LENGTH = 1.35;
/** Seven degrees. */
const MOST_SLOPE = 0.12;
const ROW = 16;

/** Rows for columns: the components of the other reading direction. */
export const transpose = ({ left, top, right, bottom, ...rest }: StrokeComponent): StrokeComponent => ({
  left: top,
  top: left,
  right: bottom,
  bottom: right,
  ...rest,
});

const heightOf = ({ top, bottom }: StrokeComponent): number => bottom - top;

const follows = (a: StrokeComponent, b: StrokeComponent): boolean => {
  const [ha, hb] = [heightOf(a), heightOf(b)];
  const [low, high] = ha < hb ? [ha, hb] : [hb, ha];
  if (low < LEAST_HEIGHT_RATIO * high) return false;
  if (b.left - a.right > MOST_GAP * high) return false;
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (overlap < LEAST_OVERLAP * low) return false;
  const [faint, strong] = a.contrast < b.contrast ? [a.contrast, b.contrast] : [b.contrast, a.contrast];
  return faint >= LEAST_CONTRAST_RATIO * strong;
};

/** For each component the nearest one that continues its line to the right, or -1. */
const successors = (sorted: readonly StrokeComponent[]): Int32Array => {
  const rows = new Map<number, number[]>();
  const middleRow = ({ top, bottom }: StrokeComponent): number => Math.floor((top + bottom) / 2 / ROW);
  for (const [i, component] of sorted.entries()) {
    const row = middleRow(component);
    const list = rows.get(row);
    if (list) list.push(i);
    else rows.set(row, [i]);
  }
  const next = new Int32Array(sorted.length).fill(-1);
  for (const [i, a] of sorted.entries()) {
    const reach = heightOf(a) / LEAST_HEIGHT_RATIO;
    const limit = a.right + MOST_GAP * reach;
    let best = Infinity;
    const middle = (a.top + a.bottom) / 2;
    const lastRow = Math.floor((middle + reach) / ROW);
    for (let row = Math.floor((middle - reach) / ROW); row <= lastRow; row++) {
      const list = rows.get(row);
      if (!list) continue;
      let at = firstAfter(list, i);
      for (; at < list.length; at++) {
        const j = list[at]!;
        const b = sorted[j]!;
        if (b.left > limit || b.left >= best) break;
        if (b.right <= a.right || !follows(a, b)) continue;
        best = b.left;
        next[i] = j;
      }
    }
  }
  return next;
};

/** The place in an ascending list of the first entry above `value`. */
const firstAfter = (list: readonly number[], value: number): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
};

const quantileOf = (values: number[], share: number): number => {
  values.sort((a, b) => a - b);
  return values[Math.round(share * (values.length - 1))]!;
};

/** Fits the line through the middles, leaving out twice what lies beside it. */
const fitLine = (reading: Reading, chain: readonly StrokeComponent[]): LineCandidate | undefined => {
  let components = chain;
  for (let round = 0; ; round++) {
    const n = components.length;
    let [su, sv, suu, suv] = [0, 0, 0, 0];
    for (const { left, right, top, bottom } of components) {
      const [u, v] = [(left + right) / 2, (top + bottom) / 2];
      su += u;
      sv += v;
      suu += u * u;
      suv += u * v;
    }
    const spread = suu - (su * su) / n;
    const steep = n > 3 && spread > 0 ? (suv - (su * sv) / n) / spread : 0;
    const slope = Math.max(-MOST_SLOPE, Math.min(MOST_SLOPE, steep));
    const middle = (sv - slope * su) / n;
    const along = ({ left, right }: StrokeComponent): number => middle + (slope * (left + right)) / 2;
    const top = quantileOf(
      components.map((c) => c.top - along(c)),
      0.2,
    );
    const bottom = quantileOf(
      components.map((c) => c.bottom - along(c)),
      0.8,
    );
    const height = bottom - top;
    const offset = middle + (top + bottom) / 2;
    const kept = components.filter((c) => {
      const v = offset + (slope * (c.left + c.right)) / 2;
      return Math.abs((c.top + c.bottom) / 2 - v) < 0.6 * height && heightOf(c) < 2 * height;
    });
    if (round === 2 || kept.length === components.length) {
      const from = Math.min(...components.map((c) => c.left));
      const to = Math.max(...components.map((c) => c.right));
      if (height < LEAST_HEIGHT || height > MOST_HEIGHT || to - from < LEAST_LENGTH * height) return undefined;
      return { reading, components, offset, slope, height, from, to };
    }
    if (kept.length === 0) return undefined;
    components = kept;
  }
};

const candidatesAlong = (reading: Reading, components: readonly StrokeComponent[]): LineCandidate[] => {
  const sorted = components
    .filter((c) => heightOf(c) >= LEAST_HEIGHT && heightOf(c) <= 1.5 * MOST_HEIGHT)
    .sort((a, b) => a.left - b.left || a.top - b.top || a.right - b.right || a.bottom - b.bottom);
  const next = successors(sorted);
  // a component may be followed by several chains: all that meet are one
  const group = Int32Array.from(sorted, (_, i) => i);
  for (let i = sorted.length - 1; i >= 0; i--) if (next[i]! >= 0) group[i] = group[next[i]!]!;
  const chains = new Map<number, StrokeComponent[]>();
  for (const [i, component] of sorted.entries()) {
    const chain = chains.get(group[i]!);
    if (chain) chain.push(component);
    else chains.set(group[i]!, [component]);
  }
  const found: LineCandidate[] = [];
  for (const chain of chains.values()) {
    const line = fitLine(reading, chain);
    if (line) found.push(line);
  }
  return found;
};

/** All rows of components in both reading directions. */
export const lineCandidates = (components: readonly StrokeComponent[]): readonly LineCandidate[] => [
  ...candidatesAlong("horizontal", components),
  ...candidatesAlong("vertical", components.map(transpose)),
];
