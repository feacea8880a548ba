/**
 * Looks into a ZIP archive, such as a workbook, before anything unpacks it: what its parts really unpack to, whatever the
 * archive says of them. A hostile one of 40 kilobytes may unpack to gigabytes. ZIP format: APPNOTE 6.3, sections 4.3.12 and
 * 4.3.16.
 */
import { createInflateRaw } from "node:zlib";
import { OsteonError } from "../../../errors.ts";

/** What all parts may unpack to together: a workbook of a million rows has about half. */
const mostBytes = 2 ** 30;
/** The shared texts of a workbook are held in memory as a whole. */
const mostSharedBytes = 2 ** 28;
const mostParts = 10_000;

/**
 * Passes where the archive is whole and unpacks to a size that can be held.
 * @throws OsteonError `bad-input` otherwise
 */
export const checkArchive = async (archive: Buffer): Promise<void> => {
  let left = mostBytes;
  for (const { name, method, data } of partsOf(archive)) {
    const most = name.toLowerCase().endsWith("sharedstrings.xml") ? Math.min(left, mostSharedBytes) : left;
    const size = method === 8 ? await unpackedSize(data, most) : data.length;
    if (size > most) throw refuse("unpacks to more than a table can hold; save the sheet alone as CSV");
    left -= size;
  }
};

const refuse = (reason: string): OsteonError => new OsteonError("bad-input", `The workbook ${reason}.`);
const damaged = (): OsteonError => refuse("is damaged; save it again");

interface Part {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly data: Buffer;
}

/** The parts, as the directory at the archive's end lists them. */
const partsOf = (archive: Buffer): Part[] => {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > archive.length) throw damaged();
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count > mostParts || at === 0xffffffff)
    throw refuse("has more parts than a workbook needs; save the sheet alone as CSV");
  const parts: Part[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== 0x02014b50) throw damaged();
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    if (local + 30 > archive.length) throw damaged();
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    if (start + packed > archive.length) throw damaged();
    parts.push({ name, method, data: archive.subarray(start, start + packed) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return parts;
};

/** Counts what comes out, and stops when it is too much. */
const unpackedSize = (data: Buffer, most: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const inflate = createInflateRaw();
    let size = 0;
    inflate.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) return;
      inflate.destroy();
      resolve(size);
    });
    inflate.on("end", () => resolve(size));
    inflate.on("error", () => reject(damaged()));
    inflate.end(data);
  });
