/** Runs: start a training, watch it, stop it, let it go on, look at what an evaluation measured and where its networks look. */

import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { RunDetail, RunList } from "../../../src/contract/runs.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

/** What the server answers, asked as the page asks. */
const ask = async <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (address) => (await fetch(address)).json() as Promise<T>, path);

const runsOf = async (page: Page): Promise<RunList["runs"]> => (await ask<RunList>(page, "/api/runs")).runs;
const newestRun = async (page: Page): Promise<string> => (await runsOf(page))[0]!.id;
const epochsOf = async (page: Page, run: string): Promise<number> =>
  (await ask<RunDetail>(page, `/api/runs/${run}`)).epochs.length;

/** The epochs that the chart of the loss has marks for. */
const marksShown = (page: Page): Promise<number> =>
  page.getByRole("img", { name: /^Loss by epoch/ }).evaluate((chart) => chart.querySelectorAll("[class*=mark]").length);

interface Told {
  readonly kind: "Training" | "Evaluation";
  readonly epochs: number;
  readonly seed: number;
}

const start = async (page: Page, { kind, epochs, seed }: Told): Promise<void> => {
  await page.getByRole("button", { name: "Start ..." }).click();
  const dialog = page.getByRole("dialog", { name: "Start a run" });
  await dialog.getByRole("radio", { name: new RegExp(`^${kind}\\b`) }).check();
  await dialog.getByLabel("What is learned").selectOption("region");
  await dialog.getByLabel("Epochs of each network").fill(String(epochs));
  await dialog.getByLabel("Sides of the networks' inputs").fill("32");
  await dialog.getByLabel("Seed").fill(String(seed));
  await dialog.getByRole("button", { name: "Begin" }).click();
  await dialog.waitFor({ state: "detached" });
};

/** Of a machine that does much else; alone, a training ends within seconds. */
const patience = { timeout: 300_000 };

browserTest("a training is started, watched live, stopped, and goes on to its end", { timeout: 900_000 }, async () => {
  const page = await workbench.open("/runs");
  const before = (await runsOf(page)).length;
  await start(page, { kind: "Training", epochs: 20, seed: 7 });
  await expect.poll(async () => (await runsOf(page)).length, patience).toBe(before + 1);
  const run = await newestRun(page);
  await page.getByRole("link", { name: run }).click();
  await page.getByRole("heading", { name: run }).waitFor();
  await expect.poll(() => marksShown(page), patience).toBeGreaterThanOrEqual(2);
  const early = await marksShown(page);
  await expect.poll(() => marksShown(page), patience).toBeGreaterThan(early); // nobody reloads
  await takeScreenshots(page, "runs-live");

  await page.getByRole("button", { name: "Stop ..." }).click();
  const dialog = page.getByRole("dialog", { name: "Stop this run?" });
  await dialog.getByRole("button", { name: "Stop the run" }).click();
  await page.getByText("❚❚ stopped").waitFor(patience);
  const stopped = await epochsOf(page, run);
  expect(stopped).toBeGreaterThanOrEqual(early);
  expect(stopped).toBeLessThan(20);
  expect(await marksShown(page)).toBe(stopped);

  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("✓ finished").waitFor(patience);
  await expect.poll(() => marksShown(page), patience).toBe(20);
  expect(await newestRun(page)).toBe(run); // the same run, not a new one
  await page.getByText("The numbers as a table").click();
  await expect.poll(() => page.getByRole("row").count()).toBe(21);
  const [who] = await runsOf(page);
  expect(who).toMatchObject({ state: "finished", startedBy: "local", target: "region" });
});

