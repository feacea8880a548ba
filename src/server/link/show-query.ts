/** Queries as pages see them. */

import type { Box } from "../../contract/pictures.ts";
import { type LinkVote, linkAnswer, type Query as QueryShown, type QuerySummary } from "../../contract/queries.ts";
import type { Query } from "./add-query.ts";

export const showQuery = (query: Query, proposedBoxes: Box[]): QueryShown => ({
  ...shared(query),
  proposedBoxes,
  answer: linkAnswer.safeParse(query.answer).data ?? null, // one of an earlier version is asked for anew
});

/** A line of the worklist. */
export const summariseQuery = (query: Query): QuerySummary => ({
  ...shared(query),
  linked: query.answer !== null,
  known: query.answer?.known ?? true,
  vote: query.answer?.known && query.answer.vote ? voteOf(query.answer.vote) : null,
});

const voteOf = ({ label, share }: LinkVote) => ({ label, share });

const shared = ({ id, fileName, createdAt, worklist, reading, box }: Query) => ({
  id,
  name: fileName,
  createdAt: createdAt.toISOString(),
  worklist,
  picture: reading.ok ? reading.picture : null,
  problem: reading.ok ? null : reading.problem,
  box,
});
