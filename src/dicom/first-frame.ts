/** The coded bytes of the first frame of encapsulated pixel data (PS3.5 A.4), which may be cut into fragments. */
import { Unreadable } from "../imaging/unreadable.ts";
import type { ByteRange, DataElement, DataSet } from "./data-set.ts";
import { TAGS } from "./tags.ts";

/** Whether a fragment ends with the end marker FFD9 of JPEG, JPEG-LS and JPEG 2000, but for padding. */
const endsWithEndMarker = (bytes: Uint8Array): boolean => {
  let last = bytes.length - 1;
  while (last > 0 && (bytes[last] === 0 || (bytes[last] === 0xff && bytes[last - 1] !== 0xff))) last--;
  return last > 0 && bytes[last] === 0xd9 && bytes[last - 1] === 0xff;
};

/** Where the second frame begins, in bytes from the first fragment's item header; undefined where no table says so. */
const secondFrameOffset = (dataSet: DataSet, offsetTable: ByteRange): number | undefined => {
  const view = new DataView(dataSet.bytes.buffer, dataSet.bytes.byteOffset, dataSet.bytes.byteLength);
  if (offsetTable.length >= 8) return view.getUint32(offsetTable.offset + 4, true);
  const extended = dataSet.elements.get(TAGS.ExtendedOffsetTable);
  if (extended && extended.length >= 16) return Number(view.getBigUint64(extended.offset + 8, true));
  return undefined;
};

/** How many fragments the first frame has. */
const firstFrameFragments = (
  dataSet: DataSet,
  [offsetTable, ...fragments]: readonly ByteRange[],
  frames: number,
): number => {
  if (frames === 1 || offsetTable === undefined) return fragments.length;
  const next = secondFrameOffset(dataSet, offsetTable);
  const base = fragments[0]!.offset;
  const byTable = next === undefined ? -1 : fragments.findIndex(({ offset }) => offset - base === next);
  if (byTable > 0) return byTable;
  if (fragments.length === frames) return 1;
  const byMarker = fragments.findIndex(({ offset, length }) =>
    endsWithEndMarker(dataSet.bytes.subarray(offset, offset + length)),
  );
  return byMarker + 1 || fragments.length;
};

/**
 * The bytes of the first frame, its fragments joined.
 *
 * @param element the PixelData element, encapsulated
 * @throws Unreadable `no-pixel-data` without fragments, `truncated` where an extended offset table declares more bytes
 * @example
 * const jpeg = firstEncapsulatedFrame(dataSet, dataSet.elements.get(TAGS.PixelData), 1);
 */
export const firstEncapsulatedFrame = (dataSet: DataSet, element: DataElement, frames: number): Uint8Array => {
  const items = element.fragments ?? [];
  if (items.length < 2) throw new Unreadable("no-pixel-data", "The pixel data element is empty.");
  const own = items.slice(1, 1 + firstFrameFragments(dataSet, items, frames));
  const parts = own.map(({ offset, length }) => dataSet.bytes.subarray(offset, offset + length));
  const frame = parts.length === 1 ? parts[0]! : new Uint8Array(Buffer.concat(parts));
  const lengths = dataSet.value(TAGS.ExtendedOffsetTableLengths);
  if (!lengths || lengths.length < 8) return frame;
  const declared = Number(new DataView(lengths.buffer, lengths.byteOffset).getBigUint64(0, true));
  if (declared > frame.length) {
    throw new Unreadable("truncated", "The first frame is shorter than the extended offset table declares.");
  }
  return frame.subarray(0, declared || frame.length);
};
