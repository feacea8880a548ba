/** ICD-10 and ICD-O-3 codes and TNM stages: their grammar, and the ways that tables write them. */
import type { TnmStage } from "../records.ts";
import type { CellReading } from "./cell-reading.ts";

/** The last block of each chapter's letter (ICD-10, version 2019; the GM edition has the same). */
const lastBlock: Readonly<Record<string, number>> = { C: 97, D: 90, E: 90, H: 95, K: 93, P: 96, T: 98, Y: 98 };

const fromCode = (written: string, code: string): CellReading<string> => ({
  value: code,
  rules: written === code ? [] : ["synonym"],
});

/**
 * Reads an ICD-10 code. Of the GM edition's marks behind it (section 295 SGB V), those of the side and of a certain or past
 * diagnosis are left out (`C40.2 L G`), suspicion (`V`) is doubted, and what the mark calls excluded (`A`) is not taken.
 * @example
 * readIcd10("c402"); // { value: "C40.2", rules: ["synonym"] }
 */
export const readIcd10 = (text: string): CellReading<string> => {
  const upper = text.trim().toUpperCase();
  const marks = /(?:\s+[GVZALRB])+$/.exec(upper)?.[0] ?? "";
  if (marks.includes("A")) return { rules: ["invalid-icd-code"] };
  const bare = upper
    .slice(0, upper.length - marks.length)
    .replace(/\s+/g, "")
    .replace(/[*+!†.\-\s]+$/, "");
  const found = /^([A-Z])(\d\d)(?:[.,]?(\d{1,2}))?$/.exec(bare);
  if (found === null) return { rules: ["invalid-icd-code"] };
  const [, letter, block, further] = found;
  if (Number(block) > (lastBlock[letter!] ?? 99)) return { rules: ["invalid-icd-code"] };
  const code = `${letter}${block}${further === undefined ? "" : `.${further}`}`;
  return marks.includes("V") ? { value: code, rules: ["approximate-value"] } : fromCode(text, code);
};

/** Reads an ICD-O-3 morphology with its behaviour: `9180/3`. */
export const readMorphology = (text: string): CellReading<string> => {
  const found = /^M?-?([89]\d{3})\s*[/-]?\s*([0-369])$/i.exec(text.trim());
  if (found === null) return { rules: ["invalid-icd-code"] };
  return fromCode(text, `${found[1]}/${found[2]}`);
};

/** Reads an ICD-O-3 topography: `C40.2`. */
export const readTopography = (text: string): CellReading<string> => {
  const found = /^C(\d\d)(?:[.,]?(\d))?$/i.exec(text.trim());
  if (found === null || Number(found[1]) > 80) return { rules: ["invalid-icd-code"] };
  return fromCode(text, `C${found[1]}${found[2] === undefined ? "" : `.${found[2]}`}`);
};

const grammar = {
  t: /^(?:X|0|is|a|[1-4][a-d]?)$/,
  n: /^(?:X|0|[1-3][a-c]?)$/,
  m: /^(?:X|0|1[a-c]?)$/,
} as const;

/** One part of a stage, with what stood before it. */
export interface TnmPart {
  readonly part: string;
  readonly prefix?: string;
}

/**
 * Reads one part of a TNM stage (UICC, 8th edition).
 * @example
 * readTnmPart("pT2b", "t"); // { value: { part: "2b", prefix: "p" }, rules: ["synonym"] }
 */
export const readTnmPart = (text: string, letter: "t" | "n" | "m"): CellReading<TnmPart> => {
  const found = new RegExp(`^(?:([cpyra]{1,3})?${letter})?\\s*([x0-4a-d]{1,2}|is)$`, "i").exec(text.trim());
  if (found === null) return { rules: ["invalid-tnm"] };
  const lower = found[2]!.toLowerCase();
  const part = lower === "x" ? "X" : lower;
  if (!grammar[letter].test(part)) return { rules: ["invalid-tnm"] };
  const prefix = found[1]?.toLowerCase();
  return { value: { part, ...(prefix === undefined ? {} : { prefix }) }, rules: text === part ? [] : ["synonym"] };
};

/** Reads a whole stage out of one cell: "pT2b N0 M0", "T1aN0M0 G2". */
export const readTnm = (text: string): CellReading<TnmStage> => {
  const written = text.trim();
  if (written.length > 60) return { rules: ["invalid-tnm"] };
  const found =
    /^([cpyra]{1,3})?\s*T\s*(\w{1,2}?)[\s,;]*(?:[cp]?N\s*(\w{1,2}?))?[\s,;]*(?:[cp]?M\s*(\w{1,2}?))?(?:[\s,;]*(?:G|L|V|R|Pn)\s*[\dX])*$/i.exec(
      written,
    );
  if (found === null) return { rules: ["invalid-tnm"] };
  const stage: Record<string, string> = {};
  for (const [letter, part] of [
    ["t", found[2]],
    ["n", found[3]],
    ["m", found[4]],
  ] as const) {
    if (part === undefined) continue;
    const reading = readTnmPart(part, letter);
    if (reading.value === undefined) return { rules: ["invalid-tnm"] };
    stage[letter] = reading.value.part;
  }
  if (found[1] !== undefined) stage.prefix = found[1].toLowerCase();
  return { value: stage, rules: ["synonym"] };
};

const romans: Readonly<Record<string, number>> = { I: 1, II: 2, III: 3, IV: 4 };

/** Reads a histological grade, 1 to 4: "G2", "2", "Grad II". */
export const readGrade = (text: string): CellReading<number> => {
  const found = /^(?:g|grad|grade)?\s*\.?\s*([1-4]|iv|i{1,3})$/i.exec(text.trim());
  if (found === null) return { rules: ["unreadable-number"] };
  const value = romans[found[1]!.toUpperCase()] ?? Number(found[1]);
  return { value, rules: String(value) === text ? [] : ["number-format"] };
};
