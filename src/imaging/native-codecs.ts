/**
 * The decoders of dcmjs-codecs (libjpeg, CharLS, OpenJPEG, OpenJPH and libjxl in WebAssembly), called one by one: its
 * Transcoder refuses JPEG Extended and JPEG Lossless process 14. Their warnings are collected, because a decoder that
 * warns of damage still returns a full frame.
 */
import codecs from "dcmjs-codecs";
import { Unreadable } from "./unreadable.ts";

const { Context, log, NativeCodecs } = codecs;

/** The decoders, by what they decode. */
export type NativeDecoder = "Jpeg" | "JpegLs" | "Jpeg2000" | "HtJpeg2000" | "JpegXl";

/** The picture that a codestream declares, checked before the decoder allocates for it. */
export interface CodedFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly signed: boolean;
}

/** What libjpeg and OpenJPEG say when they go on with damaged data. */
const DAMAGE = /corrupt|premature|truncated|bogus|inconsistent progression|OpjMessageCallbackWarning/i;
/** A warning of OpenJPEG about a miscounted tile-part, after which nothing is missing. */
const HARMLESS = /Non conformant codestream TPsot==TNsot/;

let messages: string[] = [];

const start = async (): Promise<void> => {
  if (NativeCodecs.isInitialized()) return;
  log.methodFactory = () => (message: unknown) => messages.push(String(message));
  log.setLevel("info", false);
  await NativeCodecs.initializeAsync({ logCodecsInfo: true });
};

/**
 * Decodes one frame to interleaved little-endian samples of 8 bits, or of 16 where the precision is above 8.
 *
 * @throws Unreadable `corrupt` where the decoder fails, warns of damage or returns another size
 * @example
 * await decodeNatively("Jpeg", bytes, { width: 512, height: 512, components: 1, precision: 12, signed: false });
 */
export const decodeNatively = async (
  decoder: NativeDecoder,
  encoded: Uint8Array,
  frame: CodedFrame,
): Promise<Uint8Array> => {
  await start();
  const bitsAllocated = frame.precision <= 8 ? 8 : 16;
  const context = new Context({
    width: frame.width,
    height: frame.height,
    bitsAllocated,
    bitsStored: frame.precision,
    samplesPerPixel: frame.components,
    pixelRepresentation: frame.signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: frame.components === 1 ? "MONOCHROME2" : "RGB",
    encodedBuffer: encoded,
  });
  messages = [];
  let decoded: Uint8Array | undefined;
  try {
    // convertColorspaceToRgb stays off: libjpeg guesses the colour space, DICOM states it.
    decoded = NativeCodecs[`decode${decoder}`](context, {}).getDecodedBuffer();
  } catch (error) {
    NativeCodecs.release(); // a module that threw has left its stack and heap as they were
    throw new Unreadable("corrupt", "The compressed picture cannot be decoded.", error);
  }
  if (messages.some((message) => DAMAGE.test(message) && !HARMLESS.test(message))) {
    throw new Unreadable("corrupt", "The decoder found damage in the compressed picture.");
  }
  const expected = frame.width * frame.height * frame.components * (bitsAllocated >> 3);
  if (decoded === undefined || decoded.length !== expected) {
    throw new Unreadable("corrupt", "The compressed picture has another size than it declares.");
  }
  return decoded;
};
