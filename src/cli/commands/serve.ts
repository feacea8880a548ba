/** `osteon serve`: the workbench. */

import { Command, Option } from "commander";
import { OsteonError } from "../../errors.ts";
import { openLog, silentLog } from "../../server/logs/log.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { type DoorCommandOptions, doorOf, withDoorOptions } from "../door-options.ts";
import { runWorkbench } from "../run-workbench.ts";

interface ServeCommandOptions extends CommonOptions, DoorCommandOptions {
  readonly port: number;
  readonly pages?: string;
  readonly importFolder?: readonly string[];
  readonly log?: string;
  readonly jobs: boolean;
}

export const serveCommand = (): Command =>
  withCommonOptions(withDoorOptions(new Command("serve")))
    .description("the workbench, for browsers")
    .option("--port <n>", "the port to listen on", wholeNumber(0, 65535), 4780)
    .option("--import-folder <dir...>", "folders on this machine from which people at the pages may import")
    .option("--no-jobs", "leaves the jobs to workers (`osteon worker`)")
    .option("--log <file>", "where the log goes, a line of JSON for each request; standard error by default")
    .addOption(new Option("--pages <dir>", "another folder of built pages, as the tests have").hideHelp())
    .action(run);

const run = async (options: ServeCommandOptions): Promise<void> => {
  if (!options.jobs && !options.database) {
    throw new OsteonError(
      "bad-usage",
      "--no-jobs needs a database server (--database): no worker could do the jobs else.",
    );
  }
  const signal = interruptSignal();
  const door = await doorOf(options);
  const log = options.quiet && options.log === undefined ? silentLog : openLog(options.log);
  await withHome(options, { command: "serve", create: true, alone: true }, (home) =>
    runWorkbench(home, { ...options, door, log, signal }),
  );
};
