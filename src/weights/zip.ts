/**
 * The records of a zip archive that stores them as they are (APPNOTE 6.3, with the 64-bit extension), as torch.save writes it.
 * Nothing is unpacked to disk, so a record's name is only a name.
 */

import { crc32 } from "node:zlib";
import { OsteonError, shown } from "../errors.ts";

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const shortestEnd = 22;
const longestComment = 0xffff;
const in64 = 0xffffffff;

const broken = (why: string): OsteonError => new OsteonError("bad-input", `The zip archive is corrupt: ${why}.`);

/** Numbers at places that a hostile file may have chosen. */
class Reader {
  readonly file: Uint8Array;
  readonly #view: DataView;

  constructor(file: Uint8Array) {
    this.file = file;
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  }

  #check(at: number, bytes: number): void {
    if (at < 0 || at + bytes > this.file.length) throw broken("it points beyond its end; it may be truncated");
  }

  uint16(at: number): number {
    this.#check(at, 2);
    return this.#view.getUint16(at, true);
  }

  uint32(at: number): number {
    this.#check(at, 4);
    return this.#view.getUint32(at, true);
  }

  /** Exact up to 2^53; what is larger points beyond any file. */
  uint64(at: number): number {
    this.#check(at, 8);
    return Number(this.#view.getBigUint64(at, true));
  }

  bytes(at: number, length: number): Uint8Array {
    this.#check(at, length);
    return this.file.subarray(at, at + length);
  }
}

interface Directory {
  readonly start: number;
  readonly records: number;
}

const findDirectory = (reader: Reader): Directory => {
  const { length } = reader.file;
  for (let at = length - shortestEnd; at >= 0 && at >= length - shortestEnd - longestComment; at--) {
    if (reader.uint32(at) !== signature.end || reader.uint16(at + 20) !== length - shortestEnd - at) continue;
    if (at >= 20 && reader.uint32(at - 20) === signature.locator64) {
      const end64 = reader.uint64(at - 12);
      if (reader.uint32(end64) !== signature.end64) throw broken("its 64-bit directory is not where it says");
      return { records: reader.uint64(end64 + 32), start: reader.uint64(end64 + 48) };
    }
    return { records: reader.uint16(at + 10), start: reader.uint32(at + 16) };
  }
  throw broken("it has no directory at its end; it is truncated");
};

/** A record as the archive's directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly isStored: boolean;
  readonly isEncrypted: boolean;
  readonly size: number;
  readonly checksum: number;
  readonly localHeader: number;
  readonly next: number;
}

const readEntry = (reader: Reader, at: number): ZipEntry => {
  if (reader.uint32(at) !== signature.central) throw broken("its directory is not where it says");
  const nameLength = reader.uint16(at + 28);
  const extraLength = reader.uint16(at + 30);
  const name = new TextDecoder().decode(reader.bytes(at + 46, nameLength));
  const isStored = reader.uint16(at + 10) === 0;
  const sizes = { packed: reader.uint32(at + 20), size: reader.uint32(at + 24), localHeader: reader.uint32(at + 42) };
  const { packed, size, localHeader } = in64Bits(reader, sizes, { at: at + 46 + nameLength, length: extraLength });
  if (isStored && packed !== size) throw broken(`its record ${shown(name)} is stored with two sizes`);
  const next = at + 46 + nameLength + extraLength + reader.uint16(at + 32);
  const isEncrypted = (reader.uint16(at + 8) & 1) === 1;
  return { name, isStored, isEncrypted, size, checksum: reader.uint32(at + 16), localHeader, next };
};

interface Sizes {
  readonly packed: number;
  readonly size: number;
  readonly localHeader: number;
}

/** Replaces what does not fit 32 bits by its value in the extra field 1: size, packed size, place, each only if needed. */
const in64Bits = (reader: Reader, sizes: Sizes, extra: { at: number; length: number }): Sizes => {
  for (let at = extra.at; at + 4 <= extra.at + extra.length; at += 4 + reader.uint16(at + 2)) {
    if (reader.uint16(at) !== 1) continue;
    let field = at + 4;
    const wide = (value: number): number => {
      if (value !== in64) return value;
      field += 8;
      return reader.uint64(field - 8);
    };
    const size = wide(sizes.size);
    const packed = wide(sizes.packed);
    return { size, packed, localHeader: wide(sizes.localHeader) };
  }
  return sizes;
};

/**
 * The archive's directory, before any record is looked at.
 *
 * @throws OsteonError `bad-input` for an archive that is truncated or corrupt, or has two records of one name
 */
export const readZipDirectory = (file: Uint8Array): readonly ZipEntry[] => {
  const reader = new Reader(file);
  const { start, records } = findDirectory(reader);
  const found = new Map<string, ZipEntry>();
  for (let record = 0, at = start; record < records; record++) {
    const entry = readEntry(reader, at);
    if (found.has(entry.name)) throw broken(`it has two records named ${shown(entry.name)}`);
    found.set(entry.name, entry);
    at = entry.next;
  }
  return [...found.values()];
};

/**
 * The records by their names, as views of the file. A checksum of 0 counts as not computed, which PyTorch can be told to.
 *
 * @throws OsteonError `bad-input` for an archive that is truncated or corrupt, or has records that overlap; `unsupported` for
 *   compressed or encrypted ones
 */
export const readStoredRecords = (file: Uint8Array, entries: readonly ZipEntry[]): ReadonlyMap<string, Uint8Array> => {
  const reader = new Reader(file);
  let total = 0;
  return new Map(
    entries.map((entry): [string, Uint8Array] => {
      total += entry.size;
      if (entry.isStored && total > file.length) throw broken("its records overlap");
      return [entry.name, readRecord(reader, entry)];
    }),
  );
};

const readRecord = (reader: Reader, { name, isStored, isEncrypted, size, checksum, localHeader }: ZipEntry) => {
  if (isEncrypted) throw new OsteonError("unsupported", `The record ${shown(name)} of the zip archive is encrypted.`);
  if (!isStored) {
    const remedy = "torch.save never does that; unpack the archive and zip it anew without compression (zip -0)";
    throw new OsteonError("unsupported", `The record ${shown(name)} of the zip archive is compressed: ${remedy}.`);
  }
  if (reader.uint32(localHeader) !== signature.local) throw broken(`the record ${shown(name)} is not where it says`);
  const dataStart = localHeader + 30 + reader.uint16(localHeader + 26) + reader.uint16(localHeader + 28);
  const bytes = reader.bytes(dataStart, size);
  if (checksum !== 0 && crc32(bytes) !== checksum) throw broken(`the record ${shown(name)} is not what was written`);
  return bytes;
};
