/** Looks for texts in bytes, in every encoding that a DICOM file or a picture may hold them in; ASCII letters of either case. */

const latin1 = (text: string): Uint8Array | undefined => {
  const codes = [...text].map((letter) => letter.codePointAt(0)!);
  return codes.every((code) => code < 256) ? Uint8Array.from(codes) : undefined;
};

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};

const lower = (bytes: Uint8Array): Buffer => {
  const target = Buffer.from(bytes);
  for (let i = 0; i < target.length; i++) if (target[i]! >= 0x41 && target[i]! <= 0x5a) target[i]! += 0x20;
  return target;
};

/** Umlauts as German writes them without. */
const spelt = (text: string): string =>
  text.replace(/[äöüÄÖÜß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue" })[letter] ?? "ss");

/** One text in one encoding. */
interface Spelling {
  readonly bytes: Buffer;
  /** Bytes of a letter. */
  readonly step: 1 | 2;
  /** Whether it must stand alone: short words and numbers are parts of many others. */
  readonly isWord: boolean;
}

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte >= 0xc0);

/** Whether letters or digits go on beside a match. A letter before a zero is the group of the next DICOM element. */
const goesOn = (bytes: Buffer, at: number, { bytes: { length }, step }: Spelling): boolean => {
  const end = at + length;
  if (step === 2) return isLetter(bytes[at - 2]) || isLetter(bytes[end]);
  return isLetter(bytes[at - 1]) || (isLetter(bytes[end]) && bytes[end + 1] !== 0);
};

const isThere = (bytes: Buffer, spelling: Spelling): boolean => {
  for (let at = bytes.indexOf(spelling.bytes); at >= 0; at = bytes.indexOf(spelling.bytes, at + 1)) {
    if (!spelling.isWord || !goesOn(bytes, at, spelling)) return true;
  }
  return false;
};

/** Words of fewer letters are found within others. */
const shortest = 6;

/** Texts to look for. */
export class ByteSearch {
  readonly #texts: readonly (readonly Spelling[])[];

  /** @param texts those of three characters or more count; short words and numbers must stand alone */
  constructor(texts: readonly string[]) {
    const wanted = [...new Set(texts)].filter((text) => text.length >= 3);
    this.#texts = wanted.map((text) => {
      const isWord = text.length < shortest || /^\d+$/.test(text);
      const spellings = new Set([text, text.normalize("NFC"), text.normalize("NFD"), spelt(text.normalize("NFC"))]);
      return [...spellings].flatMap((spelling): Spelling[] => {
        const single = [new TextEncoder().encode(spelling), latin1(spelling) ?? new Uint8Array()];
        const double = [utf16(spelling, false), utf16(spelling, true)];
        return [
          ...single
            .filter(({ length }) => length > 0)
            .map((bytes) => ({ bytes: lower(bytes), step: 1 as const, isWord })),
          ...double.map((bytes) => ({ bytes: lower(bytes), step: 2 as const, isWord })),
        ];
      });
    });
  }

  /** How many of the texts the bytes hold. */
  countIn(bytes: Uint8Array): number {
    const content = lower(bytes);
    return this.#texts.filter((spellings) => spellings.some((spelling) => isThere(content, spelling))).length;
  }
}
