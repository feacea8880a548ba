/** What the archive knows now of its radiographs, as far as links ask: whose they are, what they show, and of whom. */

import type { Database } from "../../store/index.ts";
import { listLinkFacts } from "../../store/index.ts";
import type { ArchiveFact } from "./asked-positions.ts";
import type { Target } from "./config.ts";

/** The facts of every radiograph, its label that of the target. */
export const archiveFacts = async (database: Database, target: Target): Promise<ArchiveFact[]> =>
  (await listLinkFacts(database)).map(({ entity, region, label, ...facts }) => ({
    ...facts,
    label: { entity, region, label }[target],
  }));
