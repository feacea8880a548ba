/** `osteon demo`: the whole main job on the phantom centre, from nothing to a linked patient. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { parseLabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import { writePhantomCentre } from "../../phantom/write-phantom-centre.ts";
import { type PageServer, servePage } from "../../server/page-server.ts";
import { findFiles, importRadiographs, isTextFile } from "../../systems/cohort/index.ts";
import {
  buildIndex,
  disclaimer,
  type Link,
  Linker,
  linkPage,
  type PrecedentsSettings,
  presets,
  trainPrecedents,
} from "../../systems/precedents/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { pageContent } from "../link-pictures.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";
import { linkText } from "./link.ts";

interface DemoOptions extends CommonOptions {
  readonly headless: boolean;
  readonly port: number;
  readonly patients: number;
  readonly epochs: number;
}

export const demoCommand = (): Command =>
  withCommonOptions(new Command("demo"))
    .description("draw a synthetic centre, learn from it, link an undiagnosed patient, show the page")
    .option("--headless", "end after the printed result", false)
    .option("--port <n>", "where the page is shown", wholeNumber(1, 65535), 4780)
    .option("--patients <n>", "how many patients the centre has", wholeNumber(10), 120)
    .option("--epochs <n>", "how long the network learns", wholeNumber(1), 20)
    .action(run);

/** One network instead of several, so that the demo ends within minutes. */
const demoSettings: PrecedentsSettings = { ...presets.small, imageSizes: [96] };

/** Shown until the linked patients are there; asks again by itself. */
const waitingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="3">
<title>Osteon</title>
<p>Osteon is still at work. This page shows the linked patients as soon as they are there.</p>
</html>
`;

const run = async (options: DemoOptions): Promise<void> => {
  const signal = interruptSignal();
  const server = options.headless ? undefined : await servePage(waitingPage, options.port);
  try {
    const page = await linkedPatients(options, signal);
    say(disclaimer, options);
    if (server) await show(server, { page, options, signal });
  } finally {
    await server?.close();
  }
};

/** The whole main job in a folder of its own, which is gone afterwards. Answers the links and gives their page. */
const linkedPatients = async (options: DemoOptions, signal: AbortSignal): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-demo-"));
  const where = { ...options, home: join(folder, "home") };
  try {
    return await withHome(where, { command: "demo", create: true }, async (home) => {
      say("1/5  Drawing a synthetic tumour centre (no real patient is in it).", options);
      const centre = join(folder, "centre");
      const drawing = startProgress("     Drawing", options);
      const drawn = await writePhantomCentre(
        centre,
        { patients: options.patients, seed: options.seed, signal },
        drawing.update,
      );
      drawing.end();
      say(`     ${count(drawn.radiographs, "radiograph")} of ${count(drawn.patients, "patient")}.`, options);

      say("2/5  Importing the radiographs and what is known of them.", options);
      const labels = parseLabelsTable(await readFile(join(centre, "labels.csv")));
      const importing = startProgress("     Importing", options);
      await importRadiographs(home, await findFiles([join(centre, "pacs")]), {
        labels,
        signal,
        onProgress: importing.update,
      });
      importing.end();

      say("3/5  Training the network on the tumour entities.", options);
      const training = startProgress("     Training", options);
      await trainPrecedents(home, {
        settings: demoSettings,
        seed: options.seed,
        target: "entity",
        epochs: options.epochs,
        signal,
        now: () => new Date(),
        onEpoch: ({ epoch, epochs, loss }) => training.update(epoch, epochs, `loss ${loss.toFixed(3)}`),
      });
      training.end();

      say("4/5  Building the index.", options);
      await buildIndex(home, { signal, now: () => new Date() });

      say("5/5  Linking the undiagnosed patients.", options);
      const linker = await Linker.open(home);
      const links: Link[] = [];
      try {
        for (const file of await findFiles([join(centre, "undiagnosed")], isTextFile)) {
          if (signal.aborted) throw new OsteonError("interrupted", "The demo was interrupted.");
          links.push(await linker.link(file));
        }
      } finally {
        await linker.close();
      }
      for (const { result } of links) answer(result, linkText(result), options);
      return linkPage(await Promise.all(links.map((link) => pageContent(home, link))));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const show = async (
  server: PageServer,
  { page, options, signal }: { page: string; options: DemoOptions; signal: AbortSignal },
): Promise<void> => {
  server.show(page);
  say(`\nThe linked patients are at ${server.url} (Ctrl-C ends).`, options);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
};
