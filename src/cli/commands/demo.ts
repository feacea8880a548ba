/** `osteon demo`: the whole main job on the phantom centre, from nothing to a linked patient, and the workbench on it. */

import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { Command } from "commander";
import { parseLabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import { writePhantomCentre } from "../../phantom/write-phantom-centre.ts";
import { serve } from "../../server/serve.ts";
import { startServices } from "../../server/start-services.ts";
import { exists, type Home, writeChosenFile } from "../../store/index.ts";
import { findFiles } from "../../systems/cohort/index.ts";
import { disclaimer } from "../../systems/precedents/index.ts";
import { type CommonOptions, interruptSignal, version, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { DemoWork } from "../demo-work.ts";
import { linkTexts } from "../link-text.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";

interface DemoOptions extends CommonOptions {
  readonly headless: boolean;
  readonly folder: string;
  readonly port: number;
  readonly patients: number;
  readonly epochs: number;
}

export const demoCommand = (): Command =>
  withCommonOptions(new Command("demo"))
    .description("draw a synthetic centre, learn from it, link undiagnosed patients, open the workbench on it")
    .option("--headless", "end after the printed result, and keep nothing", false)
    .option("--folder <dir>", "where the centre and its home are kept, to be opened again", "./osteon-demo")
    .option("--port <n>", "where the workbench is", wholeNumber(1, 65535), 4780)
    .option("--patients <n>", "patients in the hospital's tables; a quarter has radiographs", wholeNumber(40), 480)
    .option("--epochs <n>", "how long the network learns", wholeNumber(1), 20)
    .action(run);

const run = async (options: DemoOptions, command: Command): Promise<void> => {
  if (command.getOptionValueSource("database") === "cli") {
    throw new OsteonError("bad-usage", "The demo keeps to its own folder; leave --database out.");
  }
  const signal = interruptSignal();
  if (options.headless) {
    const folder = await mkdtemp(join(tmpdir(), "osteon-demo-"));
    try {
      await runIn(folder, options, signal);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  } else {
    const folder = resolve(options.folder);
    await claimFolder(folder, options);
    await runIn(folder, options, signal);
  }
};

/** Works in a folder: `centre/` is what was drawn, `home/` the archive. */
const runIn = (folder: string, options: DemoOptions, signal: AbortSignal): Promise<void> =>
  withHome(
    { ...options, home: join(folder, "home"), database: "" },
    { command: "demo", create: true, alone: true },
    async (home) => {
      const services = await startServices(home, { now: () => new Date(), debug: options.debug });
      try {
        const address = { host: "127.0.0.1", port: options.port, version };
        const server = options.headless ? undefined : await serve(services, address);
        try {
          if (server) say(`The workbench is at ${server.url}; what happens now can be watched there.`, options);
          const work = new DemoWork(services, {
            centre: join(folder, "centre"),
            epochs: options.epochs,
            seed: options.seed,
            signal,
          });
          await mainJob(work, { folder, home, options, signal });
          say(disclaimer, options);
          if (!server) return;
          say(
            `\nThe undiagnosed patients wait at ${server.url}/link (Ctrl-C ends). All stays in "${options.folder}".`,
            options,
          );
          const interrupted = new Promise<void>((ended) => {
            if (signal.aborted) ended();
            signal.addEventListener("abort", () => ended(), { once: true });
          });
          await work.finishTheRest().catch((error: unknown) => {
            if (signal.aborted) return;
            if (!(error instanceof OsteonError)) throw error;
            say(error.message, options); // people go on with what is there
          });
          await interrupted;
        } finally {
          await server?.close();
        }
      } finally {
        await services.close();
      }
    },
  );

interface MainJob {
  readonly folder: string;
  readonly home: Home;
  readonly options: DemoOptions;
  readonly signal: AbortSignal;
}

const mainJob = async (work: DemoWork, { folder, options, signal }: MainJob): Promise<void> => {
  const step = async (title: string, bar: string, act: (update: Update) => Promise<void>): Promise<void> => {
    say(title, options);
    const progress = startProgress(`     ${bar}`, options);
    try {
      await act(progress.update);
    } finally {
      progress.end();
    }
  };
  await step("1/5  Drawing a synthetic tumour centre (no real patient is in it).", "Drawing", (update) =>
    drawCentre(join(folder, "centre"), { options, signal, update }),
  );
  await step("2/5  Importing the radiographs and what is known of them.", "Importing", (update) => work.import(update));
  await step("3/5  Training the network on the tumour entities.", "Training", (update) => work.train(update));
  await step("4/5  Building the index.", "Indexing", (update) => work.buildIndex(update));
  say("5/5  Linking the undiagnosed patients.", options);
  const textOf = linkTexts();
  for (const { result } of await work.link()) answer(result, textOf(result), options);
};

type Update = (done: number, total: number, note?: string) => void;

/** A centre under its own name is whole. */
const drawCentre = async (
  centre: string,
  { options, signal, update }: { options: DemoOptions; signal: AbortSignal; update: Update },
): Promise<void> => {
  if (await exists(centre)) return;
  const unfinished = `${centre}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const { patients, seed } = options;
  const drawn = await writePhantomCentre(unfinished, { patients, seed, ...beside, signal }, update);
  await putLaterOnesAside(unfinished);
  await rename(unfinished, centre);
  say(`     ${count(drawn.radiographs, "radiograph")} of ${count(drawn.patients, "patient")}.`, options);
};

/** Radiographs from after the begin of a therapy carry no label and would stand among the precedents without a vote. */
const putLaterOnesAside = async (centre: string): Promise<void> => {
  const { rows } = parseLabelsTable(await readFile(join(centre, "labels.csv")));
  const files = await findFiles([join(centre, "pacs")]);
  await mkdir(join(centre, "later"));
  for (const file of files) if (!rows.has(basename(file))) await rename(file, join(centre, "later", basename(file)));
};

/** Tables and reports, images of other regions, and some pictures as archives have them: for the pages beside the main job. */
const beside = { records: true, archive: 56, asTheyCome: 0.05 } as const;

/**
 * Takes a folder for the demo, or finds the one of an earlier demo.
 *
 * @throws OsteonError `bad-usage` where it holds something else
 */
const claimFolder = async (folder: string, { patients, epochs, seed }: DemoOptions): Promise<void> => {
  const file = join(folder, "demo.json");
  const told = JSON.stringify({ patients, epochs, seed, beside });
  if (await exists(file)) {
    if ((await readFile(file, "utf8")) === told) return;
    throw new OsteonError(
      "bad-usage",
      `The folder "${folder}" holds a demo of other options; remove it, or name another with --folder.`,
    );
  }
  if (await exists(folder))
    throw new OsteonError("bad-usage", `The folder "${folder}" holds something else; name another with --folder.`);
  await mkdir(folder, { recursive: true });
  await writeChosenFile(file, told);
};
