/** The command line: `osteon COMMAND`. Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 130 interrupted. */

import { Command, CommanderError } from "commander";
import { disableTelemetry } from "../engine/no-telemetry.ts";
import { OsteonError } from "../errors.ts";
import { atlasCommand } from "./commands/atlas.ts";
import { centresCommand } from "./commands/centres.ts";
import { cohortCommand } from "./commands/cohort.ts";
import { deidentifyCommand } from "./commands/deidentify.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { doubtsCommand } from "./commands/doubts.ts";
import { importCommand } from "./commands/import.ts";
import { linkCommand } from "./commands/link.ts";
import { phantomCommand } from "./commands/phantom.ts";
import { precedentsCommand } from "./commands/precedents.ts";
import { receiveCommand } from "./commands/receive.ts";
import { runsCommand } from "./commands/runs.ts";
import { serveCommand } from "./commands/serve.ts";
import { transferCommand } from "./commands/transfer.ts";
import { usersCommand } from "./commands/users.ts";
import { verifyCommand } from "./commands/verify.ts";
import { workerCommand } from "./commands/worker.ts";
import { version } from "./context.ts";
import { hidePasswords } from "./hide-passwords.ts";

const usageCodes: ReadonlySet<string> = new Set([
  "bad-usage",
  "bad-input",
  "not-found",
  "unsupported",
  "not-trained",
  "not-indexed",
]);

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof OsteonError)) return 1;
  if (error.code === "interrupted") return 130;
  return usageCodes.has(error.code) ? 2 : 1;
};

const tell = (error: unknown): void => {
  if (error instanceof CommanderError) return; // commander has told it
  const isDebug = process.argv.includes("--debug");
  if (isDebug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  else if (error instanceof OsteonError) process.stderr.write(`osteon: ${error.message}\n`);
  else
    process.stderr.write(
      "osteon: Something went wrong that should not; run the command again with --debug to see where.\n",
    );
};

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0); // the reader has seen enough, as with `| head`
  if (error.code !== "EIO") throw error; // with EIO the terminal has gone, and the work is stopping
});
process.stderr.on("error", () => {}); // remarks that nobody can read any more are no reason to stop half-way

hidePasswords();
disableTelemetry(); // here too, as commands start threads

const program = new Command("osteon")
  .description("The most similar past patients of a tumour centre for an undiagnosed radiograph.")
  .version(version)
  .addHelpText("after", "\nDecision support for research. Not a medical device; not for diagnosis alone.");

for (const command of [
  demoCommand(),
  doctorCommand(),
  phantomCommand(),
  importCommand(),
  doubtsCommand(),
  cohortCommand(),
  atlasCommand(),
  transferCommand(),
  precedentsCommand(),
  linkCommand(),
  centresCommand(),
  serveCommand(),
  workerCommand(),
  usersCommand(),
  receiveCommand(),
  runsCommand(),
  deidentifyCommand(),
  verifyCommand(),
]) {
  program.addCommand(command);
}

/** A mistake in the words throws instead of ending the process half-way; options belong to the word they follow. */
const settle = (command: Command): void => {
  command.exitOverride().enablePositionalOptions();
  command.commands.forEach(settle);
};
settle(program);

try {
  await program.parseAsync();
} catch (error) {
  tell(error);
  process.exitCode = exitCodeOf(error);
}
