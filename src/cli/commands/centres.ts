/** `osteon centres`: the network that centres have in common, the archive's codes by it, and who the other centres are. */

import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { OsteonError } from "../../errors.ts";
import {
  checkChosenFile,
  type Home,
  listCentres,
  parseCodeDatabases,
  readCentreKey,
  writeChosenFile,
} from "../../store/index.ts";
import {
  adoptNetwork,
  type CentreWorkOptions,
  chooseCodeDatabases,
  encodeCommonNetwork,
  fingerprintOf,
  indexForCentres,
  type NetworkReport,
  publicKeyOf,
  readNetwork,
  shareNetwork,
} from "../../systems/centres/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count } from "../output.ts";
import { startProgress } from "../progress.ts";

export const centresCommand = (): Command =>
  new Command("centres")
    .description("what centres ask each other by codes; the page Settings, Centres does the same")
    .addCommand(
      withCommonOptions(new Command("share"))
        .description("a network for centres to have in common, of this home's newest one, in a file for the others")
        .argument("<file>", "the file to write")
        .action(share),
    )
    .addCommand(
      withCommonOptions(new Command("adopt"))
        .description("takes over the network that another centre shared")
        .argument("<file>", "the other centre's file")
        .action(adopt),
    )
    .addCommand(
      withCommonOptions(new Command("index"))
        .description(
          "the codes of every radiograph and marked lesion by the common network, those that there are not yet",
        )
        .option(
          "--code-databases <name=url,...>",
          "keep the codes in these PostgreSQL databases, which share out the patients; the home remembers them",
        )
        .action(index),
    )
    .addCommand(
      withCommonOptions(new Command("list"))
        .description("this centre's fingerprint, and the centres that it knows")
        .action(list),
    );

const share = async (file: string, options: CommonOptions): Promise<void> => {
  await checkChosenFile(file);
  const report = await work(options, { command: "centres share", doing: "Sharing" }, async (home, how) => {
    const shared = await shareNetwork(home, how);
    await writeChosenFile(file, encodeCommonNetwork(await readNetwork(home, shared.run)));
    return shared;
  });
  tellNetwork(
    report,
    `Wrote the network to the file; give it to the other centres, and make codes with \`osteon centres index\``,
    options,
  );
};

const adopt = async (file: string, options: CommonOptions): Promise<void> => {
  const bytes = await readFile(file).catch((cause) => {
    throw new OsteonError("bad-usage", "The file cannot be read.", {}, cause);
  });
  const report = await work(options, { command: "centres adopt", doing: "Taking over" }, (home, how) =>
    adoptNetwork(home, bytes, how),
  );
  tellNetwork(report, "Took the network over; make codes with `osteon centres index`", options);
};

const tellNetwork = (report: NetworkReport, what: string, options: CommonOptions): void => {
  answer(
    report,
    `${what}: network ${report.network.slice(0, 16)}, codes of ${report.bits} bits, run ${report.run}.`,
    options,
  );
};

const index = async ({ codeDatabases, ...options }: CommonOptions & { codeDatabases?: string }): Promise<void> => {
  const databases = codeDatabases === undefined ? null : parseCodeDatabases(codeDatabases);
  // A workbench that has others open would go on asking those.
  const how = { command: "centres index", doing: "Making codes", alone: databases !== null };
  const report = await work(options, how, async (home, howToWork) => {
    if (databases) await chooseCodeDatabases(home, databases);
    return indexForCentres(home, howToWork);
  });
  const { radiographs, patients, lesions, made, removed, run } = report;
  const text = `Codes of ${count(radiographs, "radiograph")} of ${count(patients, "patient")} and of ${count(lesions, "marked lesion")}, ${made} of them new, ${removed} taken out: run ${run}.`;
  answer(report, text, options);
};

const list = async (options: CommonOptions): Promise<void> => {
  const { fingerprint, centres } = await withHome(options, { command: "centres list" }, async (home) => ({
    fingerprint: fingerprintOf(publicKeyOf(await readCentreKey(home.files))),
    centres: await listCentres(home.database),
  }));
  const lines = centres.map(
    ({ name, address, mayAsk, isAsked, pausedAt }) =>
      `  ${name}, ${address}: ${pausedAt ? "paused" : mayAsk ? "may ask" : "may not ask"}, ${isAsked ? "is asked" : "is not asked"}`,
  );
  const shown = centres.map(({ publicKey: _, authority: __, ...centre }) => centre);
  answer({ fingerprint, centres: shown }, [`This centre's fingerprint: ${fingerprint}`, ...lines].join("\n"), options);
};

/** Opens the home for work that tells how far it is and can be interrupted. */
const work = <Report>(
  options: CommonOptions,
  { doing, ...opening }: { readonly command: string; readonly doing: string; readonly alone?: boolean },
  run: (home: Home, how: CentreWorkOptions) => Promise<Report>,
): Promise<Report> =>
  withHome(options, opening, async (home) => {
    const progress = startProgress(doing, options);
    try {
      return await run(home, { signal: interruptSignal(), now: () => new Date(), onProgress: progress.update });
    } finally {
      progress.end();
    }
  });
