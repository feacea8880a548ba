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

/** The query where there is no such neighbour. */
export const shownSubject = (subject: Subject, query: Query): ShownSubject => {
  const neighbour = neighbourOf(query.answer, subject);
  return neighbour
    ? {
        address: imageAddress(neighbour.image),
        frame: neighbour.agrees ? "agrees" : "differs",
        marks: neighbour.boxes,
      }
    : {
        address: queryAddress(query.id),
        frame: "target",
        marks: query.box ? [] : query.proposedBoxes,
      };
};

/** The half of an explanation that lies over a subject; none over a neighbour that was not explained. */
export const heatOf = (
  explanation: Explanation | undefined,
  { subject, explained }: { subject: Subject; explained: number | null },
): HeatMap | null => {
  if (!explanation) return null;
  if (subject === "query") return explanation.query;
  return subject === explained ? explanation.neighbour : null;
};
