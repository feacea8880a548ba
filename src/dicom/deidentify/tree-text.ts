/** Text in an element tree: decoded by the Specific Character Set in force (PS3.5 section 6.1), written as UTF-8. */
import type { ElementTree, TreeElement } from "../element-tree.ts";
import { TAGS } from "../tags.ts";
import { decodeText } from "../text-encoding.ts";

/** The VRs whose text the Specific Character Set governs (PS3.5 section 6.1.2.2). */
const governed: ReadonlySet<string> = new Set("LO LT PN SH ST UC UT".split(" "));

const trimmed = (text: string): string => text.replace(/^[ \0]+|[ \0]+$/g, "");

const bytesOf = ({ content }: TreeElement): Uint8Array => (content.kind === "value" ? content.bytes : new Uint8Array());

/** The character sets in force in a data set or item: those it names, or else those around it. */
export class CharacterSets {
  readonly terms: readonly string[];

  private constructor(terms: readonly string[]) {
    this.terms = terms;
  }

  /** Those of a whole data set; Latin-1 where it names none, since such files hold it or plain ASCII. */
  static of(tree: ElementTree): CharacterSets {
    return new CharacterSets(["ISO_IR 100"]).within(tree);
  }

  /** Those of an item. */
  within(tree: ElementTree): CharacterSets {
    const element = tree.find(({ tag }) => tag === TAGS.SpecificCharacterSet);
    if (!element) return this;
    const terms = new TextDecoder("latin1").decode(bytesOf(element)).split("\\").map(trimmed);
    return terms.join("") === "" ? this : new CharacterSets(terms);
  }
}

/** The text of an element, values still joined by backslashes, without padding at its ends. */
export const elementText = (element: TreeElement, characterSets: CharacterSets): string => {
  const terms = governed.has(element.vr) ? characterSets.terms : ["ISO_IR 100"];
  return trimmed(decodeText(bytesOf(element), terms));
};

/** Whether its bytes depend on the character set. */
export const isGoverned = (vr: string): boolean => governed.has(vr);

/** The element with another text, as UTF-8. */
export const withText = ({ tag, vr }: TreeElement, text: string): TreeElement => ({
  tag,
  vr,
  content: { kind: "value", bytes: new TextEncoder().encode(text) },
});
