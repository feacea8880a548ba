/**
 * Writes DICOM files with an identifier of its own planted in every attribute of table E.1-1, at the top and in nested sequences, in
 * private groups, curves, overlays, unknown attributes, the preamble and the file meta information; for tests and benches of
 * de-identification.
 */
import { type ConfidentialityRow, confidentialityTable } from "../../src/dicom/deidentify/confidentiality-table.ts";
import type { ElementTree, TreeElement } from "../../src/dicom/element-tree.ts";
import { writeDataSet } from "../../src/dicom/write-data-set.ts";
import type { Random } from "../../src/numeric/random.ts";

/** A planted value, as it would be found in bytes. */
export interface Planted {
  /** Keyword or place. */
  readonly place: string;
  readonly value: string;
  /** The VR of the attribute; LO for places that are none. */
  readonly vr: string;
}

/** A file and what was planted in it. */
export interface PlantedFile {
  readonly bytes: Uint8Array;
  readonly planted: readonly Planted[];
}

const consonants = "bdfgklmnprtvz";
const vowels = "aeiou";

/** A word of no language: eight letters. */
const drawWord = (random: Random): string =>
  Array.from({ length: 4 }, () => random.pick([...consonants]) + random.pick([...vowels])).join("");

const text = (tag: number, vr: string, value: string): TreeElement => ({
  tag,
  vr,
  content: { kind: "value", bytes: new TextEncoder().encode(value) },
});

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** A value of a VR that can be told from any other; undefined for VRs that cannot hold one. */
const drawValue = (vr: string, random: Random): string | undefined => {
  const word = drawWord(random);
  switch (vr) {
    case "PN":
      return `${word}^${drawWord(random)}`;
    case "DA":
      return `19${twoDigits(10 + random.integer(80))}${twoDigits(1 + random.integer(12))}${twoDigits(1 + random.integer(28))}`;
    case "DT":
      return `19${twoDigits(10 + random.integer(80))}${twoDigits(1 + random.integer(12))}${twoDigits(1 + random.integer(28))}${twoDigits(random.integer(24))}${twoDigits(random.integer(60))}11.${100000 + random.integer(899999)}`;
    case "TM":
      return `${twoDigits(random.integer(24))}${twoDigits(random.integer(60))}${twoDigits(random.integer(60))}.${100000 + random.integer(899999)}`;
    case "UI":
      return `1.3.${100000 + random.integer(899999)}.${10000000 + random.integer(89999999)}`;
    case "DS":
    case "IS":
      return String(100000000 + random.integer(899999999));
    case "AS":
      return `0${10 + random.integer(89)}Y`;
    case "US":
    case "SQ":
      return undefined;
    case "CS":
    case "AE":
      return word.toUpperCase();
    default:
      return word;
  }
};

const tagOf = ({ tag }: ConfidentialityRow): number =>
  tag === "private" ? 0x00091010 : Number.parseInt(tag.replace("xxxxxx", "020005").replace("xx", "02"), 16);

/** Short values are found by chance; their survival is a matter of other checks. */
const isTelling = (vr: string): boolean => vr !== "AS";

/** What is planted and how. */
export interface PlantOptions {
  readonly random: Random;
  /** Elements of the picture and whatever else the file is to have; those of the same tag win over planted ones. */
  readonly around: ElementTree;
  readonly sopClassUid: string;
  readonly transferSyntaxUid?: string;
  /** Rows that are not planted, for instance those that an option keeps. */
  readonly isLeftOut?: (row: ConfidentialityRow) => boolean;
}

/** How many of the attributes a nested item has. */
const nestedShare = 0.04;

/** A value as it stands in the element: descriptions have harmless words around it. */
const written = (row: ConfidentialityRow, value: string, random: Random): string =>
  row.options.D && row.vr !== "CS" && random.chance(0.5) ? `Femur ${value} links` : value;

/** The elements of all rows with planted values, and with sequences whose items hold planted values again. */
const plantTree = (
  { random, isLeftOut = () => false }: Pick<PlantOptions, "random" | "isLeftOut">,
  planted: Planted[],
  depth: number,
): ElementTree =>
  confidentialityTable.flatMap((row): TreeElement[] => {
    const tag = tagOf(row);
    // groups 0000 and 0002 are no part of a data set
    if (tag >>> 16 <= 2 || isLeftOut(row) || (depth > 0 && !random.chance(nestedShare))) return [];
    if (row.vr === "SQ") {
      if (depth >= 2) return [];
      const item = plantTree({ random, isLeftOut }, planted, depth + 1);
      return [{ tag, vr: "SQ", content: { kind: "items", items: [item] } }];
    }
    const value = drawValue(row.vr, random);
    if (value === undefined) return [];
    if (isTelling(row.vr)) planted.push({ place: `${row.keyword}${depth > 0 ? " nested" : ""}`, value, vr: row.vr });
    return [text(tag, row.vr, written(row, value, random))];
  });

/** Draws a file. */
export const plantFile = (options: PlantOptions): PlantedFile => {
  const { random, around, sopClassUid, transferSyntaxUid = "1.2.840.10008.1.2.1" } = options;
  const planted: Planted[] = [];
  const own = new Set(around.map(({ tag }) => tag));
  const plant = (place: string): string => {
    const value = drawWord(random);
    planted.push({ place, value, vr: "LO" });
    return value;
  };
  const isLeftOut = (row: ConfidentialityRow): boolean => own.has(tagOf(row)) || (options.isLeftOut?.(row) ?? false);
  const rows = plantTree({ random, isLeftOut }, planted, 0);
  const more: TreeElement[] = [
    text(0x00090010, "LO", plant("private creator")),
    {
      tag: 0x00091011,
      vr: "SQ",
      content: {
        kind: "items",
        items: [
          [
            text(0x00100010, "PN", plant("name in a private sequence")),
            text(0x00091012, "LT", plant("nested private")),
          ],
        ],
      },
    },
    text(0x00131099, "UN", plant("private of unknown VR")),
    text(0x0008fff1, "LO", plant("unknown attribute")),
    text(0x00089123, "LO", plant("attribute of another VR")),
    text(0x60020022, "LO", plant("overlay description")),
    text(0x60021500, "LO", plant("overlay label")),
  ];
  const taken = new Set([...own, ...rows.map(({ tag }) => tag)]);
  const tree = [...around, ...rows, ...more.filter(({ tag }) => !taken.has(tag))];
  const bytes = writeDataSet(tree, {
    sopClassUid,
    sopInstanceUid: `1.3.6.1.${1000000 + random.integer(8999999)}`,
    transferSyntaxUid,
  });
  bytes.set(new TextEncoder().encode(plant("preamble")), 20);
  return { bytes, planted };
};

/** Planted values that are still in bytes; the digits of keyed UIDs are looked past, which hold any number by chance. */
export const survivors = (bytes: Uint8Array, planted: readonly Planted[]): Planted[] => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replace(/2\.25\.\d{20,39}/g, "")
    .toLowerCase();
  return planted.filter(({ value }) => value.split("^").some((part) => all.includes(part.toLowerCase())));
};
