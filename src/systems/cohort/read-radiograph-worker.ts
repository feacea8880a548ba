/** The thread of read-radiograph-reader.ts: reads one file after another, and hands the pixels over without a copy. */
import { parentPort } from "node:worker_threads";
import { readWholeFile } from "./read-file.ts";
import { type ReadOutcome, readRadiograph } from "./read-radiograph.ts";

/** What the thread is given, and what it gives back. */
export interface ReadRequest {
  /** The path of a file, or its bytes. */
  readonly source: string | Uint8Array<ArrayBuffer>;
}
export interface ReadReply {
  readonly outcome: ReadOutcome;
  /** The bytes that were handed over. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

const readPath = async (path: string): Promise<ReadReply> => {
  const file = await readWholeFile(path);
  return { outcome: file.ok ? await readRadiograph(file.bytes) : file };
};

parentPort?.on("message", async ({ source }: ReadRequest) => {
  const reply =
    typeof source === "string" ? await readPath(source) : { outcome: await readRadiograph(source), bytes: source };
  const pixels = reply.outcome.ok ? [reply.outcome.radiograph.image.pixels.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(reply, reply.bytes ? [...pixels, reply.bytes.buffer] : pixels);
});
