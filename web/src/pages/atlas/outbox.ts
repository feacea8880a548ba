/**
 * What a reader did and the server has not acknowledged yet. Every action is kept in this browser before the page goes on, and is
 * sent again in its order until the server has it on the disk; so neither a dead server nor a closed page loses one.
 */

import { useSyncExternalStore } from "react";
import type { ClusterAction, ClusterActionsAnswer } from "../../../../src/contract/atlas.ts";
import { ApiError, change } from "../../api/client.ts";

/** An action, and what it leaves behind. */
export interface OutboxEntry {
  readonly clustering: string;
  readonly action: ClusterAction;
  /** Whether it is about the reader's own label or a decision; of an undo, what it takes back. */
  readonly about: "label" | "adjudicate";
  /** The label that stands after it. */
  readonly after: string | null;
}

/** An action that the server cannot take, with its reason. */
interface Refusal {
  readonly entry: OutboxEntry;
  readonly detail: string;
}

/** The outbox as pages see it. */
export interface OutboxState {
  /** Everything since the page was loaded, here or beside, and what was waiting then; the server may know some of it already. */
  readonly journal: readonly OutboxEntry[];
  /** The ids of the journal that are on the server's disk. */
  readonly saved: ReadonlySet<string>;
  readonly waiting: number;
  readonly refused: readonly Refusal[];
  /** Why nothing is sent: the person was logged out, or may not label. */
  readonly problem: ApiError | null;
  /** Whether this browser keeps nothing, so that a closed page would lose what waits. */
  readonly unkept: boolean;
}

const sentAtOnce = 100;
const firstPauseMs = 500;
const longestPauseMs = 5000;

/** The outbox of one person in this browser; pages that are open beside each other share it. */
export class Outbox {
  readonly #person: string;
  readonly #prefix: string;
  readonly #listeners = new Set<() => void>();
  /** What this browser does not keep, by keys. */
  readonly #unkept = new Map<string, OutboxEntry>();
  #state: OutboxState;
  #newest = 0;
  #pause = firstPauseMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;

