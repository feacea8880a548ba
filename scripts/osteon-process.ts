/** Runs the command line as its user does, as a process of its own; for benches and end-to-end tests. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a finished command left behind. */
export interface CommandResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Largest resident set of the process in bytes; 0 where /proc is not there to tell. */
  readonly peakMemory: number;
}

/** A command on its way. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** What it has written to standard error so far. */
  readonly stderr: () => string;
  readonly finished: Promise<CommandResult>;
}

const mainFile = join(import.meta.dirname, "..", "bin", "osteon.js");

const peakOf = (pid: number | undefined): number => {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0; // it has just ended, or this is not Linux
  }
};

/** Starts `osteon` with some words, and with a text on its standard input. */
export const startOsteon = (args: readonly string[], { input = "" } = {}): RunningCommand => {
  const start = performance.now();
  const child = spawn(process.execPath, [mainFile, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => {}); // a command that does not read may have ended
  child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  let peakMemory = 0;
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const watch = setInterval(() => {
    peakMemory = Math.max(peakMemory, peakOf(child.pid));
  }, 100);
  const finished = new Promise<CommandResult>((resolve) => {
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ code, stdout, stderr, seconds: (performance.now() - start) / 1e3, peakMemory });
    });
  });
  return { child, stderr: () => stderr, finished };
};

/**
 * Runs `osteon` to its end.
 *
 * @throws Error with the command's last words when it does not exit with 0
 */
export const osteon = async (args: readonly string[]): Promise<CommandResult> => {
  const result = await startOsteon(args).finished;
  if (result.code === 0) return result;
  throw new Error(
    `osteon ${args.slice(0, 2).join(" ")} ended with ${result.code}: ${result.stderr.trim().split("\n").at(-1)}`,
  );
};

/** The objects of a command's JSON lines. */
export const jsonLines = <T>({ stdout }: Pick<CommandResult, "stdout">): T[] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as T);
