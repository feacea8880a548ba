/**
 * Codes that last: one file that grows, and the table that threads search while it does. What was appended is acknowledged when it is
 * on the disk, and found from then on. Many appends at once share one flush, so that a disk that flushes a hundred times a second takes
 * thousands of appends in it. One process at a time writes; the home's lock sees to that.
 */

import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { ImageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { checkBits } from "../binary-codes.ts";
import { type BucketSettings, buildBuckets, type CodeBuckets } from "./code-buckets.ts";
import {
  alignment,
  type CodeEntry,
  type CodeOrigin,
  decodeChanges,
  encodeChanges,
  encodeOrigin,
  encodeRecords,
  headBytes,
  imageSum,
  readBlock,
} from "./code-log.ts";
import type { CodeTable } from "./code-table.ts";
import { applyBlock, type LoadedCodes, type LoadOptions, loadCodes } from "./load-codes.ts";
import { longestWrite, visitBlocks } from "./read-code-log.ts";
import { type SharedCodes, StoredCodes } from "./stored-codes.ts";

/** What waits to be written. */
interface Request {
  /** To add, and their records. */
  readonly images: readonly ImageId[];
  readonly records: Uint8Array;
  readonly removals: readonly ImageId[];
  readonly resolve: (removed: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes of one write with names of the usual length, so that the longest that there may be leave it below {@link longestWrite}. */
const writeBytes = longestWrite / 16;
const usualRecordBytes = 160;
/** A file of more blocks than this, with fewer rows to a block, is written anew when it is opened, and so is one that is half removed. */
const manyBlocks = 500;
const fewRows = 32;

/** The one who writes. */
export class CodeStore {
  readonly path: string;
  /** Bytes at the file's end that were cut off at opening: of a write that was never acknowledged. */
  readonly cutBytes: number;
  readonly #file: FileHandle;
  readonly #loaded: LoadedCodes;
  readonly #table: CodeTable;
  readonly #codes: StoredCodes;
  #buckets: CodeBuckets | null = null;
  #waiting: Request[] = [];
  #writing: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor(path: string, file: FileHandle, { loaded, cutBytes }: { loaded: LoadedCodes; cutBytes: number }) {
    this.path = path;
    this.cutBytes = cutBytes;
    this.#file = file;
    this.#loaded = loaded;
    this.#table = loaded.table;
    this.#codes = new StoredCodes(this.share());
  }

  /**
   * Opens the file at `path`, or makes it. What a killed writer left half-written at its end is cut off.
   *
   * @throws OsteonError `bad-input` where the file is of codes of another making, `corrupt-store` where it was changed
   */
  static async open(path: string, options: LoadOptions): Promise<CodeStore> {
    await rm(temporaryName(path), { force: true });
    const file = (await openExisting(path)) ?? (await create(path, options));
    try {
      const { size } = await file.stat();
      const loaded = await loadCodes(file, options);
      await file.truncate(loaded.end);
      const rows = loaded.table.codes.count;
      const isScattered = loaded.blocks > manyBlocks && rows / loaded.blocks < fewRows;
      if (!isScattered && loaded.removed <= rows / 2) {
        return new CodeStore(path, file, { loaded, cutBytes: size - loaded.end });
      }
      const compact = await rewrite(path, { file, loaded, options });
      await file.close();
      return new CodeStore(path, compact, { loaded: await loadCodes(compact, options), cutBytes: size - loaded.end });
    } catch (error) {
      await file.close().catch(() => {}); // the first failure is the one to tell
      throw error;
    }
  }

  /** How many codes can be found. */
  get count(): number {
    return this.#table.codes.count - this.#loaded.removed;
  }

  /** Bytes of memory in use, besides what was reserved for more. */
  get memoryBytes(): number {
    const { count, bits } = this.#table.codes;
    const buckets = this.#buckets;
    const filed = buckets ? [...buckets.starts, ...buckets.positions] : [];
    const bucketBytes = filed.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return count * (bits / 8 + 8 + 4) + Math.ceil(count / 8) + this.#loaded.lookup.bytes + bucketBytes;
  }

  /** A search on this thread. */
  get codes(): StoredCodes {
    return this.#codes;
  }

  /** Whether an image's code is there and on the disk. */
  has(image: ImageId): boolean {
    return this.#find(image) !== undefined;
  }

  /**
   * Adds codes; an image that is there already gets its new code. Resolves when they are on the disk and found. Where it is refused
   * in the middle of many, the earlier ones may be there.
   *
   * @throws OsteonError `shape-mismatch` for codes of another length, `bad-input` for empty ids, `no-room` beyond the room, `busy` when
   *   another process writes
   */
  async append(entries: readonly CodeEntry[]): Promise<void> {
    const { bits } = this.#table.codes;
    const odd = entries.find(({ code }) => code.length * 32 !== bits);
    if (odd) {
      throw new OsteonError("shape-mismatch", `The codes have ${bits} bits and a new one has ${odd.code.length * 32}.`);
    }
    const perWrite = Math.max(1, Math.floor(writeBytes / (bits / 8 + usualRecordBytes)));
    const parts: Pick<Request, "images" | "records">[] = [];
    for (let first = 0; first < entries.length; first += perWrite) {
      const part = entries.slice(first, first + perWrite);
      parts.push({ images: part.map(({ image }) => image), records: encodeRecords(part) });
    }
    await Promise.all(parts.map((part) => this.#request({ ...part, removals: [] })));
  }

  /** Takes images out; resolves when that is on the disk, with how many were there. */
  async remove(images: readonly ImageId[]): Promise<number> {
    const perWrite = writeBytes / 4;
    const parts: Promise<number>[] = [];
    for (let first = 0; first < images.length; first += perWrite) {
      const removals = images.slice(first, first + perWrite);
      parts.push(this.#request({ images: [], records: new Uint8Array(0), removals }));
    }
    return (await Promise.all(parts)).reduce((sum, removed) => sum + removed, 0);
  }

  /** Files all codes in buckets. Threads that search already go on with theirs until they are handed these. */
  fileInBuckets(settings: BucketSettings): CodeBuckets {
    this.#buckets = buildBuckets(this.#table.codes.codes, settings);
    this.#codes.use(this.#buckets);
    return this.#buckets;
  }

  /** For other threads, which make `StoredCodes` of it. */
  share(): SharedCodes {
    return { path: this.path, table: this.#table.share(), buckets: this.#buckets };
  }

  /** Waits for what is being written, then closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    this.#codes.close();
    await this.#file.close();
  }

  #request(wanted: Omit<Request, "resolve" | "reject">): Promise<number> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...wanted, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** Writes what waits, as much at once as a write may be, until nothing waits. After a failure of the disk nothing is written any more. */
  async #write(): Promise<void> {
    await null; // whoever asks in the same turn shares the first flush
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      const { count, capacity } = this.#table.codes;
      const added = group.reduce((sum, { images }) => sum + images.length, 0);
      if (count + added > capacity) {
        const message = `There is room for ${capacity} codes; open the store again to have room for more.`;
        for (const { reject } of group) reject(new OsteonError("no-room", message));
        continue;
      }
      try {
        const removed = await this.#writeGroup(group);
        for (const [i, { resolve }] of group.entries()) resolve(removed[i]!);
      } catch (error) {
        this.#failure = diskFailure(error);
        for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(this.#failure);
      }
    }
    this.#writing = null;
  }

  #nextGroup(): Request[] {
    let bytes = 0;
    const isTooMuch = ({ records, removals }: Request): boolean => {
      bytes += records.length + removals.length * 4;
      return bytes > writeBytes;
    };
    const end = this.#waiting.findIndex(isTooMuch);
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : Math.max(end, 1));
  }

  /** One block, one write, one flush; then threads see it. Returns how many images each request took out. */
  async #writeGroup(group: readonly Request[]): Promise<number[]> {
    const removals = new Set<number>();
    const added = new Map<ImageId, number>(); // positions in this block
    let next = this.#table.codes.count;
    const takeOut = (image: ImageId): boolean => {
      const position = added.get(image) ?? this.#find(image);
      if (position === undefined || removals.has(position)) return false;
      removals.add(position);
      added.delete(image);
      return true;
    };
    const removed = group.map((request) => {
      for (const image of request.images) {
        takeOut(image);
        added.set(image, next++);
      }
      return request.removals.filter(takeOut).length;
    });
    const entries = next - this.#table.codes.count;
    if (entries + removals.size === 0) return removed;
    const block = encodeChanges([...removals], { entries, records: joined(group.map(({ records }) => records)) });
    const { size } = await this.#file.stat();
    const { end } = this.#loaded;
    if (size !== end) {
      throw new OsteonError("busy", "Another process writes to the file of codes; end it and start again.");
    }
    for (let written = 0; written < block.length; ) {
      written += (await this.#file.write(block, written, block.length - written, end + written)).bytesWritten;
    }
    await this.#file.datasync();
    applyBlock(readBlock(block)!, this.#loaded, end);
    return removed;
  }

  #find(image: ImageId): number | undefined {
    const isTheOne = (position: number): boolean =>
      !this.#table.isRemoved(position) && this.#codes.namesAt(position).image === image;
    return this.#loaded.lookup.find(imageSum(image), isTheOne);
  }
}

const temporaryName = (path: string): string => `${path}.writing`;

const openExisting = (path: string): Promise<FileHandle | null> =>
  open(path, "r+").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw diskFailure(error);
  });

/** A new file appears whole. */
const create = async (path: string, { origin, bits }: CodeOrigin): Promise<FileHandle> => {
  checkBits(bits);
  return await putInPlace(path, (file) => file.writeFile(encodeOrigin({ origin, bits })));
};

/** Writes a file under another name, flushes it, and puts it in the place of what is there. */
const putInPlace = async (path: string, write: (file: FileHandle) => Promise<void>): Promise<FileHandle> => {
  const file = await open(temporaryName(path), "w+").catch((error) => {
    throw diskFailure(error);
  });
  try {
    await write(file);
    await file.sync();
    await rename(temporaryName(path), path);
    const folder = await open(dirname(path), "r");
    await folder.sync().finally(() => folder.close());
    return file;
  } catch (error) {
    await file.close();
    throw diskFailure(error);
  }
};

/** The file without what was taken out, in blocks as long as a write may be. */
const rewrite = (
  path: string,
  { file, loaded, options }: { file: FileHandle; loaded: LoadedCodes; options: CodeOrigin },
): Promise<FileHandle> =>
  putInPlace(path, async (compact) => {
    await compact.writeFile(encodeOrigin(options));
    let kept: Uint8Array[] = [];
    const flush = async (): Promise<void> => {
      if (kept.length > 0) await compact.writeFile(encodeChanges([], { entries: kept.length, records: joined(kept) }));
      kept = [];
    };
    let position = 0;
    let bytes = 0;
    await visitBlocks(file, async (block) => {
      if (block.kind === "origin") return;
      const { places } = decodeChanges(block, options.bits);
      for (let i = 0; i < block.entries; i++, position++) {
        if (loaded.table.isRemoved(position)) continue;
        const [start, end] = [places[i]! * alignment - headBytes, places[i + 1]! * alignment - headBytes];
        kept.push(block.payload.slice(start, end));
        bytes += end - start;
        if (bytes <= writeBytes) continue;
        await flush();
        bytes = 0;
      }
    });
    await flush();
  });

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const diskFailure = (error: unknown): unknown => {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof OsteonError || code === undefined) return error;
  const message = `The file of codes cannot be written (${code}); see to the disk's room and permissions and start again.`;
  return new OsteonError("bad-input", message, { code }, error);
};
