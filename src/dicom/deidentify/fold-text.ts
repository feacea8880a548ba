/** Text brought to one spelling, so that identifiers are recognised however they are written. */

/** Lower case, without accents, ß as ss, full-width letters as plain ones; umlauts lose their dots. */
export const foldText = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("ı", "i")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe");

/** The German way to write umlauts in plain letters: Müller as Mueller. Undefined where that is the same as folding. */
export const foldUmlauts = (text: string): string | undefined => {
  const composed = text.normalize("NFC");
  const spelt = composed.replace(/[äöüÄÖÜ]/g, (letter) => `${foldText(letter)}e`);
  return spelt === composed ? undefined : foldText(spelt);
};

/** Words of letters and digits, folded. */
export const foldedWords = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const wordSigns = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** How much a folded text tells: its length, a sign of Chinese, Japanese or Korean for three letters, since one or two are a name. */
export const weightOf = (text: string): number => text.length + 2 * (text.match(wordSigns)?.length ?? 0);

/** Letters and digits alone, folded: "12.03.1956" and "12 03 1956" become the same. */
export const squeeze = (text: string): string => foldedWords(text).join("");
