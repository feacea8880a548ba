/** What a thread does for the pages of runs, and what is said to it: nothing that would hold the server up is done in it. */

import type { OutcomeList, RunComparison } from "../../contract/runs.ts";
import type { ExplainedLayer, ImageExplanation } from "../../systems/precedents/index.ts";

/** Which outcomes of an evaluation are wanted. */
export interface OutcomeChoice {
  readonly result?: "right" | "wrong" | undefined;
  readonly label?: string | undefined;
  readonly voted?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Each piece of work, by name, with what it is told and what it answers. */
export interface RunWork {
  readonly explain: {
    readonly told: { run: string; image: string; label: string; layer?: ExplainedLayer | undefined };
    readonly answer: ImageExplanation;
  };
  readonly outcomes: {
    readonly told: { run: string; classes: readonly string[]; choice: OutcomeChoice };
    readonly answer: OutcomeList;
  };
  readonly compare: {
    readonly told: { first: string; second: string };
    readonly answer: RunComparison["differences"];
  };
}

export type RunWorkName = keyof RunWork;

/** One piece of work as it is sent to the thread. */
export interface RunOrder<Name extends RunWorkName = RunWorkName> {
  readonly number: number;
  readonly name: Name;
  readonly told: RunWork[Name]["told"];
}

export type RunReply =
  | { readonly number: number; readonly answer: RunWork[RunWorkName]["answer"] }
  /** An expected error by its code; any other without its message, which may quote what it stumbled over. */
  | { readonly number: number; readonly problem: { readonly code: string; readonly detail: string } | null };
