/** One radiograph with all that is known of it. */

import { imageId } from "../../clinic/ids.ts";
import type { Annotation } from "../../clinic/public-sets/annotation.ts";
import type { ImageDetail, ImageSummary } from "../../contract/images.ts";
import { OsteonError } from "../../errors.ts";
import {
  type ArchiveImage,
  type Database,
  findImage,
  listAnnotations,
  listReports,
  readArchiveImages,
  readImagesOfPatients,
  readRepetitions,
} from "../../store/index.ts";
import { backgroundsOf } from "../link/course-of.ts";

/** A radiograph as lists show it. */
export const summaryOf = ({
  bodyPart: _,
  manufacturer: __,
  importedAt: ___,
  format: ____,
  exposure: _____,
  ...image
}: ArchiveImage): ImageSummary => image;

/**
 * @param seesSource whether who asks may see file names and reports
 * @throws OsteonError `not-found`
 */
export const readImageDetail = async (
  database: Database,
  id: string,
  { seesSource }: { readonly seesSource: boolean },
): Promise<ImageDetail> => {
  const stored = await findImage(database, imageId(id));
  const [image] = await readArchiveImages(database, [imageId(id)]);
  if (!stored || !image) throw new OsteonError("not-found", "There is no such radiograph.");
  const { patient, fileName, studyInstanceUid, seriesInstanceUid, sopInstanceUid } = stored;
  const [{ duplicates, nearDuplicates }, marks, all, backgroundOf] = await Promise.all([
    readRepetitions(database, stored.id),
    listAnnotations(database, stored.id),
    readImagesOfPatients(database, [patient]),
    backgroundsOf(database, [patient]),
  ]);
  const reports = seesSource ? await listReports(database, patient) : [];
  return {
    ...image,
    importedAt: image.importedAt.toISOString(),
    annotations: marks.flatMap(({ source, annotations }) => annotations.map((one) => shown(source, one))),
    duplicates,
    nearDuplicateOf: stored.nearDuplicateOf,
    nearDuplicates,
    others: all.filter((other) => other.id !== stored.id).map(summaryOf),
    course: backgroundOf(patient).course,
    source: seesSource
      ? {
          fileName,
          studyInstanceUid,
          seriesInstanceUid,
          sopInstanceUid,
          reports: reports.map(({ id: number, kind, date, text }) => ({ id: number, kind, date, text })),
        }
      : null,
  };
};

const shown = (source: string, annotation: Annotation): ImageDetail["annotations"][number] => {
  const { label } = annotation;
  if (annotation.kind === "view") return { source, label, box: null, corners: null };
  if (annotation.kind === "polygon") {
    return { source, label, box: null, corners: annotation.corners.map(([x, y]) => [x, y]) };
  }
  const [left, top, right, bottom] = annotation.box;
  return { source, label, box: { x: left, y: top, width: right - left, height: bottom - top }, corners: null };
};
