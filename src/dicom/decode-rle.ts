/** RLE Lossless (DICOM PS3.5 annex G): byte planes, most significant first, each packed by PackBits. */
import { Unreadable } from "../imaging/unreadable.ts";
import type { PixelDescription } from "./pixel-description.ts";

const HEADER_LENGTH = 64;

/** Unpacks one segment into every `step`-th byte of `target`, from `first` on, `count` bytes. */
const unpack = (
  segment: Uint8Array,
  target: Uint8Array,
  plane: { first: number; step: number; count: number },
): void => {
  const { first, step, count } = plane;
  const end = first + count * step;
  let read = 0;
  let at = first;
  while (at < end) {
    if (read >= segment.length) throw new Unreadable("truncated", "An RLE segment ends before its picture is full.");
    const control = segment[read++]!;
    if (control === 128) continue;
    const length = control < 128 ? control + 1 : 257 - control;
    const available = control < 128 ? segment.length - read >= length : read < segment.length;
    if (!available) throw new Unreadable("truncated", "An RLE segment ends inside a run.");
    const stop = at + length * step;
    if (stop > end) throw new Unreadable("corrupt", "An RLE segment holds more than its picture.");
    if (control < 128) for (; at < stop; at += step) target[at] = segment[read++]!;
    else {
      const value = segment[read++]!;
      for (; at < stop; at += step) target[at] = value;
    }
  }
};

/**
 * Decodes an RLE frame to interleaved little-endian samples of `BitsAllocated` bits.
 *
 * @throws Unreadable `truncated` or `corrupt` where the segments do not hold exactly the declared picture
 * @example
 * decodeRle(frame, readPixelDescription(dataSet)).length; // Rows * Columns * 2
 */
export const decodeRle = (frame: Uint8Array, pixels: PixelDescription): Uint8Array => {
  const { Rows, Columns, SamplesPerPixel, BitsAllocated } = pixels;
  const sampleBytes = BitsAllocated >> 3;
  if (frame.length < HEADER_LENGTH) throw new Unreadable("truncated", "The RLE header is cut short.");
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const segments = view.getUint32(0, true);
  if (sampleBytes === 0 || segments !== SamplesPerPixel * sampleBytes) {
    throw new Unreadable("corrupt", `The RLE frame has ${segments} segments for ${SamplesPerPixel} samples.`);
  }
  const count = Rows * Columns;
  const step = SamplesPerPixel * sampleBytes;
  const target = new Uint8Array(count * step);
  for (let s = 0; s < segments; s++) {
    const start = view.getUint32(4 + 4 * s, true);
    const end = s + 1 < segments ? view.getUint32(8 + 4 * s, true) : frame.length;
    if (start < HEADER_LENGTH || end < start) throw new Unreadable("corrupt", "The RLE offsets are out of order.");
    if (end > frame.length) throw new Unreadable("truncated", "The RLE frame ends before its last segment.");
    const sample = Math.floor(s / sampleBytes);
    const byte = sampleBytes - 1 - (s % sampleBytes); // segments come most significant byte first
    unpack(frame.subarray(start, end), target, { first: sample * sampleBytes + byte, step, count });
  }
  return target;
};
