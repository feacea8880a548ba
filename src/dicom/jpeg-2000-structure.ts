/**
 * The marker structure of JPEG 2000 codestreams (ITU-T T.800 annex A; also High-Throughput, T.814). The decoder fills
 * damaged code-blocks and says nothing, so every declared length is followed to the end of the codestream first.
 */
import { Unreadable } from "../imaging/unreadable.ts";

/** What the SIZ and COD segments of a codestream declare. */
export interface Jpeg2000Structure {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits per sample of the first component. */
  readonly precision: number;
  readonly signed: boolean;
  /** All components have the same precision and none is subsampled. */
  readonly uniform: boolean;
  /** The decoder turns a multiple component transformation back into red, green and blue. */
  readonly colourTransform: boolean;
  /** Where the codestream begins and ends: a JP2 file has boxes around it. */
  readonly start: number;
  readonly end: number;
}

const SIZ = 0xff51;
const COD = 0xff52;
const SOT = 0xff90;
const SOD = 0xff93;
const EOC = 0xffd9;

const truncated = (): Unreadable => new Unreadable("truncated", "The JPEG 2000 codestream ends without an end marker.");
const corrupt = (): Unreadable => new Unreadable("corrupt", "The structure of the JPEG 2000 codestream is damaged.");

/** Where SOC and SIZ stand: at the start, or after the boxes of a JP2 file. */
const startOfCodestream = (bytes: Uint8Array): number => {
  const isStart = (i: number): boolean =>
    bytes[i] === 0xff && bytes[i + 1] === 0x4f && bytes[i + 2] === 0xff && bytes[i + 3] === 0x51;
  if (isStart(0)) return 0;
  const isJp2 = bytes[4] === 0x6a && bytes[5] === 0x50; // "jP"
  if (isJp2) for (let i = bytes.indexOf(0xff); i >= 0; i = bytes.indexOf(0xff, i + 1)) if (isStart(i)) return i;
  throw new Unreadable("corrupt", "The JPEG 2000 data does not begin with a codestream.");
};

/**
 * Walks the marker segments and tile-parts to the end of the codestream.
 *
 * @throws Unreadable `truncated` where the data ends first, `corrupt` where the structure is wrong
 * @example
 * readJpeg2000Structure(bytes).precision; // 12
 */
export const readJpeg2000Structure = (bytes: Uint8Array): Jpeg2000Structure => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const need = (end: number): void => {
    if (end > bytes.length) throw truncated();
  };
  const start = startOfCodestream(bytes);
  let size: Omit<Jpeg2000Structure, "colourTransform" | "start" | "end"> | undefined;
  let colourTransform = false;
  let tileParts = 0;
  let position = start + 2;
  for (;;) {
    need(position + 2);
    const marker = view.getUint16(position);
    if (marker === EOC) break;
    need(position + 4);
    const length = view.getUint16(position + 2);
    const next = position + 2 + length;
    if (marker < 0xff4f || length < 2) throw corrupt();
    need(next);
    if (marker === SIZ) size = readSize(view, position + 4, length - 2);
    if (marker === COD && length >= 12) colourTransform = view.getUint8(position + 8) === 1;
    if (marker === SOD) throw corrupt();
    if (marker !== SOT) {
      position = next;
      continue;
    }
    if (length !== 10) throw corrupt();
    const tilePartLength = view.getUint32(position + 6);
    tileParts++;
    if (tilePartLength === 0) {
      // Psot 0: this tile-part reaches to the end of the codestream, which then ends the data but for padding.
      let last = bytes.length;
      while (last > next && bytes[last - 1] === 0) last--;
      if (view.getUint16(last - 2) !== EOC) throw truncated();
      position = last - 2;
    } else {
      if (tilePartLength < 14) throw corrupt();
      position += tilePartLength;
    }
  }
  if (!size || tileParts === 0) throw corrupt();
  return { ...size, colourTransform, start, end: position + 2 };
};

const readSize = (
  view: DataView,
  at: number,
  length: number,
): Omit<Jpeg2000Structure, "colourTransform" | "start" | "end"> => {
  if (length < 36) throw corrupt();
  const components = view.getUint16(at + 34);
  if (components === 0 || length < 36 + 3 * components) throw corrupt();
  const depths = Array.from({ length: components }, (_, c) => view.getUint8(at + 36 + 3 * c));
  const subsampled = Array.from({ length: 2 * components }, (_, i) =>
    view.getUint8(at + 37 + 3 * (i >> 1) + (i & 1)),
  ).some((step) => step !== 1);
  return {
    width: view.getUint32(at + 2) - view.getUint32(at + 10),
    height: view.getUint32(at + 6) - view.getUint32(at + 14),
    components,
    precision: (depths[0]! & 0x7f) + 1,
    signed: (depths[0]! & 0x80) !== 0,
    uniform: !subsampled && depths.every((depth) => depth === depths[0]),
  };
};
