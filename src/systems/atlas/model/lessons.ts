/** What a model of the regions can learn from a clustering: the radiographs whose clusters have a settled label. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { OsteonError } from "../../../errors.ts";
import { type Home, hashContent, listImages, type StoredImage } from "../../../store/index.ts";
import { type WeakLabel, weakLabels } from "../weak-labels.ts";

/** A radiograph with what its cluster says of it. */
export interface Lesson extends WeakLabel {
  readonly image: StoredImage;
}

/** The lessons of a clustering, in the order of {@link listImages}. */
export const lessonsOf = async (home: Pick<Home, "database">, clustering: string): Promise<Lesson[]> => {
  const labels = await weakLabels(home, clustering);
  return (await listImages(home.database)).flatMap((image) => {
    const label = labels.get(image.id);
    return label ? [{ image, ...label }] : [];
  });
};

/** The labels of some lessons: regions in alphabetical order, `discard` not among them. */
export const regionsOf = (lessons: readonly Pick<Lesson, "label">[]): string[] =>
  [...new Set(lessons.map(({ label }) => label))].filter((label) => label !== discard).sort();

/** Other for other lessons: a model is known by it to have learned what readers say now, or not. */
export const fingerprintOf = (lessons: readonly Lesson[]): string =>
  hashContent(JSON.stringify(lessons.map(({ image, label, cluster }) => [image.id, image.patient, label, cluster])));

/** Two on the side that is held out and one in each of five folds is the least that can be split and measured. */
const fewestPatients = 10;

/** Why nothing can be learned from the lessons; null where it can. */
export const problemOfLessons = (lessons: readonly Lesson[]): OsteonError | null => {
  const regions = regionsOf(lessons);
  if (regions.length < 2) {
    const found = regions.length === 0 ? "none" : `only "${regions[0]}"`;
    const sentence = `The atlas learns from labelled clusters of at least two regions, and there is ${found}; label more clusters.`;
    return new OsteonError("bad-input", sentence);
  }
  const patients = new Set(lessons.filter(({ label }) => label !== discard).map(({ image }) => image.patient)).size;
  if (patients >= fewestPatients) return null;
  const sentence = `The atlas learns from the radiographs of at least ${fewestPatients} patients, and the labelled clusters have ${patients}; label more clusters.`;
  return new OsteonError("bad-input", sentence);
};
