/** What every command shares: the common options, the home, the interrupt. */

import type { Command } from "commander";
import { OsteonError } from "../errors.ts";
import { type Home, openHome } from "../store/index.ts";
import type { OutputOptions } from "./output.ts";

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
    .option("--home <dir>", "where the archive lives", process.env.OSTEON_HOME ?? "./osteon-home")
    .option("--database <url>", "a PostgreSQL server instead of the home's own database")
    .option("--seed <n>", "start of every random stream", wholeNumber(0), 0)
    .option("--json", "machine-readable answers on standard output", false)
    .option("--quiet", "no progress and no remarks", false)
    .option("--debug", "the stack of an error", false);

/** A parser of whole numbers from `least` up, for commander. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new OsteonError("bad-usage", `"${text}" is no whole number from ${least} up.`, { text });
  };

/** Opens the home for one piece of work and closes it whatever happens. */
export const withHome = async <T>(
  options: CommonOptions,
  { command, create = false }: { command: string; create?: boolean },
  work: (home: Home) => Promise<T>,
): Promise<T> => {
  if (options.database !== undefined) {
    throw new OsteonError(
      "unsupported",
      "A database server is not supported yet; leave --database out to use the home's own.",
    );
  }
  const home = await openHome(options.home, { command, create, since: new Date().toISOString() });
  try {
    return await work(home);
  } finally {
    await home.close();
  }
};

/** A signal that Ctrl-C or a polite kill sets: work stops at the next safe place. A second Ctrl-C ends at once. */
export const interruptSignal = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
};
