/**
 * A data set as a tree that can be changed and written again: every element with its VR, its value in little-endian order, and the
 * items of its sequences (PS3.5 section 7). Values are not copied unless their byte order is turned.
 */
import { Unreadable } from "../imaging/unreadable.ts";
import type { DataElement, DataSet } from "./data-set.ts";
import { dictionaryVr } from "./dictionary.ts";
import { sequenceItems } from "./parse-data-set.ts";
import { TAGS } from "./tags.ts";

/** One element of a tree. */
export interface TreeElement {
  /** Group times 65536 plus element. */
  readonly tag: number;
  /** Two letters; UN where neither the file nor the dictionary knows better. */
  readonly vr: string;
  readonly content: TreeContent;
}

/** What an element holds. */
export type TreeContent =
  | { readonly kind: "value"; readonly bytes: Uint8Array }
  | { readonly kind: "items"; readonly items: readonly ElementTree[] }
  /** Encapsulated pixel data: the offset table first, then the fragments, each as it was. */
  | { readonly kind: "fragments"; readonly fragments: readonly Uint8Array[] };

/** Elements in the order of their tags. */
export type ElementTree = readonly TreeElement[];

const DEEPEST_NESTING = 32;
const ITEM_BYTES = { little: [0xfe, 0xff, 0x00, 0xe0], big: [0xff, 0xfe, 0xe0, 0x00] } as const;

/** Bytes that are turned together in a big-endian file (PS3.5 section 7.3). */
const WORD_LENGTHS: Readonly<Record<string, number>> = {
  ...{ US: 2, SS: 2, OW: 2, AT: 2, UL: 4, SL: 4, FL: 4, OF: 4, OL: 4, FD: 8, OD: 8, OV: 8, SV: 8, UV: 8 },
};

/** Pixels of 32 bits are turned whole, though their VR names words of 16 (PS3.5 section 8.1.1). */
const wordLength = (dataSet: DataSet, { tag }: DataElement, vr: string): number =>
  tag === TAGS.PixelData && vr === "OW" && dataSet.word(TAGS.BitsAllocated) === 32 ? 4 : (WORD_LENGTHS[vr] ?? 1);

const littleEndian = (bytes: Uint8Array, length: number): Uint8Array => {
  if (length === 1) return bytes;
  const turned = bytes.slice();
  for (let i = 0; i + length <= turned.length; i += length) turned.subarray(i, i + length).reverse();
  return turned;
};

const isUnknown = (vr: string | undefined): boolean => vr === undefined || vr === "UN" || !/^[A-Z]{2}$/.test(vr);

/** Whether a value that nobody says to be a sequence looks like one: it begins with an item (PS3.5 section 7.5). */
const beginsWithItem = (bytes: Uint8Array, little: boolean): boolean =>
  (little ? ITEM_BYTES.little : ITEM_BYTES.big).every((byte, i) => bytes[i] === byte);

const readContent = (dataSet: DataSet, element: DataElement, vr: string, depth: number): TreeContent => {
  const { bytes: all } = dataSet;
  if (element.fragments) {
    return {
      kind: "fragments",
      fragments: element.fragments.map(({ offset, length }) => all.subarray(offset, offset + length)),
    };
  }
  const bytes = all.subarray(element.offset, element.offset + element.length);
  const guessed = isUnknown(element.vr) && vr === "UN" && beginsWithItem(bytes, dataSet.coding.littleEndian);
  if (element.items || vr === "SQ" || guessed) {
    if (depth >= DEEPEST_NESTING) throw new Unreadable("corrupt", "The sequences are nested too deeply.");
    try {
      const items = sequenceItems(dataSet, element.tag);
      return { kind: "items", items: items.map((item) => readElementTree(item, depth + 1)) };
    } catch (error) {
      if (!guessed || element.items) throw error;
    }
  }
  return {
    kind: "value",
    bytes: dataSet.coding.littleEndian ? bytes : littleEndian(bytes, wordLength(dataSet, element, vr)),
  };
};

/** The VR that the file says, or else the dictionary's; UN in a file means that its writer did not know. */
const vrOf = ({ vr, tag, items }: DataElement): string => {
  if (!isUnknown(vr)) return vr!;
  return dictionaryVr(tag) ?? (items ? "SQ" : tag % 65536 === 0 ? "UL" : "UN");
};

/**
 * Takes a data set apart. A value of unknown VR that is a well-formed sequence is read as one.
 *
 * @param depth how many sequences it lies in
 * @throws Unreadable `truncated` or `corrupt` where a sequence cannot be read
 * @example
 * const tree = readElementTree(readPart10(bytes).dataSet);
 */
export const readElementTree = (dataSet: DataSet, depth = 0): ElementTree =>
  [...dataSet.elements.values()]
    .sort((a, b) => a.tag - b.tag)
    .map((element) => {
      const vr = vrOf(element);
      const content = readContent(dataSet, element, vr, depth);
      const { tag } = element;
      if (content.kind === "items") return { tag, vr: "SQ", content };
      // A sequence's VR on a value that is none would make the file unreadable.
      return { tag, vr: vr === "SQ" ? "UN" : vr, content };
    });
