/** Brings the server's pictures to Cornerstone: grey values and spacing, and nothing else of the file. */

import { cache, imageLoader, metaData, type Types, utilities } from "@cornerstonejs/core";
import type { Picture } from "../../../src/contract/pictures.ts";
import { get, getBytes } from "../api/client.ts";
import { greyRange, wholePicture } from "./view.ts";

const scheme = "osteon";

/** The address on the server of a radiograph, such as `/api/queries/7`, as Cornerstone names its image. */
export const imageIdOf = (address: string): string => `${scheme}:${address}`;

const pictures = new Map<string, Picture>();

/** Fetches a radiograph, or finds it among those fetched before. */
export const loadPicture = async (address: string): Promise<Picture> => {
  await imageLoader.loadAndCacheImage(imageIdOf(address));
  return pictures.get(imageIdOf(address))!;
};

/** To be called once, before any radiograph is loaded. */
export const registerPictureLoader = (): void => {
  cache.setMaxCacheSize(512 * 2 ** 20);
  imageLoader.registerImageLoader(scheme, (imageId) => ({ promise: fetchImage(imageId) }));
  metaData.addProvider(provideMetaData, 10);
};

const fetchImage = async (imageId: string): Promise<Types.IImage> => {
  const address = imageId.slice(scheme.length + 1);
  const [picture, bytes] = await Promise.all([get<Picture>(`${address}/picture`), getBytes(`${address}/pixels`)]);
  pictures.set(imageId, picture);
  return imageOf(imageId, picture, picture.bits === 8 ? new Uint8Array(bytes) : new Uint16Array(bytes));
};

const imageOf = (imageId: string, picture: Picture, samples: Uint8Array | Uint16Array): Types.IImage => {
  const { width, height, smallest, largest } = picture;
  const [row, column] = spacingOf(picture);
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
  const picture = typeof imageId === "string" ? pictures.get(imageId) : undefined;
  if (!picture) return undefined;
  const { width, height, bits, inverted } = picture;
  const [row, column] = spacingOf(picture);
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
    return {
      rows: height,
      columns: width,
      frameOfReferenceUID: imageId,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [0, 0, 0],
      pixelSpacing: [row, column],
      rowPixelSpacing: row,
      columnPixelSpacing: column,
    };
  }
  if (type === "voiLutModule") {
    const { lower, upper } = greyRange(wholePicture, picture);
    return { windowCenter: [(lower + upper) / 2], windowWidth: [upper - lower], voiLUTFunction: "LINEAR_EXACT" };
  }
  if (type === "generalSeriesModule") return { modality: "DX" };
  return undefined;
};
