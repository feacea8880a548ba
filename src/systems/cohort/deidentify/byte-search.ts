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

/** One reading of bytes in parts. */
export interface ByteScan {
  /** Looks at the next part. */
  add(part: Uint8Array): void;
  /** How many of the texts were found so far. */
  readonly found: number;
}

/** Texts to look for. */
export class ByteSearch {
  readonly #texts: readonly (readonly Buffer[])[];
  readonly #longest: number;

  /** @param texts those of three characters or more count; shorter ones are everywhere */
  constructor(texts: readonly string[]) {
    const wanted = [...new Set(texts)].filter((text) => text.length >= 3);
    this.#texts = wanted.map((text) => {
      const spellings = new Set([text, text.normalize("NFC"), text.normalize("NFD"), spelt(text.normalize("NFC"))]);
      const coded = [...spellings].flatMap((spelling) => [
        new TextEncoder().encode(spelling),
        latin1(spelling) ?? [],
        utf16(spelling, false),
        utf16(spelling, true),
      ]);
      return coded.filter((bytes) => bytes.length > 0).map((bytes) => lower(Uint8Array.from(bytes)));
    });
    this.#longest = Math.max(1, ...this.#texts.flat().map(({ length }) => length));
  }

  /** How many of the texts a text holds. */
  countIn(text: string): number {
    const scan = this.start();
    scan.add(new TextEncoder().encode(text));
    return scan.found;
  }

  start(): ByteScan {
    const texts = this.#texts;
    const longest = this.#longest;
    const found = new Set<number>();
    let rest: Buffer = Buffer.alloc(0);
    return {
      add: (part) => {
        const bytes = Buffer.concat([rest, lower(part)]);
        texts.forEach((spellings, i) => {
          if (!found.has(i) && spellings.some((spelling) => bytes.includes(spelling))) found.add(i);
        });
        rest = Buffer.from(bytes.subarray(Math.max(0, bytes.length - longest + 1)));
      },
      get found() {
        return found.size;
      },
    };
  }
}
