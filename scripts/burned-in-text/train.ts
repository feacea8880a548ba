/**
 * Trains the classifiers of burned-in text on synthetic radiographs alone and writes src/imaging/burned-in-text/text-networks.json:
 * `node scripts/burned-in-text/train.ts` (about ten minutes; wants fonts-dejavu, fonts-lato, fonts-inconsolata, fonts-comic-neue).
 *
 * Passes over pictures of different seeds: windows; windows again with what the network before got wrong, twice; stretches of
 * lines.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LineCandidate } from "../../src/imaging/burned-in-text/line-candidates.ts";
import { describeSegment, lineSegments, SEGMENT_FEATURES } from "../../src/imaging/burned-in-text/line-segments.ts";
import { stripWindows, WINDOW_FEATURES } from "../../src/imaging/burned-in-text/line-strip.ts";
import { markerCandidates } from "../../src/imaging/burned-in-text/marker-candidates.ts";
import { runNetwork, type SmallNetwork } from "../../src/imaging/burned-in-text/small-network.ts";
import { textCandidates } from "../../src/imaging/burned-in-text/text-candidates.ts";
import { Random } from "../../src/numeric/random.ts";
import { drawBackgrounds } from "./backgrounds.ts";
import { installedFonts, trainingFonts } from "./fonts.ts";
import type { Canvas, Planted } from "./plant-text.ts";
import { fillPicture, type Plantings } from "./synthetic-picture.ts";
import { Examples, networkFile, trainNetwork } from "./train-network.ts";
import { drawLine } from "./words.ts";

const fonts = installedFonts(trainingFonts);
if (fonts.length < trainingFonts.length) {
  console.error("Install the fonts first: fonts-dejavu, fonts-lato, fonts-inconsolata, fonts-comic-neue.");
  process.exit(2);
}

/** For a quick try: a share of the pictures. */
const share = Number(process.argv[2] ?? 1);
const say = (text: string): void => console.error(`${(performance.now() / 1e3).toFixed(0)} s: ${text}`);

async function* pictures(
  seed: number,
  count: number,
): AsyncGenerator<{ canvas: Canvas; plantings: Plantings; random: Random }> {
  for (const { canvas, random } of drawBackgrounds({ count: Math.ceil(count * share), seed, longestSide: 1500 })) {
    const plantings = await fillPicture(canvas, random, {
      fonts,
      drawLine,
      texts: random.chance(0.6) ? 2 + random.integer(6) : 0,
      markers: random.integer(3),
      distractors: random.integer(6),
    });
    yield { canvas, plantings, random };
  }
}

/** A rectangle by its edges. */
interface Edges {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Where a stretch of a candidate lies on the picture. */
const placeOf = (line: LineCandidate, scale: number, range: readonly [from: number, to: number]): Edges => {
  const [from, to] = range;
  const [a, b] = [from, to].map((u) => line.offset + line.slope * u) as [number, number];
  const low = (Math.min(a, b) - line.height / 2) * scale;
  const high = (Math.max(a, b) + line.height / 2) * scale;
  return line.reading === "horizontal"
    ? { x0: from * scale, x1: to * scale, y0: low, y1: high }
    : { y0: from * scale, y1: to * scale, x0: low, x1: high };
};

const shared = (a: Edges, b: Edges): number =>
  Math.max(0, Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)) * Math.max(0, Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0));

const areaOf = ({ x0, y0, x1, y1 }: Edges): number => (x1 - x0) * (y1 - y0);

const edgesOf = ({ x, y, width, height }: Planted, margin = 0): Edges => ({
  x0: x - margin,
  y0: y - margin,
  x1: x + width + margin,
  y1: y + height + margin,
});

/** 1 on text of the line's own height and direction, 0 away from all text, nothing where it is hard to say. */
const labelOf = (
  place: Edges,
  line: LineCandidate,
  truth: { scale: number; texts: readonly Planted[] },
): 0 | 1 | undefined => {
  const { scale, texts } = truth;
  const touching = texts.filter((text) => shared(place, edgesOf(text, 0.2 * text.capHeight)) > 0);
  if (touching.length === 0) return 0;
  const isText = touching.some((text) => {
    const ratio = (line.height * scale) / text.capHeight;
    const isAlong = (text.quarters % 2 === 0) === (line.reading === "horizontal");
    return (
      isAlong && ratio > 0.55 && ratio < 1.9 && shared(place, edgesOf(text, 0.2 * text.capHeight)) > 0.6 * areaOf(place)
    );
  });
  return isText ? 1 : undefined;
};

