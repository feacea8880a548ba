/** The stretches of a candidate line on which a network sees characters, and what a second network decides on. */

import type { LineCandidate } from "./line-candidates.ts";
import { type StripWindows, WINDOW_FEATURES } from "./line-strip.ts";
import { runNetwork, type SmallNetwork } from "./small-network.ts";
import type { StrokeComponent } from "./stroke-components.ts";

/** A part of a line. */
export interface LineSegment {
  readonly line: LineCandidate;
  readonly components: readonly StrokeComponent[];
  /** First and last u, as in {@link LineCandidate}. */
  readonly from: number;
  readonly to: number;
  /** The window network's logits on it. */
  readonly logits: readonly number[];
}

/** A stretch begins and ends where the smoothed logit crosses it: two in three windows below are no text. */
const LEAST_LOGIT = -1;

/** Cuts the line where no characters are seen. */
export const lineSegments = (
  line: LineCandidate,
  windows: StripWindows,
  network: SmallNetwork,
): readonly LineSegment[] => {
  const features = new Float32Array(WINDOW_FEATURES);
  const logits = Array.from({ length: windows.count }, (_, k) => {
    windows.describe(k, features);
    return runNetwork(network, features);
  });
  const smooth = logits.map((logit, k) => {
    const before = logits[k - 1] ?? logit;
    const after = logits[k + 1] ?? logit;
    return (before + 2 * logit + after) / 4;
  });
  const segments: LineSegment[] = [];
  for (let k = 0; k < smooth.length; k++) {
    if (smooth[k]! < LEAST_LOGIT) continue;
    const first = k;
    while (k + 1 < smooth.length && smooth[k + 1]! >= LEAST_LOGIT) k++;
    const reach = 0.8 * line.height;
    const low = first === 0 ? line.from : windows.middles[first]! - reach;
    const high = k === smooth.length - 1 ? line.to : windows.middles[k]! + reach;
    const components = line.components.filter((c) => (c.left + c.right) / 2 >= low && (c.left + c.right) / 2 <= high);
    if (components.length === 0) continue;
    const from = Math.min(...components.map((c) => c.left));
    const to = Math.max(...components.map((c) => c.right));
    segments.push({ line, components, from, to, logits: logits.slice(first, k + 1) });
  }
  return segments;
};

/** How far beyond its ends a line is looked along at once, in heights. */
const LOOK = 8;
/** From the end of a line to the middle of a window that must show more of it. */
const BEYOND = 0.4;
const LEAST_LOGIT_BEYOND = 0;
/** Windows in a row that may show none: the space between two words. */
const MOST_BLANK = 1;

/**
 * Goes on along a line of text where its components were lost, over the edge of a bone for example, as long as the network sees
 * characters there.
 */
export const extendSegment = (
  segment: LineSegment,
  windowsOf: (line: LineCandidate) => StripWindows,
  network: SmallNetwork,
): LineSegment => {
  const { line } = segment;
  const features = new Float32Array(WINDOW_FEATURES);
  let { from, to } = segment;
  for (let round = 0; round < 4; round++) {
    const before = to - from;
    const windows = windowsOf({ ...line, from: from - LOOK * line.height, to: to + LOOK * line.height });
    const seesText = (k: number): boolean => {
      windows.describe(k, features);
      return runNetwork(network, features) > LEAST_LOGIT_BEYOND;
    };
    const end = to;
    let blank = 0;
    for (let k = 0; k < windows.count; k++) {
      const middle = windows.middles[k]!;
      if (middle < end + BEYOND * line.height) continue;
      if (seesText(k)) {
        to = middle + line.height / 2;
        blank = 0;
      } else if (++blank > MOST_BLANK) break;
    }
    const start = from;
    blank = 0;
    for (let k = windows.count - 1; k >= 0; k--) {
      const middle = windows.middles[k]!;
      if (middle > start - BEYOND * line.height) continue;
      if (seesText(k)) {
        from = middle - line.height / 2;
        blank = 0;
      } else if (++blank > MOST_BLANK) break;
    }
    if (to - from < before + (LOOK - 1) * line.height) break;
  }
  return { ...segment, from, to };
};

/** Values that {@link describeSegment} gives. */
export const SEGMENT_FEATURES = 18;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const spreadOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

/** How long the stretch is, how sure the windows are, how alike its pieces. All about 1 in size; sizes in heights of the line. */
export const describeSegment = ({ line, components, from, to, logits }: LineSegment): Float32Array => {
  const { height, offset, slope } = line;
  const sorted = logits.toSorted((a, b) => a - b);
  const heights = components.map((c) => (c.bottom - c.top) / height);
  const widths = components.map((c) => (c.right - c.left) / height);
  const fills = components.map((c) => c.area / ((c.right - c.left) * (c.bottom - c.top)));
  const contrasts = components.map((c) => c.contrast);
  const residuals = components.map((c) => ((c.top + c.bottom - slope * (c.left + c.right)) / 2 - offset) / height);
  const gaps = components.slice(1).map((c, i) => Math.max(0, c.left - components[i]!.right) / height);
  const inked = components.reduce((sum, c) => sum + c.area, 0) / ((to - from) * height);
  const contrast = meanOf(contrasts);
  return Float32Array.of(
    meanOf(logits) / 4,
    sorted[0]! / 4,
    sorted[sorted.length - 1]! / 4,
    sorted[sorted.length >> 1]! / 4,
    Math.log(logits.length),
    Math.log((to - from) / height),
    Math.log(components.length),
    height / 16,
    contrast / 128,
    spreadOf(contrasts) / contrast,
    meanOf(heights),
    spreadOf(heights) * 2,
    meanOf(widths),
    Math.min(4, spreadOf(widths)),
    meanOf(fills),
    spreadOf(residuals) * 4,
    gaps.length > 0 ? spreadOf(gaps) * 2 : 0,
    Math.min(2, inked),
  );
};
