/** Neighbours as pages see them: patients, by their nearest radiograph, with all others behind it and what the archive knows of each. */

import type { Box } from "../../contract/pictures.ts";
import type { LinkAnswer, LinkNeighbour, OtherRadiograph } from "../../contract/queries.ts";
import { type ArchiveImage, type Database, listAnnotations, readImagesOfPatients, sexOf } from "../../store/index.ts";
import { boxesOf } from "../../systems/precedents/lesion-crop.ts";
import { backgroundsOf } from "./course-of.ts";
import type { LinkAnswers } from "./link-thread.ts";

/** @param known whether there is a close precedent: else nobody is to be followed */
export const showNeighbours = async (
  database: Database,
  found: LinkAnswers["link"],
  known: boolean,
): Promise<LinkNeighbour[]> => {
  const patients = found.neighbours.map(({ patient }) => patient);
  const theirs = await readImagesOfPatients(database, patients);
  const images = new Map(theirs.map((image) => [image.id, image]));
  const byPatient = Map.groupBy(theirs, ({ patient }) => patient);
  const ids = found.neighbours.map(({ image }) => image);
  const marks = Map.groupBy(await listAnnotations(database, ids), ({ image }) => image);
  const backgroundOf = await backgroundsOf(database, patients);
  return found.neighbours.map((neighbour) => {
    const { rank, image, patient, distance, cosineDistance, closerThan, label, box } = neighbour;
    const { course, sex } = backgroundOf(patient);
    const stored = images.get(image);
    const drawn = boxesOf(marks.get(image) ?? []);
    const [first] = course.cases;
    return {
      rank,
      image,
      patient,
      acquiredOn: stored?.acquiredOn ?? null,
      view: stored?.view ?? null,
      distance,
      cosineDistance,
      closerThan,
      label,
      entity: stored?.entity ?? first?.final?.entity ?? null,
      ageYears: stored?.ageYears ?? first?.ageYears ?? null,
      sex: sexOf(stored?.sex ?? null) ?? sex,
      site: stored?.site ?? first?.site ?? null,
      position: stored?.position ?? first?.position ?? null,
      agrees: known && label !== null ? label === found.vote?.label : null,
      boxes: box === null ? drawn : [box, ...drawn.filter((other) => !isSame(other, box))],
      others: othersOf(neighbour, { images: byPatient.get(patient) ?? [], target: found.target }),
      course,
    };
  });
};

type FoundNeighbour = LinkAnswers["link"]["neighbours"][number];

/** More of one patient than anybody looks through. */
const mostOthers = 24;

/** What was compared first, the nearest first; then what was not, the newest first. */
const othersOf = (
  { image, others }: FoundNeighbour,
  { images, target }: { readonly images: readonly ArchiveImage[]; readonly target: LinkAnswer["target"] },
): OtherRadiograph[] => {
  const distances = new Map(others.map((other) => [other.image, other.cosineDistance]));
  return images
    .filter(({ id }) => id !== image)
    .map(({ id, acquiredOn, view, ...known }) => ({
      image: id,
      acquiredOn,
      view,
      label: known[target],
      cosineDistance: distances.get(id) ?? null,
    }))
    .sort(
      (a, b) =>
        (a.cosineDistance ?? 3) - (b.cosineDistance ?? 3) || ((a.acquiredOn ?? "") > (b.acquiredOn ?? "") ? -1 : 1),
    )
    .slice(0, mostOthers);
};

const isSame = (a: Box, b: Box): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
