/**
 * Writes an element tree as a DICOM file (PS3.10 section 7, PS3.5 section 7 and annex A): explicit or implicit VR, little endian,
 * sequences and items of defined length, encapsulated pixel data fragment by fragment. The parts are put together once, at the end.
 */
import { OsteonError } from "../errors.ts";
import type { ElementTree, TreeContent, TreeElement } from "./element-tree.ts";
import { implementationClassUid, implementationVersion } from "./write-part10.ts";

/** What a file says of itself before its data set. */
export interface FileMeta {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** The syntax the data set is written in; only Implicit VR Little Endian is implicit. */
  readonly transferSyntaxUid: string;
}

const implicitLittleEndian = "1.2.840.10008.1.2";
const undefinedLength = 0xffffffff;
const sequenceEnd = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
const paddedWithZero = new Set(["UI", "OB", "UN", "OW", "OF", "OD", "OL", "OV"]);
/** VRs whose length takes four bytes after two reserved ones (PS3.5 section 7.1.2). */
const longLength = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);

/** Parts of a file and their length together. */
class Parts {
  readonly #parts: Uint8Array[] = [];
  length = 0;

  add(...parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.#parts.push(part);
      this.length += part.length;
    }
  }

  append(others: Parts): void {
    for (const part of others.#parts) this.add(part);
  }

  joined(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.length);
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}

const itemHead = (length: number): Uint8Array => {
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, 0xe000fffe, true);
  head.setUint32(4, length, true);
  return new Uint8Array(head.buffer);
};

const elementHead = (tag: number, vr: string | undefined, length: number): Uint8Array => {
  const isLong = vr !== undefined && longLength.has(vr);
  const head = new DataView(new ArrayBuffer(isLong ? 12 : 8));
  head.setUint16(0, tag >>> 16, true);
  head.setUint16(2, tag & 0xffff, true);
  if (vr === undefined) {
    head.setUint32(4, length, true);
    return new Uint8Array(head.buffer);
  }
  head.setUint8(4, vr.charCodeAt(0));
  head.setUint8(5, vr.charCodeAt(1));
  if (isLong) head.setUint32(8, length, true);
  else head.setUint16(6, length, true);
  return new Uint8Array(head.buffer);
};

const contentParts = (content: TreeContent, vr: string, explicit: boolean): Parts => {
  const parts = new Parts();
  if (content.kind === "value") {
    parts.add(content.bytes);
    if (content.bytes.length % 2 === 1) parts.add(Uint8Array.of(paddedWithZero.has(vr) ? 0 : 0x20));
  } else if (content.kind === "items") {
    for (const item of content.items) {
      const inner = treeParts(item, explicit);
      parts.add(itemHead(inner.length));
      parts.append(inner);
    }
  } else {
    for (const fragment of content.fragments) {
      const padding = fragment.length % 2;
      parts.add(itemHead(fragment.length + padding), fragment);
      if (padding) parts.add(Uint8Array.of(0));
    }
    parts.add(sequenceEnd);
  }
  return parts;
};

const elementParts = ({ tag, vr, content }: TreeElement, explicit: boolean): Parts => {
  const inner = contentParts(content, vr, explicit);
  const isFragments = content.kind === "fragments";
  // Longer than its VR can say: unknown VR, as PS3.5 section 6.2.2 note 2 has it.
  const written = longLength.has(vr) || inner.length <= 0xfffe ? vr : "UN";
  const parts = new Parts();
  parts.add(elementHead(tag, explicit ? written : undefined, isFragments ? undefinedLength : inner.length));
  parts.append(inner);
  return parts;
};

const treeParts = (tree: ElementTree, explicit: boolean): Parts => {
  const parts = new Parts();
  let last = -1;
  for (const element of tree.toSorted((a, b) => a.tag - b.tag)) {
    if (element.tag === last) {
      const tag = element.tag.toString(16).padStart(8, "0");
      throw new OsteonError("bad-input", `Element ${tag} is given twice.`, { tag: element.tag });
    }
    last = element.tag;
    parts.append(elementParts(element, explicit));
  }
  return parts;
};

const text = (tag: number, vr: string, value: string): TreeElement => ({
  tag,
  vr,
  content: { kind: "value", bytes: new TextEncoder().encode(value) },
});

/**
 * The bytes of a DICOM file: an empty preamble, file meta information made anew, and the data set in the order of its tags.
 *
 * @throws OsteonError `bad-input` where a tag occurs twice or belongs to group 0002
 * @example
 * writeDataSet(readElementTree(dataSet), { sopClassUid, sopInstanceUid, transferSyntaxUid: "1.2.840.10008.1.2.1" });
 */
export const writeDataSet = (tree: ElementTree, meta: FileMeta): Uint8Array<ArrayBuffer> => {
  if (tree.some(({ tag }) => tag >>> 16 <= 2)) {
    throw new OsteonError("bad-input", "Group 0002 is made by the writer and cannot be among the elements.");
  }
  const group = treeParts(
    [
      { tag: 0x00020001, vr: "OB", content: { kind: "value", bytes: Uint8Array.of(0, 1) } },
      text(0x00020002, "UI", meta.sopClassUid),
      text(0x00020003, "UI", meta.sopInstanceUid),
      text(0x00020010, "UI", meta.transferSyntaxUid),
      text(0x00020012, "UI", implementationClassUid),
      text(0x00020013, "SH", implementationVersion),
    ],
    true,
  );
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, group.length, true);
  const parts = new Parts();
  parts.add(new Uint8Array(128), new TextEncoder().encode("DICM"));
  parts.append(elementParts({ tag: 0x00020000, vr: "UL", content: { kind: "value", bytes: length } }, true));
  parts.append(group);
  parts.append(treeParts(tree, meta.transferSyntaxUid !== implicitLittleEndian));
  return parts.joined();
};
