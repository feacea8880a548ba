/** A parsed DICOM data set (PS3.5 section 7): where each element lies in the bytes, and typed access to the values. */
import { decodeText } from "./text-encoding.ts";

/** How the elements of a data set are coded. */
export interface ElementCoding {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

/** A run of bytes in a file. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** One data element; the value lies at `offset` in the bytes of its data set. */
export interface DataElement extends ByteRange {
  /** Group times 65536 plus element, e.g. 0x7fe00010. */
  readonly tag: number;
  /** The value representation, undefined where the coding is implicit. */
  readonly vr: string | undefined;
  /** The items of encapsulated pixel data, the offset table first. */
  readonly fragments?: readonly ByteRange[];
  /** The items of a sequence of undefined length, which had to be walked to find its end. */
  readonly items?: readonly DataSet[];
}

/** Elements by tag, with the bytes they lie in. */
export class DataSet {
  readonly bytes: Uint8Array;
  readonly coding: ElementCoding;
  readonly elements: ReadonlyMap<number, DataElement>;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, coding: ElementCoding, elements: ReadonlyMap<number, DataElement>) {
    this.bytes = bytes;
    this.coding = coding;
    this.elements = elements;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The bytes of an element's value, without a copy; undefined where the element is absent or empty. */
  value(tag: number): Uint8Array | undefined {
    const element = this.elements.get(tag);
    return element && element.length > 0
      ? this.bytes.subarray(element.offset, element.offset + element.length)
      : undefined;
  }

  /** The values of a text element: split at backslashes, padding removed, decoded by `SpecificCharacterSet`. */
  texts(tag: number, characterSets: readonly string[] = []): string[] {
    const bytes = this.value(tag);
    if (!bytes) return [];
    return decodeText(bytes, characterSets)
      .split("\\")
      .map((text) => text.replace(/^[ \0]+|[ \0]+$/g, ""));
  }

  /** The first value of a text element, undefined where it is absent or empty. */
  text(tag: number, characterSets: readonly string[] = []): string | undefined {
    return this.texts(tag, characterSets)[0] || undefined;
  }

  /** The values of an element of decimal or integer strings (DS, IS); what is no number is left out. */
  decimals(tag: number): number[] {
    return this.texts(tag)
      .map((text) => (text === "" ? Number.NaN : Number.parseFloat(text)))
      .filter(Number.isFinite);
  }

  /** The values of an element of 16-bit numbers (US, SS, and OW as numbers). */
  words(tag: number, signed = false): number[] {
    const element = this.elements.get(tag);
    const count = (element?.length ?? 0) >> 1;
    return Array.from({ length: count }, (_, i) => {
      const position = element!.offset + 2 * i;
      const little = this.coding.littleEndian;
      return signed ? this.#view.getInt16(position, little) : this.#view.getUint16(position, little);
    });
  }

  /** The first value of an element of 16-bit unsigned numbers. */
  word(tag: number): number | undefined {
    return this.words(tag)[0];
  }
}
