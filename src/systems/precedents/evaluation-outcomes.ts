/** What an evaluation found for each radiograph of its test side, as an artefact of its run: JSON, one line a radiograph. */

import { type ImageId, imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { pluralityVote } from "../../retrieval/vote.ts";
import type { HomeFiles } from "../../store/files.ts";
import { outcomesName } from "./artefacts.ts";
import { type EvaluatedQuery, votingK } from "./evaluation-scores.ts";

/** A neighbour of a query. */
type OutcomeNeighbour = EvaluatedQuery["hashed"][number];

/** A query with the vote of its neighbours. */
export interface EvaluationOutcome extends EvaluatedQuery {
  /** Null where nobody votes. */
  readonly vote: { readonly label: string; readonly share: number; readonly tie: boolean } | null;
}

const format = "osteon-evaluation-outcomes-1";

export const encodeOutcomes = (queries: readonly EvaluatedQuery[]): string =>
  [{ format }, ...queries].map((line) => `${JSON.stringify(line)}\n`).join("");

/** @throws OsteonError `corrupt-store` when the run lacks the artefact or it is damaged */
export const readOutcomes = async (files: HomeFiles, run: string): Promise<EvaluationOutcome[]> => {
  const text = new TextDecoder().decode(await files.readArtefact(run, outcomesName));
  try {
    const [head, ...lines] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    if ((head as { format?: unknown }).format === format) return (lines as WrittenQuery[]).map(toOutcome);
  } catch (cause) {
    throw new OsteonError("corrupt-store", `The outcomes of run ${run} are damaged; evaluate again.`, { run }, cause);
  }
  throw new OsteonError("corrupt-store", `The outcomes of run ${run} are of another format; evaluate again.`, { run });
};

interface WrittenQuery {
  readonly image: string;
  readonly patient: string;
  readonly label: string;
  readonly hashed: readonly OutcomeNeighbour[];
  readonly exact: readonly OutcomeNeighbour[];
}

const toOutcome = (query: WrittenQuery): EvaluationOutcome => {
  const [image, patient]: [ImageId, PatientId] = [imageId(query.image), patientId(query.patient)];
  return { ...query, image, patient, vote: pluralityVote(query.hashed.slice(0, votingK)) };
};
