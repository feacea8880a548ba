/** Brings a file of codes into memory that threads share: all of it at first, then what was added since. */

import type { FileHandle } from "node:fs/promises";
import { OsteonError, shown } from "../../errors.ts";
import { alignment, type Block, type CodeOrigin, decodeChanges, decodeOrigin, smallestRecord } from "./code-log.ts";
import { largestCapacity } from "./code-memory.ts";
import { CodeTable } from "./code-table.ts";
import { ImageLookup } from "./image-lookup.ts";
import { visitBlocks } from "./read-code-log.ts";

/** What of a file is loaded, and with how much room for more. */
export interface LoadOptions extends CodeOrigin {
  /** Codes that can be added until it is opened again; by default as many as there are and a quarter of a gigabyte more. */
  readonly room?: number;
}

/** What stands in the file, as far as it was read. */
export interface LoadedCodes {
  readonly table: CodeTable;
  readonly lookup: ImageLookup;
  /** Where the last whole block ends. */
  end: number;
  /** Blocks of changes. */
  blocks: number;
  /** Rows that were taken out. */
  removed: number;
}

const usualRoomBytes = 2 ** 28;

/**
 * Loads a file from its beginning.
 *
 * @throws OsteonError `bad-input` where it is of codes of another making, `corrupt-store` where it was changed
 */
export const loadCodes = async (file: FileHandle, { origin, bits, room }: LoadOptions): Promise<LoadedCodes> => {
  const { size } = await file.stat();
  const most = Math.ceil(size / smallestRecord(bits)); // that there can be in it
  const wanted = most + (room ?? most + Math.floor((usualRoomBytes * 8) / bits));
  const table = CodeTable.withRoom({ bits, capacity: Math.min(wanted, largestCapacity(bits)) });
  const loaded: LoadedCodes = { table, lookup: new ImageLookup(), end: 0, blocks: 0, removed: 0 };
  await visitBlocks(file, (block, offset) => {
    if (offset > 0) return applyBlock(block, loaded, offset);
    checkOrigin(decodeOrigin(block), { origin, bits });
    loaded.end = block.bytes;
  });
  if (loaded.end > 0) return loaded;
  throw new OsteonError("corrupt-store", "The file is none of codes, or its beginning was changed; build it anew.");
};

/** Loads what was added to the file since. */
export const loadMore = async (file: FileHandle, loaded: LoadedCodes): Promise<void> => {
  await visitBlocks(file, (block, offset) => applyBlock(block, loaded, offset), loaded.end);
};

/** Makes the memory what a block at some place in the file says. */
export const applyBlock = (block: Block, loaded: LoadedCodes, offset: number): void => {
  const { table, lookup } = loaded;
  const { removals, imageSums, places, words, patients } = decodeChanges(block, table.codes.bits);
  const inFile = places.subarray(0, block.entries).map((place) => place + offset / alignment);
  table.append({ words, patients, places: inFile });
  lookup.add(imageSums);
  for (const position of removals) table.remove(position);
  loaded.removed += removals.length;
  loaded.blocks++;
  loaded.end = offset + block.bytes;
};

const checkOrigin = (found: CodeOrigin, wanted: CodeOrigin): void => {
  if (found.origin === wanted.origin && found.bits === wanted.bits) return;
  const [there, asked] = [found, wanted].map(({ origin, bits }) => `${bits} bits of ${shown(origin)}`);
  throw new OsteonError("bad-input", `The file holds codes of ${there} and not of ${asked}; build it anew.`);
};
