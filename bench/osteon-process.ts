/** Runs the command line as its user does, as a process of its own, and keeps its peak memory. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a finished command left behind. */
export interface CommandResult {
  readonly stdout: string;
  readonly seconds: number;
  /** Largest resident set of the process in bytes; 0 where /proc is not there to tell. */
  readonly peakMemory: number;
}

const peakOf = (pid: number): number => {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0; // it has just ended, or this is not Linux
  }
};

/** @throws Error with the command's own words when it does not exit with 0 */
export const osteon = (args: readonly string[]): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const main = join(import.meta.dirname, "..", "src", "cli", "main.ts");
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    let peakMemory = 0;
    const watch = setInterval(() => {
      peakMemory = Math.max(peakMemory, peakOf(child.pid!));
    }, 200);
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ stdout, seconds: (performance.now() - start) / 1e3, peakMemory });
      else reject(new Error(`osteon ${args[0]} ${args[1]} ended with ${code}: ${stderr.trim().split("\n").at(-1)}`));
    });
  });

/** The objects of a command's JSON lines. */
export const jsonLines = <T>({ stdout }: CommandResult): T[] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as T);
