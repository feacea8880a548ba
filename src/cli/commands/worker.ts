/** `osteon worker`: works on the jobs of an archive whose database is on a server, beside the workbench and other workers. */

import { Command } from "commander";
import { OsteonError } from "../../errors.ts";
import { Jobs } from "../../server/jobs/jobs.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";

export const workerCommand = (): Command =>
  withCommonOptions(new Command("worker"))
    .description("work on the jobs of a workbench, one at a time, on this machine or another (needs --database)")
    .action(run);

const run = async (options: CommonOptions): Promise<void> => {
  if (!options.database) {
    throw new OsteonError(
      "bad-usage",
      "A home's own database belongs to one process, so `osteon serve` itself works on its jobs; workers need a database server: name it with --database.",
    );
  }
  const signal = interruptSignal();
  const done = await withHome(options, { command: "worker" }, async (home) => {
    const jobs = await Jobs.open({
      home,
      now: () => new Date(),
      heavyAtOnce: () => 1,
      mostAtOnce: 1,
      checkSources: async () => {}, // whoever started the job was asked
      onMistake: ({ kind }, frames) =>
        say(`A job (${kind}) stumbled over a mistake in the program.\n${frames}`, options),
      debug: options.debug,
    });
    say("Waiting for jobs (Ctrl-C ends; what is under way goes on elsewhere).", options);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await jobs.close();
    return jobs.done;
  });
  answer({ jobs: done }, `${count(done, "job")} done.`, options);
};
