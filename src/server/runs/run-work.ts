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