  constructor(person: string) {
    this.#person = person;
    this.#prefix = `osteon.atlas.outbox.${person}.`;
    const waiting = this.#waiting();
    this.#state = {
      journal: waiting.map(([, entry]) => entry),
      saved: new Set(),
      waiting: waiting.length,
      refused: [],
      problem: null,
      unkept: false,
    };
    window.addEventListener("online", () => void this.send());
    window.addEventListener("storage", ({ key, newValue }) => this.#hear(key, newValue));
    window.addEventListener("beforeunload", (event) => {
      if (this.#unkept.size > 0) event.preventDefault(); // the browser asks whether to leave
    });
  }

  get state(): OutboxState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps an action, and sends it as soon as those before it are sent. */
  add(entry: OutboxEntry): void {
    const key = this.#nextKey(entry);
    try {
      localStorage.setItem(key, JSON.stringify(entry));
    } catch {
      this.#unkept.set(key, entry);
    }
    this.#change({ journal: [...this.#state.journal, entry] });
    void this.send();
  }

  /** Sends what waits; done when nothing does, or when the server did not take it. */
  send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending ??= alone(`${this.#prefix}send`, () => this.#sendAll()).finally(() => {
      this.#sending = undefined;
      const isOver = this.#state.waiting === 0 || this.#state.problem !== null;
      if (!isOver) this.#timer = setTimeout(() => void this.send(), this.#pause);
    });
    return this.#sending;
  }

  /** Gives up what the server does not take. */
  forget(): void {
    for (const [key] of this.#waiting()) this.#remove(key);
    this.#change({
      journal: this.#state.journal.filter(({ action }) => this.#state.saved.has(action.id)),
      problem: null,
    });
  }

  /** The refusals have been read. */
  dismissRefusals(): void {
    this.#change({ refused: [] });
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const waiting = this.#waiting();
      const first = waiting[0]?.[1];
      if (!first) return this.#change({});
      const batch = waiting.slice(0, sentAtOnce).filter(([, { clustering }]) => clustering === first.clustering);
      try {
        const { refused } = await change<ClusterActionsAnswer>(
          "POST",
          `/api/atlas/clusterings/${encodeURIComponent(first.clustering)}/actions`,
          { reader: this.#person, actions: batch.map(([, { action }]) => action) },
        );
        this.#settle(batch, refused);
      } catch (error) {
        return this.#fail(error);
      }
    }
  }

  #settle(batch: readonly (readonly [string, OutboxEntry])[], refused: ClusterActionsAnswer["refused"]): void {
    for (const [key] of batch) this.#remove(key);
    const details = new Map(refused.map(({ id, detail }) => [id, detail]));
    const refusals = batch.flatMap(([, entry]) => {
      const detail = details.get(entry.action.id);
      return detail === undefined ? [] : [{ entry, detail }];
    });
    const { journal, refused: before } = this.#state;
    this.#pause = firstPauseMs;
    this.#change({
      journal: journal.filter(({ action }) => !details.has(action.id)),
      refused: [...before, ...refusals],
      problem: null,
    });
  }

  #fail(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    const { status } = error.problem;
    const mayPass = status === 0 || status === 429 || status >= 500;
    this.#pause = Math.min(2 * this.#pause, longestPauseMs);
    this.#change({ problem: mayPass ? null : error });
  }

  /** What waits, the oldest first, with the keys it is kept under. */
  #waiting(): [string, OutboxEntry][] {
    const kept = Object.keys(localStorage)
      .filter((key) => key.startsWith(this.#prefix))
      .map((key): [string, OutboxEntry] => [key, JSON.parse(localStorage.getItem(key)!) as OutboxEntry]);
    return [...kept, ...this.#unkept].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** One key each, so that two open pages never write over each other's list; in order also where the clock is set back. */
  #nextKey({ action }: OutboxEntry): string {
    const last = this.#waiting().at(-1)?.[0].slice(this.#prefix.length);
    this.#newest = Math.max(Date.now(), this.#newest + 1, last === undefined ? 0 : Number.parseInt(last, 10) + 1);
    return `${this.#prefix}${String(this.#newest).padStart(15, "0")}-${action.id}`;
  }

  /** A page beside this one did something, or sent what waited. */
  #hear(key: string | null, written: string | null): void {
    if (!key?.startsWith(this.#prefix)) return;
    this.#change(written === null ? {} : { journal: [...this.#state.journal, JSON.parse(written) as OutboxEntry] });
  }

  #remove(key: string): void {
    localStorage.removeItem(key);
    this.#unkept.delete(key);
  }

  #change(changes: Partial<OutboxState>): void {
    const waiting = new Set(this.#waiting().map(([, { action }]) => action.id));
    const { journal } = { ...this.#state, ...changes };
    this.#state = {
      ...this.#state,
      ...changes,
      // Whatever waits no longer was sent, be it by a page beside this one.
      saved: new Set(journal.flatMap(({ action: { id } }) => (waiting.has(id) ? [] : id))),
      waiting: waiting.size,
      unkept: this.#unkept.size > 0,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** Does something while no other page of this browser does it; a browser without locks has to trust that there is none. */
const alone = (name: string, work: () => Promise<void>): Promise<void> =>
  "locks" in navigator ? navigator.locks.request(name, work).then(() => {}) : work();

const outboxes = new Map<string, Outbox>();

/** The outbox of a person; what waited from before is sent at once. */
export const outboxOf = (person: string): Outbox => {
  const known = outboxes.get(person);
  if (known) return known;
  const outbox = new Outbox(person);
  outboxes.set(person, outbox);
  if (outbox.state.waiting > 0) void outbox.send();
  return outbox;
};

export const useOutbox = (outbox: Outbox): OutboxState => useSyncExternalStore(outbox.subscribe, () => outbox.state);

/** An id that no other action has. */
export const newActionId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
