/** What a file of text is written in: its encoding, and what stands between its columns. */

/** Encodings that tables come in; Windows-1252 includes Latin-1. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/**
 * The encoding of a text's beginning. UTF-16 is known by its mark or by the zero bytes of its letters; UTF-8 by being it.
 *
 * @param isWhole false where the text may be cut in the middle of a letter
 */
export const sniffEncoding = (beginning: Uint8Array, { isWhole = false } = {}): TextEncoding => {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const looked = beginning.subarray(0, 4096);
  looked.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]! += 1;
  });
  const many = looked.length / 8;
  if (zeros[1]! > many && zeros[0]! < zeros[1]! / 4) return "utf-16le";
  if (zeros[0]! > many && zeros[1]! < zeros[0]! / 4) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(beginning, { stream: !isWhole });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
};

const delimiters = [";", "\t", ",", "|"] as const;

/** What stands between two columns. */
export type Delimiter = (typeof delimiters)[number];

/**
 * The separator of a text's columns: the one that splits its first rows into the same number of cells, at least two.
 * Decimal commas split nothing, for they do not stand equally often in every row.
 */
export const sniffDelimiter = (text: string): Delimiter => {
  const rows = rowsOf(text, 50);
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const counts = rows.map((row) => row.filter((character) => character === delimiter).length);
    const inHeader = counts[0] ?? 0;
    if (inHeader === 0) continue;
    const alike = counts.filter((count) => count === inHeader).length / counts.length;
    const score = alike * Math.sqrt(inHeader);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
};

/** The characters of the first rows that stand outside quotes. */
const rowsOf = (text: string, most: number): string[][] => {
  const rows: string[][] = [[]];
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === "\n") {
      if (rows.length > most) break;
      rows.push([]);
    } else rows.at(-1)!.push(character);
  }
  // The last row may be cut.
  if (rows.length > 2) rows.pop();
  return rows.filter((row) => row.some((character) => character.trim() !== "" || character === "\t"));
};
