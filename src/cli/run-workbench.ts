/** The workbench from its start to Ctrl-C: the services, the server, and their end in the opposite order. */

import type { Door } from "../server/access/door.ts";
import type { Log } from "../server/logs/log.ts";
import { serve } from "../server/serve.ts";
import { startServices } from "../server/start-services.ts";
import type { Home } from "../store/index.ts";
import { type CommonOptions, version } from "./context.ts";
import { say } from "./output.ts";

interface WorkbenchOptions extends Pick<CommonOptions, "quiet" | "json" | "debug"> {
  readonly host: string;
  readonly port: number;
  /** Loopback without accounts where it is left out. */
  readonly door?: Door;
  readonly pages?: string;
  readonly importFolder?: readonly string[];
  readonly log?: Log;
  /** Whether this process works on jobs too. */
  readonly jobs?: boolean;
  readonly signal: AbortSignal;
}

/** Ends when the signal is set: jobs in work are stopped so that they go on at the next start. */
export const runWorkbench = async (home: Home, options: WorkbenchOptions): Promise<void> => {
  const { host, port, door, pages, importFolder, log, debug, signal } = options;
  const services = await startServices(home, {
    now: () => new Date(),
    debug,
    ...(door ? { door } : {}),
    ...(importFolder ? { importFolders: importFolder } : {}),
    ...(log ? { log } : {}),
    leavesJobs: options.jobs === false,
  });
  try {
    const server = await serve(services, { host, port, version, ...(pages === undefined ? {} : { pages }) });
    say(`The workbench is at ${server.url} (Ctrl-C ends).`, options);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await server.close();
  } finally {
    await services.close();
  }
};
