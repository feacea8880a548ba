/**
 * Repairs text whose bytes were read in the wrong encoding: UTF-8 taken for Windows-1252 ("MÃ¤nnlich"), once or several
 * times over, the DOS code page 850 taken for Latin-1, the entities of a web page, and letters that were lost altogether where only one fits.
 */
import { findEntity } from "../vocabulary/find-entity.ts";
import { findSite } from "../vocabulary/find-site.ts";

/** Windows-1252 puts letters where Latin-1 has control characters (Encoding Standard, index windows-1252). */
const windows1252 = new Map(
  [..."€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"].map((letter, i) => [letter, 0x80 + i]),
);
const codePage850: Readonly<Record<string, string>> = {
  "\u0084": "ä",
  "\u0094": "ö",
  "\u0081": "ü",
  "\u008e": "Ä",
  "\u0099": "Ö",
  "\u009a": "Ü",
};
const utf8 = new TextDecoder("utf-8", { fatal: true });
/** A leading byte of UTF-8 and one that may follow it, as Windows-1252 shows them. */
const suspect = /[\u00C2-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;
const mostTimes = 3;

/**
 * The text as it was meant; undefined where nothing is wrong with it, or where nobody can tell what was meant.
 * @example
 * repairText("FuÃŸ"); // "Fuß"
 */
export const repairText = (text: string): string | undefined => {
  let repaired = decodeEntities(text);
  for (let times = 0; times < mostTimes && suspect.test(repaired); times++) {
    const once = readAgain(repaired);
    if (once === undefined) break;
    repaired = once;
  }
  // What is left of a space that does not break, once it was trimmed.
  repaired = repaired.replace(/(?<=\p{Letter})Â(?=\s|$)/gu, "");
  repaired = repaired.replace(/[\u0081\u0084\u008E\u0094\u0099\u009A]/g, (letter) => codePage850[letter]!);
  if (repaired.includes("\uFFFD") || /\p{Letter}\?\p{Letter}/u.test(repaired)) {
    repaired = fillLostLetter(repaired) ?? repaired;
  }
  return repaired === text ? undefined : repaired;
};

const entityLetters: Readonly<Record<string, string>> = {
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  amp: "&",
  nbsp: " ",
  lt: "<",
  gt: ">",
  quot: '"',
  eacute: "é",
};

/** Letters as web pages write them: "kartilagin&auml;r", "Fu&#223;". */
const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{2,4})|(\w{2,6}));/g, (written, decimal: string | undefined, name: string | undefined) =>
    name === undefined ? String.fromCodePoint(Number(decimal)) : (entityLetters[name] ?? written),
  );

/** The bytes behind the letters, read as UTF-8. */
const readAgain = (text: string): string | undefined => {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    const byte = code < 0x100 ? code : windows1252.get(letter);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
};

/** One letter for every mark of a lost one, where the vocabulary knows the word with exactly one. */
const fillLostLetter = (text: string): string | undefined => {
  const found = [..."äöüß"]
    .map((letter) =>
      text
        .replace(/(^|[\s-])\uFFFD/g, `$1${letter.toUpperCase()}`)
        .replaceAll("\uFFFD", letter)
        .replace(/(\p{Letter})\?(?=\p{Letter})/gu, `$1${letter}`),
    )
    .filter((candidate) =>
      [findEntity(candidate), findSite(candidate)].some((match) => match && match.how !== "misspelt"),
    );
  return found.length === 1 ? found[0] : undefined;
};