browserTest("the recommender study is told what it shall do, started and stopped", { timeout: 600_000 }, async () => {
  const page = await workbench.open("/runs");
  await page.getByRole("button", { name: "Start ..." }).click();
  const form = page.getByRole("dialog", { name: "Start a run" });
  await form.getByRole("radio", { name: /^Recommender study\b/ }).check();
  await form.getByLabel("What is learned").selectOption("region");
  await form.getByLabel("Who is tested").selectOption("any");
  await form.getByLabel("Seed").fill("-1");
  await form.getByRole("button", { name: "Begin" }).click();
  await form.getByText("Write a whole number from 0 on.").waitFor();
  await form.getByLabel("Seed").fill("3");
  await takeScreenshots(page, "runs-study");
  await form.getByRole("button", { name: "Begin" }).click();
  await form.waitFor({ state: "detached" });

  const isStudy = ({ system }: RunList["runs"][number]): boolean => system === "precedents/study";
  await expect.poll(async () => (await runsOf(page)).some(isStudy), patience).toBe(true);
  const run = (await runsOf(page)).find(isStudy)!.id;
  await page.getByRole("link", { name: run }).click();
  await page.getByRole("heading", { name: run }).waitFor();
  await page.getByRole("button", { name: "Stop ..." }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop the run" }).click();
  await page.getByText("❚❚ stopped").waitFor(patience);
  expect((await ask<RunDetail>(page, `/api/runs/${run}`)).resume).toHaveProperty("job");
});

browserTest("wrong numbers are told beside their fields, and nothing is started", async () => {
  const page = await workbench.open("/runs");
  await page.getByRole("table").waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "Start a run" });
  await dialog.getByLabel("Epochs of each network").fill("0");
  await dialog.getByLabel("Sides of the networks' inputs").fill("64, large");
  await dialog.getByRole("button", { name: "Begin" }).click();
  await dialog.getByText("Write a whole number from 1 to 10000.").waitFor();
  await dialog.getByText("Write one to five whole numbers from 32 to 512").waitFor();
  expect(await dialog.getByLabel("Epochs of each network").getAttribute("aria-invalid")).toBe("true");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

browserTest("an evaluation shows who was taken for what, as the server counted it", async () => {
  const page = await workbench.open("/runs");
  const { id } = (await runsOf(page)).find(({ system }) => system === "precedents/evaluate")!;
  const run = await ask<RunDetail>(page, `/api/runs/${id}`);
  await page.getByRole("link", { name: id }).click();
  const matrix = page.getByRole("table", { name: "Confusion matrix" });
  await matrix.waitFor();
  const { labels, counts } = run.confusion!;
  for (const [i, label] of labels.entries()) {
    const row = matrix.getByRole("row").filter({ has: page.getByRole("rowheader", { name: label, exact: true }) });
    const cells = await row.getByRole("cell").allInnerTexts();
    expect(cells.slice(0, labels.length).map((text) => Number.parseInt(text, 10))).toEqual(counts[i]);
  }
  const figure = run.figures.find(({ name }) => name === "plurality vote@5")!;
  const shown = page.getByRole("row", { name: /^Plurality vote of 5 / });
  expect(await shown.getByRole("cell").allInnerTexts()).toEqual([
    figure.value.toFixed(3),
    `${figure.interval![0].toFixed(3)} to ${figure.interval![1].toFixed(3)}`,
  ]);
  await expectAccessible(page);
  await takeScreenshots(page, "runs");

  const wrong = counts.flatMap((row, i) => row.flatMap((count, j) => (count > 0 && i !== j ? [{ count, i, j }] : [])));
  const { count, i, j } = wrong[0]!;
  await matrix.getByRole("button", { name: `with label ${labels[i]}, vote ${labels[j]}: show them` }).click();
  const cards = page.getByRole("tabpanel").getByRole("listitem");
  await cards.nth(count - 1).waitFor();
  await page
    .getByRole("status")
    .filter({ hasText: count === 1 ? "1 radiograph" : `${count} radiographs` })
    .waitFor();
  await expect.poll(() => cards.count()).toBe(count);
  expect(await cards.first().textContent()).toContain(`Label: ${labels[i]}`);
});

browserTest("the networks show where they look, for the vote and for the label", async () => {
  const page = await workbench.open("/runs");
  const { id } = (await runsOf(page)).find(({ system }) => system === "precedents/evaluate")!;
  await page.goto(`${workbench.server.url}/runs/${id}`);
  await page.getByRole("tab", { name: "Radiographs" }).click();
  const cards = page.getByRole("tabpanel").getByRole("listitem");
  await cards.first().locator("canvas").first().waitFor(patience);
  expect(await cards.first().locator("figcaption").first().textContent()).toMatch(/^for .+ \(\d+%\)/);
  const painted = await page.evaluate(
    `[...document.querySelectorAll("canvas")].some((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value > 0);
    })`,
  );
  expect(painted).toBe(true);
  await page.keyboard.press("h");
  await expect.poll(() => page.locator("canvas").count(), patience).toBe(0);
  await page.keyboard.press("h");
  await cards.first().locator("canvas").first().waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "runs-gallery");
  await cards
    .first()
    .getByRole("button", { name: /^Enlarge/ })
    .click();
  await page.getByRole("dialog").getByText("The networks say").waitFor(patience);
  await expectAccessible(page);
});

