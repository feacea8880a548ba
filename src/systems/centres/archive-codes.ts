/** The codes of an archive by the common network: which radiograph has which, whole and of its marked lesion. */

import { createHash } from "node:crypto";
import { type ImageId, imageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { type BinaryCodes, codeOf } from "../../retrieval/binary-codes.ts";
import { type CentreView, type Fingerprints, views } from "./common-network.ts";

/** Codes of some radiographs, in the order of their positions. */
export interface CodedImages {
  readonly images: readonly ImageId[];
  readonly codes: BinaryCodes;
}

/** The archive's codes, and by what they were made. */
export interface ArchiveCodes {
  readonly fingerprints: Fingerprints;
  /** Null where the common network has no hashing of lesions, or no lesion is marked. */
  readonly of: Readonly<Record<CentreView, CodedImages | null>>;
}

const format = "osteon-archive-codes-1";

interface Header {
  readonly format: typeof format;
  readonly fingerprints: Fingerprints;
  readonly of: Readonly<Record<CentreView, { readonly bits: number; readonly images: readonly ImageId[] } | null>>;
  /** SHA-256 of what follows the header. */
  readonly digest: string;
}

/** The file's bytes: a line of JSON, then the words of the codes, view by view. */
export const encodeArchiveCodes = ({ fingerprints, of }: ArchiveCodes): Uint8Array => {
  const parts = views.flatMap((view) => (of[view] ? [Buffer.from(bytesOf(of[view].codes.values))] : []));
  const body = Buffer.concat(parts);
  const listed = (view: CentreView): Header["of"][CentreView] =>
    of[view] && { bits: of[view].codes.bits, images: of[view].images };
  const header: Header = {
    format,
    fingerprints,
    of: { "whole image": listed("whole image"), lesion: listed("lesion") },
    digest: createHash("sha256").update(body).digest("hex"),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
};

/** @throws OsteonError `corrupt-store` */
export const decodeArchiveCodes = (bytes: Uint8Array): ArchiveCodes => {
  try {
    const end = bytes.indexOf(0x0a);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Header;
    const body = new Uint8Array(bytes.subarray(end + 1)); // a copy begins on a whole word; a Buffer's `slice` would be none
    const digest = createHash("sha256").update(body).digest("hex");
    if (header.format === format && header.digest === digest) return readViews(header, body);
  } catch (cause) {
    throw damaged(cause);
  }
  throw damaged();
};

const readViews = ({ fingerprints, of }: Header, body: Uint8Array): ArchiveCodes => {
  let at = 0;
  const next = (view: CentreView): CodedImages | null => {
    const listed = of[view];
    if (!listed) return null;
    const { bits } = listed;
    const images = listed.images.map(imageId);
    const words = (images.length * bits) / 32;
    const values = new Uint32Array(body.buffer, body.byteOffset + at, words);
    at += words * 4;
    return { images, codes: { bits, count: images.length, values } };
  };
  return { fingerprints, of: { "whole image": next("whole image"), lesion: next("lesion") } };
};

/** The same codes with only their first bits. */
export const withBits = ({ images, codes }: CodedImages, bits: number): CodedImages => {
  if (bits === codes.bits) return { images, codes };
  const words = bits / 32;
  const values = new Uint32Array(codes.count * words);
  for (let i = 0; i < codes.count; i++) values.set(codeOf(codes, i).subarray(0, words), i * words);
  return { images, codes: { bits, count: codes.count, values } };
};

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const damaged = (cause?: unknown): OsteonError =>
  new OsteonError(
    "corrupt-store",
    "The archive's codes for other centres are damaged; make them anew with `osteon centres index`.",
    {},
    cause,
  );
