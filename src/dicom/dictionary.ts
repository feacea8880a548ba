/** The value representations of the standard's attributes (PS3.6), for data sets that do not say them. */
import { dictionaryRows } from "./dictionary-rows.ts";

/** VRs by tag, two letters each; read once, when they are first asked for. */
let known: ReadonlyMap<number, string> | undefined;

const readRows = (): ReadonlyMap<number, string> => {
  const found = new Map<number, string>();
  let vr = "";
  let group = 0;
  for (const word of dictionaryRows.trim().split(/\s+/)) {
    if (word.length === 2) vr = word;
    else if (word.endsWith(":")) group = Number.parseInt(word, 16) * 65536;
    else found.set(group + Number.parseInt(word, 16), vr);
  }
  return found;
};

/**
 * The value representation of an attribute of the standard; the first where it has several (US of US or SS, OW of OB or OW).
 *
 * @returns undefined for private attributes, repeating groups (50xx, 60xx) and tags that the dictionary does not know
 * @example
 * dictionaryVr(0x00100010); // "PN"
 */
export const dictionaryVr = (tag: number): string | undefined => {
  known ??= readRows();
  return known.get(tag);
};
