/** The thread of read-radiograph-reader.ts: reads one file after another, and hands the pixels over without a copy. */
import { readFile, stat } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { type ReadOutcome, readRadiograph } from "./read-radiograph.ts";

/** No radiograph is larger; 100 million pixels of 16 bit are 200 MB. */
const MAXIMUM_FILE_BYTES = 512 * 2 ** 20;

const readPath = async (path: string): Promise<ReadOutcome> => {
  let bytes: Uint8Array;
  try {
    const entry = await stat(path);
    if (!entry.isFile()) {
      // Opening a pipe or a device would wait for ever, in a thread that cannot be ended.
      return { ok: false, reason: { code: "unreadable-file", detail: "The path is not a regular file." } };
    }
    if (entry.size > MAXIMUM_FILE_BYTES) {
      return { ok: false, reason: { code: "too-large", detail: "The file is larger than 512 MiB." } };
    }
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    return { ok: false, reason: { code: "unreadable-file", detail: `The file cannot be opened (${code}).` } };
  }
  return readRadiograph(bytes);
};

parentPort?.on("message", async (path: string) => {
  const outcome = await readPath(path);
  parentPort?.postMessage(outcome, outcome.ok ? [outcome.radiograph.image.pixels.buffer as ArrayBuffer] : []);
});
