/** Files on their way into the worklist: two at a time, each with its progress and what went wrong. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Query } from "../../../../src/contract/queries.ts";
import { change } from "../../api/client.ts";
import { upload } from "../../api/upload.ts";
import { worklistKey } from "./queries.ts";

export interface Upload {
  readonly key: number;
  readonly name: string;
  /** How much has gone, in [0, 1]; 1 while the server reads it, null while it waits for its turn. */
  readonly share: number | null;
  readonly problem: Error | null;
}

const atOnce = 2;

/** @param onAdded told of the first file of several that came in together */
export const useUploads = (onAdded: (query: Query) => void) => {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const waiting = useRef<(() => Promise<void>)[]>([]);
  const running = useRef(0);
  const lastKey = useRef(0);
  const stops = useRef(new Map<number, AbortController>());
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false; // what is sent then goes on, but calls nobody back from another page
    };
  }, []);

  const update = (key: number, part: Partial<Upload>): void =>
    setUploads((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: number): void => setUploads((before) => before.filter((one) => one.key !== key));

  const send = async (key: number, file: File, together: { isTold: boolean }): Promise<void> => {
    const stop = stops.current.get(key)!;
    try {
      stop.signal.throwIfAborted();
      update(key, { share: 0 });
      const { id } = await upload(file, { onProgress: (share) => update(key, { share }), signal: stop.signal });
      update(key, { share: 1 });
      const query = await change<Query>("POST", "/api/queries", { upload: id }, stop.signal);
      drop(key);
      await client.invalidateQueries({ queryKey: worklistKey });
      if (!together.isTold && isShown.current) onAdded(query);
      together.isTold = true;
    } catch (problem) {
      if (stop.signal.aborted) drop(key);
      else update(key, { problem: problem as Error });
    } finally {
      stops.current.delete(key);
    }
  };

  const startNext = (): void => {
    while (running.current < atOnce && waiting.current.length > 0) {
      running.current += 1;
      void waiting.current.shift()!().finally(() => {
        running.current -= 1;
        startNext();
      });
    }
  };

  const add = (files: Iterable<File>): void => {
    const together = { isTold: false };
    for (const file of files) {
      lastKey.current += 1;
      const key = lastKey.current;
      stops.current.set(key, new AbortController());
      setUploads((before) => [...before, { key, name: file.name, share: null, problem: null }]);
      waiting.current.push(() => send(key, file, together));
    }
    startNext();
  };

  const dismiss = (key: number): void => {
    stops.current.get(key)?.abort();
    drop(key);
  };

  return { uploads, add, dismiss };
};
