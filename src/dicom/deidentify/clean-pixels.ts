/**
 * Text in the pixels of a DICOM image (PS3.15 section E.3.1, Clean Pixel Data): looked for in every frame, as the file shows it and over
 * its whole range of values, and blotted out in the stored samples.
 */
import { maskRegions } from "../../imaging/burned-in-text/mask-regions.ts";
import type { TextRegion } from "../../imaging/burned-in-text/text-region.ts";
import { greyOfColour } from "../../imaging/colour.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { imageOfRows } from "../../imaging/grey-rows.ts";
import { collapseGrey, type Samples, type SampleValues } from "../../imaging/samples.ts";
import { Unreadable } from "../../imaging/unreadable.ts";
import { colourSamples } from "../colour-frame.ts";
import type { DataSet } from "../data-set.ts";
import { decodeFirstFrame, type StoredFrame } from "../decode-frame.ts";
import { framesOf } from "../frames.ts";
import { displayRows } from "../grey-transformation.ts";
import { type PixelDescription, readPixelDescription } from "../pixel-description.ts";
import type { TransferSyntax } from "../transfer-syntaxes.ts";
import { findTextLines } from "./find-text-lines.ts";

/** What was found in the frames. */
export interface PixelFindings {
  /** Lines of text of each frame; side letters are none. */
  readonly regions: readonly (readonly TextRegion[])[];
  /** Whether a person drew them, so that nothing else is looked for. */
  readonly isDecided?: boolean;
}

/** Stored samples of all frames, uncompressed, and how they are to be declared. */
export interface CleanPixels {
  readonly bytes: Uint8Array;
  readonly photometricInterpretation: string;
  readonly bitsAllocated: 8 | 16 | 32;
  readonly bitsStored: number;
}

/** Uncompressed frames that are written at most. */
const mostBytes = 512 * 2 ** 20;

/** The stored values from the least to the greatest, whatever window the file states. */
const wholeRange = ({ width, height, values }: Samples): GreyImage => {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const range = most - least || 1;
  const pixels = new Float32Array(values.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (values[i]! - least) / range;
  return { width, height, pixels };
};

const picturesOf = (dataSet: DataSet, frame: StoredFrame): GreyImage[] => {
  if (frame.colourModel === "grey") {
    const shown = imageOfRows(displayRows(dataSet, frame.pixels, frame.samples));
    // Both: a window, or percentiles where none is stated, may show bright writing and what lies behind it as one white.
    return [shown, wholeRange(frame.samples)];
  }
  const colour = colourSamples(dataSet, frame);
  return [imageOfRows(greyOfColour(collapseGrey(colour.samples), colour.white).rows)];
};

/**
 * Looks for text in every frame.
 *
 * @throws Unreadable where a frame cannot be decoded, so that nobody can say what stands in it
 */
export const findTextInPixels = async (dataSet: DataSet, syntax: TransferSyntax): Promise<PixelFindings> => {
  const regions: TextRegion[][] = [];
  for (const frame of framesOf(dataSet, readPixelDescription(dataSet))) {
    regions.push(textIn(frame, await decodeFirstFrame(frame, syntax)));
  }
  return { regions };
};

/** Masking once more where text is still found: what a first region hid may have been two lines. */
const mostRounds = 10;

const textIn = (dataSet: DataSet, frame: StoredFrame): TextRegion[] =>
  picturesOf(dataSet, frame).flatMap(findTextLines);

/** What is filled in where the darkest value is not told by the photometric interpretation. */
const backgroundOf = (dataSet: DataSet, { colourModel, samples, pixels }: StoredFrame): number[] | undefined => {
  if (colourModel === "ybr") {
    const middle = 2 ** (pixels.BitsStored - 1);
    return [0, middle, middle];
  }
  if (colourModel !== "palette") return undefined;
  const { samples: shown } = colourSamples(dataSet, { colourModel, samples, pixels });
  let darkest = 0;
  let least = Infinity;
  for (let i = 0; i < samples.values.length; i++) {
    const light = shown.values[3 * i]! + shown.values[3 * i + 1]! + shown.values[3 * i + 2]!;
    if (light >= least) continue;
    least = light;
    darkest = samples.values[i]!;
  }
  return [darkest];
};

/** Photometric interpretations as they are after decoding. */
const photometricOf = ({ colourModel, pixels }: StoredFrame): string =>
  ({ grey: pixels.PhotometricInterpretation, palette: "PALETTE COLOR", rgb: "RGB", ybr: "YBR_FULL" })[colourModel];

const bytesOfValues = (values: SampleValues, bitsAllocated: 8 | 16 | 32): Uint8Array => {
  const size = bitsAllocated >> 3;
  if (values.BYTES_PER_ELEMENT === size) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const target =
    size === 1 ? Uint8Array.from(values) : size === 2 ? Uint16Array.from(values) : Uint32Array.from(values);
  return new Uint8Array(target.buffer);
};

const containerOf = ({ BitsAllocated }: PixelDescription): 8 | 16 | 32 =>
  BitsAllocated <= 8 ? 8 : BitsAllocated <= 16 ? 16 : 32;

/**
 * The stored samples of all frames with the regions blotted out, and looked over again.
 *
 * @returns undefined where text is still found after several rounds
 * @throws Unreadable `too-large` beyond 512 MiB of uncompressed pixels, and as {@link findTextInPixels}
 */
export const maskPixels = async (
  dataSet: DataSet,
  syntax: TransferSyntax,
  { regions, isDecided = false }: PixelFindings,
): Promise<CleanPixels | undefined> => {
  const pixels = readPixelDescription(dataSet);
  const bitsAllocated = containerOf(pixels);
  const perFrame = pixels.Rows * pixels.Columns * pixels.SamplesPerPixel * (bitsAllocated >> 3);
  if (perFrame * pixels.NumberOfFrames > mostBytes) {
    throw new Unreadable("too-large", "The masked frames would be larger than 512 MiB.");
  }
  const bytes = new Uint8Array(perFrame * pixels.NumberOfFrames);
  let photometricInterpretation = pixels.PhotometricInterpretation;
  for (const [i, frame] of framesOf(dataSet, pixels).entries()) {
    const stored = await decodeFirstFrame(frame, syntax);
    photometricInterpretation = photometricOf(stored);
    const background = backgroundOf(frame, stored);
    let samples = stored.samples;
    let left: readonly TextRegion[] = regions[i] ?? [];
    for (let round = 0; left.length > 0 && round < mostRounds; round++) {
      const photometric = photometricInterpretation;
      samples = maskRegions(samples, left, { photometric, ...(background ? { background } : {}) });
      left = isDecided ? [] : textIn(frame, { ...stored, samples });
    }
    if (left.length > 0) return undefined;
    bytes.set(bytesOfValues(samples.values, bitsAllocated), i * perFrame);
  }
  return { bytes, photometricInterpretation, bitsAllocated, bitsStored: pixels.BitsStored };
};
