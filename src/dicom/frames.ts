/** The frames of an image one by one, each as a data set of a single frame that the decoder of first frames reads (PS3.5 A.4). */
import { Unreadable } from "../imaging/unreadable.ts";
import { type ByteRange, type DataElement, DataSet } from "./data-set.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { TAGS } from "./tags.ts";

const endsWithEndMarker = (bytes: Uint8Array): boolean => {
  let last = bytes.length - 1;
  while (last > 0 && bytes[last] === 0) last--;
  return last > 0 && bytes[last] === 0xd9 && bytes[last - 1] === 0xff;
};

/** Bytes of one uncompressed frame. */
export const frameBytes = (pixels: PixelDescription): number => {
  const { Rows, Columns, SamplesPerPixel, BitsAllocated, PhotometricInterpretation } = pixels;
  const samples = Rows * Columns * (PhotometricInterpretation === "YBR_FULL_422" ? 2 : SamplesPerPixel);
  return Math.ceil((samples * BitsAllocated) / 8);
};

/** Where each frame's first fragment is, by an offset table; undefined where there is none that fits. */
const startsByTable = (dataSet: DataSet, items: readonly ByteRange[], frames: number): number[] | undefined => {
  const view = new DataView(dataSet.bytes.buffer, dataSet.bytes.byteOffset, dataSet.bytes.byteLength);
  const [table, ...fragments] = items;
  const extended = dataSet.elements.get(TAGS.ExtendedOffsetTable);
  let offsets: number[];
  if (table!.length === 4 * frames) {
    offsets = Array.from({ length: frames }, (_, i) => view.getUint32(table!.offset + 4 * i, true));
  } else if (extended?.length === 8 * frames) {
    offsets = Array.from({ length: frames }, (_, i) => Number(view.getBigUint64(extended.offset + 8 * i, true)));
  } else return undefined;
  const base = fragments[0]!.offset;
  const starts = offsets.map((offset) => fragments.findIndex((fragment) => fragment.offset - base === offset));
  const isOrdered = starts[0] === 0 && starts.every((start, i) => i === 0 || start > starts[i - 1]!);
  return isOrdered ? starts : undefined;
};

/** The fragments of each frame. */
const fragmentsOfFrames = (dataSet: DataSet, items: readonly ByteRange[], frames: number): ByteRange[][] => {
  const fragments = items.slice(1);
  if (fragments.length === 0) throw new Unreadable("no-pixel-data", "The pixel data element is empty.");
  if (frames === 1) return [fragments];
  const starts = startsByTable(dataSet, items, frames);
  if (starts) return starts.map((start, i) => fragments.slice(start, starts[i + 1] ?? fragments.length));
  if (fragments.length === frames) return fragments.map((fragment) => [fragment]);
  const groups: ByteRange[][] = [[]];
  for (const fragment of fragments) {
    groups.at(-1)!.push(fragment);
    const { offset, length } = fragment;
    if (endsWithEndMarker(dataSet.bytes.subarray(offset, offset + length))) groups.push([]);
  }
  if (groups.at(-1)!.length === 0) groups.pop();
  if (groups.length === frames) return groups;
  throw new Unreadable("corrupt", `The fragments of ${frames} frames cannot be told apart.`);
};

const ofOneFrame = (dataSet: DataSet, element: DataElement): DataSet => {
  const elements = new Map(dataSet.elements);
  for (const tag of [TAGS.NumberOfFrames, TAGS.ExtendedOffsetTable, TAGS.ExtendedOffsetTableLengths])
    elements.delete(tag);
  elements.set(TAGS.PixelData, element);
  return new DataSet(dataSet.bytes, dataSet.coding, elements);
};

/**
 * The frames of an image in their order.
 *
 * @throws Unreadable `no-pixel-data`, `truncated` where frames are missing, `corrupt` where they cannot be told apart
 * @example
 * for (const frame of framesOf(dataSet, readPixelDescription(dataSet))) await decodeFirstFrame(frame, transferSyntax);
 */
export const framesOf = (dataSet: DataSet, pixels: PixelDescription): DataSet[] => {
  const element = dataSet.elements.get(TAGS.PixelData);
  if (!element) throw new Unreadable("no-pixel-data", "The DICOM file has no pixel data.");
  const { NumberOfFrames: frames } = pixels;
  if (element.fragments) {
    const [table = { offset: 0, length: 0 }] = element.fragments;
    const noTable = { offset: table.offset, length: 0 };
    return fragmentsOfFrames(dataSet, element.fragments, frames).map((own) =>
      ofOneFrame(dataSet, { ...element, fragments: [noTable, ...own] }),
    );
  }
  const length = frameBytes(pixels);
  if (
    frames > 1 &&
    (pixels.Rows * pixels.Columns * pixels.SamplesPerPixel * pixels.BitsAllocated) % 16 !== 0 &&
    !dataSet.coding.littleEndian
  ) {
    throw new Unreadable("unsupported-pixels", "Frames of an odd number of bytes in big endian are not supported.");
  }
  if (length * frames > element.length) {
    throw new Unreadable(
      "truncated",
      `The pixel data has ${element.length} bytes where ${frames} frames need ${length * frames}.`,
    );
  }
  if (frames > 1 && pixels.BitsAllocated % 8 !== 0) {
    throw new Unreadable("unsupported-pixels", `Several frames of ${pixels.BitsAllocated} bits are not supported.`);
  }
  return Array.from({ length: frames }, (_, i) =>
    ofOneFrame(dataSet, { ...element, offset: element.offset + i * length, length }),
  );
};
