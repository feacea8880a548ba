/** Text in the character sets of files (PS3.3 C.12.1.1.2): Latin-1, Latin-5 (Turkish), UTF-8. */
import type { DicomElement } from "../../dicom/write-part10.ts";

/** The value of SpecificCharacterSet. */
export type CharacterSet = "ISO_IR 100" | "ISO_IR 148" | "ISO_IR 192";

const turkish: Readonly<Record<string, number>> = { Ğ: 0xd0, İ: 0xdd, Ş: 0xde, ğ: 0xf0, ı: 0xfd, ş: 0xfe };

/** The bytes of a text, or nothing where the set lacks a character. */
export const encodeText = (text: string, set: CharacterSet): Uint8Array | undefined => {
  if (set === "ISO_IR 192") return new TextEncoder().encode(text);
  const codes = [...text].map((character) => {
    const code = character.codePointAt(0)!;
    if (set === "ISO_IR 148" && turkish[character] !== undefined) return turkish[character];
    const taken = set === "ISO_IR 148" && Object.values(turkish).includes(code);
    return code < 256 && !taken ? code : undefined;
  });
  return codes.every((code) => code !== undefined) ? Uint8Array.from(codes) : undefined;
};

const encoded = new Set(["LO", "LT", "PN", "SH", "ST", "UC", "UT"]);

/** Whether every text of the elements, however deep, can be written in a character set. */
export const fitsSet = (elements: readonly DicomElement[], set: CharacterSet): boolean =>
  elements.every(({ vr, value }) =>
    vr === "SQ"
      ? (value as readonly (readonly DicomElement[])[]).every((one) => fitsSet(one, set))
      : !encoded.has(vr) || typeof value !== "string" || encodeText(value, set) !== undefined,
  );

/** The same elements with texts as bytes of a character set, and SpecificCharacterSet itself. */
export const inCharacterSet = (elements: readonly DicomElement[], set: CharacterSet): DicomElement[] => {
  const convert = (one: DicomElement): DicomElement => {
    if (one.vr === "SQ") {
      return { ...one, value: (one.value as readonly (readonly DicomElement[])[]).map((item) => item.map(convert)) };
    }
    if (!encoded.has(one.vr) || typeof one.value !== "string") return one;
    const bytes = encodeText(one.value, set)!;
    // padded here with a space: raw bytes are not known as text where they are written
    const even = bytes.length % 2 === 0 ? bytes : Uint8Array.from([...bytes, 0x20]);
    return { ...one, value: even };
  };
  return [{ tag: 0x00080005, vr: "CS", value: set }, ...elements.map(convert)];
};
