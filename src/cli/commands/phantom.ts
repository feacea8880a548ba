/** `osteon phantom`: writes the synthetic tumour centre. */

import { Command } from "commander";
import { writePhantomCentre } from "../../phantom/write-phantom-centre.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions } from "../context.ts";
import { answer, count } from "../output.ts";
import { startProgress } from "../progress.ts";

export const phantomCommand = (): Command =>
  withCommonOptions(new Command("phantom"))
    .description("write the synthetic centre: DICOM files, a HIS table, masks, labels")
    .argument("<dir>", "a new or empty folder")
    .option("--patients <n>", "how many patients have a diagnosis", wholeNumber(1), 100)
    .action(async (directory: string, options: CommonOptions & { patients: number }) => {
      const progress = startProgress("Drawing", options);
      try {
        const summary = await writePhantomCentre(
          directory,
          { patients: options.patients, seed: options.seed, signal: interruptSignal() },
          progress.update,
        );
        const { patients, radiographs, undiagnosed } = summary;
        const text = `${count(radiographs, "radiograph")} of ${count(patients, "patient")}, and ${undiagnosed} undiagnosed, in ${directory}.`;
        answer(summary, text, options);
      } finally {
        progress.end();
      }
    });
