/**
 * From stored values to display (PS3.4 N.2, PS3.3 C.11): modality transformation, then values of interest (a table, else
 * a window, else the 0.5 to 99.5 percentiles), then the inversion of MONOCHROME1.
 */
import { type GreyRows, rowsOfTable } from "../imaging/grey-rows.ts";
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
export const DARKEST = 0.005;
export const BRIGHTEST = 0.995;

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
export const modalityFunction = (dataSet: DataSet, signed: boolean): NumberFunction => {
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
export const paddingTest = (dataSet: DataSet, signed: boolean): ((value: number) => boolean) => {
  const value = dataSet.words(TAGS.PixelPaddingValue, signed)[0];
  if (value === undefined) return () => false;
  const limit = dataSet.words(TAGS.PixelPaddingRangeLimit, signed)[0] ?? value;
  const low = Math.min(value, limit);
  const high = Math.max(value, limit);
  return (stored) => stored >= low && stored <= high;
};

/** The values of 8 or 16 bits without their sign, without a copy: loops over one kind of array are several times as fast. */
export const bitPatterns = (values: SampleValues): Uint8Array | Uint16Array =>
  values instanceof Uint8Array ? values : new Uint16Array(values.buffer, values.byteOffset, values.length);

/** Distinct stored values, and how often each occurs. */
interface ValueCounts {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

/** The values that occur; of every n-th pixel where they have above 16 bits. */
export const countValues = (values: SampleValues): ValueCounts => {
  if (values.BYTES_PER_ELEMENT === 4) {
    const step = Math.ceil(values.length / 1_000_000);
    const counts = new Map<number, number>();
    for (let i = 0; i < values.length; i += step) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
    return { values: [...counts.keys()], counts: [...counts.values()] };
  }
  const histogram = new Uint32Array(65536);
  const patterns = bitPatterns(values);
  for (let i = 0; i < patterns.length; i++) histogram[patterns[i]!]!++;
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
export const withoutPadding = ({ values, counts }: ValueCounts, isPadding: (value: number) => boolean): ValueCounts => {
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

/** The stored samples of one channel, and how they are coded. */
export interface GreySamples {
  readonly width: number;
  readonly height: number;
  readonly values: SampleValues;
}

/**
 * The display values of a grey frame in [0, 1], bone bright, row by row. Padding becomes 0. A window that shows a picture of
 * several values as one grey is taken as wrong, and the percentiles serve instead.
 *
 * @example
 * const image = imageOfRows(displayRows(dataSet, pixelDescription, samples));
 */
export const displayRows = (
  dataSet: DataSet,
  pixels: PixelDescription,
  { width, height, values }: GreySamples,
): GreyRows => {
  const modality = modalityFunction(dataSet, pixels.signed);
  const isPadding = paddingTest(dataSet, pixels.signed);
  const stated = voiFunction(dataSet, pixels.signed);
  const shown = stated && ((stored: number): number => stated(modality(stored)));
  const fromPercentiles = (): NumberFunction => {
    const picture = withoutPadding(countValues(values), isPadding);
    // A picture of one value is of one grey, whatever shows it.
    if (stated && picture.values.length === 1) return stated;
    return percentileFunction(picture, modality);
  };
  const voi = stated && shown && isOfSeveralGreys(values, shown, isPadding) ? stated : fromPercentiles();
  // INVERSE is the same inversion stated for presentation (PS3.3 C.8.11.1.1.2), so it is never applied twice.
  const inverse =
    pixels.PhotometricInterpretation === "MONOCHROME1" || dataSet.text(TAGS.PresentationLUTShape) === "INVERSE";
  const display = (stored: number): number => {
    if (isPadding(stored)) return 0;
    const value = clamp(voi(modality(stored)));
    return inverse ? 1 - value : value;
  };
  if (values.BYTES_PER_ELEMENT === 4) {
    const readRow: GreyRows["readRow"] = (y, into) => {
      for (let x = 0, i = y * width; x < width; x++, i++) into[x] = display(values[i]!);
      return into;
    };
    return { width, height, readRow };
  }
  const table = new Float32Array(65536); // by the value's 16-bit pattern
  const bits = Math.min(pixels.BitsStored, 16);
  const [least, most] = pixels.signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  for (let stored = least; stored <= most; stored++) table[stored & 0xffff] = display(stored);
  return rowsOfTable(bitPatterns(values), table, { width, height });
};

/** Whether two pixels that are no padding are shown as different greys. */
export const isOfSeveralGreys = (
  values: SampleValues,
  shown: NumberFunction,
  isPadding: (value: number) => boolean,
): boolean => {
  let first: number | undefined;
  let last: number | undefined; // most pixels are as their neighbour
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === last || isPadding(value)) continue;
    last = value;
    first ??= shown(value);
    if (shown(value) !== first) return true;
  }
  return false;
};
