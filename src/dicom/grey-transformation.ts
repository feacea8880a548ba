/**
 * From stored values to display (PS3.4 N.2, PS3.3 C.11): modality transformation, then values of interest (a table, else
 * a window, else the 0.5 to 99.5 percentiles), then the inversion of MONOCHROME1.
 */
import { percentiles } from "../imaging/percentiles.ts";
import type { SampleValues } from "../imaging/samples.ts";
import type { DataSet } from "./data-set.ts";
import { lookUp, readLookUpTable, SEQUENCE_TABLE } from "./look-up-table.ts";
import { sequenceItems } from "./parse-data-set.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { TAGS } from "./tags.ts";

/** A function of one number. */
export type NumberFunction = (value: number) => number;

/** The fractions of the pixels left dark and bright where the file states no window (learned models clip alike). */
const DARKEST = 0.005;
const BRIGHTEST = 0.995;

/** The window function of a file. */
export type WindowShape = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

const clamp = (value: number): number => Math.min(Math.max(value, 0), 1);

/**
 * The window of PS3.3 C.11.2.1.2 and C.11.2.1.3 onto [0, 1], or undefined where the width is not above 0. LINEAR allows no
 * width below 1; files that have one (of rescaled values) mean LINEAR_EXACT.
 *
 * @example
 * windowFunction("LINEAR", 2048, 4096)?.(4095); // 1
 */
export const windowFunction = (shape: WindowShape, centre: number, width: number): NumberFunction | undefined => {
  if (!(width > 0)) return undefined;
  if (shape === "LINEAR" && width >= 1) {
    const c = centre - 0.5;
    const w = width - 1;
    return (x) => (x <= c - w / 2 ? 0 : x > c + w / 2 ? 1 : (x - c) / w + 0.5);
  }
  if (shape === "SIGMOID") return (x) => 1 / (1 + Math.exp((-4 * (x - centre)) / width));
  return (x) => clamp((x - centre) / width + 0.5);
};

/** Modality LUT Module, PS3.3 C.11.1: a table, or slope and intercept. */
const modalityFunction = (dataSet: DataSet, signed: boolean): NumberFunction => {
  const [item] = sequenceItems(dataSet, TAGS.ModalityLUTSequence);
  if (item) {
    const table = readLookUpTable(item, SEQUENCE_TABLE, signed);
    return (value) => lookUp(table, value);
  }
  const slope = dataSet.decimals(TAGS.RescaleSlope)[0] || 1; // a slope of 0 would erase the picture
  const intercept = dataSet.decimals(TAGS.RescaleIntercept)[0] ?? 0;
  return (value) => value * slope + intercept;
};

/** VOI LUT Module, PS3.3 C.11.2: a table before a window, the first of several; undefined where the file has neither. */
const voiFunction = (dataSet: DataSet, signed: boolean): NumberFunction | undefined => {
  const [item] = sequenceItems(dataSet, TAGS.VOILUTSequence);
  if (item) {
    const table = readLookUpTable(item, SEQUENCE_TABLE, signed);
    return (value) => lookUp(table, value) / table.white;
  }
  const centre = dataSet.decimals(TAGS.WindowCenter)[0];
  const width = dataSet.decimals(TAGS.WindowWidth)[0];
  if (centre === undefined || width === undefined) return undefined;
  const shape = dataSet.text(TAGS.VOILUTFunction);
  return windowFunction(shape === "LINEAR_EXACT" || shape === "SIGMOID" ? shape : "LINEAR", centre, width);
};

/** Which stored values are padding, not picture (PS3.3 C.7.5.1.1.2). */
const paddingTest = (dataSet: DataSet, signed: boolean): ((value: number) => boolean) => {
  const value = dataSet.words(TAGS.PixelPaddingValue, signed)[0];
  if (value === undefined) return () => false;
  const limit = dataSet.words(TAGS.PixelPaddingRangeLimit, signed)[0] ?? value;
  const low = Math.min(value, limit);
  const high = Math.max(value, limit);
  return (stored) => stored >= low && stored <= high;
};

