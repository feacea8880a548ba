/** A new job that waits for somebody to take it. */

import { randomUUID } from "node:crypto";
import type { StoredJob } from "../../store/index.ts";

export const waitingJob = ({
  kind,
  settings,
  startedBy: { id, name },
  createdAt,
}: Pick<StoredJob, "kind" | "settings" | "startedBy" | "createdAt">): StoredJob => ({
  id: randomUUID(),
  kind,
  state: "waiting",
  settings,
  progress: null,
  result: null,
  problem: null,
  startedBy: { id, name },
  createdAt,
  startedAt: null,
  finishedAt: null,
});
