/** `osteon deidentify`: radiographs without their patients, by DICOM PS3.15 annex E. */

import { Command, InvalidArgumentError, Option } from "commander";
import type { BurnedInChoice } from "../../systems/cohort/deidentify/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";

interface DeidentifyCommandOptions extends CommonOptions {
  readonly to: string;
  readonly key: string;
  readonly options: readonly string[];
  readonly burnedIn?: Exclude<BurnedInChoice, "judge">;
  readonly linkage?: string;
  readonly decided: boolean;
}

const profileOptions = [
  "clean-descriptors",
  "retain-longitudinal",
  "retain-device",
  "retain-patient-characteristics",
] as const;
type ProfileOption = (typeof profileOptions)[number];

const isProfileOption = (word: string): word is ProfileOption => (profileOptions as readonly string[]).includes(word);

const readOptions = (text: string): readonly string[] => {
  const words = text.split(",").filter((word) => word !== "");
  const unknown = words.find((word) => !isProfileOption(word));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is none of ${profileOptions.join(", ")}.`);
  }
  return words;
};

/** How many files are told one by one; the machine's answer has them all. */
const toldFiles = 20;

export const deidentifyCommand = (): Command =>
  withCommonOptions(new Command("deidentify"))
    .description("write DICOM, PNG and JPEG files without their patients into another folder (DICOM PS3.15 annex E)")
    .argument("<source...>", "files and folders")
    .requiredOption("--to <dir>", "the folder for the result: new, empty, or of an earlier run with the same key")
    .requiredOption("--key <file>", "the secret key, made where there is none; keep it, and keep it apart")
    .option("--options <list>", `what may be kept: ${profileOptions.join(",")}`, readOptions, [])
    .addOption(
      new Option(
        "--burned-in <choice>",
        "text in the pixels; default: mask what is certain, set aside what is not",
      ).choices(["mask", "set-aside", "keep"]),
    )
    .option("--decided", "for files that the home has, take what people decided on text at the review desk", false)
    .option("--linkage <file>", "a table that links pseudonyms to patients, for whoever may have it")
    .action((sources: string[], options: DeidentifyCommandOptions) => run(sources, options));

const run = async (sources: readonly string[], options: DeidentifyCommandOptions): Promise<void> => {
  const start = performance.now();
  const { decidedRegions, deidentifyFolder } = await import("../../systems/cohort/deidentify/index.ts");
  const decided = options.decided
    ? await withHome(options, { command: "deidentify" }, ({ database }) => decidedRegions(database))
    : undefined;
  const progress = startProgress("De-identifying", options);
  const report = await deidentifyFolder(sources, {
    to: options.to,
    keyFile: options.key,
    options: options.options.filter(isProfileOption),
    signal: interruptSignal(),
    onProgress: progress.update,
    ...(options.burnedIn ? { burnedIn: options.burnedIn } : {}),
    ...(decided ? { decided } : {}),
    ...(options.linkage === undefined ? {} : { linkage: options.linkage }),
  }).finally(() => progress.end());
  if (options.burnedIn === "keep") say("Text in the pixels was not looked for.", options);
  const masked = report.files.filter(({ maskedRegions }) => maskedRegions > 0).length;
  const setAside = report.setAside.map(({ source, code, detail }) => ({
    file: report.sources.get(source) ?? source,
    code,
    detail,
  }));
  const { sources: _, ...written } = report;
  const text = [
    `${count(report.files.length, "file")} written, ${masked} of them masked; ${count(report.duplicates, "duplicate")}, ` +
      `${setAside.length} set aside. What was done is in report.txt there.`,
    ...setAside.slice(0, toldFiles).map(({ file, detail }) => `  ${file}: ${detail}`),
    ...(setAside.length > toldFiles ? [`  and ${setAside.length - toldFiles} more`] : []),
  ].join("\n");
  answer({ ...written, setAside, ms: Math.round(performance.now() - start) }, text, options);
};
