/**
 * A precedent index as a file: an array file (array-file.ts) that holds the hashing which made the codes, whose radiographs they are, the
 * directions and the codes. It is written from the arrays as they are, and read straight into memory that threads share.
 */

import { imageId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import {
  type ArrayFileHeader,
  type ArrayFileKind,
  arrayFileParts,
  type ByteSource,
  readArrayFile,
  type Section,
} from "./array-file.ts";
import {
  type HashingHeader,
  hashingArrays,
  hashingFrom,
  hashingHeader,
  hashingSections,
} from "./hashing/hashing-file.ts";
import type { PrecedentEntry, PrecedentIndex } from "./precedent-index.ts";
import { CodeMemory } from "./search/code-memory.ts";
import type { SharedIndex } from "./shared-index.ts";
import { decodeTexts, encodeTexts, tellApart } from "./text-column.ts";

/** How many texts there are of a kind, and how many bytes they have. */
interface TextsHeader {
  readonly count: number;
  readonly bytes: number;
}

interface Header extends ArrayFileHeader, HashingHeader {
  readonly modelId: string;
  readonly images: TextsHeader;
  /** Each once. */
  readonly patients: TextsHeader;
  readonly labels: TextsHeader;
}

/** Undefined for a header whose numbers no index has. */
const sectionsOf = (header: Omit<Header, keyof ArrayFileHeader>): readonly Section[] | undefined => {
  const { bits, dimensions, images, patients, labels } = header;
  const ofHashing = hashingSections(header);
  const numbers = [images, patients, labels].flatMap((texts) => [texts?.count, texts?.bytes]);
  if (!ofHashing || !numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return undefined;
  return [
    ...ofHashing,
    ...textSections("image", images),
    ...textSections("patient", patients),
    ...textSections("label", labels),
    { name: "patients", type: "uint32", length: images.count },
    { name: "labels", type: "uint32", length: images.count },
    { name: "directions", type: "float32", length: images.count * dimensions },
    { name: "codes", type: "uint32", length: (images.count * bits) / 32 },
  ];
};

const textSections = (name: string, { count, bytes }: TextsHeader): readonly Section[] => [
  { name: `${name}-lengths`, type: "uint32", length: count },
  { name: `${name}-texts`, type: "uint8", length: bytes },
];

const kind: ArrayFileKind<Header> = {
  mark: "OSTEONIX",
  format: "osteon-precedent-index",
  version: 4, // 3 held whose radiographs they are in its header, 2 knew random hyperplanes only, 1 held no normals
  sectionsOf,
  corrupt: (what, cause) =>
    new OsteonError(
      "corrupt-store",
      `The precedent index ${what}; build it anew with \`osteon precedents index\`.`,
      {},
      cause,
    ),
};

/** The bytes of the index's file in parts; equal indexes give equal bytes. */
export const precedentIndexParts = (index: PrecedentIndex): readonly Uint8Array[] => {
  const { format, version } = kind;
  const { modelId, hashing, entries, directions, codes } = index;
  const patients = tellApart(entries.map(({ patient }) => patient));
  const known = tellApart(entries.flatMap(({ label }) => label ?? []));
  const texts = [entries.map(({ image }) => image), patients.distinct, known.distinct].map(encodeTexts);
  const [images, ofPatients, labels] = texts.map(
    ({ lengths, bytes }): TextsHeader => ({ count: lengths.length, bytes: bytes.length }),
  );
  const described = { modelId, ...hashingHeader(hashing), images: images!, patients: ofPatients!, labels: labels! };
  return arrayFileParts(kind, { format, version, ...described, sections: sectionsOf(described)! }, [
    ...hashingArrays(hashing),
    ...texts.flatMap(({ lengths, bytes }) => [lengths, bytes]),
    patients.which,
    labelPlaces(entries, known.which),
    directions.values,
    codes.values,
  ]);
};

/** For each entry 0 where its label is not known, else one more than which label it is. */
const labelPlaces = (entries: readonly PrecedentEntry[], which: Uint32Array): Uint32Array => {
  let at = 0;
  return Uint32Array.from(entries, ({ label }) => (label === null ? 0 : which[at++]! + 1));
};

/**
 * Reads an index from its file into memory that threads share.
 *
 * @param expected.modelId refuses an index whose features another model made
 * @throws OsteonError `corrupt-store` when the bytes are foreign, cut short or changed; `bad-input` for another model's index
 */
export const readPrecedentIndex = async (
  source: ByteSource,
  expected: { readonly modelId?: string } = {},
): Promise<SharedIndex> => {
  let codes = CodeMemory.withRoom({ bits: 32, capacity: 0 });
  const { header, arrays } = await readArrayFile(source, kind, ({ name }, bytes, { bits, images: { count } }) => {
    if (threadsShare.has(name)) return new Uint8Array(new SharedArrayBuffer(bytes));
    if (name !== "codes") return new Uint8Array(bytes);
    codes = CodeMemory.withRoom({ bits, capacity: count });
    return bytesOf(codes.room(count));
  });
  const { modelId, dimensions, images } = header;
  if (expected.modelId !== undefined && expected.modelId !== modelId) {
    const message = `The index was made with model ${modelId} and the model is now ${expected.modelId}; build the index anew.`;
    throw new OsteonError("bad-input", message);
  }
  codes.publish(images.count);
  const arrayOf = (name: string): ArrayBufferLike => arrays[header.sections.findIndex((each) => each.name === name)]!;
  return {
    modelId,
    hashing: hashingFrom(header, arrays).parts,
    entries: entriesFrom(arrayOf),
    directions: { rows: images.count, columns: dimensions, values: new Float32Array(arrayOf("directions")) },
    codes: codes.share(),
  };
};

/** The arrays that are large. */
const threadsShare: ReadonlySet<string> = new Set(["normals", "directions"]);

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const entriesFrom = (arrayOf: (name: string) => ArrayBufferLike): readonly PrecedentEntry[] => {
  const textsOf = (name: string): readonly string[] => {
    const lengths = new Uint32Array(arrayOf(`${name}-lengths`));
    const texts = decodeTexts({ lengths, bytes: new Uint8Array(arrayOf(`${name}-texts`)) });
    if (!texts) throw contradiction();
    return texts;
  };
  const [patients, labels] = [new Uint32Array(arrayOf("patients")), new Uint32Array(arrayOf("labels"))];
  const people = textsOf("patient").map(patientId);
  const known = [null, ...textsOf("label")];
  return textsOf("image").map((image, i): PrecedentEntry => {
    const [patient, label] = [people[patients[i]!], known[labels[i]!]];
    if (patient === undefined || label === undefined) throw contradiction();
    return { image: imageId(image), patient, label };
  });
};

const contradiction = (): OsteonError => kind.corrupt("contradicts itself");
