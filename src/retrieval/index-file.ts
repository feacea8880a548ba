/** A precedent index as bytes: an array file (array-file.ts) that holds the hashing which made the codes, the directions and the codes. */

import { imageId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import {
  type ArrayFileHeader,
  type ArrayFileKind,
  decodeArrayFile,
  encodeArrayFile,
  type Section,
} from "./array-file.ts";
import {
  type HashingHeader,
  hashingArrays,
  hashingFrom,
  hashingHeader,
  hashingSections,
} from "./hashing/hashing-file.ts";
import type { PrecedentIndex } from "./precedent-index.ts";

const kind: ArrayFileKind = {
  mark: "OSTEONIX",
  format: "osteon-precedent-index",
  version: 3, // 2 knew random hyperplanes only, 1 held no normals
  corrupt: (what, cause) =>
    new OsteonError(
      "corrupt-store",
      `The precedent index ${what}; build it anew with \`osteon precedents index\`.`,
      {},
      cause,
    ),
};

interface Header extends ArrayFileHeader, HashingHeader {
  readonly modelId: string;
  readonly images: readonly string[];
  readonly patients: readonly string[];
  readonly labels: readonly (string | null)[];
}

/** The index as one file's bytes; equal indexes give equal bytes. */
export const encodePrecedentIndex = ({ modelId, hashing, entries, directions, codes }: PrecedentIndex): Uint8Array => {
  const { format, version } = kind;
  const described = {
    modelId,
    ...hashingHeader(hashing),
    images: entries.map(({ image }) => image),
    patients: entries.map(({ patient }) => patient),
    labels: entries.map(({ label }) => label),
  };
  const sections = sectionsOf(described)!;
  const arrays = [...hashingArrays(hashing), directions.values, codes.values];
  return encodeArrayFile(kind, { format, version, ...described, sections }, arrays);
};

/**
 * The index that a file's bytes hold.
 *
 * @param expected.modelId refuses an index whose features another model made
 * @throws OsteonError `corrupt-store` when the bytes are foreign, cut short or changed; `bad-input` for another model's index
 */
export const decodePrecedentIndex = (
  bytes: Uint8Array,
  expected: { readonly modelId?: string } = {},
): PrecedentIndex => {
  const { header, arrays } = decodeArrayFile<Header>(bytes, kind, sectionsOf);
  const { modelId, bits, dimensions, images, patients, labels } = header;
  if (expected.modelId !== undefined && expected.modelId !== modelId) {
    const message = `The index was made with model ${modelId} and the model is now ${expected.modelId}; build the index anew.`;
    throw new OsteonError("bad-input", message);
  }
  const [directions, codes] = arrays.slice(-2);
  return {
    modelId,
    hashing: hashingFrom(header, arrays),
    entries: images.map((image, i) => ({ image: imageId(image), patient: patientId(patients[i]!), label: labels[i]! })),
    directions: { rows: images.length, columns: dimensions, values: new Float32Array(directions!) },
    codes: { bits, count: images.length, values: new Uint32Array(codes!) },
  };
};

/** Undefined for a header whose numbers no index has. */
const sectionsOf = (header: Omit<Header, keyof ArrayFileHeader>): readonly Section[] | undefined => {
  const { bits, dimensions, images, patients, labels } = header;
  const ofHashing = hashingSections(header);
  if (!ofHashing || !Array.isArray(images) || patients?.length !== images.length || labels?.length !== images.length) {
    return undefined;
  }
  return [
    ...ofHashing,
    { name: "directions", type: "float32", length: images.length * dimensions },
    { name: "codes", type: "uint32", length: (images.length * bits) / 32 },
  ];
};
