/** What the header of a radiograph says of its making, as the home keeps it (DICOM PS3.3 C.7.2, C.7.3, C.8.1, C.8.11.5). */

import type { RadiographAttributes } from "../../dicom/radiograph-attributes.ts";
import type { AcquisitionFacts } from "../../store/index.ts";

/**
 * What the home keeps of a file's attributes. The laterality of the image counts before that of the series, and the date of
 * the acquisition before that of the study.
 *
 * @example
 * acquisitionFacts({ StudyDate: "20190331" }).acquisitionDate; // "2019-03-31"
 */
export const acquisitionFacts = (attributes: RadiographAttributes): AcquisitionFacts => ({
  sopInstanceUid: uid(attributes.SOPInstanceUID),
  studyInstanceUid: uid(attributes.StudyInstanceUID),
  seriesInstanceUid: uid(attributes.SeriesInstanceUID),
  acquisitionDate: isoDate(attributes.AcquisitionDate) ?? isoDate(attributes.StudyDate),
  viewPosition: attributes.ViewPosition ?? null,
  bodyPart: attributes.BodyPartExamined ?? null,
  laterality: attributes.ImageLaterality ?? attributes.Laterality ?? null,
  manufacturer: attributes.Manufacturer ?? null,
});

/** A UID is digits and dots; whatever else stands there identifies nothing. */
const uid = (text: string | undefined): string | null => (text && /^[0-9.]{1,64}$/.test(text) ? text : null);

/** YYYYMMDD, or YYYY.MM.DD as before 1993 (PS3.5 section 6.2, DA), where it is a day of the calendar. */
const isoDate = (text: string | undefined): string | null => {
  const [, year, month, day] = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(text?.trim() ?? "") ?? [];
  if (year === undefined) return null;
  const date = `${year}-${month}-${day}`;
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date) ? date : null;
};
