/** The first frame of a DICOM image as stored samples, whatever its transfer syntax (PS3.5 section 8 and annex A). */
import { decodeCharLs } from "../imaging/char-ls.ts";
import { readJpegStructure } from "../imaging/jpeg-structure.ts";
import { type CodedFrame, decodeNatively } from "../imaging/native-codecs.ts";
import type { Samples, SampleValues } from "../imaging/samples.ts";
import { Unreadable } from "../imaging/unreadable.ts";
import type { DataElement, DataSet } from "./data-set.ts";
import { decodeRle } from "./decode-rle.ts";
import { firstEncapsulatedFrame } from "./first-frame.ts";
import { readJpeg2000Structure } from "./jpeg-2000-structure.ts";
import { type PixelDescription, readPixelDescription } from "./pixel-description.ts";
import { TAGS } from "./tags.ts";
import type { TransferSyntax } from "./transfer-syntaxes.ts";

/** How the colours of a decoded frame are to be read. */
export type ColourModel = "grey" | "palette" | "rgb" | "ybr";

/** A decoded frame. */
export interface StoredFrame {
  readonly samples: Samples;
  readonly colourModel: ColourModel;
  readonly pixels: PixelDescription;
}

/** Interleaved little-endian samples in containers of 1, 8, 12, 16 or 32 bits. */
interface RawFrame {
  readonly bytes: Uint8Array;
  readonly containerBits: number;
  /** Bits of a sample in the codestream; absent where the words are as stored. */
  readonly precision?: number;
  readonly colourModel: ColourModel;
}

const declaredModel = ({ PhotometricInterpretation, SamplesPerPixel }: PixelDescription): ColourModel => {
  if (PhotometricInterpretation === "PALETTE COLOR") return "palette";
  if (SamplesPerPixel === 1) return "grey";
  return PhotometricInterpretation.startsWith("YBR_FULL") ? "ybr" : "rgb";
};

/** Refuses a codestream whose size differs from the attributes: decoders trust one or the other. */
const checkAgainst = (coded: CodedFrame, pixels: PixelDescription): void => {
  if (coded.width !== pixels.Columns || coded.height !== pixels.Rows || coded.components !== pixels.SamplesPerPixel) {
    throw new Unreadable(
      "corrupt",
      `The compressed picture is ${coded.width} by ${coded.height} with ${coded.components} samples a pixel, ` +
        `the attributes say ${pixels.Columns} by ${pixels.Rows} with ${pixels.SamplesPerPixel}.`,
    );
  }
  if (coded.precision < 1 || coded.precision > 16) {
    throw new Unreadable("unsupported-pixels", `Compressed samples of ${coded.precision} bits are not supported.`);
  }
};

const codedBits = ({ precision }: CodedFrame): { containerBits: number; precision: number } => ({
  containerBits: precision <= 8 ? 8 : 16,
  precision,
});

const decodeJpeg = async (frame: Uint8Array, pixels: PixelDescription): Promise<RawFrame> => {
  const structure = readJpegStructure(frame);
  const coded = { ...structure, signed: pixels.signed };
  checkAgainst(coded, pixels);
  const bytes = await decodeNatively("Jpeg", frame, coded);
  // Files exist that say RGB over a stream that says YCbCr; the stream was written by the encoder.
  const model = declaredModel(pixels);
  const lossy = structure.process !== 0xc3;
  return {
    bytes,
    ...codedBits(coded),
    colourModel: model === "rgb" && lossy && structure.colours === "ybr" ? "ybr" : model,
  };
};

const decodeJpegLs = async (frame: Uint8Array, pixels: PixelDescription): Promise<RawFrame> => {
  const coded = { ...readJpegStructure(frame), signed: pixels.signed };
  checkAgainst(coded, pixels);
  const isGrey = coded.components === 1; // what several components come out as differs by interleaving
  const bytes = isGrey ? await decodeCharLs(frame, coded) : await decodeNatively("JpegLs", frame, coded);
  return { bytes, ...codedBits(coded), colourModel: declaredModel(pixels) };
};

