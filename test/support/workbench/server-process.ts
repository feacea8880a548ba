/** `osteon serve` as its user runs it: a process on a free port. */

import { startOsteon } from "../../../scripts/osteon-process.ts";
import { builtPages } from "./built-pages.ts";

/** How the workbench is started. */
export interface ServerOptions {
  readonly home: string;
  /** More words for `osteon serve`. */
  readonly args?: readonly string[];
  /** The port; a free one by default. */
  readonly port?: number;
}

/** A running workbench. */
export interface ServerProcess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** What it wrote to standard error so far: remarks and logs. */
  words(): string;
  /** Asks it to end and waits for it. */
  stop(): Promise<void>;
  /** Ends it at once, as a failure of the power would. */
  kill(): Promise<void>;
}

/** Starts the workbench with freshly built pages and waits until it listens. */
export const startWorkbench = async ({ home, args = [], port = 0 }: ServerOptions): Promise<ServerProcess> => {
  const pages = await builtPages();
  const words = ["serve", "--home", home, "--port", String(port), "--pages", pages, ...args];
  const { child, stderr, finished } = startOsteon(words);
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr!.on("data", () => {
      const [, address] = /The workbench is at (https?:\/\/[^\s/]+)/.exec(stderr()) ?? [];
      if (address) resolve(address);
    });
    finished.then(({ code }) => reject(new Error(`osteon serve ended with ${code}: ${stderr().slice(-2000)}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await finished;
  };
  return {
    url,
    port: Number(new URL(url).port),
    words: stderr,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
};
