/**
 * JPEG-LS (ITU-T T.87) of one component by the CharLS of @cornerstonejs/codec-charls, in WebAssembly: it takes about 60 % of
 * the time of the CharLS in dcmjs-codecs. The package has no types; what is used of it is stated here.
 */
import { createRequire } from "node:module";
import type { CodedFrame } from "./native-codecs.ts";
import { Unreadable } from "./unreadable.ts";

interface JpegLsDecoder {
  /** Memory of the module for the codestream, of `length` bytes. */
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  /** The samples in the module's memory, until {@link delete}. */
  getDecodedBuffer(): ArrayBufferView;
  delete(): void;
}

interface CharLs {
  readonly JpegLSDecoder: new () => JpegLsDecoder;
}

let started: Promise<CharLs> | undefined;

const start = (): Promise<CharLs> => {
  const require = createRequire(import.meta.url);
  const load: (options: {
    readonly print: () => void;
    readonly printErr: () => void;
  }) => Promise<CharLs> = require("@cornerstonejs/codec-charls/decodewasmjs");
  return load({ print: () => {}, printErr: () => {} });
};

/**
 * Decodes a frame of one component to little-endian samples of 8 bits, or of 16 where the precision is above 8.
 *
 * @throws Unreadable `corrupt` where the decoder fails or returns another size
 * @example
 * await decodeCharLs(bytes, { width: 512, height: 512, components: 1, precision: 12, signed: false });
 */
export const decodeCharLs = async (encoded: Uint8Array, frame: CodedFrame): Promise<Uint8Array> => {
  started ??= start();
  const { JpegLSDecoder } = await started;
  let decoded: Uint8Array;
  try {
    const decoder = new JpegLSDecoder();
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    decoder.decode();
    const { buffer, byteOffset, byteLength } = decoder.getDecodedBuffer();
    decoded = new Uint8Array(buffer, byteOffset, byteLength).slice();
    decoder.delete();
  } catch (error) {
    started = undefined; // a module that threw has left its stack and heap as they were
    throw new Unreadable("corrupt", "The compressed picture cannot be decoded.", error);
  }
  if (decoded.length !== frame.width * frame.height * frame.components * (frame.precision <= 8 ? 1 : 2)) {
    throw new Unreadable("corrupt", "The compressed picture has another size than it declares.");
  }
  return decoded;
};
