/**
 * Finds characters that were written into a radiograph's pixels: thin strokes by top-hat, connected and chained into lines by
 * geometry, verified by two small networks; lone letters of the side by a third. No text recognition: what stands there is not read.
 * Strokes and chains after Neumann and Matas (CVPR 2012) and Epshtein et al. (CVPR 2010) in spirit; see
 * docs/explanation/burned-in-text.md.
 */

import type { GreyImage } from "../grey-image.ts";
import { type LineCandidate, transpose } from "./line-candidates.ts";
import { describeSegment, extendSegment, type LineSegment, lineSegments } from "./line-segments.ts";
import { stripWindows, WINDOW_FEATURES } from "./line-strip.ts";
import { markerCandidate, markerCandidates } from "./marker-candidates.ts";
import { mergeRegions, sharedArea } from "./merge-regions.ts";
import { runNetwork } from "./small-network.ts";
import { type Polarity, textCandidates } from "./text-candidates.ts";
import { loadTextNetworks } from "./text-networks.ts";
import type { TextRegion } from "./text-region.ts";

/** How sure to be. */
export interface FindBurnedInTextOptions {
  /** Least score of a region of kind `text`, in (0, 1). Default 0.7: lower ones find hardly more lines, and far more that are none. */
  readonly leastTextScore?: number;
  /** Least score of a region of kind `marker`, in (0, 1). Default 0.5. */
  readonly leastMarkerScore?: number;
}

/** Around the strokes, in heights of the line: accents, descenders and points that are no components of their own. */
const [ALONG, ACROSS] = [0.5, 0.3];

/** In heights: three characters that touch are longer. */
const MOST_LETTER_LENGTH = 1.8;

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The rectangle of the picture around a stretch of text. */
const regionOf = (image: GreyImage, segment: LineSegment, place: { scale: number; score: number }): TextRegion => {
  const { line, components, from, to } = segment;
  const { scale, score } = place;
  const tops = Math.min(...components.map((c) => c.top));
  const bottoms = Math.max(...components.map((c) => c.bottom));
  const ends = [from, to].map((u) => line.offset + line.slope * u);
  const low = Math.min(tops, ...ends.map((v) => v - line.height / 2)) - ACROSS * line.height;
  const high = Math.max(bottoms, ...ends.map((v) => v + line.height / 2)) + ACROSS * line.height;
  const box = { from: from - ALONG * line.height, to: to + ALONG * line.height, low, high };
  const upright = line.reading === "horizontal";
  const limit = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const left = limit(Math.floor((upright ? box.from : box.low) * scale), image.width - 1);
  const right = limit(Math.ceil((upright ? box.to : box.high) * scale), image.width);
  const top = limit(Math.floor((upright ? box.low : box.from) * scale), image.height - 1);
  const bottom = limit(Math.ceil((upright ? box.high : box.to) * scale), image.height);
  return { x: left, y: top, width: right - left, height: bottom - top, score, kind: "text" };
};

/** A region and the polarity of its strokes. */
interface Found {
  readonly region: TextRegion;
  readonly polarity: Polarity;
}

/** Whether a line is what a side letter encloses: of the other polarity, half of it or more in the letter, hardly longer. */
const isCounter = (text: Found, marker: Found): boolean => {
  const [a, b] = [text.region, marker.region];
  const longer = Math.max(a.width, a.height) > 1.8 * Math.max(b.width, b.height);
  return text.polarity !== marker.polarity && !longer && sharedArea(a, b) >= 0.5 * a.width * a.height;
};

/**
 * Finds lines of characters and lone side letters: names, dates, numbers, in any quarter turn, white or black, from 8 pixels of
 * capital height to a twentieth of the picture.
 *
 * @param image in display sense; an inverted picture makes no difference
 * @returns lines of text first, each ordered from the top; empty where there is none
 * @example
 * const regions = findBurnedInText(image);
 * const toMask = regions.filter(({ kind }) => kind === "text");
 */
export const findBurnedInText = (image: GreyImage, options: FindBurnedInTextOptions = {}): readonly TextRegion[] => {
  const { leastTextScore = 0.7, leastMarkerScore = 0.5 } = options;
  const networks = loadTextNetworks();
  const features = new Float32Array(WINDOW_FEATURES);
  const texts: Found[] = [];
  const markers: Found[] = [];
  for (const { level, polarity, components, lines } of textCandidates(image)) {
    const windowsOf = (line: LineCandidate) => stripWindows(level, line, polarity);
    const markerScore = (letter: LineCandidate): number => {
      windowsOf(letter).describe(0, features);
      return sigmoid(runNetwork(networks.markers, features));
    };
    /** One component that is no longer than a letter may be, or that is a side letter. */
    const isLetter = ({ line, components: [only, ...more], from, to }: LineSegment): boolean => {
      if (more.length > 0) return false;
      if (to - from < MOST_LETTER_LENGTH * line.height) return true;
      const letter = markerCandidate(line.reading === "vertical" ? transpose(only!) : only!);
      return letter !== undefined && markerScore(letter) >= leastMarkerScore;
    };
    for (const line of lines) {
      for (const segment of lineSegments(line, windowsOf(line), networks.windows)) {
        const score = sigmoid(runNetwork(networks.segments, describeSegment(segment)));
        if (score < leastTextScore || isLetter(segment)) continue;
        const whole = extendSegment(segment, windowsOf, networks.windows);
        texts.push({ region: regionOf(image, whole, { scale: level.scale, score }), polarity });
      }
    }
    for (const letter of markerCandidates(components)) {
      const score = markerScore(letter);
      if (score < leastMarkerScore) continue;
      const whole = { line: letter, components: letter.components, from: letter.from, to: letter.to, logits: [] };
      const region = regionOf(image, whole, { scale: level.scale, score });
      markers.push({ region: { ...region, kind: "marker" }, polarity });
    }
  }
  const lines = texts.filter((text) => !markers.some((marker) => isCounter(text, marker)));
  return mergeRegions(
    lines.map(({ region }) => region),
    markers.map(({ region }) => region),
  );
};
