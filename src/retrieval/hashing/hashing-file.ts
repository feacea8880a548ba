/**
 * A hashing as bytes. The hyperplanes are held though random ones could be made again: codes of two makings could not be compared,
 * and making them takes time.
 */

import { patientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import {
  type ArrayFileHeader,
  type ArrayFileKind,
  arrayFileParts,
  decodeArrayFile,
  joinParts,
  type Section,
} from "../array-file.ts";
import { type HashFamily, Hashing, hashFamilies } from "./hashing.ts";

/** What a header says of a hashing beside its arrays. */
export interface HashingHeader {
  readonly family: HashFamily;
  readonly bits: number;
  readonly dimensions: number;
  readonly seed: number;
  readonly fittedOn: readonly string[];
}

const kind: ArrayFileKind<HashingHeader & ArrayFileHeader> = {
  mark: "OSTEONHA",
  format: "osteon-hashing",
  version: 1,
  sectionsOf: (header) => hashingSections(header),
  corrupt: (what, cause) =>
    new OsteonError("corrupt-store", `The file of the hash functions ${what}; ask for it anew.`, {}, cause),
};

/** The part of a header that tells of a hashing. */
export const hashingHeader = ({ family, bits, dimensions, seed, fittedOn }: Hashing): HashingHeader => ({
  family,
  bits,
  dimensions,
  seed,
  fittedOn,
});

/** The arrays of a hashing, in the order of {@link hashingSections}. */
export const hashingArrays = ({ mean, normals, thresholds }: Hashing): readonly Float32Array[] => [
  mean,
  normals,
  thresholds,
];

/** Undefined for numbers that no hashing has. */
export const hashingSections = ({
  family,
  bits,
  dimensions,
  seed,
  fittedOn,
}: HashingHeader): readonly Section[] | undefined => {
  const isSound =
    hashFamilies.includes(family) &&
    Number.isInteger(bits) &&
    bits > 0 &&
    bits % 32 === 0 &&
    bits <= 65_504 &&
    Number.isInteger(dimensions) &&
    dimensions > 0 &&
    Number.isFinite(seed) &&
    Array.isArray(fittedOn) &&
    fittedOn.every((patient) => typeof patient === "string" && patient !== "");
  if (!isSound) return undefined;
  return [
    { name: "mean", type: "float32", length: dimensions },
    { name: "normals", type: "float32", length: bits * dimensions },
    { name: "thresholds", type: "float32", length: bits },
  ];
};

/** The hashing of a header and its arrays. */
export const hashingFrom = (
  { family, seed, fittedOn }: HashingHeader,
  [mean, normals, thresholds]: readonly ArrayBufferLike[],
): Hashing =>
  new Hashing({
    family,
    seed,
    fittedOn: fittedOn.map(patientId),
    mean: new Float32Array(mean!),
    normals: new Float32Array(normals!),
    thresholds: new Float32Array(thresholds!),
  });

/** The hashing as one file's bytes; equal hashings give equal bytes. */
export const encodeHashing = (hashing: Hashing): Uint8Array => {
  const { format, version } = kind;
  const arrays = hashingArrays(hashing);
  const sections = hashingSections(hashingHeader(hashing))!;
  return joinParts(arrayFileParts(kind, { format, version, ...hashingHeader(hashing), sections }, arrays));
};

/** @throws OsteonError `corrupt-store` when the bytes are foreign, cut short or changed */
export const decodeHashing = (bytes: Uint8Array): Hashing => {
  const { header, arrays } = decodeArrayFile(bytes, kind);
  return hashingFrom(header, arrays);
};
