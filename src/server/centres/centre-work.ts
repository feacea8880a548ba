/** What the thread of the centres does: the networks and the search run in it, so that neither holds the server up. */

import type { CentreView } from "../../contract/centres.ts";
import type { EntityFact } from "../../store/index.ts";
import type { AnswerTerms, CodeAnswer, Fingerprints } from "../../systems/centres/index.ts";
import type { QueryToLink } from "../link/link-thread.ts";

/** Each piece of work, by name, with what it is told and what it answers. */
export interface CentreWork {
  /** The code of a query's radiograph, or of its lesion where that can be hashed. */
  readonly code: {
    readonly told: { readonly network: string; readonly query: QueryToLink };
    readonly answer: { readonly view: CentreView; readonly code: Uint32Array };
  };
  /** Takes note of what the archive knows now. */
  readonly know: {
    readonly told: { readonly version: number; readonly facts: readonly EntityFact[] };
    readonly answer: null;
  };
  /** The answer to a code; null where the thread does not know the facts of this version yet. */
  readonly answer: {
    readonly told: {
      /** By what the archive's codes are made. */
      readonly made: Fingerprints;
      readonly version: number;
      readonly view: CentreView;
      readonly code: Uint32Array;
      readonly k: number;
      readonly terms: AnswerTerms;
    };
    readonly answer: CodeAnswer | null;
  };
}
