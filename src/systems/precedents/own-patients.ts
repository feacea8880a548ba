/** Whose radiograph a query may be: nobody is ever a precedent of themselves. */

import type { PatientId } from "../../clinic/ids.ts";
import { type Database, type PictureHashes, patientsNamed, patientsWithPicture } from "../../store/index.ts";

/** What is known of a query's file. */
export interface QueryIdentity extends PictureHashes {
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
): Promise<ReadonlySet<PatientId>> =>
  new Set([
    ...(named === undefined ? [] : [named]),
    ...(await patientsWithPicture(database, { pixelHash, fileHash })),
    source,
    ...(await patientsNamed(database, source)),
  ]);
