/** Whether the server answers: what fails to reach it says so, and it is asked until it does again. */

import { useSyncExternalStore } from "react";

type Connection = "there" | "lost";

/** How often a server that does not answer is asked. */
const askMs = 2000;

let state: Connection = "there";
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const become = (next: Connection): void => {
  if (next === state) return;
  state = next;
  clearInterval(timer);
  if (next === "lost") timer = setInterval(ask, askMs);
  for (const listener of listeners) listener();
};

const ask = async (): Promise<void> => {
  const response = await fetch("/api/session", { cache: "no-store" }).catch(() => undefined);
  if (response?.ok) become("there");
};

/** A request did not reach the server. */
export const noteUnreachable = (): void => become("lost");

/** The server has answered. */
export const noteReachable = (): void => become("there");

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => state);
