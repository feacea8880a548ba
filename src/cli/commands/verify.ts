/** `osteon verify --deidentified`: reads a folder again and lists whatever names a patient or might. */

import { Command } from "commander";
import { type CommonOptions, interruptSignal, withCommonOptions } from "../context.ts";
import { answer, count } from "../output.ts";
import { startProgress } from "../progress.ts";

interface VerifyCommandOptions extends CommonOptions {
  readonly deidentified: string;
  readonly identifiers?: string;
}

const toldFindings = 50;

export const verifyCommand = (): Command =>
  withCommonOptions(new Command("verify"))
    .description("prove that a folder is what it should be; exit code 1 where it is not")
    .requiredOption("--deidentified <dir>", "a folder that osteon deidentify wrote")
    .option("--identifiers <file>", "identifiers, one a line, to look for in the bytes of every file")
    .action((options: VerifyCommandOptions) => run(options));

const run = async (options: VerifyCommandOptions): Promise<void> => {
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
