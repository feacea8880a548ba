/** Whose radiograph a query may be: nobody is ever a precedent of themselves. */

import type { PatientId } from "../../clinic/ids.ts";
import { type Database, exposureHash, findByContent, findByPixels, patientsNamed } from "../../store/index.ts";

/** What is known of a query's file. */
export interface QueryIdentity {
  readonly pixelHash: string;
  readonly fileHash: string;
  /** Whom the file itself names. */
  readonly source: PatientId;
  /** Whom the caller names. */
  readonly named?: PatientId;
}

/**
 * Everyone of whom the picture may be: whose picture the archive already has, by bytes or pixels; whom the file itself names,
 * and under which numbers the archive knows that one; and whom the caller names.
 */
export const ownPatients = async (
  database: Database,
  { pixelHash, fileHash, source, named }: QueryIdentity,
): Promise<ReadonlySet<PatientId>> => {
  const stored =
    (await findByPixels(database, pixelHash)) ??
    (await findByContent(database, fileHash)) ??
    (await findByPixels(database, exposureHash(pixelHash, 1))); // of a plate that was split
  return new Set([
    ...(named === undefined ? [] : [named]),
    ...(stored ? [stored.patient] : []),
    source,
    ...(await patientsNamed(database, source)),
  ]);
};
