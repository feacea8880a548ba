/** dcmtk's command line tools (Debian: dcmtk), as peers on the network. */

import { execFile, spawnSync } from "node:child_process";

/** Whether all of some programs are installed. */
export const hasPrograms = (...programs: readonly string[]): boolean =>
  programs.every((program) => spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined);

/** What a program left behind. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end, for at most a minute; never throws. */
export const runProgram = (program: string, args: readonly string[]): Promise<ProgramResult> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