/** Windows of a picture; with a network only those it is not sure of, and some of the others. */
const addWindows = (
  picture: { canvas: Canvas; plantings: Plantings; random: Random },
  examples: Examples,
  network: SmallNetwork | undefined,
): void => {
  const { canvas, plantings, random } = picture;
  const features = new Float32Array(WINDOW_FEATURES);
  const candidates = textCandidates(canvas);
  const total = candidates.reduce((sum, { lines }) => sum + lines.length, 0);
  const few = Math.min(1, 120 / (total + 1));
  for (const { level, polarity, lines } of candidates) {
    for (const line of lines) {
      const windows = stripWindows(level, line, polarity);
      for (let k = 0; k < windows.count; k++) {
        const middle = windows.middles[k]!;
        const place = placeOf(line, level.scale, [middle - line.height / 2, middle + line.height / 2]);
        const label = labelOf(place, line, { scale: level.scale, texts: plantings.texts });
        if (label === undefined) continue;
        const isDrawn = random.chance(label === 1 ? 0.5 : network ? few / 4 : few);
        if (!network && !isDrawn) continue;
        windows.describe(k, features);
        if (!isDrawn) {
          const logit = runNetwork(network!, features);
          if (label === 1 ? logit > 2 : logit < -2) continue;
        }
        examples.add(features, label);
      }
    }
  }
};

/** Lone letters, and what else has their size. */
const addMarkers = (picture: { canvas: Canvas; plantings: Plantings; random: Random }, examples: Examples): void => {
  const { canvas, plantings, random } = picture;
  const features = new Float32Array(WINDOW_FEATURES);
  for (const { level, polarity, components } of textCandidates(canvas)) {
    for (const letter of markerCandidates(components)) {
      const [component] = letter.components;
      const { left, right, top, bottom } = component!;
      const s = level.scale;
      const place = { x0: left * s, x1: right * s, y0: top * s, y1: bottom * s };
      const marker = plantings.markers.find((candidate) => {
        const edges = edgesOf(candidate);
        return shared(place, edges) > 0.7 * areaOf(edges) && areaOf(place) < 1.6 * areaOf(edges);
      });
      const isNear = plantings.markers.some((candidate) => shared(place, edgesOf(candidate)) > 0);
      if (!marker && (isNear || !random.chance(0.15))) continue;
      stripWindows(level, letter, polarity).describe(0, features);
      examples.add(features, marker ? 1 : 0);
    }
  }
};

const windowExamples = new Examples(WINDOW_FEATURES);
const markerExamples = new Examples(WINDOW_FEATURES);
for await (const picture of pictures(11, 260)) {
  addWindows(picture, windowExamples, undefined);
  addMarkers(picture, markerExamples);
}
say(`${windowExamples.labels.length} windows, ${windowExamples.positives} of text`);
const windowOptions = { hidden: 32, positiveWeight: 2 };
const first = trainNetwork(windowExamples, { ...windowOptions, epochs: 8, random: new Random(1, "windows") });
say("first window network");

let windows = first;
for (const round of [2, 3]) {
  for await (const picture of pictures(10 + round, 260)) {
    addWindows(picture, windowExamples, windows);
    addMarkers(picture, markerExamples);
  }
  say(`${windowExamples.labels.length} windows, ${windowExamples.positives} of text`);
  windows = trainNetwork(windowExamples, { ...windowOptions, epochs: 5 * round, random: new Random(round, "windows") });
}
say(`window network; ${markerExamples.labels.length} letters, ${markerExamples.positives} of the side`);
const markers = trainNetwork(markerExamples, {
  hidden: 16,
  epochs: 14,
  positiveWeight: 3,
  random: new Random(3, "markers"),
});
say("marker network");

const segmentExamples = new Examples(SEGMENT_FEATURES);
for await (const { canvas, plantings } of pictures(20, 400)) {
  for (const { level, polarity, lines } of textCandidates(canvas)) {
    for (const line of lines) {
      for (const segment of lineSegments(line, stripWindows(level, line, polarity), windows)) {
        const place = placeOf(line, level.scale, [segment.from, segment.to]);
        const label = labelOf(place, line, { scale: level.scale, texts: plantings.texts });
        if (label !== undefined) segmentExamples.add(describeSegment(segment), label);
      }
    }
  }
}
say(`${segmentExamples.labels.length} stretches, ${segmentExamples.positives} of text`);
const segments = trainNetwork(segmentExamples, {
  hidden: 16,
  epochs: 60,
  positiveWeight: 2,
  random: new Random(4, "segments"),
});
say("segment network");

const path = join(import.meta.dirname, "../../src/imaging/burned-in-text/text-networks.json");
const note = "Made by scripts/burned-in-text/train.ts from synthetic pictures alone.";
const file = { note, windows: networkFile(windows), segments: networkFile(segments), markers: networkFile(markers) };
writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
say(path);
