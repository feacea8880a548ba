/** Brings the server's pictures to Cornerstone: grey values and spacing, and nothing else of the file. */

import { cache, imageLoader, metaData, type Types, utilities } from "@cornerstonejs/core";
import type { Picture } from "../../../src/contract/pictures.ts";
import { get, getBytes } from "../api/client.ts";
import { type Extent, halfOf, halveSamples, type Samples } from "./halve-samples.ts";
import { greyRange, wholePicture } from "./view.ts";

const scheme = "osteon";

/** A radiograph by its address on the server, such as `/api/queries/7`, halved some times, as Cornerstone names its image. */
export const imageIdOf = (address: string, halvings = 0): string => `${scheme}:${halvings}:${address}`;

/** What Cornerstone shows: a picture and how often it was halved. */
interface Known {
  readonly picture: Picture;
  readonly halvings: number;
}

const known = new Map<string, Known>();

/** Fetches a radiograph, or finds it among those fetched before. */
export const loadPicture = async (address: string): Promise<Picture> => {
  await loadImage(imageIdOf(address));
  return known.get(imageIdOf(address))!.picture;
};

export const loadImage = (imageId: string): Promise<Types.IImage> => imageLoader.loadAndCacheImage(imageId);

/** To be called once, before any radiograph is loaded. */
export const registerPictureLoader = (): void => {
  cache.setMaxCacheSize(512 * 2 ** 20);
  imageLoader.registerImageLoader(scheme, (imageId) => ({ promise: makeImage(imageId) }));
  metaData.addProvider(provideMetaData, 10);
};

const makeImage = async (imageId: string): Promise<Types.IImage> => {
  const [, count, address] = /^\w+:(\d+):(.*)$/.exec(imageId)!;
  const halvings = Number(count);
  if (halvings === 0) return fetchImage(imageId, address!);
  const larger = imageIdOf(address!, halvings - 1);
  const image = await loadImage(larger);
  const picture = known.get(larger)!.picture;
  known.set(imageId, { picture, halvings });
  return imageOf(imageId, { picture, halvings }, halveSamples(image.getPixelData() as Samples, image));
};

const fetchImage = async (imageId: string, address: string): Promise<Types.IImage> => {
  const [picture, bytes] = await Promise.all([get<Picture>(`${address}/picture`), getBytes(`${address}/pixels`)]);
  known.set(imageId, { picture, halvings: 0 });
  const samples = picture.bits === 8 ? new Uint8Array(bytes) : new Uint16Array(bytes);
  return imageOf(imageId, { picture, halvings: 0 }, samples);
};

/** Pixels of an image and their spacing. */
const gridOf = ({ picture, halvings }: Known): Extent & { row: number; column: number } => {
  let extent: Extent = picture;
  for (let i = 0; i < halvings; i += 1) extent = halfOf(extent);
  const [row, column] = spacingOf(picture);
  return { width: extent.width, height: extent.height, row: row * 2 ** halvings, column: column * 2 ** halvings };
};

const imageOf = (imageId: string, shown: Known, samples: Samples): Types.IImage => {
  const { picture } = shown;
  const { smallest, largest } = picture;
  const { width, height, row, column } = gridOf(shown);
  const { lower, upper } = greyRange(wholePicture, picture);
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    width,
    height,
    numberOfComponents: 1,
    scalarData: samples,
  });
  return {
    imageId,
    width,
    height,
    columns: width,
    rows: height,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    dataType: picture.bits === 8 ? "Uint8Array" : "Uint16Array",
    minPixelValue: smallest,
    maxPixelValue: largest,
    slope: 1,
    intercept: 0,
    windowCenter: (lower + upper) / 2,
    windowWidth: upper - lower,
    voiLUTFunction: "LINEAR_EXACT" as Types.IImage["voiLUTFunction"],
    invert: picture.inverted,
    rowPixelSpacing: row,
    columnPixelSpacing: column,
    sizeInBytes: samples.byteLength,
    voxelManager,
    getPixelData: () => samples,
    getCanvas: () => {
      throw new Error("A radiograph has no canvas of its own.");
    },
  };
};

/** Millimetres where they are known, else pixels. */
export const spacingOf = ({ pixelSpacingMm }: Picture): readonly [row: number, column: number] =>
  pixelSpacingMm ?? [1, 1];

const provideMetaData = (type: string, imageId: unknown): unknown => {
  const shown = typeof imageId === "string" ? known.get(imageId) : undefined;
  if (!shown) return undefined;
  const { bits, inverted } = shown.picture;
  const { width, height, row, column } = gridOf(shown);
  if (type === "imagePixelModule") {
    return {
      rows: height,
      columns: width,
      samplesPerPixel: 1,
      photometricInterpretation: inverted ? "MONOCHROME1" : "MONOCHROME2",
      bitsAllocated: bits,
      bitsStored: bits,
      highBit: bits - 1,
      pixelRepresentation: 0,
    };
  }
  if (type === "imagePlaneModule") {
    const [fullRow, fullColumn] = spacingOf(shown.picture);
    return {
      rows: height,
      columns: width,
      frameOfReferenceUID: imageId,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [(column - fullColumn) / 2, (row - fullRow) / 2, 0], // the middle of the first pixel
      pixelSpacing: [row, column],
      rowPixelSpacing: row,
      columnPixelSpacing: column,
    };
  }
  if (type === "generalSeriesModule") return { modality: "DX" };
  return undefined;
};
