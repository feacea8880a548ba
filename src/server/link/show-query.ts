/** Queries as pages see them. */

import type { Box } from "../../contract/pictures.ts";
import type { Query as QueryShown, QuerySummary } from "../../contract/queries.ts";
import type { Query } from "./add-query.ts";

export const showQuery = (query: Query, proposedBoxes: Box[]): QueryShown => ({
  ...shared(query),
  proposedBoxes,
  answer: query.answer,
});

/** A line of the worklist. */
export const summariseQuery = (query: Query): QuerySummary => ({
  ...shared(query),
  vote: query.answer?.vote ? { label: query.answer.vote.label, share: query.answer.vote.share } : null,
  linked: query.answer !== null,
});

const shared = ({ id, fileName, createdAt, worklist, reading, box }: Query) => ({
  id,
  name: fileName,
  createdAt: createdAt.toISOString(),
  worklist,
  picture: reading.ok ? reading.picture : null,
  problem: reading.ok ? null : reading.problem,
  box,
});
