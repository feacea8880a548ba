/** The thread of read-radiograph-reader.ts: reads one file after another, and hands the pixels over without a copy. */
import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { ArchiveOutcome, ReadForArchiveOptions } from "./read-for-archive.ts";
import type { ReadOutcome } from "./read-radiograph.ts";

/** What the thread is started with. */
export interface ReadingThread {
  /** Where the process keeps its compiled code, which threads do not share by themselves. */
  readonly compileCache: string | undefined;
}

const { compileCache } = workerData as ReadingThread;
if (compileCache !== undefined) module.enableCompileCache(compileCache); // the thread starts in less than half of the time
const { readWholeFile } = await import("./read-file.ts");
const { readForArchive } = await import("./read-for-archive.ts");
const { readRadiograph } = await import("./read-radiograph.ts");
module.flushCompileCache(); // a thread may be thrown away later

/** What the thread is given: the path of a file for its whole picture, or bytes for the archive. */
export type ReadRequest =
  | { readonly path: string }
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly options: ReadForArchiveOptions };

/** What the thread gives back; the bytes are those that were handed over. */
export type ReadReply =
  | { readonly picture: ReadOutcome }
  | { readonly archive: ArchiveOutcome; readonly bytes: Uint8Array<ArrayBuffer> };

const readPath = async (path: string): Promise<void> => {
  const file = await readWholeFile(path);
  const picture: ReadOutcome = file.ok ? await readRadiograph(file.bytes) : file;
  const pixels = picture.ok ? [picture.radiograph.image.pixels.buffer as ArrayBuffer] : [];
  parentPort?.postMessage({ picture } satisfies ReadReply, pixels);
};

const readBytes = async (bytes: Uint8Array<ArrayBuffer>, options: ReadForArchiveOptions): Promise<void> => {
  const archive = await readForArchive(bytes, options);
  const pictures = archive.ok ? [archive.radiograph, ...archive.radiograph.exposures] : [];
  const moved = pictures.flatMap(({ png, detail }) => [png.buffer, detail.buffer]);
  parentPort?.postMessage({ archive, bytes } satisfies ReadReply, [...moved, bytes.buffer]);
};

parentPort?.on("message", (request: ReadRequest) =>
  "path" in request ? readPath(request.path) : readBytes(request.bytes, request.options),
);
