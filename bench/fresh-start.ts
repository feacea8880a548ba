/**
 * How long somebody waits from the start of the server to a linked radiograph, with the mouse alone: the server starts on the
 * demo's archive and model, Chromium opens the page, a file is chosen, shown and linked, and the neighbours are there.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser, openPage } from "../test/support/workbench/browser.ts";
import { builtPages } from "../test/support/workbench/built-pages.ts";
import { startWorkbench } from "../test/support/workbench/server-process.ts";
import { makeDemoHome } from "./demo-home.ts";
import { type Bench, median } from "./figure.ts";

/** How many times the server is started; another number may be named. */
const usualStarts = 3;

const stretches = [
  "server listens",
  "page is painted",
  "radiograph is sent, read and shown",
  "link is answered",
  "neighbours are painted",
] as const;

export const freshStart: Bench = async ({ args, say }) => {
  const starts = Number(args[0] ?? usualStarts);
  const folder = await mkdtemp(join(tmpdir(), "osteon-fresh-start-"));
  const browser = await openBrowser();
  try {
    const files = await makeDemoHome(folder, say);
    await builtPages();
    const runs: number[][] = [];
    for (let i = 0; i < starts; i += 1) {
      say(`Start ${i + 1} of ${starts}`);
      runs.push(await waitOnce(join(folder, "home"), { file: files[i % files.length]!, browser }));
    }
    const sums = runs.map((run) => run.reduce((sum, seconds) => sum + seconds, 0));
    return [
      ...stretches.map((name, i) => ({ name, value: median(runs.map((run) => run[i]!)), unit: "s" })),
      { name: `fresh start to linked radiograph, median of ${starts}`, value: median(sums), unit: "s", wanted: "< 60" },
      { name: "the slowest", value: Math.max(...sums), unit: "s", wanted: "< 60" },
    ];
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Seconds of each stretch. */
const waitOnce = async (home: string, { file, browser }: { file: string; browser: Browser }): Promise<number[]> => {
  const times = [performance.now()];
  const lap = (): number => times.push(performance.now());
  const server = await startWorkbench({ home });
  try {
    lap();
    const { page } = await openPage(browser);
    await page.goto(server.url);
    const button = page.getByRole("button", { name: "Choose files" });
    await button.waitFor();
    lap();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button.click()]);
    await chooser.setFiles(file);
    await page.locator('section[data-state="shown"]').waitFor();
    lap();
    await page.getByRole("button", { name: /^Link/ }).click();
    await page.locator("button[data-rank]").first().waitFor();
    lap();
    await allPainted(page);
    lap();
    await page.context().close();
  } finally {
    await server.stop();
  }
  return times.slice(1).map((time, i) => (time - times[i]!) / 1e3);
};

const allPainted = async (page: Page): Promise<void> => {
  // Not `waitForFunction`: it evaluates strings, which the pages' content security policy refuses.
  while (!(await page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")))
    await page.waitForTimeout(20);
};
