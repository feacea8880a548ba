/** What each radiograph's patient finally had: as far as other centres may be told of the archive. */

import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";

/** A radiograph's entity; null where it is not known, or not final. */
export interface EntityFact {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly entity: string | null;
}

/** Of every radiograph; where the tables speak of its patient, only a final diagnosis counts. */
export const listEntityFacts = async (database: Database): Promise<EntityFact[]> => {
  const images = await database.selectFrom("images").select(["id", "patient_id", "entity"]).orderBy("id").execute();
  const cases = await database.selectFrom("cases").select(["patient_id", "final_entity"]).orderBy("id").execute();
  const casesOf = Map.groupBy(cases, ({ patient_id }) => patient_id);
  return images.map(({ id, patient_id, entity }) => {
    const own = casesOf.get(patient_id);
    const final = own?.find(({ final_entity }) => final_entity !== null)?.final_entity ?? null;
    const isOpen = own !== undefined && final === null;
    return { image: imageId(id), patient: patientId(patient_id), entity: isOpen ? null : (entity ?? final) };
  });
};
