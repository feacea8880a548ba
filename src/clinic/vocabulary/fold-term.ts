/** Terms in the one spelling they are compared in: letters and digits alone, whatever the case, the accents, the dialect. */

/**
 * The comparable spellings of a term, the likelier first: small letters and digits; umlauts written out, and, where that
 * differs, without their dots as some systems leave them; British spellings as American ones.
 *
 * @example
 * foldTerm("Hämangiom"); // ["hemangiom", "hamangiom"]
 */
export const foldTerm = (text: string): readonly string[] => {
  const lower = text.normalize("NFC").toLowerCase().replaceAll("ß", "ss").replaceAll("æ", "ae").replaceAll("œ", "oe");
  const written = lower.replace(/[äöü]/g, (letter) => ({ ä: "ae", ö: "oe" })[letter] ?? "ue");
  const first = foldLetters(written);
  const second = foldLetters(lower);
  return first === second ? [first] : [first, second];
};

const foldLetters = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[^\p{Letter}\p{Number}]/gu, "")
    .replaceAll("tumour", "tumor")
    .replaceAll("haem", "hem")
    .replaceAll("leukaem", "leukem")
    .replaceAll("oedem", "edem");
