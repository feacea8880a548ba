/** `osteon precedents study`: the recommender study by its whole protocol, from a plan or from options. */

import { readFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { OsteonError, shown } from "../../errors.ts";
import { checkChosenFile, writeChosenFile } from "../../store/index.ts";
import {
  cropKinds,
  parseStudyPlan,
  readStudyPlan,
  runStudy,
  type StudyPlan,
  type StudyPlanInput,
  studyPresets,
  studyReportName,
  studyTables,
  tablesAsText,
  targets,
  testRules,
} from "../../systems/precedents/index.ts";
import { readWeightsFile } from "../../systems/training/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { duration, startProgress } from "../progress.ts";

interface StudyCommandOptions
  extends CommonOptions,
    Omit<{ readonly [Key in keyof StudyPlanInput]?: StudyPlanInput[Key] }, "seed"> {
  readonly weights?: string;
  readonly out?: string;
}

/** `A,B`, without what is empty. */
const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

export const studyCommand = (): Command =>
  withCommonOptions(new Command("study"))
    .description("the recommender study by its whole protocol; goes on with an unfinished one")
    .argument("[plan]", "a plan such as studies/recommender.json; options say otherwise")
    .addOption(new Option("--preset <name>", "the settings").choices(Object.keys(studyPresets)))
    .addOption(new Option("--target <target>", "what is told apart").choices([...targets]))
    .option("--labels <names>", "only these values of the target, separated by commas", names)
    .option("--crops <kinds>", `of ${cropKinds.join(", ")}, the first reported in full`, names)
    .addOption(new Option("--test <rule>", "who may be tested").choices([...testRules]))
    .option("--shuffles <n>", "how often patients are drawn anew", wholeNumber(1, 20))
    .option("--models <names>", "the baselines: resnet, or resnet,transformer", names)
    .option("--search <n>", "candidates of the search besides the preset's own", wholeNumber(0, 200))
    .option("--folds <n>", "of each shuffle's cross-validation, 0 for none", wholeNumber(0, 20))
    .option("--epochs <n>", "of every network, instead of what the preset says", wholeNumber(1, 10_000))
    .option("--image-size <pixels>", "side of the networks' input, a multiple of 16", wholeNumber(32, 512))
    .option("--weights <file>", "what the ResNets begin with: .pth, .safetensors or .onnx")
    .option("--figures <labels>", "labels of which examples are drawn, separated by commas", names)
    .option("--out <file>", "the report as a file: tables and figures in one HTML page")
    .action(study);

const study = async (file: string | undefined, options: StudyCommandOptions, command: Command): Promise<void> => {
  const { out } = options;
  if (out !== undefined) await checkChosenFile(out);
  const plan = await planOf(file, options, command.getOptionValueSource("seed") === "cli");
  const begin = options.weights === undefined ? undefined : await readWeightsFile(options.weights);
  const start = performance.now();
  const report = await withHome(options, { command: "precedents study" }, async (home) => {
    const progress = startProgress("Networks", options);
    try {
      const done = await runStudy(home, {
        plan,
        begin,
        signal: interruptSignal(),
        now: () => new Date(),
        onResume: (networks) => say(`Going on with an unfinished study after ${count(networks, "network")}.`, options),
        onNetwork: progress.update,
      });
      if (out !== undefined) await writeChosenFile(out, await home.files.readArtefact(done.run, studyReportName));
      return done;
    } finally {
      progress.end();
    }
  });
  const head = `${count(report.radiographs, "radiograph")} of ${count(report.patients, "patient")} in ${duration((performance.now() - start) / 1e3)}: run ${report.run}, its report ${studyReportName}.`;
  answer(report, `${tablesAsText(studyTables(report))}\n\n${head}`, options);
};

/** What the file says, and over it what the options say. */
const planOf = async (
  file: string | undefined,
  options: StudyCommandOptions,
  isSeedTold: boolean,
): Promise<StudyPlan> => {
  const { preset, target, labels, crops, test, shuffles, models, search, folds, epochs, imageSize, figures } = options;
  const told = { preset, target, labels, crops, test, shuffles, models, search, folds, epochs, imageSize, figures };
  const given = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const seed = isSeedTold || file === undefined ? { seed: options.seed } : {};
  const planned = file === undefined ? {} : parseStudyPlan(await readPlan(file));
  return readStudyPlan({ ...planned, ...given, ...seed });
};

const readPlan = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause) => {
    throw new OsteonError("bad-input", `The plan ${shown(file)} cannot be read; name a JSON file.`, {}, cause);
  });