const decodeJpeg2000 = async (
  decoder: "Jpeg2000" | "HtJpeg2000",
  frame: Uint8Array,
  pixels: PixelDescription,
): Promise<RawFrame> => {
  const coded = readJpeg2000Structure(frame);
  checkAgainst(coded, pixels);
  if (!coded.uniform || (coded.components > 1 && coded.precision > 8)) {
    throw new Unreadable(
      "unsupported-pixels",
      "JPEG 2000 in subsampled colour or colour of above 8 bits is not supported.",
    );
  }
  const bytes = await decodeNatively(decoder, frame.subarray(coded.start, coded.end), coded);
  const model = declaredModel(pixels);
  return {
    bytes,
    ...codedBits(coded),
    colourModel: model === "ybr" && coded.colourTransform ? "rgb" : model,
  };
};

const decodeJpegXl = async (frame: Uint8Array, pixels: PixelDescription): Promise<RawFrame> => {
  const coded = {
    width: pixels.Columns,
    height: pixels.Rows,
    components: pixels.SamplesPerPixel,
    precision: pixels.BitsStored,
    signed: pixels.signed,
  };
  checkAgainst(coded, pixels);
  const bytes = await decodeNatively("JpegXl", frame, coded);
  const { containerBits } = codedBits(coded);
  // The attributes stood in for the stream above, so what its samples are is only bounded by their container.
  return { bytes, containerBits, precision: containerBits, colourModel: pixels.SamplesPerPixel === 3 ? "rgb" : "grey" };
};

/** Bytes of the first frame, uncompressed, in little-endian order. */
const nativeFrame = (dataSet: DataSet, element: DataElement, pixels: PixelDescription): RawFrame => {
  const { Rows, Columns, SamplesPerPixel, BitsAllocated } = pixels;
  // YBR_FULL_422 shares its chroma between two neighbours: two samples a pixel (PS3.3 C.7.6.3.1.2).
  const shared = pixels.PhotometricInterpretation === "YBR_FULL_422";
  const samples = Rows * Columns * (shared ? 2 : SamplesPerPixel);
  const length = Math.ceil((samples * BitsAllocated) / 8);
  if (element.length < length) {
    throw new Unreadable("truncated", `The pixel data has ${element.length} bytes where the picture needs ${length}.`);
  }
  const { littleEndian } = dataSet.coding;
  // Swapping in units of OW moves the last byte of an odd number of bytes behind its padding.
  const wanted = littleEndian ? length : Math.min(length + (length & 1), element.length);
  const stored = dataSet.bytes.subarray(element.offset, element.offset + wanted);
  const wordLength = BitsAllocated === 32 ? 4 : element.vr === "OB" && BitsAllocated <= 8 ? 1 : 2;
  const bytes = littleEndian || wordLength === 1 ? stored : swapBytes(stored, wordLength);
  const raw = { bytes: bytes.subarray(0, length), containerBits: BitsAllocated, colourModel: declaredModel(pixels) };
  return shared ? { ...raw, bytes: spreadChroma(raw.bytes, pixels) } : raw;
};

const swapBytes = (bytes: Uint8Array, wordLength: number): Uint8Array => {
  const swapped = bytes.slice();
  for (let i = 0; i + wordLength <= swapped.length; i += wordLength) swapped.subarray(i, i + wordLength).reverse();
  return swapped;
};

/** Y1 Y2 Cb Cr to Y1 Cb Cr Y2 Cb Cr. */
const spreadChroma = (bytes: Uint8Array, { Rows, Columns, BitsAllocated }: PixelDescription): Uint8Array => {
  if (BitsAllocated !== 8 || Columns % 2 !== 0) {
    throw new Unreadable("unsupported-pixels", "Subsampled colour is supported with 8 bits and an even width only.");
  }
  const full = new Uint8Array(Rows * Columns * 3);
  for (let from = 0, to = 0; from < bytes.length; from += 4, to += 6) {
    full[to] = bytes[from]!;
    full[to + 3] = bytes[from + 1]!;
    full[to + 1] = full[to + 4] = bytes[from + 2]!;
    full[to + 2] = full[to + 5] = bytes[from + 3]!;
  }
  return full;
};

