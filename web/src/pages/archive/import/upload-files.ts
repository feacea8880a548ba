/** Many files on their way to the server, a few at a time. */

import { upload } from "../../../api/upload.ts";

const atOnce = 3;

/** What has come of files so far; given again after a failure, what is there is not sent again. */
export type Uploaded = Map<File, string>;

export interface UploadFilesOptions {
  readonly uploaded: Uploaded;
  readonly signal: AbortSignal;
  /** The share of all bytes, in [0, 1]. */
  readonly onProgress: (share: number) => void;
}

/**
 * The ids of the uploads in the order of the files.
 *
 * @throws ApiError at the first file that the server refuses
 */
export const uploadFiles = async (
  files: readonly File[],
  { uploaded, signal, onProgress }: UploadFilesOptions,
): Promise<string[]> => {
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const sent = new Map(files.map((file) => [file, uploaded.has(file) ? file.size : 0]));
  const tell = (): void => onProgress(all === 0 ? 1 : [...sent.values()].reduce((sum, bytes) => sum + bytes, 0) / all);
  const waiting = files.filter((file) => !uploaded.has(file));
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      both.throwIfAborted();
      const one = file;
      const onShare = (share: number): void => {
        sent.set(one, share * one.size);
        tell();
      };
      uploaded.set(one, (await upload(one, { signal: both, onProgress: onShare })).id);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    stop.abort();
    throw error;
  }
  return files.map((file) => uploaded.get(file)!);
};