browserTest(
  "two evaluations are compared, and only what the intervals say is claimed",
  { timeout: 600_000 },
  async () => {
    const page = await workbench.open("/runs");
    const earlier = (await runsOf(page)).find(({ system }) => system === "precedents/evaluate")!.id;
    await start(page, { kind: "Evaluation", epochs: 2, seed: 1 });
    await expect
      .poll(
        async () => (await runsOf(page)).find(({ id }) => id !== earlier && id.includes("evaluate"))?.state,
        patience,
      )
      .toBe("finished");
    const later = (await runsOf(page)).find(({ id }) => id.includes("evaluate"))!.id;
    for (const run of [earlier, later])
      await page.getByRole("checkbox", { name: `Choose ${run} for comparison` }).check();
    await page.keyboard.press("c");
    await page.waitForURL(`**/runs/compare/${earlier}/${later}`);
    await page.getByText("Both linked the same test radiographs.").waitFor(); // the same seed draws the same patients
    const { differences } = await ask<{ differences: { name: string; differs: boolean }[] }>(
      page,
      `/api/runs/comparison?first=${earlier}&second=${later}`,
    );
    await expect
      .poll(() => page.getByText("no difference shown").count())
      .toBe(differences.filter((one) => !one.differs).length);
    await page.getByRole("row", { name: "imageSizes 64 32" }).waitFor();
    await expectAccessible(page);
    await takeScreenshots(page, "runs-compare");
    await page.getByRole("link", { name: "Swap" }).click();
    await page.waitForURL(`**/runs/compare/${later}/${earlier}`);
    await page.getByRole("row", { name: "imageSizes 32 64" }).waitFor();
  },
);

browserTest("a training and an evaluation stand side by side without a claim", async () => {
  const page = await workbench.open("/runs");
  const idOf = async (system: string): Promise<string> => (await runsOf(page)).find((run) => run.system === system)!.id;
  const [train, evaluate] = [await idOf("precedents/train"), await idOf("precedents/evaluate")];
  await page.goto(`${workbench.server.url}/runs/compare/${train}/${evaluate}`);
  await page.getByText("Only evaluations have figures to compare").waitFor();
  expect(await page.getByText("no difference shown").count()).toBe(0);
});

browserTest("what is not there is told, in German too", async () => {
  const page = await workbench.open("/runs/nothing", { language: "de", tolerate: /404/ });
  await page.getByRole("alert").getByText("Das gibt es hier nicht (mehr).").waitFor();
  await page.getByRole("link", { name: "Alle Läufe" }).click();
  await page.getByRole("heading", { name: "Läufe" }).waitFor();
  await expectAccessible(page);
});

/** Opens the form for a kind of run. */
const openForm = async (page: Page, kind: string) => {
  await page.getByRole("button", { name: "Start ..." }).click();
  const dialog = page.getByRole("dialog", { name: "Start a run" });
  await dialog.getByRole("radio", { name: new RegExp(`^${kind}`) }).check();
  await dialog.getByText("More settings").click();
  return dialog;
};

