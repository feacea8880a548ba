/** A file's bytes, read once, so that its hash, its picture and the stored original are of the same content. */

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { QuarantineReason } from "./read-radiograph.ts";

/** No radiograph is larger; 100 million pixels of 16 bit are 200 MB. */
export const maximumFileBytes = 512 * 2 ** 20;

/** What became of a file. */
export type FileRead =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: QuarantineReason };

/**
 * Reads a whole file into memory of its own, which can be handed to a thread. Its size is looked at before its content.
 * Whatever is wrong with the file is in the outcome.
 *
 * @param take where the bytes are to lie; memory of their own by default
 */
export const readWholeFile = async (
  path: string,
  take = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length),
): Promise<FileRead> => {
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK opening a pipe would wait for ever, in a thread that cannot be ended.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, isFile } = await status(file);
    if (!isFile) return refuse("unreadable-file", "The path is not a regular file.");
    if (size > maximumFileBytes) return refuse("too-large", "The file is larger than 512 MiB.");
    const bytes = take(size);
    if ((await fill(file, bytes)) === size && (await fill(file, new Uint8Array(1))) === 0) return { ok: true, bytes };
    return refuse("unreadable-file", "The file was being written to while it was read; import it again.");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    return refuse("unreadable-file", `The file cannot be opened (${code}).`);
  } finally {
    await file?.close();
  }
};

const refuse = (code: QuarantineReason["code"], detail: string): FileRead => ({ ok: false, reason: { code, detail } });

const status = async (file: FileHandle): Promise<{ size: number; isFile: boolean }> => {
  const entry = await file.stat();
  return { size: entry.size, isFile: entry.isFile() };
};

/** Reads on until the bytes are full or the file ends. Returns how many bytes there were. */
const fill = async (file: FileHandle, bytes: Uint8Array): Promise<number> => {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
};
