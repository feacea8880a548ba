/**
 * Blots out rectangles of stored samples, so that nothing of what stood there can be recovered: one value for all of them, the
 * darkest of the picture, which does not depend on what is covered and shows a reader that something was.
 * After DICOM PS3.15 section E.3.1, the Clean Pixel Data Option.
 */

import { OsteonError } from "../../errors.ts";

/** Stored values of any type, row-major, channels interleaved. */
export interface MaskableSamples {
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette index, 3 colour. */
  readonly channels: number;
  readonly values:
    | Uint8Array
    | Int8Array
    | Uint16Array
    | Int16Array
    | Uint32Array
    | Int32Array
    | Float32Array
    | Float64Array;
}

/** A rectangle in pixels of the picture; parts outside of it are ignored. */
export interface MaskedRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How to mask. */
export interface MaskOptions {
  /** MONOCHROME1 shows its largest value darkest; anything else its smallest. Default MONOCHROME2. */
  readonly photometric?: string;
  /** Pixels added on each side: soft edges of characters. Default 2 and a tenth of the shorter side of the rectangle. */
  readonly margin?: number;
  /** One value per channel to fill with instead of the darkest: needed for a palette and for YBR colours. */
  readonly background?: readonly number[];
}

/** The darkest value of each channel as the picture is shown. */
const darkest = ({ channels, values }: MaskableSamples, photometric: string): number[] => {
  const isInverted = photometric === "MONOCHROME1";
  const found = new Array<number>(channels).fill(isInverted ? -Infinity : Infinity);
  for (let i = 0, c = 0; i < values.length; i++) {
    const value = values[i]!;
    if (isInverted ? value > found[c]! : value < found[c]!) found[c] = value;
    if (++c === channels) c = 0;
  }
  return found.map((value) => (Number.isFinite(value) ? value : 0));
};

/**
 * Copies the samples with the rectangles filled; the given ones are not changed.
 *
 * @throws OsteonError `bad-input` where the size does not fit the values, or where a palette or YBR picture has no `background`
 * @example
 * const clean = maskRegions(samples, findBurnedInText(image), { photometric: "MONOCHROME1" });
 */
export const maskRegions = <S extends MaskableSamples>(
  samples: S,
  regions: readonly MaskedRectangle[],
  options: MaskOptions = {},
): S => {
  const { width, height, channels, values } = samples;
  const { photometric = "MONOCHROME2", background } = options;
  if (values.length !== width * height * channels) {
    throw new OsteonError(
      "bad-input",
      `A picture of ${width} x ${height} pixels and ${channels} channels has ${width * height * channels} values, not ${values.length}.`,
    );
  }
  if (!background && /^(PALETTE|YBR)/.test(photometric)) {
    throw new OsteonError(
      "bad-input",
      `Say which values are the background: ${photometric} does not tell the darkest.`,
    );
  }
  if (background && background.length !== channels) {
    throw new OsteonError("bad-input", `Give ${channels} background values, one per channel.`);
  }
  const masked = values.slice();
  if (regions.length > 0) {
    const fill = background ?? darkest(samples, photometric);
    for (const region of regions) {
      const margin = options.margin ?? 2 + Math.ceil(Math.min(region.width, region.height) / 10);
      const left = Math.max(0, Math.floor(region.x - margin));
      const right = Math.min(width, Math.ceil(region.x + region.width + margin));
      const top = Math.max(0, Math.floor(region.y - margin));
      const bottom = Math.min(height, Math.ceil(region.y + region.height + margin));
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          for (let c = 0; c < channels; c++) masked[(y * width + x) * channels + c] = fill[c]!;
        }
      }
    }
  }
  return { ...samples, values: masked };
};
