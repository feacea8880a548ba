/** `osteon phantom`: writes the synthetic tumour centre. */

import { Command, InvalidArgumentError } from "commander";
import { writePhantomCentre } from "../../phantom/write-phantom-centre.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions } from "../context.ts";
import { answer, count } from "../output.ts";
import { startProgress } from "../progress.ts";

interface PhantomCommandOptions extends CommonOptions {
  readonly patients: number;
  readonly archive: number;
  readonly asTheyCome: number;
  readonly identifiers: boolean;
  readonly records: boolean;
}

const share = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError(`"${text}" is no share from 0 to 1.`);
};

export const phantomCommand = (): Command =>
  withCommonOptions(new Command("phantom"))
    .description("write the synthetic centre: DICOM files, a HIS table, masks, labels")
    .argument("<dir>", "a new or empty folder")
    .option("--patients <n>", "how many patients have a diagnosis", wholeNumber(1), 100)
    .option(
      "--records",
      "write hospital tables with errors, and reports; a quarter of the patients has radiographs",
      false,
    )
    .option("--archive <n>", "how many images of other patients lie beside", wholeNumber(0), 0)
    .option("--as-they-come <share>", "share of images with borders, texts, turned plates ...", share, 0)
    .option("--identifiers", "write invented names, addresses and telephones into the headers", false)
    .action(async (directory: string, options: PhantomCommandOptions) => {
      const progress = startProgress("Drawing", options);
      try {
        const summary = await writePhantomCentre(
          directory,
          {
            patients: options.patients,
            seed: options.seed,
            archive: options.archive,
            asTheyCome: options.asTheyCome,
            identifiers: options.identifiers,
            records: options.records,
            signal: interruptSignal(),
          },
          progress.update,
        );
        const { patients, radiographs, undiagnosed, archive } = summary;
        const beside = archive > 0 ? `, ${count(archive, "other image")}` : "";
        const text = `${count(radiographs, "radiograph")} of ${count(patients, "patient")}, and ${undiagnosed} undiagnosed${beside}, in ${directory}.`;
        answer(summary, text, options);
      } finally {
        progress.end();
      }
    });
