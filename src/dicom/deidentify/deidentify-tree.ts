/**
 * De-identifies a data set by DICOM PS3.15 annex E: every attribute by its row of table E.1-1, the chosen options and, where no row
 * names it, by what its VR can hold. Sequences are entered; private and unknown attributes go. What a value was is told to nobody.
 */

import { dictionaryVr } from "../dictionary.ts";
import type { ElementTree, TreeElement } from "../element-tree.ts";
import { TAGS } from "../tags.ts";
import { cleanText, sweepText } from "./clean-text.ts";
import { type ConfidentialityRow, findConfidentialityRow } from "./confidentiality-table.ts";
import { dummyValue } from "./dummy-values.ts";
import { foldedWords, squeeze } from "./fold-text.ts";
import { classUids, isUid, isWellKnownUid, type KeyedIdentity } from "./keyed-identity.ts";
import type { KnownIdentifiers } from "./known-identifiers.ts";
import type { ProfileOption } from "./profile-options.ts";
import { shiftDates } from "./shift-dates.ts";
import { fallbackTreatment, type Treatment, treatmentOf } from "./treatment-of.ts";
import { CharacterSets, elementText, isGoverned, withText } from "./tree-text.ts";

/** What decides about a data set. */
export interface TreeOptions {
  readonly identity: KeyedIdentity;
  readonly options: ReadonlySet<ProfileOption>;
  readonly sopClassUid: string;
  /** The pseudonym of its patient, for PatientID and PatientName. */
  readonly pseudonym: string;
  /** Days that its dates move back. */
  readonly shiftDays: number;
  readonly identifiers: KnownIdentifiers;
  /** Folded words that free text may keep. */
  readonly harmless: ReadonlySet<string>;
}

/** How often something was done to an attribute. */
export interface AttributeChange {
  /** The keyword, or the tag where the table has none; `PrivateAttributes` for all private ones. */
  readonly attribute: string;
  readonly treatment: Treatment;
  readonly count: number;
}

/** A data set that names nobody, and what was done. */
export interface DeidentifiedTree {
  readonly tree: ElementTree;
  readonly changes: readonly AttributeChange[];
}

/** Dates that are versions of code lists, and the one URN that is a code. */
export const versions: ReadonlySet<number> = new Set([0x00080106, 0x00080107, 0x00080120]);
/** Encrypted originals, which nobody can clean. */
export const encrypted: ReadonlySet<number> = new Set([0x04000500, 0x04000520]);
/** Made anew for every file. */
const madeAnew: ReadonlySet<number> = new Set([0x00080005, 0x00120062, 0x00120063, 0x00120064, 0x00280303]);
/** Names of concepts and units in content that becomes dummies. */
export const conceptNames: ReadonlySet<number> = new Set([0x0040a043, 0x004008ea]);
const standardSchemes = /^(DCM|SRT|SCT|SNM3|LN|UCUM|RADLEX|FMA)$/;

const pixelGroups: ReadonlySet<number> = new Set([0x0028, 0x7fe0, 0x5400]);
const numeric = /^[\s\d.+\-eE\\]*$/;
const syntaxOf: Readonly<Record<string, RegExp>> = {
  DS: numeric,
  IS: numeric,
  AS: /^(\d{3}[DWMY])?(\\\d{3}[DWMY])*$/,
};
/** Group 7FE0: pixels and what lies beside them. */
export const isPixels = (tag: number): boolean => tag >>> 16 === 0x7fe0;
/** Longest binary value that is looked through for identifiers; longer ones are tables and pixels, or else go. */
const searchedBytes = 2 ** 16;

/** How a sequence's items are treated. */
type Manner = "profile" | "dummy" | "clean";

/** VRs that writers take for one another; a value of any other VR than its attribute's is not what it says it is. */
const families: readonly (readonly string[])[] = [
  ["LO", "SH", "UC", "ST", "LT", "UT", "CS", "PN"],
  ["US", "SS", "UL", "SL", "OB", "OW", "OL", "FL", "FD", "OF", "OD", "AT", "OV", "SV", "UV"],
  ["DS", "IS"],
];

