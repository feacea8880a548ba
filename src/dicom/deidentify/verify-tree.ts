/**
 * Looks a de-identified data set over: every attribute against the profile and the options that the file itself declares in
 * (0012,0064). Written from the table and not from the engine, so that one finds the other's mistakes.
 */
import { dictionaryVr } from "../dictionary.ts";
import type { ElementTree, TreeElement } from "../element-tree.ts";
import { TAGS } from "../tags.ts";
import { cleanText } from "./clean-text.ts";
import { type ConfidentialityRow, findConfidentialityRow } from "./confidentiality-table.ts";
import { conceptNames, encrypted, isPixels, versions } from "./deidentify-tree.ts";
import { dummyValue } from "./dummy-values.ts";
import { harmlessWords } from "./harmless-words.ts";
import { classUids, isPseudonym, isReplacedUid, isUid, isWellKnownUid } from "./keyed-identity.ts";
import { basicProfileCode, cleanPixelDataCode, type ProfileOption, profileOptions } from "./profile-options.ts";
import { type Treatment, treatmentOf } from "./treatment-of.ts";
import { CharacterSets, elementText } from "./tree-text.ts";

/** Something that a de-identified file should not have. Never holds a value. */
export interface VerifyFinding {
  /** Keyword or tag, `file` for the file as a whole. */
  readonly attribute: string;
  /** One sentence for a person. */
  readonly detail: string;
}

/** What a file declares of its own de-identification. */
export interface DeclaredProfile {
  readonly isDeidentified: boolean;
  readonly options: ReadonlySet<ProfileOption>;
  /** Whether its pixels were examined and cleaned. */
  readonly cleanPixels: boolean;
}

/** How a data set is looked over. */
export interface VerifyOptions {
  readonly sopClassUid: string;
  readonly harmless?: ReadonlySet<string>;
  /** The last day that a date may be of, YYYYMMDD. */
  readonly latestDate: string;
}

const firstText = (tree: ElementTree, tag: number): string => {
  const element = tree.find((one) => one.tag === tag);
  return element ? elementText(element, CharacterSets.of(tree)) : "";
};

/** Reads (0012,0062) and (0012,0064). */
export const declaredProfile = (tree: ElementTree): DeclaredProfile => {
  const method = tree.find(({ tag }) => tag === 0x00120064);
  const items = method?.content.kind === "items" ? method.content.items : [];
  const codes = new Set(items.map((item) => firstText(item, 0x00080100)));
  const options = (Object.keys(profileOptions) as ProfileOption[]).filter((option) =>
    codes.has(profileOptions[option].code.value),
  );
  return {
    isDeidentified: firstText(tree, 0x00120062) === "YES" && codes.has(basicProfileCode.value),
    options: new Set(options),
    cleanPixels: codes.has(cleanPixelDataCode.value),
  };
};

const isDummy = (element: TreeElement): boolean => {
  const { content, vr } = element;
  if (content.kind !== "value") return false;
  if (content.bytes.length === 0 || content.bytes.every((byte) => byte === 0)) return true;
  const text = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes).replace(/[ \0]+$/, "");
  return text(content.bytes) === text(dummyValue(vr));
};

const isEmpty = ({ content }: TreeElement): boolean =>
  content.kind === "value" ? content.bytes.length === 0 : content.kind === "items" && content.items.length === 0;

/** Where the pseudonym stands. */
const isPseudonymTag = (tag: number): boolean => tag === TAGS.PatientID || tag === 0x00100010;

/** Why an attribute may not be there whatever it holds. */
const forbiddenReason = (tag: number, row: ConfidentialityRow | undefined): string | undefined => {
  if (row?.tag === "private") return "A private attribute is there.";
  const groups = tag >>> 24;
  if (groups === 0x50 || groups === 0x60) return "A curve or an overlay is there.";
  const isLetThrough = row || (dictionaryVr(tag) !== undefined && !encrypted.has(tag) && (tag & 0xffff) !== 0);
  return isLetThrough ? undefined : "An attribute that the profile does not let through is there.";
};

class Verification {
  readonly findings: VerifyFinding[] = [];
  readonly #options: Required<VerifyOptions>;
  readonly #declared: DeclaredProfile;

  constructor(options: VerifyOptions, declared: DeclaredProfile) {
    this.#options = { ...options, harmless: options.harmless ?? harmlessWords };
    this.#declared = declared;
  }

  tree(tree: ElementTree, around: CharacterSets, inDummy: boolean): void {
    const characterSets = around.within(tree);
    for (const element of tree) this.#element(element, characterSets, inDummy);
  }