/** Containers of 8, 16 or 32 bits as numbers; 1 and 12 bits are unpacked first, least significant bit first. */
const containers = (
  { bytes, containerBits: bits }: RawFrame,
  count: number,
): Uint8Array | Uint16Array | Uint32Array => {
  if (bits === 8) return bytes;
  if (bits === 1) return Uint8Array.from({ length: count }, (_, i) => (bytes[i >> 3]! >> (i & 7)) & 1);
  if (bits === 12) {
    return Uint16Array.from({ length: count }, (_, i) => {
      const at = (i >> 1) * 3 + (i & 1);
      const pair = bytes[at]! | (bytes[at + 1]! << 8);
      return i & 1 ? pair >> 4 : pair & 0xfff;
    });
  }
  const aligned = bytes.byteOffset % (bits >> 3) === 0 ? bytes : bytes.slice();
  return bits === 16
    ? new Uint16Array(aligned.buffer, aligned.byteOffset, count)
    : new Uint32Array(aligned.buffer, aligned.byteOffset, count);
};

/** How far lossy coding may overshoot white or black, of the whole range: the ringing of a step is 9 % of it (Gibbs). */
const LARGEST_OVERSHOOT = 1 / 8;

/** Every bit that is set in any of the words; four at once, because this is done to every pixel. */
const bitsSetIn = (words: Int32Array): number => {
  const fours = words.length & ~3;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < fours; i += 4) {
    a |= words[i]!;
    b |= words[i + 1]!;
    c |= words[i + 2]!;
    d |= words[i + 3]!;
  }
  for (let i = fours; i < words.length; i++) a |= words[i]!;
  return a | b | c | d;
};

/** Whether any value has a bit above `mask`, which is a power of two less 1. */
const holdsAbove = (values: Uint8Array | Uint16Array | Uint32Array, mask: number): boolean => {
  const { buffer, byteOffset, length, BYTES_PER_ELEMENT: size } = values;
  const before = (byteOffset >> 1) & 1; // 16-bit values are read two at once, from where pairs of them are aligned
  const pairs = size === 2 ? (length - before) >> 1 : 0;
  const both = pairs > 0 ? bitsSetIn(new Int32Array(buffer, byteOffset + 2 * before, pairs)) : 0;
  let bits = (both >>> 16) | (both & 0xffff);
  if (pairs > 0 && before === 1) bits |= values[0]!;
  for (let i = pairs > 0 ? before + 2 * pairs : 0; i < length; i++) bits |= values[i]!;
  return (bits & ~mask) !== 0;
};

/**
 * Samples of a codestream whose precision is above `BitsStored`, which masked would wrap from white to black: those that
 * lossy coding overshot are set to the nearest that fits.
 *
 * @throws Unreadable `corrupt` where a sample fits no better than that
 */
const fitBits = (
  values: Uint8Array | Uint16Array | Uint32Array,
  pixels: PixelDescription,
  { precision, lossy }: { precision: number; lossy: boolean },
): typeof values => {
  const { BitsStored: bits, signed } = pixels;
  const range = 2 ** bits;
  const [least, most] = signed ? [-range / 2, range / 2 - 1] : [0, range - 1];
  const overshoot = lossy ? range * LARGEST_OVERSHOOT : 0;
  if (!holdsAbove(values, range - 1)) return values;
  return values.map((coded) => {
    if (coded < range) return coded;
    const value = signed && coded >= 2 ** (precision - 1) ? coded | -(2 ** precision) : coded;
    if (value < least - overshoot || value > most + overshoot) {
      throw new Unreadable(
        "corrupt",
        `The compressed picture holds the value ${value}, the attributes say ${bits} ${signed ? "signed " : ""}bits.`,
      );
    }
    return Math.min(Math.max(value, least), most);
  });
};

/**
 * The `BitsStored` bits up to `HighBit` of each container, sign-extended where signed. What lies above (overlays, PS3.5
 * section 8.1.1) is masked out.
 */
