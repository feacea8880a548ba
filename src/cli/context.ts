/** What every command shares: the common options, the home, the interrupt. */

import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { DatabaseServer, type Home, openHome } from "../store/index.ts";
import type { OutputOptions } from "./output.ts";

/** Osteon's version. */
export const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The options that every command takes. */
export interface CommonOptions extends OutputOptions {
  readonly home: string;
  readonly database?: string;
  readonly seed: number;
  readonly debug: boolean;
}

/** Adds the common options to a command. */
export const withCommonOptions = (command: Command): Command =>
  command
    .option("--home <dir>", "where the archive lives", process.env.OSTEON_HOME || "./osteon-home")
    .addOption(
      // Its value is no default: the help would show it, and with it a password.
      new Option("--database <url>", "a PostgreSQL server instead of the home's own database").env("OSTEON_DATABASE"),
    )
    .option("--seed <n>", "start of every random stream", wholeNumber(0), 0)
    .option("--json", "machine-readable answers on standard output", false)
    .option("--quiet", "no progress and no remarks", false)
    .option("--debug", "the stack of an error", false)
    .hook("preAction", takeOverFromParents);

/** An option given before a subcommand's word counts for the subcommand too, unless that is told otherwise. */
const takeOverFromParents = (command: Command): void => {
  for (const option of command.options) {
    const name = option.attributeName();
    for (let giver: Command | null = command; giver; giver = giver.parent) {
      if (giver.getOptionValueSource(name) !== "cli") continue;
      command.setOptionValueWithSource(name, giver.getOptionValue(name), "cli");
      break;
    }
  }
};

/** A parser of whole numbers from `least` to `most` for commander, which names the option in its message. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} up`;
    throw new InvalidArgumentError(`"${text}" is no whole number ${range}.`);
  };

/** Reads a number from one to the other, both of which may be it. */
export const numberBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`"${text}" is no number from ${least} to ${most}.`);
  };

/** Opens the home for one piece of work and closes it whatever happens. */
export const withHome = async <T>(
  options: CommonOptions,
  { command, create = false, alone = false }: { command: string; create?: boolean; alone?: boolean },
  work: (home: Home) => Promise<T>,
): Promise<T> => {
  const server = options.database ? new DatabaseServer(options.database) : undefined;
  const since = new Date().toISOString();
  const home = await openHome(options.home, { command, create, alone, since, server });
  try {
    return await work(home);
  } finally {
    await home.close();
  }
};

/** Signals that come together are one: a terminal's Ctrl-C reaches every process of a pipeline, and some pass it on. */
const togetherMs = 500;

/**
 * A signal that Ctrl-C, a polite kill or the end of the terminal sets: work stops at the next safe place. Another one after
 * that ends at once.
 */
export const interruptSignal = (): AbortSignal => {
  const controller = new AbortController();
  let since = 0;
  const interrupt = (): void => {
    const now = performance.now();
    if (controller.signal.aborted) {
      if (now - since > togetherMs) process.exit(130);
      return;
    }
    since = now;
    const newLine = process.stderr.isTTY ? "\n" : ""; // a progress bar stands in the current one
    process.stderr.write(`${newLine}Stopping at the next safe place; Ctrl-C again ends at once.\n`);
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  return controller.signal;
};
