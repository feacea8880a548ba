/** What the server tells without being asked, over one connection for all parts of the page. */

import { useEffect, useEffectEvent } from "react";
import { noteReachable, noteUnreachable } from "./connection.ts";

type Listener = (data: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
/** How long a refused connection is left alone: the person may have been logged out. */
const retryMs = 5000;
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

const deliver = (event: string, text: string): void => {
  const data: unknown = JSON.parse(text);
  for (const listener of listeners.get(event) ?? []) listener(data);
};

const listenTo = (event: string): void => {
  source?.addEventListener(event, ({ data }) => deliver(event, data as string));
};

const open = (): void => {
  clearTimeout(retry);
  if (source || listeners.size === 0 || document.hidden) return;
  source = new EventSource("/api/events");
  source.addEventListener("open", noteReachable);
  source.addEventListener("error", () => {
    // The browser tries again by itself where nothing answered, and gives up where the server refused.
    if (source?.readyState !== EventSource.CLOSED) return noteUnreachable();
    close();
    retry = setTimeout(open, retryMs);
  });
  for (const event of listeners.keys()) listenTo(event);
};

const close = (): void => {
  clearTimeout(retry);
  source?.close();
  source = undefined;
};

/** A browser has few connections to one server, and hidden pages must not use them up. */
document.addEventListener("visibilitychange", () => {
  if (document.hidden) close();
  else open();
});

const subscribe = (event: string, listener: Listener): (() => void) => {
  const known = listeners.get(event);
  if (known) known.add(listener);
  else {
    listeners.set(event, new Set([listener]));
    listenTo(event);
  }
  open();
  return () => {
    listeners.get(event)?.delete(listener);
    if ([...listeners.values()].every(({ size }) => size === 0)) {
      listeners.clear();
      close();
    }
  };
};

/**
 * Calls the handler with the data of each event of a name. A page that was hidden or lost its server has missed some: read
 * what they tell of as well.
 *
 * @example
 * useServerEvents<Job>("job", (job) => setJob(job));
 */
export const useServerEvents = <T>(event: string, handler: (data: T) => void): void => {
  const onEvent = useEffectEvent((data: unknown) => handler(data as T));
  useEffect(() => subscribe(event, (data) => onEvent(data)), [event]);
};