const isLike = (vr: string, expected: string): boolean =>
  vr === expected || families.some((family) => family.includes(vr) && family.includes(expected));

class Deidentification {
  readonly #settings: TreeOptions;
  readonly #changes = new Map<string, AttributeChange>();

  constructor(settings: TreeOptions) {
    this.#settings = settings;
  }

  get changes(): AttributeChange[] {
    return [...this.#changes.values()].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
  }

  #count(element: TreeElement, row: ConfidentialityRow | undefined, treatment: Treatment): void {
    const attribute = row?.keyword ?? element.tag.toString(16).padStart(8, "0");
    const key = `${attribute} ${treatment}`;
    const count = (this.#changes.get(key)?.count ?? 0) + 1;
    this.#changes.set(key, { attribute, treatment, count });
  }

  tree(tree: ElementTree, around: CharacterSets, manner: Manner): ElementTree {
    const characterSets = around.within(tree);
    return tree.flatMap((element) => this.#element(element, characterSets, manner) ?? []);
  }

  #element(element: TreeElement, characterSets: CharacterSets, manner: Manner): TreeElement | undefined {
    const { tag } = element;
    if (madeAnew.has(tag)) return undefined;
    const row = findConfidentialityRow(tag);
    const treatment = this.#treatment(element, row, manner);
    const result = this.#treated(element, { row, treatment, characterSets, manner });
    const isSame = (result && sameValue(result, element)) || (treatment === "keep" && result !== undefined);
    if (!isSame) this.#count(element, row, result ? treatment : "remove");
    return result;
  }

  #treatment(element: TreeElement, row: ConfidentialityRow | undefined, manner: Manner): Treatment {
    const { tag, vr, content } = element;
    if (row) {
      const treatment = treatmentOf(row, this.#settings);
      // What is kept must be what its attribute can hold: text in the place of a sequence or a number is neither.
      const isKept = treatment === "keep" || treatment === "clean-device";
      if (isKept && content.kind === "value" && !isLike(vr, row.vr)) return "remove";
      // Inside content that becomes dummies nothing is kept because an option would keep it elsewhere.
      return manner === "dummy" && (treatment === "keep" || treatment === "clean") && content.kind === "value"
        ? "dummy"
        : treatment;
    }
    const group = tag >>> 16;
    if (group <= 2 || (tag & 0xffff) === 0 || group >>> 8 === 0x60 || encrypted.has(tag)) return "remove";
    const expected = dictionaryVr(tag);
    if (expected === undefined || !isLike(vr, expected)) return "remove";
    if (content.kind !== "value") return "keep";
    if (versions.has(tag)) return "keep";
    if (manner === "dummy" && /^(LO|LT|PN|SH|ST|UC|UT|UR|AE|DA|DT|TM)$/.test(vr)) return "dummy";
    if (vr === "UI") return "uid";
    if (vr === "PN") return "empty";
    if (vr === "DA" || vr === "DT" || vr === "TM")
      return this.#settings.options.has("retain-longitudinal") ? "shift" : "remove";
    if (vr === "AE" || vr === "UR" || vr === "UN") return "remove";
    const isDescription = manner === "clean" && /^(LO|UC)$/.test(vr);
    return isDescription || /^(LT|ST|UT)$/.test(vr) ? "clean" : "keep";
  }

  #treated(
    element: TreeElement,
    how: {
      readonly row: ConfidentialityRow | undefined;
      readonly treatment: Treatment;
      readonly characterSets: CharacterSets;
      readonly manner: Manner;
    },
  ): TreeElement | undefined {
    const { row, treatment, characterSets } = how;
    const { content } = element;
    if (treatment === "remove") return undefined;
    if (content.kind === "items") return this.#sequence(element, content.items, how);
    if (content.kind === "fragments") return element.tag === TAGS.PixelData ? element : undefined;
    const fallBack = (): TreeElement | undefined => {
      const other = fallbackTreatment(row, this.#settings.sopClassUid);
      return this.#treated(element, { ...how, treatment: row ? other : "dummy" });
    };
    switch (treatment) {
      case "keep":
        return this.#kept(element, characterSets);
      case "empty":
        return withText(element, element.tag === 0x00100010 ? this.#settings.pseudonym : "");
      case "dummy":
        return this.#dummy(element);
      case "uid":
        return this.#uids(element, characterSets);
      case "shift": {
        const vr = row?.vr ?? element.vr;
        const shifted = shiftDates(elementText(element, characterSets), vr, this.#settings.shiftDays);
        return shifted === undefined
          ? fallBack()
          : withText({ ...element, vr: element.vr === "UN" ? vr : element.vr }, shifted);
      }
      case "clean": {
        if (!/^(AE|CS|LO|LT|PN|SH|ST|UC|UT)$/.test(element.vr)) return fallBack();
        const text = this.#cleaned(elementText(element, characterSets));
        return text === "" ? fallBack() : withText(element, text);
      }
      case "clean-device": {
        const text = elementText(element, characterSets);
        const { identifiers, harmless } = this.#settings;
        return sweepText(text, identifiers, harmless) === text ? element : fallBack();
      }
    }
  }

  #cleaned(text: string): string {
    const { harmless, identifiers } = this.#settings;
    return text
      .split("\\")
      .map((value) => cleanText(value, harmless, identifiers))
      .filter((value) => value !== "")
      .join("\\");
  }

  #sequence(
    element: TreeElement,
    items: readonly ElementTree[],
    how: { readonly treatment: Treatment; readonly characterSets: CharacterSets; readonly manner: Manner },
  ): TreeElement | undefined {
    const { treatment, characterSets } = how;
    if (treatment === "empty") return { ...element, content: { kind: "items", items: [] } };
    const isDummy = treatment === "dummy" || how.manner === "dummy";
    let manner: Manner = isDummy ? "dummy" : treatment === "clean" ? "clean" : how.manner;
    if (
      manner === "dummy" &&
      conceptNames.has(element.tag) &&
      items.every((item) => hasStandardScheme(item, characterSets))
    ) {
      manner = "profile";
    }
    const treated = items.map((item) => this.tree(this.#withoutPicture(item), characterSets, manner));
    const kept = treatment === "clean" ? treated.filter((item) => item.length > 0) : treated;
    if (treatment === "clean" && kept.length === 0 && items.length > 0) {
      const row = findConfidentialityRow(element.tag);
      return this.#treated(element, { ...how, row, treatment: fallbackTreatment(row, this.#settings.sopClassUid) });
    }
    return { ...element, content: { kind: "items", items: kept } };
  }

  /** Pixels in a sequence are those of an icon, which nobody looks through for text. */
  #withoutPicture(item: ElementTree): ElementTree {
    return item.filter((element) => {
      const isPicture = isPixels(element.tag);
      if (isPicture) this.#count(element, undefined, "remove");
      return !isPicture;
    });
  }

  #dummy(element: TreeElement): TreeElement {
    if (element.tag === TAGS.PatientID) return withText(element, this.#settings.pseudonym);
    const { vr } = element;
    if (vr === "UI") return withText(element, this.#settings.identity.uid(elementTextOf(element)));
    return { ...element, content: { kind: "value", bytes: dummyValue(vr) } };
  }

  #uids(element: TreeElement, characterSets: CharacterSets): TreeElement {
    const uids = elementText(element, characterSets)
      .split("\\")
      .map((uid) => uid.replace(/[ \0]/g, ""));
    const { identity, identifiers } = this.#settings;
    // A private class stays the class it is, unless an instance has the same UID.
    const isKept = (uid: string): boolean =>
      uid === "" ||
      isWellKnownUid(uid) ||
      (classUids.has(element.tag) && isUid(uid) && !identifiers.phrases.has(squeeze(uid)));
    if (uids.every(isKept)) return withText(element, uids.join("\\"));
    const replaced = uids.map((uid) => (isKept(uid) ? uid : identity.uid(uid)));
    return withText({ ...element, vr: element.vr === "UN" ? "UI" : element.vr }, replaced.join("\\"));
  }

  /** What the profile keeps: in UTF-8, of the syntax its VR demands, and without what names a person after all. */
  #kept(element: TreeElement, characterSets: CharacterSets): TreeElement | undefined {
    const { tag, vr, content } = element;
    const { identifiers, harmless } = this.#settings;
    if (content.kind !== "value") return element;
    const syntax = syntaxOf[vr];
    if (syntax) {
      const text = elementText(element, characterSets);
      const number = squeeze(text);
      // Series and images are sometimes numbered by the patient or the request.
      const isIdentifier = vr === "IS" && number.length >= 6 && identifiers.phrases.has(number);
      return syntax.test(text) && !isIdentifier ? element : undefined;
    }
    if (vr === "CS" && !pixelGroups.has(tag >>> 16)) {
      const text = elementText(element, characterSets);
      const values = text.split("\\");
      const swept = values.map((value) =>
        foldedWords(value).every((word) => harmless.has(word)) ? value : sweepText(value, identifiers, harmless),
      );
      return swept.join("\\") === text ? element : withText(element, swept.join("\\"));
    }
    if (isGoverned(vr)) {
      const text = elementText(element, characterSets);
      const swept = text
        .split("\\")
        .map((value) => sweepText(value, identifiers, harmless))
        .join("\\");
      return swept === text && isAscii(content.bytes) ? element : withText(element, swept);
    }
    if (/^(OB|UN)$/.test(vr) && content.bytes.length > searchedBytes && !pixelGroups.has(tag >>> 16)) return undefined;
    if (
      /^(OB|OD|OF|OL|OV|OW|SL|SS|UL|UN|US)$/.test(vr) &&
      content.bytes.length <= searchedBytes &&
      tag !== TAGS.PixelData
    ) {
      return holdsAny(content.bytes, identifiers) ? undefined : element;
    }
    return element;
  }
}

/** Whether two elements hold the same bytes, but for padding. */
const sameValue = (a: TreeElement, b: TreeElement): boolean => {
  if (a.content === b.content) return true;
  if (a.content.kind !== "value" || b.content.kind !== "value") return false;
  return elementTextOf(a) === elementTextOf(b) && a.content.bytes.length <= b.content.bytes.length;
};

const elementTextOf = (element: TreeElement): string => elementText(element, CharacterSets.of([]));

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80 && byte !== 0x1b);

const hasStandardScheme = (item: ElementTree, characterSets: CharacterSets): boolean => {
  const scheme = item.find(({ tag }) => tag === 0x00080102);
  return scheme !== undefined && standardSchemes.test(elementText(scheme, characterSets));
};

/** Whether binary data holds an identifier as text of one or two bytes a letter. */
const holdsAny = (bytes: Uint8Array, { names, phrases }: KnownIdentifiers): boolean => {
  const text = new TextDecoder("latin1").decode(bytes).replaceAll("\0", "");
  const words = foldedWords(text);
  if (words.some((word) => word.length >= 4 && names.has(word))) return true;
  const squeezed = words.join("");
  return [...phrases].some((phrase) => phrase.length >= 6 && squeezed.includes(phrase));
};

/**
 * De-identifies a data set. The marks of de-identification (PS3.15 section E.1.1, step 6) are the caller's to add.
 *
 * @example
 * const { tree, changes } = deidentifyTree(readElementTree(dataSet), settings);
 */
export const deidentifyTree = (tree: ElementTree, settings: TreeOptions): DeidentifiedTree => {
  const work = new Deidentification(settings);
  const done = work.tree(tree, CharacterSets.of(tree), "profile");
  return { tree: done, changes: work.changes };
};
