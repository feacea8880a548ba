/** Goes through a file of codes block by block, in one pass of large reads, and says where what is whole ends. */

import type { FileHandle } from "node:fs/promises";
import { OsteonError } from "../../errors.ts";
import { alignment, type Block, headBytes, readBlock, readHead } from "./code-log.ts";

const windowBytes = 8 * 2 ** 20;
/** One write of the store is smaller, so that a longer rest that cannot be read is no torn write. */
export const longestWrite = 8 * 2 ** 20;

/** What is done with each block, and where it begins in the file. */
export type BlockVisitor = (block: Block, offset: number) => void | Promise<void>;

/**
 * Visits every whole block from some block's beginning on. The payload is valid during the visit alone.
 *
 * @returns where the last whole block ends; what follows is of a write that was never acknowledged
 * @throws OsteonError `corrupt-store` where something was changed in the middle: a whole block follows, or too much
 */
export const visitBlocks = async (file: FileHandle, visit: BlockVisitor, from = 0): Promise<number> => {
  const { size } = await file.stat();
  let window = new Uint8Array(Math.min(windowBytes, size - from));
  let start = from; // of the window in the file
  let filled = 0;
  let at = 0; // in the window
  for (;;) {
    const rest = window.subarray(at, filled);
    const block = readBlock(rest);
    if (block) {
      await visit(block, start + at);
      at += block.bytes;
      continue;
    }
    const head = readHead(rest);
    const wanted = head ? headBytes + head.payloadBytes : headBytes;
    if (rest.length >= wanted || start + at + wanted > size) break;
    const enlarged = wanted > window.length ? new Uint8Array(wanted) : window;
    enlarged.set(rest); // to the front
    window = enlarged;
    start += at;
    at = 0;
    filled = rest.length;
    const { bytesRead } = await file.read(
      window,
      filled,
      Math.min(window.length, size - start) - filled,
      start + filled,
    );
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  const end = start + at;
  if (end < size) await checkIsTorn(file, { end, size });
  return end;
};

/** A write is flushed before the next begins. So where a whole block follows, what cannot be read was acknowledged. */
const checkIsTorn = async (file: FileHandle, { end, size }: { end: number; size: number }): Promise<void> => {
  let isTorn = size - end <= longestWrite;
  if (isTorn) {
    const rest = new Uint8Array(size - end);
    await file.read(rest, 0, rest.length, end);
    for (let at = alignment; isTorn && at < rest.length; at += alignment)
      isTorn = readBlock(rest.subarray(at)) === null;
  }
  if (!isTorn) {
    const message =
      "The file of codes was changed in its middle and cannot be trusted; build it anew from the archive.";
    throw new OsteonError("corrupt-store", message);
  }
};
