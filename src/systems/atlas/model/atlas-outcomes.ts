/** What a training found for each radiograph that it validated on or held out, as an artefact of its run: JSON, one line a radiograph. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import type { NoRegionReason } from "../../../clinic/atlas/no-region.ts";
import { type ImageId, imageId, type PatientId, patientId } from "../../../clinic/ids.ts";
import { OsteonError } from "../../../errors.ts";
import type { HomeFiles } from "../../../store/files.ts";
import type { ScoredRegion } from "./rank-regions.ts";

/** How a radiograph was sorted by networks that did not learn from its patient. */
export interface AtlasOutcome extends ScoredRegion {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Of its cluster: a region's name, or `discard`. */
  readonly label: string;
  readonly cluster: number;
  /** The side that it was held out on, or the fold, from 1, that validated on it. */
  readonly side: "hold-out" | number;
  readonly second: ScoredRegion | null;
  readonly known: boolean;
  readonly reason: NoRegionReason | null;
}

/** The artefact of a training run. */
export const atlasOutcomesName = "atlas-outcomes.jsonl";

const format = "osteon-atlas-outcomes-1";

export const encodeAtlasOutcomes = (outcomes: readonly AtlasOutcome[]): string =>
  [{ format }, ...outcomes].map((line) => `${JSON.stringify(line)}\n`).join("");

/** @throws OsteonError `corrupt-store` when the run lacks the artefact or it is damaged */
export const readAtlasOutcomes = async (files: HomeFiles, run: string): Promise<AtlasOutcome[]> => {
  const text = new TextDecoder().decode(await files.readArtefact(run, atlasOutcomesName));
  try {
    const [head, ...lines] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    if ((head as { format?: unknown }).format === format) {
      return (lines as AtlasOutcome[]).map((line) => ({
        ...line,
        image: imageId(line.image),
        patient: patientId(line.patient),
      }));
    }
  } catch (cause) {
    throw new OsteonError("corrupt-store", `The outcomes of run ${run} are damaged; train again.`, { run }, cause);
  }
  throw new OsteonError("corrupt-store", `The outcomes of run ${run} are of another format; train again.`, { run });
};

/** What a radiograph was sorted as: a region, or `discard` where it belongs to none. */
export const sortedLabel = ({ known, region }: Pick<AtlasOutcome, "known" | "region">): string =>
  known ? region : discard;
