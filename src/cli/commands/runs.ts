/** `osteon runs`: what was trained, built and measured. */

import { Command } from "commander";
import { getRun, listRuns, type Run } from "../../store/index.ts";
import { type CommonOptions, withCommonOptions, withHome } from "../context.ts";
import { answer } from "../output.ts";

export const runsCommand = (): Command => {
  const show = withCommonOptions(new Command("show"))
    .description("one run with its settings and every metric")
    .argument("<run>", "its id")
    .action(async (id: string, options: CommonOptions) => {
      const run = await withHome(options, { command: "runs show" }, ({ database }) => getRun(database, id));
      answer(plain(run), JSON.stringify(plain(run), null, 2), options);
    });
  return withCommonOptions(new Command("runs"))
    .description("past and unfinished runs, the newest first")
    .addCommand(show)
    .action(async (options: CommonOptions) => {
      const runs = await withHome(options, { command: "runs" }, ({ database }) => listRuns(database));
      if (options.json) for (const run of runs) answer(plain(run), "", options);
      else answer(undefined, runs.map(line).join("\n") || "There are no runs yet.", options);
    });
};

const plain = ({ createdAt, finishedAt, ...run }: Run): Record<string, unknown> => ({
  ...run,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
});

const line = ({ id, state, createdAt }: Run): string => `${id}  ${state}  ${createdAt.toISOString()}`;
