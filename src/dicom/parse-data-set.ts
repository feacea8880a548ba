/**
 * The elements of a DICOM data set (PS3.5 section 7). Strict about lengths: a value that reaches past the end of its data
 * is an error, never filled. dicom-parser was tried and left: it accepts truncated implicit files, and misreads the VRs
 * OV, SV and UV, so every file with an extended offset table.
 */
import { Unreadable } from "../imaging/unreadable.ts";
import { type ByteRange, type DataElement, DataSet, type ElementCoding } from "./data-set.ts";

const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const PIXEL_DATA = 0x7fe00010;
const DEEPEST_NESTING = 32;

/** VRs with two reserved bytes and a 32-bit length (PS3.5 table 7.1-1). */
const LONG_VRS: ReadonlySet<string> = new Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "));
const SHORT_VRS: ReadonlySet<string> = new Set(
  "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split(" "),
);

/** Whether two bytes name a value representation of the standard. */
export const isValueRepresentation = (text: string): boolean => LONG_VRS.has(text) || SHORT_VRS.has(text);

const truncated = (): Unreadable => new Unreadable("truncated", "The file ends inside a data element.");

interface Header {
  readonly tag: number;
  readonly vr: string | undefined;
  readonly length: number;
}

/** Reads elements one after another from a part of the bytes. */
class ElementReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  position: number;

  constructor(bytes: Uint8Array, range: ByteRange) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = range.offset;
    this.#end = range.offset + range.length;
  }

  /** Whether no element is left; zero padding after the last one counts as the end. */
  atEnd(): boolean {
    if (this.position >= this.#end) return true;
    for (let i = this.position; i < this.#end; i++) if (this.#bytes[i] !== 0) return false;
    return true;
  }

  #need(count: number): void {
    if (count > this.#end - this.position) throw truncated();
  }

  header({ explicit, littleEndian }: ElementCoding): Header {
    this.#need(8);
    const at = this.position;
    const tag = this.#view.getUint16(at, littleEndian) * 65536 + this.#view.getUint16(at + 2, littleEndian);
    const delimiter = tag === ITEM || tag === ITEM_END || tag === SEQUENCE_END;
    if (!explicit || delimiter) {
      this.position += 8;
      return { tag, vr: undefined, length: this.#view.getUint32(at + 4, littleEndian) };
    }
    const vr = String.fromCharCode(this.#bytes[at + 4]!, this.#bytes[at + 5]!);
    if (LONG_VRS.has(vr)) {
      this.#need(12);
      this.position += 12;
      return { tag, vr, length: this.#view.getUint32(at + 8, littleEndian) };
    }
    if (!/^[A-Z?-]{2}$/.test(vr)) {
      throw new Unreadable("corrupt", "A data element has no valid value representation.");
    }
    this.position += 8;
    return { tag, vr, length: this.#view.getUint16(at + 6, littleEndian) };
  }

  skip(length: number): ByteRange {
    this.#need(length);
    const range = { offset: this.position, length };
    this.position += length;
    return range;
  }

  /** The items of encapsulated pixel data up to the sequence delimiter (PS3.5 A.4). */
  fragments(coding: ElementCoding): ByteRange[] {
    const fragments: ByteRange[] = [];
    for (;;) {
      const { tag, length } = this.header(coding);
      if (tag === SEQUENCE_END) return fragments;
      if (tag !== ITEM)
        throw new Unreadable("corrupt", "The encapsulated pixel data holds something other than items.");
      fragments.push(this.skip(length));
    }
  }

  /** The items of a sequence of undefined length up to its delimiter (PS3.5 section 7.5). */
  items(coding: ElementCoding, depth: number): DataSet[] {
    if (depth > DEEPEST_NESTING) throw new Unreadable("corrupt", "The sequences are nested too deeply.");
    const items: DataSet[] = [];
    for (;;) {
      const { tag, length } = this.header(coding);
      if (tag === SEQUENCE_END) return items;
      if (tag !== ITEM) throw new Unreadable("corrupt", "A sequence holds something other than items.");
      items.push(this.item(length, coding, depth));
    }
  }

  /** The data set of an item whose header has been read. */
  item(length: number, coding: ElementCoding, depth: number): DataSet {
    if (length === UNDEFINED_LENGTH) {
      return new DataSet(this.#bytes, coding, this.elements(coding, depth, true));
    }
    const inner = new ElementReader(this.#bytes, this.skip(length));
    return new DataSet(this.#bytes, coding, inner.elements(coding, depth, false));
  }

  /** Elements up to the end of the data, or up to the delimiter of the item. */
  elements(coding: ElementCoding, depth: number, delimited: boolean): Map<number, DataElement> {
    const elements = new Map<number, DataElement>();
    for (;;) {
      if (!delimited && this.atEnd()) return elements;
      const { tag, vr, length } = this.header(coding);
      if (tag === ITEM_END && delimited) return elements;
      if (tag === ITEM_END || tag === SEQUENCE_END) continue; // left over from a wrong length before it
      if (length !== UNDEFINED_LENGTH) {
        elements.set(tag, { tag, vr, ...this.skip(length) });
        continue;
      }
      const offset = this.position;
      if (tag === PIXEL_DATA || (vr !== undefined && vr !== "SQ" && vr !== "UN")) {
        const fragments = this.fragments(coding);
        elements.set(tag, { tag, vr, offset, length: this.position - offset, fragments });
      } else {
        // An unknown VR of undefined length is a sequence in implicit coding (PS3.5 section 6.2.2, note 4).
        const items = this.items(vr === "UN" ? { ...coding, explicit: false } : coding, depth + 1);
        elements.set(tag, { tag, vr, offset, length: this.position - offset, items });
      }
    }
  }
}

/**
 * Parses the elements from `offset` to the end of the bytes. Values are not copied, and sequences of known length are not
 * entered before {@link sequenceItems} asks for them.
 *
 * @throws Unreadable `truncated` where a value reaches past the end, `corrupt` where the structure is wrong
 * @example
 * parseDataSet(bytes, 0, { explicit: true, littleEndian: true }).text(0x00080060); // "DX"
 */
export const parseDataSet = (bytes: Uint8Array, offset: number, coding: ElementCoding): DataSet => {
  const reader = new ElementReader(bytes, { offset, length: bytes.length - offset });
  return new DataSet(bytes, coding, reader.elements(coding, 0, false));
};

/**
 * The items of a sequence; none where it is absent or empty.
 *
 * @throws Unreadable as {@link parseDataSet}
 * @example
 * sequenceItems(dataSet, 0x00283010)[0]?.words(0x00283002); // the descriptor of a VOI LUT
 */
export const sequenceItems = (dataSet: DataSet, tag: number): readonly DataSet[] => {
  const element = dataSet.elements.get(tag);
  if (!element) return [];
  if (element.items) return element.items;
  const coding = element.vr === "UN" ? { ...dataSet.coding, explicit: false } : dataSet.coding;
  const reader = new ElementReader(dataSet.bytes, element);
  const items: DataSet[] = [];
  while (!reader.atEnd()) {
    const header = reader.header(coding);
    if (header.tag === SEQUENCE_END) break;
    if (header.tag !== ITEM) throw new Unreadable("corrupt", "A sequence holds something other than items.");
    items.push(reader.item(header.length, coding, 1));
  }
  return items;
};
