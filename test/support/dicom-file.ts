/** Writes small DICOM files (Explicit VR Little Endian) for tests, element by element, with nothing added or checked. */

/** The value of an element: text, 16-bit numbers, bytes, the items of a sequence, or fragments of undefined length. */
export type ElementValue =
  | string
  | readonly number[]
  | Uint8Array
  | { readonly items: readonly Elements[] }
  | { readonly fragments: readonly Uint8Array[] };

/** Elements as [tag, VR, value], in the order in which they are to be written. */
export type Elements = readonly (readonly [tag: number, vr: string, value: ElementValue])[];

const LONG = new Set(["OB", "OW", "OV", "SQ", "UN", "UT"]);

const tagBytes = (tag: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(tag >>> 16, 0);
  bytes.writeUInt16LE(tag & 0xffff, 2);
  return bytes;
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

const item = (content: Uint8Array): Buffer => Buffer.concat([tagBytes(0xfffee000), uint32(content.length), content]);

const even = (bytes: Buffer, padding: number): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(padding)]);

const valueBytes = (vr: string, value: ElementValue): Buffer => {
  if (typeof value === "string") return even(Buffer.from(value, "latin1"), vr === "UI" ? 0 : 0x20);
  if (value instanceof Uint8Array) return even(Buffer.from(value), 0);
  if ("items" in value) return Buffer.concat(value.items.map((elements) => item(encodeElements(elements))));
  if ("fragments" in value) return Buffer.alloc(0);
  return Buffer.from(Uint16Array.from(value).buffer);
};

/** The bytes of a data set. */
export const encodeElements = (elements: Elements): Buffer =>
  Buffer.concat(
    elements.map(([tag, vr, value]) => {
      const head = Buffer.concat([tagBytes(tag), Buffer.from(vr, "latin1")]);
      if (typeof value === "object" && "fragments" in value) {
        const fragments = value.fragments.map((fragment) => item(even(Buffer.from(fragment), 0)));
        const end = Buffer.concat([tagBytes(0xfffee0dd), uint32(0)]);
        return Buffer.concat([head, Buffer.alloc(2), uint32(0xffffffff), ...fragments, end]);
      }
      const bytes = valueBytes(vr, value);
      const length = LONG.has(vr)
        ? Buffer.concat([Buffer.alloc(2), uint32(bytes.length)])
        : uint32(bytes.length).subarray(0, 2);
      return Buffer.concat([head, length, bytes]);
    }),
  );

/** A whole file: preamble, meta information with the transfer syntax, and a data set. */
export const dicomFile = (
  elements: Elements,
  transferSyntax = "1.2.840.10008.1.2.1",
  body?: Uint8Array,
): Uint8Array => {
  const meta = encodeElements([[0x00020010, "UI", transferSyntax]]);
  return new Uint8Array(
    Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), meta, body ?? encodeElements(elements)]),
  );
};

/** The Image Pixel Module of a grey picture of 16-bit words, for {@link dicomFile}; `more` elements are sorted in. */
export const greyElements = (
  pixels: {
    readonly width: number;
    readonly height: number;
    readonly values: readonly number[];
    readonly bits?: number;
    readonly signed?: boolean;
    readonly photometric?: string;
  },
  more: Elements = [],
): Elements => {
  const bits = pixels.bits ?? 16;
  const elements: Elements = [
    [0x00080060, "CS", "DX"],
    [0x00280002, "US", [1]],
    [0x00280004, "CS", pixels.photometric ?? "MONOCHROME2"],
    [0x00280010, "US", [pixels.height]],
    [0x00280011, "US", [pixels.width]],
    [0x00280100, "US", [16]],
    [0x00280101, "US", [bits]],
    [0x00280102, "US", [bits - 1]],
    [0x00280103, "US", [pixels.signed ? 1 : 0]],
    [0x7fe00010, "OW", pixels.values.map((value) => value & 0xffff)],
    ...more,
  ];
  const unique = new Map(elements.map((element) => [element[0], element]));
  return [...unique.values()].sort((a, b) => a[0] - b[0]);
};
