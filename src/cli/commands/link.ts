/** `osteon link`: the main job. */

import { Command } from "commander";
import { patientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { checkChosenFile, writeChosenFile } from "../../store/index.ts";
import { findFiles, isTextFile } from "../../systems/cohort/index.ts";
import {
  defaultK,
  disclaimer,
  type Link,
  Linker,
  type LinkResult,
  linkPage,
  verdictOf,
} from "../../systems/precedents/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { pageContent } from "../link-pictures.ts";
import { answer, count, say } from "../output.ts";

interface LinkCommandOptions extends CommonOptions {
  readonly k: number;
  readonly patient?: string;
  readonly exact: boolean;
  readonly page?: string;
}

export const linkCommand = (): Command =>
  withCommonOptions(new Command("link"))
    .description("similar past patients of a radiograph, and their vote")
    .argument("<path...>", "radiographs, or folders of them")
    .option("-k <n>", "how many neighbours vote", wholeNumber(1), defaultK)
    .option("--patient <id>", "whose radiographs they are, to leave this patient out")
    .option("--exact", "rank by exact cosine distance instead of hash codes", false)
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
    try {
      for (const file of files) {
        if (signal.aborted) throw new OsteonError("interrupted", "Linking was interrupted.");
        const link = await linker.link(file, {
          k: options.k,
          exact: options.exact,
          ...(options.patient ? { patient: patientId(options.patient) } : {}),
        });
        if (options.page !== undefined) links.push(link);
        answer(link.result, linkText(link.result), options);
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

/** A link as people read it on a terminal. */
export const linkText = (result: LinkResult): string => {
  const { image, neighbours, k } = result;
  const fewer = neighbours.length < k ? `; ${k} were asked for` : "";
  const width = Math.max(0, ...neighbours.map(({ label }) => (label ?? "no label").length));
  const rows = neighbours.map(
    ({ rank, patient, image: theirs, distance, label }) =>
      `  ${rank}. ${(label ?? "no label").padEnd(width)}  distance ${distance.toFixed(3)}  patient ${patient}  ${theirs}`,
  );
  return [`${image}: ${verdictOf(result)}${fewer}`, ...rows].join("\n");
};
