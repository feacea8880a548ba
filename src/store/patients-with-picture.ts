/** Whose picture a file shows, as far as the archive has the picture already. */

import { type PatientId, patientId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";
import { exposureHash } from "./images.ts";

/** The hashes of a file's samples and of its bytes. */
export interface PictureHashes {
  readonly pixelHash: string;
  readonly fileHash: string;
}

/**
 * The patients whose picture the archive has, by its samples, by the bytes of its file or of a duplicate, or as a plate that
 * was split. Asked for each link, and so in one statement of which each part has its index.
 */
export const patientsWithPicture = async (
  database: Database,
  { pixelHash, fileHash }: PictureHashes,
): Promise<PatientId[]> => {
  const rows = await database
    .selectFrom("images")
    .select("patient_id")
    .where("pixel_hash", "in", [pixelHash, exposureHash(pixelHash, 1)])
    .union(database.selectFrom("images").select("patient_id").where("file_id", "=", fileHash))
    .union(
      database
        .selectFrom("duplicates")
        .innerJoin("images", "images.id", "duplicates.image_id")
        .select("images.patient_id")
        .where("duplicates.id", "=", fileHash),
    )
    .execute();
  return rows.map(({ patient_id }) => patientId(patient_id));
};
