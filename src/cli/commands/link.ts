/** `osteon link`: the main job. */

import { Command, InvalidArgumentError } from "commander";
import { patientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { checkChosenFile, writeChosenFile } from "../../store/index.ts";
import { findFiles, isTextFile } from "../../systems/cohort/index.ts";
import { defaultK, disclaimer, type LesionBox, type Link, Linker, linkPage } from "../../systems/precedents/index.ts";
import {
  type CommonOptions,
  interruptSignal,
  numberBetween,
  wholeNumber,
  withCommonOptions,
  withHome,
} from "../context.ts";
import { pageContent } from "../link-pictures.ts";
import { linkTexts } from "../link-text.ts";
import { answer, count, say } from "../output.ts";

interface LinkCommandOptions extends CommonOptions {
  readonly k: number;
  readonly patient?: string;
  readonly exact: boolean;
  readonly box?: LesionBox;
  readonly age?: readonly [number, number];
  readonly sex?: string;
  readonly site?: string;
  readonly later: boolean;
  readonly open: boolean;
  readonly coverage: number;
  readonly byLabel: boolean;
  readonly page?: string;
}

export const linkCommand = (): Command =>
  withCommonOptions(new Command("link"))
    .description("similar past patients of a radiograph, and their vote")
    .argument("<path...>", "radiographs, or folders of them")
    .option("-k <n>", "how many neighbours vote", wholeNumber(1), defaultK)
    .option("--patient <id>", "whose radiographs they are, to leave this patient out")
    .option("--exact", "rank the features of the whole archive instead of those that the hash codes choose", false)
    .option("--box <x,y,width,height>", "the lesion, in pixels, to be compared with marked lesions", boxOf)
    .option("--age <from-to>", "only patients of these years of age", ageBandOf)
    .option("--sex <sex>", "only patients of this sex: female, male, other")
    .option("--site <site>", "only patients with a tumour at this site")
    .option("--later", "count patients too of whom nothing was known yet when the radiograph was taken", false)
    .option("--open", "count patients too whose diagnosis is not final", false)
    .option("--coverage <share>", "how often the set of diagnoses is to be right", numberBetween(0.5, 0.99), 0.9)
    .option("--by-label", "let that hold for every diagnosis with past patients enough", false)
    .option("--page <file>", "write a page with the pictures")
    .action(run);

const run = async (paths: string[], options: LinkCommandOptions): Promise<void> => {
  if (options.page !== undefined) await checkChosenFile(options.page);
  const files = await findFiles(paths, isTextFile);
  const signal = interruptSignal();
  await withHome(options, { command: "link" }, async (home) => {
    const linker = await Linker.open(home);
    if (linker.notIndexed > 0) {
      const later = count(linker.notIndexed, "radiograph");
      say(`${later} came in after the index was built; run \`osteon precedents index\` to link to them.`, options);
    }
    const links: Link[] = [];
    const textOf = linkTexts();
    try {
      for (const file of files) {
        if (signal.aborted) throw new OsteonError("interrupted", "Linking was interrupted.");
        const link = await linker.link(file, {
          k: options.k,
          exact: options.exact,
          later: options.later,
          open: options.open,
          wish: { coverage: options.coverage, byLabel: options.byLabel },
          filters: { ageYears: options.age ?? null, sex: options.sex ?? null, site: options.site ?? null },
          ...(options.box ? { box: options.box } : {}),
          ...(options.patient ? { patient: patientId(options.patient) } : {}),
        });
        if (options.page !== undefined) links.push(link);
        answer(link.result, textOf(link.result), options);
      }
      if (options.page !== undefined) {
        await writeChosenFile(options.page, linkPage(await Promise.all(links.map((link) => pageContent(home, link)))));
        say(`Wrote ${options.page}.`, options);
      }
    } finally {
      await linker.close();
    }
  });
  if (!options.json) say(disclaimer, options);
};

const numbersOf = (text: string, separator: string): number[] =>
  text.split(separator).map((part) => (part.trim() === "" ? Number.NaN : Number(part)));

const boxOf = (text: string): LesionBox => {
  const [x, y, width, height, ...more] = numbersOf(text, ",");
  if (more.length === 0 && [x, y, width, height].every((one) => one !== undefined && one >= 0) && width! * height! > 0)
    return { x: x!, y: y!, width: width!, height: height! };
  throw new InvalidArgumentError(`"${text}" is no box such as 120,80,300,260.`);
};

const ageBandOf = (text: string): [number, number] => {
  const [from, to, ...more] = numbersOf(text, "-");
  if (more.length === 0 && from !== undefined && to !== undefined && from <= to && to <= 150) return [from, to];
  throw new InvalidArgumentError(`"${text}" is no age band such as 10-20.`);
};
