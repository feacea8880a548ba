/** The archive's list as a table. */

import { stringify } from "csv-stringify/sync";
import type { ImageId } from "../../clinic/ids.ts";
import { type ArchiveImage, type Database, readArchiveImages } from "../../store/index.ts";

const columns = {
  image: ({ id }: ArchiveImage) => id,
  patient: ({ patient }: ArchiveImage) => patient,
  entity: ({ entity }: ArchiveImage) => entity,
  region: ({ region }: ArchiveImage) => region,
  region_source: ({ regionSource }: ArchiveImage) => regionSource,
  sorted_region: ({ sorted }: ArchiveImage) => sorted?.region,
  sorted_score: ({ sorted }: ArchiveImage) => sorted?.score.toFixed(3),
  sorted_known: ({ sorted }: ArchiveImage) => sorted && (sorted.known ? "yes" : "no"),
  label: ({ label }: ArchiveImage) => label,
  age: ({ ageYears }: ArchiveImage) => ageYears,
  sex: ({ sex }: ArchiveImage) => sex,
  site: ({ site }: ArchiveImage) => site,
  position: ({ position }: ArchiveImage) => position,
  origin: ({ origin }: ArchiveImage) => origin,
  modality: ({ modality }: ArchiveImage) => modality,
  view: ({ view }: ArchiveImage) => view,
  laterality: ({ laterality }: ArchiveImage) => laterality,
  body_part: ({ bodyPart }: ArchiveImage) => bodyPart,
  manufacturer: ({ manufacturer }: ArchiveImage) => manufacturer,
  acquired_on: ({ acquiredOn }: ArchiveImage) => acquiredOn,
  format: ({ format }: ArchiveImage) => format,
  width: ({ width }: ArchiveImage) => width,
  height: ({ height }: ArchiveImage) => height,
  exposure: ({ exposure }: ArchiveImage) => exposure,
  marked: ({ marked }: ArchiveImage) => (marked ? "yes" : "no"),
  near_duplicate: ({ nearDuplicate }: ArchiveImage) => (nearDuplicate ? "yes" : "no"),
};

/** Rows that are read at once; others get their turn in between. */
const rowsAtOnce = 500;

/** The rows of a CSV table, some at a time; what a spreadsheet would take for a formula is made text. */
export async function* exportImages(database: Database, ids: readonly ImageId[]): AsyncGenerator<string> {
  yield stringify([Object.keys(columns)]);
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    const images = await readArchiveImages(database, ids.slice(from, from + rowsAtOnce));
    const rows = images.map((image) => Object.values(columns).map((read) => read(image)));
    yield stringify(rows, { escape_formulas: true });
  }
}
