/** What the two sides of the stage may show: the query or one of its neighbours. */

import type { Box } from "../../../../src/contract/pictures.ts";
import type { Explanation, HeatMap, LinkAnswer, LinkNeighbour, Query } from "../../../../src/contract/queries.ts";
import { imageAddress, queryAddress } from "./queries.ts";

/** The query, or a neighbour by its rank. */
export type Subject = "query" | number;

/** A subject as the viewer takes it. */
export interface ShownSubject {
  readonly address: string;
  readonly frame: "target" | "agrees" | "differs";
  readonly marks: readonly Box[];
}

export const neighbourOf = (answer: LinkAnswer | null, subject: Subject | null): LinkNeighbour | undefined =>
  answer?.neighbours.find(({ rank }) => rank === subject);

/** Which of a patient's radiographs are looked at in the place of the nearest, by the neighbour's rank. */
export type ShownInstead = ReadonlyMap<number, string>;

/** The query where there is no such neighbour. */
export const shownSubject = (subject: Subject, query: Query, instead: ShownInstead): ShownSubject => {
  const neighbour = neighbourOf(query.answer, subject);
  const other = neighbour && instead.get(neighbour.rank);
  return neighbour
    ? {
        address: imageAddress(other ?? neighbour.image),
        frame: neighbour.agrees ? "agrees" : "differs",
        marks: other === undefined ? neighbour.boxes : [],
      }
    : {
        address: queryAddress(query.id),
        frame: "target",
        marks: query.box ? [] : query.proposedBoxes,
      };
};

/** The half of an explanation that lies over a subject; none over a radiograph that was not explained. */
export const heatOf = (
  explanation: Explanation | undefined,
  { subject, explained, instead }: { subject: Subject; explained: number | null; instead: ShownInstead },
): HeatMap | null => {
  if (!explanation) return null;
  if (subject === "query") return explanation.query;
  return subject === explained && !instead.has(subject) ? explanation.neighbour : null;
};
