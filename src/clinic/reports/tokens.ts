/**
 * The words of a sentence in one spelling for both languages: `Läsion` and `lesion`, `präoperativ` and `preoperative`,
 * `Osteosarcom` and `osteosarkom` begin alike, so that one table of words serves German, English and their mixtures.
 */

/** A word or a mark, with its place in the report. */
export interface Token {
  /** Folded by {@link foldWord}; marks stand for themselves. */
  readonly text: string;
  /** As it stands. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** Whether a hyphen ties it to the word before. */
  readonly tied: boolean;
  /** Whether a hyphen follows directly: `epi-/metaphysär`. */
  readonly hyphened: boolean;
}

/** Longer words are nobody's; they are cut so that the work per word stays bounded. */
const longestWord = 80;

/** Marks that carry meaning; full stops are gone once the sentences are found. */
const keptMarks: ReadonlySet<string> = new Set([
  ",",
  ";",
  ":",
  "(",
  ")",
  "?",
  "/",
  "|",
  "-",
  "–",
  "—",
  "=",
  ">",
  "<",
  "+",
]);

/** The spelling that words are compared in. */
export const foldWord = (word: string): string =>
  word
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’´`]s?$/, "")
    .replaceAll(/ä|ae|æ/g, "e")
    .replaceAll(/ö|ø/g, "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ph", "f")
    .replaceAll("ck", "k")
    .replaceAll(/c(?=[eiy])/g, "z")
    .replaceAll(/c(?!h)/g, "k")
    .replaceAll("tumour", "tumor");

/** Splits a stretch of text into words and marks; `offset` is added to every place. */
export const tokenise = (text: string, offset = 0): Token[] => {
  const tokens: Token[] = [];
  let tied = false;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]{1,80}(?:['’]s(?![\p{L}\p{M}\p{N}]))?|[^\s\p{L}\p{M}\p{N}]/gu)) {
    const raw = match[0];
    const start = match.index;
    const end = start + raw.length;
    if (isWord(raw)) {
      const hyphened = isHyphen(text[end] ?? "");
      const folded = foldWord(raw).slice(0, longestWord);
      tokens.push({ text: folded, raw, start: offset + start, end: offset + end, tied, hyphened });
      tied = false;
      continue;
    }
    const touches = isWordAt(text, start - 1);
    const ties = isHyphen(raw) && touches && isWordAt(text, end);
    tied = ties || (raw === "/" && tokens.at(-1)?.hyphened === true && tied);
    if (ties || !keptMarks.has(raw) || (isHyphen(raw) && touches)) continue;
    tokens.push({ text: raw, raw, start: offset + start, end: offset + end, tied: false, hyphened: false });
  }
  return tokens;
};

/** Whether a token is a mark. */
export const isMark = ({ text }: Token): boolean => keptMarks.has(text);

const isHyphen = (character: string): boolean => character === "-" || character === "‐" || character === "‑";
const isWord = (raw: string): boolean => /^[\p{L}\p{M}\p{N}]/u.test(raw);
const isWordAt = (text: string, index: number): boolean => {
  const character = text[index];
  return character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);
};
