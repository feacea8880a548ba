/** `osteon verify`: reads a de-identified folder again, or the audit log, and tells what is not as it should be. */

import { Command, InvalidArgumentError } from "commander";
import { OsteonError } from "../../errors.ts";
import { verifyAudit } from "../../store/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count } from "../output.ts";
import { startProgress } from "../progress.ts";

interface VerifyCommandOptions extends CommonOptions {
  readonly deidentified?: string;
  readonly identifiers?: string;
  readonly audit: boolean;
  readonly known?: KnownEntry;
}

interface FolderOptions extends CommonOptions {
  readonly deidentified: string;
  readonly identifiers?: string;
}

/** An entry of the audit log that was written down elsewhere. */
interface KnownEntry {
  readonly number: number;
  readonly hash: string;
}

const toldFindings = 50;

export const verifyCommand = (): Command =>
  withCommonOptions(new Command("verify"))
    .description("prove that a folder, or the audit log, is what it should be; exit code 1 where it is not")
    .option("--deidentified <dir>", "a folder that osteon deidentify wrote")
    .option("--identifiers <file>", "identifiers, one a line, to look for in the bytes of every file")
    .option("--audit", "the home's audit log: whether its chain of hashes holds", false)
    .option("--known <number:hash>", "an entry as an earlier run told it, which must still be there", knownEntry)
    .action(run);

const run = ({ deidentified, ...options }: VerifyCommandOptions): Promise<void> => {
  if (options.audit === (deidentified !== undefined)) {
    throw new OsteonError("bad-usage", "Name one thing to verify: --deidentified DIR or --audit.");
  }
  return deidentified === undefined ? verifyLog(options) : verifyDeidentified({ ...options, deidentified });
};

const knownEntry = (text: string): KnownEntry => {
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined)
    throw new InvalidArgumentError("Write it as it was told: NUMBER:HASH.");
  return { number: Number(number), hash };
};

const verifyLog = async ({ known, ...options }: VerifyCommandOptions): Promise<void> => {
  const chain = await withHome(options, { command: "verify --audit" }, ({ database }) => verifyAudit(database, known));
  const text = chain.holds
    ? `The chain holds over ${count(chain.entries, "entry", "entries")}. Keep elsewhere: ${chain.entries}:${chain.head}`
    : `The chain is broken: entry ${chain.brokenAt} is not what it was, or is missing.`;
  answer(chain, text, options);
  if (!chain.holds) process.exitCode = 1;
};

const verifyDeidentified = async (options: FolderOptions): Promise<void> => {
  const { verifyFolder } = await import("../../systems/cohort/deidentify/index.ts");
  const progress = startProgress("Verifying", options);
  const latestDate = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  const { files, pixelsKept, findings } = await verifyFolder(options.deidentified, {
    latestDate,
    signal: interruptSignal(),
    onProgress: progress.update,
    ...(options.identifiers === undefined ? {} : { identifiers: options.identifiers }),
  }).finally(() => progress.end());
  const text = [
    findings.length === 0
      ? `${count(files, "file")} looked over: nothing was found that should not be there.`
      : `${count(files, "file")} looked over, ${count(findings.length, "finding")}:`,
    ...findings.slice(0, toldFindings).map(({ file, attribute, detail }) => `  ${file}: ${attribute}: ${detail}`),
    ...(findings.length > toldFindings ? [`  and ${findings.length - toldFindings} more`] : []),
    ...(pixelsKept > 0 ? [`The pixels of ${count(pixelsKept, "file")} were kept by choice and not looked at.`] : []),
  ].join("\n");
  answer({ clean: findings.length === 0, files, pixelsKept, findings }, text, options);
  if (findings.length > 0) process.exitCode = 1;
};
