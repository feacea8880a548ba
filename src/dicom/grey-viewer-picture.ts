/**
 * A grey frame for a viewer (PS3.4 N.2): the modality transformation is applied and the window is handed over beside the
 * samples, so that all their bits can be looked at. A table of values of interest is applied, because no window stands for it.
 */
import { percentiles } from "../imaging/percentiles.ts";
import { extremesOf, type ViewerPicture, type ViewerWindow } from "../imaging/viewer-picture.ts";
import type { DataSet } from "./data-set.ts";
import {
  BRIGHTEST,
  bitPatterns,
  countValues,
  DARKEST,
  type GreySamples,
  isOfSeveralGreys,
  modalityFunction,
  type NumberFunction,
  paddingTest,
  withoutPadding,
} from "./grey-transformation.ts";
import { lookUp, readLookUpTable, SEQUENCE_TABLE } from "./look-up-table.ts";
import { sequenceItems } from "./parse-data-set.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { TAGS } from "./tags.ts";

/** How stored values become samples from 0 to `most`, and what of them is to be seen, where the file says so. */
interface Scale {
  readonly sampleOf: NumberFunction;
  readonly most: number;
  readonly window: ViewerWindow | undefined;
}

/** @example
 * const { samples, window } = greyViewerPicture(dataSet, pixelDescription, samples);
 */
export const greyViewerPicture = (
  dataSet: DataSet,
  pixels: PixelDescription,
  { width, height, values }: GreySamples,
): ViewerPicture => {
  const isPadding = paddingTest(dataSet, pixels.signed);
  const occurring = countValues(values);
  const counted = withoutPadding(occurring, isPadding);
  const { sampleOf, most, window: stated } = scaleOf(dataSet, pixels, counted.values);
  const inverted =
    pixels.PhotometricInterpretation === "MONOCHROME1" || dataSet.text(TAGS.PresentationLUTShape) === "INVERSE";
  const clamped = (stored: number): number => Math.min(Math.max(Math.round(sampleOf(stored)), 0), most);
  const ordered = counted.values
    .map((stored, i) => [clamped(stored), counted.counts[i]!] as const)
    .sort((a, b) => a[0] - b[0]);
  // A picture of one value is of one grey, whatever shows it.
  const isSeen =
    counted.values.length === 1 ||
    (stated && isOfSeveralGreys(values, (stored) => shownBy(stated, sampleOf(stored)), isPadding));
  const window = stated && isSeen ? stated : windowOf(ordered);
  const black = inverted
    ? Math.min(Math.max(ordered.at(-1)![0], Math.ceil(window.center + window.width / 2)), most)
    : Math.max(Math.min(ordered[0]![0], Math.floor(window.center - window.width / 2)), 0);
  const display = (stored: number): number => (isPadding(stored) ? black : clamped(stored));
  const samples = most <= 255 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  if (values.BYTES_PER_ELEMENT === 4) for (let i = 0; i < samples.length; i++) samples[i] = display(values[i]!);
  else {
    const table = new Uint16Array(65536); // by the value's 16-bit pattern, of the values that occur
    for (const stored of occurring.values) table[stored & 0xffff] = display(stored);
    fill(samples, bitPatterns(values), table);
  }
  return { width, height, samples, window, ...extremesOf(samples), inverted };
};

const fill = (samples: Uint8Array | Uint16Array, patterns: Uint8Array | Uint16Array, table: Uint16Array): void => {
  for (let i = 0; i < samples.length; i++) samples[i] = table[patterns[i]!]!;
};

const shownBy = ({ center, width }: ViewerWindow, sample: number): number =>
  Math.min(Math.max((sample - center) / width + 0.5, 0), 1);

const scaleOf = (dataSet: DataSet, pixels: PixelDescription, stored: readonly number[]): Scale => {
  const modality = modalityFunction(dataSet, pixels.signed);
  const [voi] = sequenceItems(dataSet, TAGS.VOILUTSequence);
  if (voi) {
    const table = readLookUpTable(voi, SEQUENCE_TABLE, pixels.signed);
    const window = { center: table.white / 2, width: table.white };
    return { sampleOf: (value) => lookUp(table, modality(value)), most: table.white, window };
  }
  const window = statedWindow(dataSet);
  if (sequenceItems(dataSet, TAGS.ModalityLUTSequence).length > 0) return { sampleOf: modality, most: 65535, window };
  // A straight line: stored values keep their steps and begin at 0, and the window moves with them.
  const bits = Math.min(pixels.BitsStored, 32);
  const [least, most] = pixels.signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  const rises = modality(1) > modality(0);
  const [from, to, step] = bits <= 16 ? [least, most, 1] : fittedRange(stored);
  const sampleOf = (value: number): number => (rises ? value - from : to - value) * step;
  const zero = modality(0);
  const slope = modality(1) - zero;
  return {
    sampleOf,
    most: bits <= 16 ? most - least : 65535,
    window: window && {
      center: sampleOf((window.center - zero) / slope),
      width: (window.width / Math.abs(slope)) * step,
    },
  };
};

/** Values of above 16 bits are brought to 16 by what occurs. */
const fittedRange = (stored: readonly number[]): [from: number, to: number, step: number] => {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of stored) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most, 65535 / Math.max(most - least, 1)];
};

/** The first window that the file states, as black and white ends (PS3.3 C.11.2.1.2); a sigmoid by its steepest part. */
const statedWindow = (dataSet: DataSet): ViewerWindow | undefined => {
  const center = dataSet.decimals(TAGS.WindowCenter)[0];
  const width = dataSet.decimals(TAGS.WindowWidth)[0];
  if (center === undefined || width === undefined || !(width > 0)) return undefined;
  const shape = dataSet.text(TAGS.VOILUTFunction);
  const isExact = shape === "LINEAR_EXACT" || shape === "SIGMOID" || width < 1;
  return isExact ? { center, width } : { center: center - 0.5, width: Math.max(width - 1, 1) };
};

const windowOf = (ordered: readonly (readonly [sample: number, count: number])[]): ViewerWindow => {
  const values = ordered.map(([sample]) => sample);
  const counts = ordered.map(([, count]) => count);
  let [low = 0, high = 0] = percentiles(values, counts, [DARKEST, BRIGHTEST]);
  if (low === high) [low, high] = [values[0]!, values.at(-1)!];
  return low === high ? { center: low + 0.5, width: 1 } : { center: (low + high) / 2, width: high - low };
};
