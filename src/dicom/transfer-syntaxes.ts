/** The transfer syntaxes Osteon reads (DICOM PS3.5 section 10 and annex A, PS3.6 annex A). */

/** How the pixels of a transfer syntax are coded. */
export type PixelCoding = "native" | "rle" | "jpeg" | "jpeg-ls" | "jpeg-2000" | "ht-jpeg-2000" | "jpeg-xl";

/** One transfer syntax. */
export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  /** The data set itself is compressed (RFC 1951). */
  readonly deflated: boolean;
  readonly coding: PixelCoding;
  /** Samples may come back other than they were stored. */
  readonly lossy: boolean;
}

const PLAIN = { explicit: true, littleEndian: true, deflated: false, lossy: false } as const;

const encapsulated = (uid: string, name: string, coding: PixelCoding): TransferSyntax => ({
  uid,
  name,
  coding,
  ...PLAIN,
});

const lossy = (uid: string, name: string, coding: PixelCoding): TransferSyntax => ({
  ...encapsulated(uid, name, coding),
  lossy: true,
});

/** Implicit VR Little Endian, the default of the network and of files without a header. */
export const IMPLICIT_LITTLE_ENDIAN: TransferSyntax = {
  uid: "1.2.840.10008.1.2",
  name: "Implicit VR Little Endian",
  ...PLAIN,
  explicit: false,
  coding: "native",
};

/** Explicit VR Little Endian. */
export const EXPLICIT_LITTLE_ENDIAN = encapsulated("1.2.840.10008.1.2.1", "Explicit VR Little Endian", "native");

/** Explicit VR Big Endian (retired). */
export const EXPLICIT_BIG_ENDIAN: TransferSyntax = {
  uid: "1.2.840.10008.1.2.2",
  name: "Explicit VR Big Endian",
  ...PLAIN,
  littleEndian: false,
  coding: "native",
};

/** Every transfer syntax that Osteon reads. */
export const transferSyntaxes: readonly TransferSyntax[] = [
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  {
    ...EXPLICIT_LITTLE_ENDIAN,
    uid: "1.2.840.10008.1.2.1.99",
    name: "Deflated Explicit VR Little Endian",
    deflated: true,
  },
  encapsulated("1.2.840.10008.1.2.5", "RLE Lossless", "rle"),
  lossy("1.2.840.10008.1.2.4.50", "JPEG Baseline", "jpeg"),
  lossy("1.2.840.10008.1.2.4.51", "JPEG Extended", "jpeg"),
  lossy("1.2.840.10008.1.2.4.53", "JPEG Spectral Selection, Non-Hierarchical (retired)", "jpeg"),
  lossy("1.2.840.10008.1.2.4.55", "JPEG Full Progression, Non-Hierarchical (retired)", "jpeg"),
  encapsulated("1.2.840.10008.1.2.4.57", "JPEG Lossless", "jpeg"),
  encapsulated("1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction", "jpeg"),
  encapsulated("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", "jpeg-ls"),
  lossy("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless", "jpeg-ls"),
  encapsulated("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", "jpeg-2000"),
  lossy("1.2.840.10008.1.2.4.91", "JPEG 2000", "jpeg-2000"),
  encapsulated("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", "ht-jpeg-2000"),
  encapsulated("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Lossless", "ht-jpeg-2000"),
  lossy("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", "ht-jpeg-2000"),
  encapsulated("1.2.840.10008.1.2.4.110", "JPEG XL Lossless", "jpeg-xl"),
  lossy("1.2.840.10008.1.2.4.112", "JPEG XL", "jpeg-xl"),
];

const BY_UID: ReadonlyMap<string, TransferSyntax> = new Map(transferSyntaxes.map((syntax) => [syntax.uid, syntax]));

/**
 * The transfer syntax of a UID, or undefined where Osteon cannot decode it.
 *
 * @example
 * findTransferSyntax("1.2.840.10008.1.2.4.70")?.coding; // "jpeg"
 */
export const findTransferSyntax = (uid: string): TransferSyntax | undefined => BY_UID.get(uid);
