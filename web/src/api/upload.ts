/** Sends a file as a stream, telling how much of it has gone. `fetch` cannot tell that, so this is an XMLHttpRequest. */

import type { Problem } from "../../../src/contract/problem.ts";
import { ApiError, changeHeaders } from "./client.ts";

export interface UploadOptions {
  /** The share of the file that has gone, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** @throws ApiError where the server refuses or does not answer */
export const upload = (file: File, { onProgress, signal }: UploadOptions = {}): Promise<{ readonly id: string }> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open("POST", "/api/uploads");
    request.responseType = "json";
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    for (const [name, value] of Object.entries(changeHeaders())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response as { id: string });
      else reject(new ApiError(problemOf(request)));
    });
    const unreachable = (): void =>
      reject(new ApiError({ status: 0, code: "unreachable", detail: "The server does not answer." }));
    request.addEventListener("error", unreachable);
    request.addEventListener("abort", () => reject(signal?.reason));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });

const problemOf = ({ response, status, statusText }: XMLHttpRequest): Problem =>
  (response as Problem | null) ?? { status, code: "failed", detail: statusText };
