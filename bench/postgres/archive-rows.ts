/** The images of the bench: three of a patient, named as files are by their hash, with codes around a thousand centres. */

import { createHash } from "node:crypto";
import { sql } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../../src/clinic/ids.ts";
import { type BinaryCodes, codeOf } from "../../src/retrieval/binary-codes.ts";
import type { CodeRow, Database } from "../../src/store/index.ts";
import { codesPerPatient } from "../clustered-codes.ts";

export const codeBits = 256;
/** Codes that one statement writes. */
export const batchSize = 1000;

export const imageNumber = (i: number): ImageId => imageId(createHash("sha256").update(`${i}`).digest("hex"));
export const patientOf = (i: number): PatientId => patientId(`P${Math.floor(i / codesPerPatient)}`);

/** A batch of codes, numbered from `first` on. */
export const batchOf = (codes: BinaryCodes, from: number, first: number): CodeRow[] =>
  Array.from({ length: Math.min(batchSize, codes.count - from) }, (_, i) => ({
    image: imageNumber(first + from + i),
    patient: patientOf(first + from + i),
    code: codeOf(codes, from + i),
  }));

/** Writes the rows of the images themselves, as an import would have. */
export const fillImages = async (database: Database, count: number): Promise<void> => {
  await sql`
    insert into images (id, file_id, patient_id, file_name, format, pixel_hash, colourfulness, width, height, origin)
      select hash, hash, 'P' || n / ${sql.raw(`${codesPerPatient}`)}, n || '.dcm', 'dicom', 'p' || hash, 0, 2000, 2500, 'internal'
        from (select n, encode(sha256(n::text::bytea), 'hex') as hash from generate_series(0, ${count - 1}::integer) as n) as numbered`.execute(
    database,
  );
  await sql`analyze images`.execute(database);
};
