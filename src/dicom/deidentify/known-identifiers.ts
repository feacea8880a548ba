/**
 * What a data set itself says of its people and places, gathered before anything is removed, so that it is found again in free text:
 * words of names, and phrases such as numbers, addresses and dates of birth.
 */
import type { ElementTree, TreeElement } from "../element-tree.ts";
import { findConfidentialityRow } from "./confidentiality-table.ts";
import { foldedWords, foldUmlauts, squeeze, weightOf } from "./fold-text.ts";
import { type CharacterSets, elementText } from "./tree-text.ts";

/** Identifiers in one spelling (fold-text.ts). */
export interface KnownIdentifiers {
  /** Whole words: parts of the names of people, two letters or more; a single sign of Chinese. */
  readonly names: ReadonlySet<string>;
  /** Letters and digits without spaces, four or more: of people and their papers. */
  readonly phrases: ReadonlySet<string>;
  /** As phrases: institutions, departments, stations and devices. */
  readonly places: ReadonlySet<string>;
}

/** Attributes whose value is a place or a device, not a person. */
const isPlace = (keyword: string): boolean =>
  /Institution|Station|Device|Department|Location|Machine|Detector|AE$|AETitle/.test(keyword);

const textVrs: ReadonlySet<string> = new Set("AE LO LT PN SH ST UC UI UR UT".split(" "));
/** Attributes of the table that describe, rather than identify, although they may name somebody. */
const describes = (tag: number): boolean => {
  const row = findConfidentialityRow(tag);
  return row?.options.D !== undefined || row?.options.S !== undefined || row?.options.G !== undefined;
};

/** A date of birth as people write it, squeezed. */
const spellings = (date: string): string[] => {
  const match = /^(\d{4})\.?(\d{2})\.?(\d{2})/.exec(date);
  if (!match) return [];
  const [, year, month, day] = match as unknown as [string, string, string, string];
  const [m, d] = [String(Number(month)), String(Number(day))];
  const short = year.slice(2);
  const written = [year + month + day, day + month + year, month + day + year, d + m + year, m + d + year];
  return [...written, short + month + day, day + month + short, month + day + short].filter((text) => text.length >= 6);
};

class Gathering {
  readonly names = new Set<string>();
  readonly phrases = new Set<string>();
  readonly places = new Set<string>();

  #spelt(text: string): string[] {
    const other = foldUmlauts(text);
    return other === undefined ? [text] : [text, other];
  }

  name(text: string): void {
    for (const spelling of this.#spelt(text)) {
      const words = foldedWords(spelling).filter((word) => weightOf(word) >= 2);
      for (const word of words) this.names.add(word);
      // "Meier, Anna" and "AnnaMeier" in one word
      if (words.length > 1) this.phrases.add(words.join("")).add(words.toReversed().join(""));
    }
  }

  phrase(text: string, isOfPlace: boolean): void {
    for (const spelling of this.#spelt(text)) {
      const squeezed = squeeze(spelling);
      if (weightOf(squeezed) >= 4) (isOfPlace ? this.places : this.phrases).add(squeezed);
    }
  }
}

const gather = (tree: ElementTree, characterSets: CharacterSets, into: Gathering): void => {
  const own = characterSets.within(tree);
  for (const element of tree) {
    if (element.content.kind === "items") for (const item of element.content.items) gather(item, own, into);
    else if (element.content.kind === "value") gatherValue(element, own, into);
  }
};

const gatherValue = (element: TreeElement, characterSets: CharacterSets, into: Gathering): void => {
  const { tag, vr } = element;
  const isName = vr === "PN";
  if (vr === "DA" && (tag === 0x00100030 || findConfidentialityRow(tag)?.keyword.includes("Birth"))) {
    for (const written of spellings(elementText(element, characterSets))) into.phrases.add(written);
  }
  const row = findConfidentialityRow(tag);
  if (!isName && (!textVrs.has(vr) || !row || row.tag === "private" || describes(tag))) return;
  for (const value of elementText(element, characterSets).split(isName ? /[\\=]/ : "\\")) {
    if (isName) into.name(value);
    else if (value.length <= 256) into.phrase(value, isPlace(row!.keyword));
  }
};

/**
 * Gathers identifiers from a whole data set, nested and private parts included.
 *
 * @example
 * gatherIdentifiers(tree, CharacterSets.of(tree)).names.has("meier");
 */
export const gatherIdentifiers = (tree: ElementTree, characterSets: CharacterSets): KnownIdentifiers => {
  const into = new Gathering();
  gather(tree, characterSets, into);
  return into;
};
