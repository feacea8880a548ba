/** `osteon doctor`: what works on this machine, and what does not. */

import { access, constants, statfs } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { type ProbeResult, probeProvider } from "../../engine/probe.ts";
import { type Provider, providers } from "../../engine/providers.ts";
import { OsteonError } from "../../errors.ts";
import { countHome, exists, homeHolder, isHome } from "../../store/index.ts";
import { type CommonOptions, withCommonOptions, withHome } from "../context.ts";
import { answer, count } from "../output.ts";

/** One thing that was looked at. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export const doctorCommand = (): Command =>
  withCommonOptions(new Command("doctor"))
    .description("check the machine, the engine's providers, the home and its database")
    .action(run);

const run = async (options: CommonOptions): Promise<void> => {
  const probing = Promise.all(providers.map(async (name) => providerCheck(name, await probeProvider(name))));
  const checks = [node(), machine(), await disk(options.home), ...(await probing), await home(options)];
  const text = checks.map(({ name, ok, detail }) => `${ok ? "ok  " : "FAIL"}  ${name}: ${detail}`).join("\n");
  answer({ ok: checks.every(({ ok }) => ok), checks }, text, options);
  if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
};

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

const node = (): Check => {
  const ok = Number(process.versions.node.split(".")[0]) >= 24;
  return { name: "Node", ok, detail: `${process.versions.node}${ok ? "" : "; version 24 is needed"}` };
};

const machine = (): Check => {
  const ok = totalmem() > 3e9;
  const detail = `${count(availableParallelism(), "core")}, ${gigabytes(freemem())} of ${gigabytes(totalmem())} memory free`;
  return { name: "machine", ok, detail: ok ? detail : `${detail}; training needs about 3 GB` };
};

const disk = async (directory: string): Promise<Check> => {
  let folder = resolve(directory);
  while (!(await exists(folder))) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return { name: "disk", ok: free > 1e9, detail: `${gigabytes(free)} free where the home is` };
};

/** The processor has to run; a graphics card is a gain where there is one. */
export const providerCheck = (name: Provider, { runs, detail }: ProbeResult): Check => {
  if (runs) return { name: `provider ${name}`, ok: true, detail: `runs here, ${detail}` };
  const advice = name === "cpu" ? "; install the packages again with `npm install`" : "";
  return { name: `provider ${name}`, ok: name !== "cpu", detail: `does not run here: ${detail}${advice}` };
};

const home = async (options: CommonOptions): Promise<Check> => {
  try {
    await access(options.home, constants.R_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    if (!(await isHome(options.home))) return { name: "home", ok: true, detail: "none yet; an import makes it" };
    const holder = options.database ? undefined : await homeHolder(options.home); // on a server several have it open
    if (holder) {
      const detail = `held by process ${holder.pid} ("${holder.command}", since ${holder.since})`;
      return { name: "home", ok: true, detail };
    }
    const { images, patients, quarantined } = await withHome(options, { command: "doctor" }, ({ database }) =>
      countHome(database),
    );
    const detail = `${count(images, "radiograph")} of ${count(patients, "patient")}, ${quarantined} set aside; the database opens`;
    return { name: "home", ok: true, detail };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EACCES" ? "it may not be read; check its permissions" : "it does not open";
    return { name: "home", ok: false, detail: error instanceof OsteonError ? error.message : why };
  }
};
