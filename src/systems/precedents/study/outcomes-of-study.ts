/** The links of leave-one-patient-out as outcomes of an evaluation, so that the page of the run shows each radiograph. */

import type { EvaluatedQuery } from "../evaluation-scores.ts";
import type { LabelledNeighbour, TestedQuery } from "./study-items.ts";
import type { StudyItem } from "./study-split.ts";

/** Neighbours are patients, each by the nearest radiograph. */
export const asOutcomes = (linked: readonly TestedQuery[], items: readonly StudyItem[]): EvaluatedQuery[] =>
  linked.map(({ position, patient, label, neighbours }) => {
    const neighbour = ({ rank, position: at, distance, label: own }: LabelledNeighbour) => {
      const { image, patient: other } = items[at]!;
      return { rank, patient: other, image: image.id, distance, cosineDistance: distance, label: own };
    };
    return {
      image: items[position]!.image.id,
      patient,
      label,
      hashed: neighbours["hashed patients"].map(neighbour),
      exact: neighbours["exact patients"].map(neighbour),
    };
  });
