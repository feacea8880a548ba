/** What a reader did last with a clustering, kept in this browser so that it can be taken back, also after the page was loaded anew. */

/** An own action that can be taken back. */
export interface DoneAction {
  readonly id: string;
  readonly cluster: number;
  /** What stood before it. */
  readonly before: string | null;
}

const kept = 200;

/** Whose actions, on what, and whether they are labels or decisions about disagreements. */
export interface HistoryKey {
  readonly person: string;
  readonly clustering: string;
  readonly kind: "label" | "adjudicate";
}

const keyOf = ({ person, clustering, kind }: HistoryKey): string => `osteon.atlas.done.${person}.${clustering}.${kind}`;

export const readDone = (key: HistoryKey): readonly DoneAction[] =>
  JSON.parse(localStorage.getItem(keyOf(key)) ?? "[]") as DoneAction[];

export const writeDone = (key: HistoryKey, done: readonly DoneAction[]): void => {
  try {
    localStorage.setItem(keyOf(key), JSON.stringify(done.slice(-kept)));
  } catch {
    // A browser that keeps nothing forgets what can be taken back when the page goes.
  }
};

/** Tells what another page of this browser has done; gives what ends it. */
export const watchDone = (key: HistoryKey, listener: (done: readonly DoneAction[]) => void): (() => void) => {
  const look = (event: StorageEvent): void => {
    if (event.key === keyOf(key)) listener(readDone(key));
  };
  window.addEventListener("storage", look);
  return () => window.removeEventListener("storage", look);
};