const storedValues = (raw: RawFrame, pixels: PixelDescription, { coding, lossy }: TransferSyntax): SampleValues => {
  const { Rows, Columns, SamplesPerPixel, signed, BitsStored } = pixels;
  const { precision = 0 } = raw;
  const held = containers(raw, Rows * Columns * SamplesPerPixel);
  const values = precision > BitsStored ? fitBits(held, pixels, { precision, lossy }) : held;
  // A decoder returns whole samples; only stored words can hold them shifted.
  const shift = coding === "native" ? pixels.HighBit + 1 - BitsStored : 0;
  const bits = Math.min(BitsStored, raw.containerBits);
  if (bits === 32) return signed ? new Int32Array(values.buffer, values.byteOffset, values.length) : values;
  const mask = 2 ** bits - 1;
  const whole = shift === 0 && bits === raw.containerBits;
  if (!signed) {
    const areFitted = precision > BitsStored;
    if (whole || areFitted || (shift === 0 && !holdsAbove(values, mask))) return values;
    const masked = values.slice();
    for (let i = 0; i < masked.length; i++) masked[i] = (masked[i]! >>> shift) & mask;
    return masked;
  }
  const extend = 32 - bits;
  const target = bits <= 16 ? new Int16Array(values.length) : new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) target[i] = ((values[i]! >>> shift) << extend) >> extend;
  return target;
};

/** Moves planes of one colour each to interleaved pixels. */
const interleave = (values: SampleValues, channels: number): SampleValues => {
  const target = values.slice();
  const count = values.length / channels;
  for (let c = 0; c < channels; c++) for (let i = 0; i < count; i++) target[i * channels + c] = values[c * count + i]!;
  return target;
};

/** Compressed pixel data lies in fragments, and no other does (PS3.5 annex A.4): read the other way it is noise. */
const checkEncapsulation = ({ fragments }: DataElement, { coding, name }: TransferSyntax): void => {
  if ((coding === "native") === (fragments === undefined)) return;
  const found = fragments ? "in compressed fragments" : "uncompressed";
  throw new Unreadable("corrupt", `The pixel data is ${found}, which the transfer syntax ${name} does not allow.`);
};

const rawFrame = async (dataSet: DataSet, pixels: PixelDescription, syntax: TransferSyntax): Promise<RawFrame> => {
  const element = dataSet.elements.get(TAGS.PixelData)!;
  checkEncapsulation(element, syntax);
  if (syntax.coding === "native") return nativeFrame(dataSet, element, pixels);
  const frame = firstEncapsulatedFrame(dataSet, element, pixels.NumberOfFrames);
  switch (syntax.coding) {
    case "rle":
      return {
        bytes: decodeRle(frame, pixels),
        containerBits: pixels.BitsAllocated,
        colourModel: declaredModel(pixels),
      };
    case "jpeg":
      return decodeJpeg(frame, pixels);
    case "jpeg-ls":
      return decodeJpegLs(frame, pixels);
    case "jpeg-2000":
      return decodeJpeg2000("Jpeg2000", frame, pixels);
    case "ht-jpeg-2000":
      return decodeJpeg2000("HtJpeg2000", frame, pixels);
    case "jpeg-xl":
      return decodeJpegXl(frame, pixels);
  }
};

/**
 * Decodes the first frame of an image that has a PixelData element.
 *
 * @returns samples as stored, `Rows * Columns * SamplesPerPixel`, interleaved, masked and sign-extended
 * @throws Unreadable for whatever is wrong with the pixels
 * @example
 * const { samples } = await decodeFirstFrame(dataSet, transferSyntax);
 */
export const decodeFirstFrame = async (dataSet: DataSet, syntax: TransferSyntax): Promise<StoredFrame> => {
  const pixels = readPixelDescription(dataSet);
  const raw = await rawFrame(dataSet, pixels, syntax);
  const stored = storedValues(raw, pixels, syntax);
  const values = pixels.planar && syntax.coding === "native" ? interleave(stored, pixels.SamplesPerPixel) : stored;
  return {
    samples: { width: pixels.Columns, height: pixels.Rows, channels: pixels.SamplesPerPixel, values },
    colourModel: raw.colourModel,
    pixels,
  };
};
