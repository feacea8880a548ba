/** How the pixels of a DICOM image are stored (Image Pixel Module, PS3.3 C.7.6.3). */
import { checkSize, Unreadable } from "../imaging/unreadable.ts";
import type { DataSet } from "./data-set.ts";
import { TAGS } from "./tags.ts";

/** The Image Pixel Module, checked. */
export interface PixelDescription {
  readonly Rows: number;
  readonly Columns: number;
  readonly SamplesPerPixel: number;
  readonly PhotometricInterpretation: string;
  readonly BitsAllocated: number;
  readonly BitsStored: number;
  readonly HighBit: number;
  /** True for two's complement. */
  readonly signed: boolean;
  /** True where colours are stored plane by plane (Planar Configuration 1). */
  readonly planar: boolean;
  readonly NumberOfFrames: number;
}

const PHOTOMETRIC_SAMPLES: Readonly<Record<string, number>> = {
  MONOCHROME1: 1,
  MONOCHROME2: 1,
  "PALETTE COLOR": 1,
  RGB: 3,
  YBR_FULL: 3,
  YBR_FULL_422: 3,
  YBR_ICT: 3,
  YBR_RCT: 3,
};

/**
 * Reads and checks the Image Pixel Module.
 *
 * @throws Unreadable `corrupt` where a needed attribute is absent or impossible, `unsupported-pixels`, `too-large`
 * @example
 * readPixelDescription(dataSet).BitsStored; // 12
 */
export const readPixelDescription = (dataSet: DataSet): PixelDescription => {
  const needed = (keyword: "Rows" | "Columns" | "BitsAllocated"): number => {
    const value = dataSet.word(TAGS[keyword]);
    if (value === undefined) throw new Unreadable("corrupt", `The image has no ${keyword}.`);
    return value;
  };
  const Rows = needed("Rows");
  const Columns = needed("Columns");
  const BitsAllocated = needed("BitsAllocated");
  const SamplesPerPixel = dataSet.word(TAGS.SamplesPerPixel) ?? 1;
  checkSize(Columns, Rows);
  if (![1, 8, 12, 16, 32].includes(BitsAllocated)) {
    throw new Unreadable("unsupported-pixels", `Samples of ${BitsAllocated} bits are not supported.`);
  }
  const BitsStored = dataSet.word(TAGS.BitsStored) || BitsAllocated;
  const HighBit = dataSet.word(TAGS.HighBit) ?? BitsStored - 1;
  if (BitsStored > BitsAllocated || HighBit >= BitsAllocated || HighBit < BitsStored - 1) {
    throw new Unreadable("corrupt", `${BitsStored} bits up to bit ${HighBit} do not fit into ${BitsAllocated} bits.`);
  }
  const PhotometricInterpretation =
    dataSet.text(TAGS.PhotometricInterpretation) ?? (SamplesPerPixel === 1 ? "MONOCHROME2" : "RGB");
  const samples = PHOTOMETRIC_SAMPLES[PhotometricInterpretation];
  if (samples === undefined) {
    throw new Unreadable("unsupported-pixels", "The photometric interpretation is not supported.");
  }
  if (samples !== SamplesPerPixel) {
    throw new Unreadable(
      "corrupt",
      `${PhotometricInterpretation} does not go with ${SamplesPerPixel} samples a pixel.`,
    );
  }
  return {
    Rows,
    Columns,
    SamplesPerPixel,
    PhotometricInterpretation,
    BitsAllocated,
    BitsStored,
    HighBit,
    signed: dataSet.word(TAGS.PixelRepresentation) === 1,
    planar: SamplesPerPixel > 1 && dataSet.word(TAGS.PlanarConfiguration) === 1,
    NumberOfFrames: Math.max(Math.trunc(dataSet.decimals(TAGS.NumberOfFrames)[0] ?? 1), 1),
  };
};
