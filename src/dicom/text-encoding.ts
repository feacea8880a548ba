/** Text by Specific Character Set (DICOM PS3.3 C.12.1.1.2, PS3.5 section 6.1), as far as the platform's decoders go. */

/** WHATWG encoding labels of the defined terms; "ISO 2022 IR n" and "ISO_IR n" share theirs. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "6": "iso-8859-1",
  "100": "iso-8859-1",
  "101": "iso-8859-2",
  "109": "iso-8859-3",
  "110": "iso-8859-4",
  "144": "iso-8859-5",
  "127": "iso-8859-6",
  "126": "iso-8859-7",
  "138": "iso-8859-8",
  "148": "windows-1254",
  "203": "iso-8859-15",
  "13": "shift_jis",
  "166": "windows-874",
  "192": "utf-8",
  "87": "iso-2022-jp",
  "159": "iso-2022-jp",
  "149": "euc-kr",
  "58": "gbk",
};

const ESCAPE = 0x1b;

const encodingOf = (term: string): string => {
  if (term === "GB18030" || term === "GBK") return "gb18030";
  return ENCODINGS[/(\d+)$/.exec(term)?.[1] ?? "6"] ?? "iso-8859-1";
};

/** Without the escape sequences (ESC, one or two intermediate bytes, a final byte) that switch ISO 2022 sets. */
const withoutEscapes = (bytes: Uint8Array): Uint8Array => {
  const kept: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== ESCAPE) {
      kept.push(bytes[i]!);
      continue;
    }
    do i++;
    while (i < bytes.length && bytes[i]! >= 0x20 && bytes[i]! <= 0x2f);
  }
  return Uint8Array.from(kept);
};

/**
 * Decodes text. With several character sets the first serves, or, where the text switches by escape sequences, the first
 * of several bytes a character.
 *
 * @param characterSets the values of (0008,0005), none for ASCII
 * @example
 * decodeText(Uint8Array.of(0xc4), ["ISO_IR 100"]); // "Ä"
 */
export const decodeText = (bytes: Uint8Array, characterSets: readonly string[]): string => {
  const first = encodingOf(characterSets[0] || "ISO_IR 6");
  if (!bytes.includes(ESCAPE)) return new TextDecoder(first).decode(bytes);
  const wide = characterSets.map(encodingOf).find((name) => ["iso-2022-jp", "euc-kr", "gbk"].includes(name));
  if (wide === "iso-2022-jp") return new TextDecoder(wide).decode(bytes);
  return new TextDecoder(wide ?? encodingOf(characterSets[1] || "ISO_IR 6")).decode(withoutEscapes(bytes));
};
