/** Colour frames to RGB: YBR_FULL, and palettes (PS3.3 C.7.6.3.1.5). */
import { rgbOfYbr } from "../imaging/colour.ts";
import type { Samples } from "../imaging/samples.ts";
import type { DataSet } from "./data-set.ts";
import type { StoredFrame } from "./decode-frame.ts";
import { lookUp, readLookUpTable } from "./look-up-table.ts";
import { TAGS } from "./tags.ts";

/** RGB samples and the value of full intensity. */
export interface ColourSamples {
  readonly samples: Samples;
  readonly white: number;
}

const PALETTES = [
  { descriptor: TAGS.RedPaletteColorLookupTableDescriptor, data: TAGS.RedPaletteColorLookupTableData },
  { descriptor: TAGS.GreenPaletteColorLookupTableDescriptor, data: TAGS.GreenPaletteColorLookupTableData },
  { descriptor: TAGS.BluePaletteColorLookupTableDescriptor, data: TAGS.BluePaletteColorLookupTableData },
] as const;

const fromPalette = (dataSet: DataSet, { samples, pixels }: StoredFrame): ColourSamples => {
  const tables = PALETTES.map((tags) => readLookUpTable(dataSet, tags, pixels.signed));
  const white = Math.max(...tables.map((table) => table.white));
  const values = new Uint16Array(samples.values.length * 3);
  tables.forEach((table, channel) => {
    for (let i = 0; i < samples.values.length; i++) values[3 * i + channel] = lookUp(table, samples.values[i]!);
  });
  return { samples: { ...samples, channels: 3, values }, white };
};

/**
 * The RGB samples of a colour or palette frame.
 *
 * @throws Unreadable `corrupt` where a palette is missing
 * @example
 * const { samples, white } = colourSamples(dataSet, await decodeFirstFrame(dataSet, transferSyntax));
 */
export const colourSamples = (dataSet: DataSet, frame: StoredFrame): ColourSamples => {
  if (frame.colourModel === "palette") return fromPalette(dataSet, frame);
  const white = 2 ** frame.pixels.BitsStored - 1;
  const { samples } = frame;
  return { samples: frame.colourModel === "ybr" ? rgbOfYbr(samples, white) : samples, white };
};