/** Begins what the form says and waits for its end. */
const toItsEnd = async (page: Page, dialog: ReturnType<Page["getByRole"]>, system: string): Promise<string> => {
  const before = (await runsOf(page)).length;
  await dialog.getByRole("button", { name: "Begin" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(async () => (await runsOf(page)).length, patience).toBe(before + 1);
  const run = (await runsOf(page)).find((one) => one.system === system)!.id;
  const stateNow = async () => (await runsOf(page)).find(({ id }) => id === run)?.state;
  await expect.poll(async () => (await stateNow()) !== "running", patience).toBe(true);
  expect(await stateNow()).toBe("finished");
  return run;
};

browserTest("a clustering is started with its settings, and shows how it came to rest", patience, async () => {
  const page = await workbench.open("/runs");
  const dialog = await openForm(page, "Clusters of the atlas");
  await dialog
    .getByLabel("Clusters", { exact: true })
    .selectOption("a number, or several of which test runs choose ...");
  await dialog.getByLabel("Number of clusters").fill("1");
  await dialog.getByRole("button", { name: "Begin" }).click();
  await dialog.getByText("Write one to ten whole numbers from 2").waitFor();
  await expectAccessible(page);
  await dialog.getByLabel("Number of clusters").fill("8");
  await dialog.getByLabel("Settings", { exact: true }).selectOption("as-published"); // one pass between two clusterings
  await dialog.getByLabel("Network", { exact: true }).selectOption("resnet18");
  await dialog.getByLabel("Epochs").fill("2"); // two, for an agreement between them
  await dialog.getByLabel("Side of the network's input").fill("32");
  const run = await toItsEnd(page, dialog, "atlas/cluster");
  await page.getByRole("link", { name: run }).click();
  await page.getByRole("tab", { name: "Curves" }).click();
  const { epochs } = await ask<RunDetail>(page, `/api/runs/${run}`);
  const [smallest, , median, , largest] = epochs.at(-1)!.measures!.sizes;
  const sizes = `smallest ${smallest}, median ${Math.round(median)}, largest ${largest}`;
  await page.getByRole("img", { name: `Radiographs of a cluster: ${sizes}` }).waitFor();
  await page.getByRole("img", { name: /^Agreement with the clusters of the epoch before: NMI \d/ }).waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "runs-cluster");
});

browserTest("a network is pretrained by the clusters, and compared with a start from nothing", patience, async () => {
  const page = await workbench.open("/runs");
  const pretraining = await openForm(page, "Pretraining");
  await pretraining.getByLabel("Epochs").fill("1");
  const pretrained = await toItsEnd(page, pretraining, "transfer/pretrain");
  const comparison = await openForm(page, "Comparison of starts");
  await comparison.getByRole("textbox", { name: "Radiographs in all" }).fill("16");
  await comparison.getByRole("textbox", { name: "Seeds", exact: true }).fill("2");
  await comparison.getByRole("textbox", { name: "Folds" }).fill("2");
  await comparison.getByRole("textbox", { name: "Epochs" }).fill("1");
  await comparison.getByLabel(/^Test also on patients/).check();
  await expectAccessible(page);
  await takeScreenshots(page, "runs-start");
  const run = await toItsEnd(page, comparison, "transfer/evaluate");
  const { transfer } = await ask<RunDetail>(page, `/api/runs/${run}`);
  await page.getByRole("link", { name: run }).click();
  const starts = page.getByRole("table").filter({ hasText: "Each seed" });
  for (const { start, accuracy } of transfer!.rows) {
    const name = { nothing: "Nothing", imagenet: "Photographs (ImageNet)", domain: "Radiographs (clusters)" }[start];
    const row = starts.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
    expect(await row.getByRole("cell").first().textContent()).toBe(accuracy.toFixed(3));
  }
  await starts.getByText(pretrained).waitFor();
  await page.getByRole("row", { name: /^Radiographs \(clusters\) less Nothing/ }).waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "runs-transfer");
});
