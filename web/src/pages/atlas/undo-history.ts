/** What a reader did last with a clustering, kept in this browser so that it can be taken back, also after the page was loaded anew. */

/** An own action that can be taken back. */
export interface DoneAction {
  readonly id: string;
  readonly kind: "label" | "adjudicate";
  readonly cluster: number;
  /** What stood before it. */
  readonly before: string | null;
}

const kept = 200;

const keyOf = (person: string, clustering: string): string => `osteon.atlas.done.${person}.${clustering}`;

export const readDone = (person: string, clustering: string): readonly DoneAction[] =>
  JSON.parse(localStorage.getItem(keyOf(person, clustering)) ?? "[]") as DoneAction[];

export const writeDone = (person: string, clustering: string, done: readonly DoneAction[]): void => {
  try {
    localStorage.setItem(keyOf(person, clustering), JSON.stringify(done.slice(-kept)));
  } catch {
    // A browser that keeps nothing forgets what can be taken back when the page goes.
  }
};
