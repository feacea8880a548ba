/** The thread of read-radiograph-reader.ts: reads one file after another, and hands the pixels over without a copy. */
import { parentPort } from "node:worker_threads";
import { readWholeFile } from "./read-file.ts";
import { type ArchiveOutcome, type ReadForArchiveOptions, readForArchive } from "./read-for-archive.ts";
import { type ReadOutcome, readRadiograph } from "./read-radiograph.ts";

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