  #find(element: TreeElement, row: ConfidentialityRow | undefined, detail: string): void {
    this.findings.push({ attribute: row?.keyword ?? element.tag.toString(16).padStart(8, "0"), detail });
  }

  #element(element: TreeElement, characterSets: CharacterSets, inDummy: boolean): void {
    const { tag, content } = element;
    if (tag === 0x00120064) return;
    const row = findConfidentialityRow(tag);
    const forbidden = forbiddenReason(tag, row);
    if (forbidden) {
      this.#find(element, row, forbidden);
      return;
    }
    const treatment = row
      ? treatmentOf(row, { options: this.#declared.options, sopClassUid: this.#options.sopClassUid })
      : this.#ofVr(element);
    if (treatment === "remove") {
      if (!isDummy(element) || row) this.#find(element, row, "It should have been removed.");
      return;
    }
    if (content.kind === "items") {
      if (treatment === "empty" && content.items.length > 0) this.#find(element, row, "The sequence should be empty.");
      const isConcept = conceptNames.has(tag);
      if (content.items.some((item) => item.some((inner) => isPixels(inner.tag)))) {
        this.#find(element, row, "There are pixels in the sequence.");
      }
      for (const item of content.items)
        this.tree(item, characterSets, (inDummy && !isConcept) || treatment === "dummy");
      return;
    }
    if (content.kind === "fragments") return;
    if (isEmpty(element)) return;
    const problem = this.#problem(element, treatment, characterSets);
    if (problem) this.#find(element, row, problem);
    else if (inDummy && /^(LO|LT|PN|SH|ST|UC|UT)$/.test(element.vr) && !isDummy(element) && !isPseudonymTag(tag)) {
      this.#find(element, row, "Content that should be replaced by dummies is there.");
    }
  }

  /** The treatment of what the table does not name. */
  #ofVr({ tag, vr, content }: TreeElement): Treatment {
    if (content.kind !== "value" || versions.has(tag)) return "keep";
    if (vr === "UI") return "uid";
    if (vr === "PN") return "empty";
    if (vr === "AE" || vr === "UR" || vr === "UN") return "remove";
    if (/^(DA|DT|TM)$/.test(vr)) return this.#declared.options.has("retain-longitudinal") ? "shift" : "remove";
    return /^(LT|ST|UT)$/.test(vr) ? "clean" : "keep";
  }

  #problem(element: TreeElement, treatment: Treatment, characterSets: CharacterSets): string | undefined {
    const { tag, vr } = element;
    const text = (): string => elementText(element, characterSets);
    switch (treatment) {
      case "empty":
        if ((tag === 0x00100010 && isPseudonym(text())) || isDummy(element)) return undefined;
        return "It should be empty.";
      case "dummy":
        if (tag === TAGS.PatientID && isPseudonym(text())) return undefined;
        if (vr === "UI" && isReplacedUid(text())) return undefined;
        return isDummy(element) ? undefined : "It should be a dummy value.";
      case "uid":
        return text()
          .split("\\")
          .map((uid) => uid.replace(/[ \0]/g, ""))
          .every((uid) => uid === "" || isWellKnownUid(uid) || isReplacedUid(uid) || (classUids.has(tag) && isUid(uid)))
          ? undefined
          : "It holds a UID that was not replaced.";
      case "shift":
        return isDummy(element) || this.#arePlausible(text(), vr) ? undefined : "It holds no plausible date or time.";
      case "clean": {
        if (isDummy(element)) return undefined;
        const isClean = text()
          .split("\\")
          .every((value) => cleanText(value, this.#options.harmless) === value);
        return isClean ? undefined : "Its text was not cleaned.";
      }
      default:
        return undefined;
    }
  }

  #arePlausible(text: string, vr: string): boolean {
    return text.split("\\").every((value) => {
      if (value === "") return true;
      if (vr === "TM") return /^\d{2}[\d:.]*$/.test(value);
      const date = value.slice(0, 8);
      return /^\d{8}/.test(value) && date >= "18000101" && date <= this.#options.latestDate;
    });
  }
}

/**
 * Looks a data set over.
 *
 * @returns nothing where it is as the profile wants it
 * @example
 * verifyTree(readElementTree(dataSet), { sopClassUid, latestDate: "20261126" });
 */
export const verifyTree = (tree: ElementTree, options: VerifyOptions): readonly VerifyFinding[] => {
  const declared = declaredProfile(tree);
  if (!declared.isDeidentified) {
    return [{ attribute: "file", detail: "It does not say that it was de-identified by the Basic Profile." }];
  }
  const work = new Verification(options, declared);
  work.tree(tree, CharacterSets.of(tree), false);
  if (!isPseudonym(firstText(tree, TAGS.PatientID))) {
    work.findings.push({ attribute: "PatientID", detail: "It is no pseudonym." });
  }
  return work.findings;
};