/** Distinct stored values, and how often each occurs. */
interface ValueCounts {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

/** The values that occur; of every n-th pixel where they have above 16 bits. */
const countValues = (values: SampleValues): ValueCounts => {
  if (values.BYTES_PER_ELEMENT === 4) {
    const step = Math.ceil(values.length / 1_000_000);
    const counts = new Map<number, number>();
    for (let i = 0; i < values.length; i += step) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
    return { values: [...counts.keys()], counts: [...counts.values()] };
  }
  const histogram = new Uint32Array(65536);
  for (let i = 0; i < values.length; i++) histogram[values[i]! & 0xffff]!++;
  const signed = values instanceof Int16Array;
  const found: { values: number[]; counts: number[] } = { values: [], counts: [] };
  for (let word = 0; word < histogram.length; word++) {
    if (histogram[word] === 0) continue;
    found.values.push(signed && word >= 32768 ? word - 65536 : word);
    found.counts.push(histogram[word]!);
  }
  return found;
};

/** Those that are no padding, unless that is all there is. */
const withoutPadding = ({ values, counts }: ValueCounts, isPadding: (value: number) => boolean): ValueCounts => {
  const kept: { values: number[]; counts: number[] } = { values: [], counts: [] };
  for (let i = 0; i < values.length; i++) {
    const isLastHope = i === values.length - 1 && kept.values.length === 0;
    if (isPadding(values[i]!) && !isLastHope) continue;
    kept.values.push(values[i]!);
    kept.counts.push(counts[i]!);
  }
  return kept;
};

/** The straight line from the darkest to the brightest percentile onto [0, 1]; 0 for a picture of one value. */
const percentileFunction = ({ values, counts }: ValueCounts, modality: NumberFunction): NumberFunction => {
  const pairs = values.map((stored, i) => [modality(stored), counts[i]!] as const).sort((a, b) => a[0] - b[0]);
  const ordered = pairs.map(([value]) => value);
  const weights = pairs.map(([, count]) => count);
  let [low = 0, high = 0] = percentiles(ordered, weights, [DARKEST, BRIGHTEST]);
  if (low === high) [low, high] = [ordered[0]!, ordered.at(-1)!];
  return high > low ? (value) => clamp((value - low) / (high - low)) : () => 0;
};

/**
 * The display values of a grey frame in [0, 1], bone bright. Padding becomes 0. A window that shows a picture of several
 * values as one grey is taken as wrong, and the percentiles serve instead.
 *
 * @param values stored samples of one channel
 * @returns as many values, in the same order
 * @example
 * const pixels = displayValues(dataSet, pixelDescription, samples.values);
 */
export const displayValues = (dataSet: DataSet, pixels: PixelDescription, values: SampleValues): Float32Array => {
  const modality = modalityFunction(dataSet, pixels.signed);
  const isPadding = paddingTest(dataSet, pixels.signed);
  const all = countValues(values);
  const picture = withoutPadding(all, isPadding);
  const stated = voiFunction(dataSet, pixels.signed);
  const first = stated?.(modality(picture.values[0]!));
  const isOneGrey = stated !== undefined && picture.values.every((stored) => stated(modality(stored)) === first);
  const voi = stated && (!isOneGrey || picture.values.length === 1) ? stated : percentileFunction(picture, modality);
  // INVERSE is the same inversion stated for presentation (PS3.3 C.8.11.1.1.2), so it is never applied twice.
  const inverse =
    pixels.PhotometricInterpretation === "MONOCHROME1" || dataSet.text(TAGS.PresentationLUTShape) === "INVERSE";
  const display = (stored: number): number => {
    if (isPadding(stored)) return 0;
    const value = clamp(voi(modality(stored)));
    return inverse ? 1 - value : value;
  };
  const target = new Float32Array(values.length);
  if (values.BYTES_PER_ELEMENT === 4) {
    for (let i = 0; i < values.length; i++) target[i] = display(values[i]!);
    return target;
  }
  const table = new Float32Array(65536); // by the value's 16-bit pattern
  for (const stored of all.values) table[stored & 0xffff] = display(stored);
  for (let i = 0; i < values.length; i++) target[i] = table[values[i]! & 0xffff]!;
  return target;
};
