/** Who has a run made, for the work of a job that makes one. */

import { getJob, type Home, type RunStarter } from "../../store/index.ts";

export const starterOf = async ({ database }: Home, job: string): Promise<RunStarter> => ({
  job,
  person: (await getJob(database, job)).startedBy,
});
