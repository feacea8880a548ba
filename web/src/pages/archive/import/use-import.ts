/** One import from the chosen files to its end: uploads, then a job that is followed. */

import { useEffect, useRef, useState } from "react";
import type { Job, JobRequest } from "../../../../../src/contract/jobs.ts";
import { startJob, useJob } from "../../../api/jobs.ts";
import { type Uploaded, uploadFiles } from "./upload-files.ts";

export interface Import {
  /** `uploading` and then `working` until the job has come to its end. */
  readonly state: "idle" | "uploading" | "working" | "ended";
  /** Of the upload, in [0, 1]. */
  readonly uploaded: number;
  readonly job: Job | undefined;
  readonly error: unknown;
  /** Sends the files and starts the job that `request` makes of their uploads. */
  readonly run: (files: readonly File[], request: (uploads: readonly string[]) => JobRequest) => void;
  readonly reset: () => void;
}

export const useImport = (): Import => {
  const [isUploading, setIsUploading] = useState(false);
  const [share, setShare] = useState(0);
  const [started, setStarted] = useState<Job>();
  const [error, setError] = useState<unknown>();
  const uploaded = useRef<Uploaded>(new Map());
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const followed = useJob(started?.id) ?? started;

  const run: Import["run"] = async (files, request) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setError(undefined);
    setShare(0);
    setIsUploading(true);
    try {
      const ids = await uploadFiles(files, { uploaded: uploaded.current, signal, onProgress: setShare });
      setStarted(await startJob(request(ids)));
    } catch (cause) {
      if (!signal.aborted) setError(cause);
    } finally {
      setIsUploading(false);
    }
  };
  const isEnded = followed !== undefined && followed.state !== "waiting" && followed.state !== "running";
  return {
    state: isUploading ? "uploading" : followed === undefined ? "idle" : isEnded ? "ended" : "working",
    uploaded: share,
    job: followed,
    error,
    run,
    reset: () => {
      setStarted(undefined);
      setError(undefined);
    },
  };
};
