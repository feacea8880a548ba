/** The atlas model: trained from readers' labels on the page, looked into among the runs, and the archive sorted by it. */

import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { AtlasModelState } from "../../../src/contract/atlas-model.ts";
import type { RunDetail } from "../../../src/contract/runs.ts";
import { atlasHome, labelByTruth } from "../../support/workbench/atlas-home.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench({
  home: atlasHome,
  prepare: async (phantom) => {
    await labelByTruth(phantom);
  },
});

/** Of a machine that does much else. */
const patience = { timeout: 900_000 };

const ask = async <T>(page: Page, address: string): Promise<T> =>
  (await page.request.get(`${workbench.server.url}${address}`)).json() as Promise<T>;

const stateOf = (page: Page): Promise<AtlasModelState> => ask(page, "/api/atlas/model");

browserTest("the atlas is trained on the page and says how well it names regions", patience, async () => {
  const page = await workbench.open("/atlas");
  await page.getByRole("tab", { name: "Worth and model" }).click();
  await page.getByText("What would be learned now").click();
  const { lessons } = await stateOf(page);
  const table = page.getByRole("table").filter({ hasText: "Patients" });
  const discarded = table.getByRole("row", { name: /^discarded/ });
  expect(await discarded.getByRole("cell").first().textContent()).toBe(String(lessons!.discarded.clusters));
  await expectAccessible(page);
  await page.getByText("More settings").click();
  await page.getByLabel("Epochs").fill("1");
  await page.getByRole("button", { name: "Train the atlas" }).click();
  await page.getByRole("progressbar", { name: "Train the atlas" }).waitFor();
  await expect.poll(async () => (await stateOf(page)).model !== null, patience).toBe(true);

  const { model } = await stateOf(page);
  const figure = model!.figures.find(({ name }) => name === "top-1, hold-out")!;
  const row = page.getByRole("row", { name: /^Top 1, hold-out \d/ });
  expect(await row.getByRole("cell").first().textContent()).toBe(figure.value.toFixed(3));
  await expectAccessible(page);
  await takeScreenshots(page, "atlas-model");
});

browserTest("its run shows who was taken for what, and where its networks look", patience, async () => {
  const page = await workbench.open("/atlas");
  const { run } = (await stateOf(page)).model!;
  const { confusion } = await ask<RunDetail>(page, `/api/runs/${run}`);
  await page.goto(`${workbench.server.url}/runs/${run}`);
  const matrix = page.getByRole("table", { name: "Confusion matrix" });
  await matrix.waitFor();
  const { labels, counts } = confusion!;
  for (const [i, label] of labels.entries()) {
    const name = label === "discard" ? "discarded" : label;
    const row = matrix.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    const cells = await row.getByRole("cell").allInnerTexts();
    expect(cells.slice(0, labels.length).map((text) => Number.parseInt(text, 10))).toEqual(counts[i]);
  }
  await page.getByRole("row", { name: /^Top 2, validation \d/ }).waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "runs-atlas");

  await page.getByRole("tab", { name: "Radiographs" }).click();
  const cards = page.getByRole("tabpanel").getByRole("listitem");
  await cards.first().locator("canvas").first().waitFor(patience);
  expect(await cards.first().textContent()).toMatch(/Taken for: .+ \d+%/);
  await expectAccessible(page);
  await takeScreenshots(page, "runs-atlas-gallery");
});

browserTest("the archive is sorted by region, and says who told it and how sure", patience, async () => {
  const page = await workbench.open("/atlas");
  await page.getByRole("tab", { name: "Worth and model" }).click();
  await page.getByRole("button", { name: "Sort the archive" }).click();
  await expect.poll(async () => (await stateOf(page)).archive.unsorted, patience).toBe(0);
  const { archive } = await stateOf(page);
  expect(archive.known + archive.unknown).toBe(archive.images);

  await page.goto(`${workbench.server.url}/archive?regionSource=atlas`);
  await page.getByText(new RegExp(`^${archive.known} radiographs? · `)).waitFor();
  await page.getByRole("grid").getByRole("gridcell").first().click();
  const panel = page.getByRole("complementary", { name: "Radiograph" });
  await panel.getByText("sorted by the atlas").waitFor();
  await expect.poll(() => panel.getByRole("meter").count()).toBeGreaterThanOrEqual(1);
  await expectAccessible(page);
  await takeScreenshots(page, "archive-sorted");

  await page.goto(`${workbench.server.url}/archive?sorted=no`);
  await page.getByText(new RegExp(`^${archive.unknown} radiographs? · `)).waitFor();
});
