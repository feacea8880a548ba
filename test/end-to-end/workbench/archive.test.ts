/** The archive page on the phantom centre: looking, filtering, going about by keyboard, selecting, importing. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

const gridOf = (page: Page) => page.getByRole("grid", { name: "Radiographs of the archive" });
const cellsOf = (page: Page) => gridOf(page).getByRole("gridcell");
const panelOf = (page: Page) => page.getByRole("complementary", { name: "Radiograph" });
const countOf = (page: Page) => page.getByText(/^\d+ radiographs? · \d+ patients?$/);

/** Opens the page and waits for what is in sight and for the counts. */
const openArchive = async (words = "", options = {}): Promise<Page> => {
  const page = await workbench.open(`/archive${words}`, options);
  await cellsOf(page).first().waitFor();
  await countOf(page).waitFor();
  return page;
};

const radiographs = async (page: Page): Promise<number> => Number.parseInt((await countOf(page).textContent())!, 10);

/** The id of what the panel shows. */
const shownImage = (page: Page): string | null => new URL(page.url()).searchParams.get("image");

browserTest("every radiograph is in the grid, and the panel tells what is known of it", async () => {
  const page = await openArchive();
  expect(await radiographs(page)).toBeGreaterThan(60);
  const row = cellsOf(page).filter({ hasText: "Chondrosarcoma" }).first();
  await row.click();
  const panel = panelOf(page);
  await panel.getByRole("heading", { name: "Chondrosarcoma" }).waitFor();
  await panel.getByText("confirmed by histopathology").first().waitFor();
  await panel.getByText("File name").waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "archive");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
});

browserTest("filters narrow the list, stand in the address, and are taken back one by one", async () => {
  const page = await openArchive();
  const all = await radiographs(page);
  const filters = page.getByRole("region", { name: "Filters" });
  const choice = filters.getByRole("checkbox", { name: /^Osteochondroma \d+$/ });
  const count = Number(/\d+$/.exec((await choice.locator("xpath=..").textContent())!)![0]);
  await choice.check();
  await expect.poll(() => radiographs(page)).toBe(count);
  await filters.getByRole("checkbox", { name: /^male \d+$/ }).check();
  await expect.poll(() => radiographs(page)).toBeLessThan(count);
  const both = await radiographs(page);
  for (const text of await cellsOf(page).allTextContents()) expect(text).toMatch(/Osteochondroma.*\bmale/);
  expect(new URL(page.url()).search).toBe("?entity=Osteochondroma&sex=male");
  await page.reload();
  await expect.poll(() => countOf(page).isVisible()).toBe(true);
  await expect.poll(() => radiographs(page)).toBe(both);
  await page.getByRole("button", { name: "Remove the filter Sex: male" }).click();
  await expect.poll(() => radiographs(page)).toBe(count);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect.poll(() => radiographs(page)).toBe(all);
});

browserTest("a search understands German, and what may name a patient stays out of the address", async () => {
  const page = await workbench.open("/archive", { language: "de" });
  const search = page.getByRole("searchbox", { name: "Suche" });
  await page.getByText(/^\d+ Röntgenbilder · \d+ Patienten$/).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("enchondrom");
  await page.getByRole("button", { name: "Filter „enchondrom“ entfernen" }).waitFor();
  const cells = page.getByRole("grid").getByRole("gridcell");
  await expect
    .poll(async () => (await cells.allTextContents()).every((text) => text.includes("Enchondrom")))
    .toBe(true);
  await search.fill("P0001");
  await page.getByRole("button", { name: "Filter „P0001“ entfernen" }).waitFor();
  await cells.first().click();
  const panel = page.getByRole("complementary", { name: "Röntgenbild" });
  await panel.getByText("P0001").first().waitFor();
  await panel.getByRole("button", { name: "Nur diesen Patienten zeigen" }).click();
  await page.getByRole("button", { name: "Filter Ein Patient entfernen" }).waitFor();
  expect(page.url()).not.toContain("P0001");
  await expectAccessible(page);
});

browserTest("the grid is gone through by keyboard", async () => {
  const page = await openArchive();
  const grid = gridOf(page);
  const active = () => grid.getAttribute("aria-activedescendant");
  await grid.focus();
  await page.keyboard.press("ArrowRight");
  expect(await active()).toBe("image-1");
  await page.keyboard.press("ArrowDown");
  const columns = Number(await grid.getAttribute("aria-colcount"));
  expect(await active()).toBe(`image-${1 + columns}`);
  await page.keyboard.press("Enter");
  await panelOf(page).getByText("All that is known").waitFor();
  const first = shownImage(page);
  await page.keyboard.press("ArrowRight"); // the panel follows
  await expect.poll(() => shownImage(page)).not.toBe(first);
  await page.keyboard.press("Escape");
  await panelOf(page).waitFor({ state: "detached" });
  await page.keyboard.press("End");
  await expect.poll(active).toBe(`image-${(await radiographs(page)) - 1}`);
  await page.keyboard.press("PageUp");
  await expect.poll(active).not.toBe(`image-${(await radiographs(page)) - 1}`);
  await page.keyboard.press("Home");
  await expect.poll(active).toBe("image-0");
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByText("2 selected", { exact: true }).waitFor();
});

browserTest("selected radiographs are seen side by side, and the list is exported", async () => {
  const page = await openArchive("", { context: { acceptDownloads: true } });
  for (const place of [0, 1, 2])
    await cellsOf(page)
      .nth(place)
      .click({ modifiers: ["Control"] });
  await page.getByText("3 selected", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Side by side" }).click();
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  await expect.poll(() => dialog.getByRole("figure").count()).toBe(3);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export selection" }).click(),
  ]);
  const [heading, ...rows] = parse(await readFile(await download.path(), "utf8")) as string[][];
  expect(heading).toContain("entity");
  expect(rows).toHaveLength(3);
});

browserTest("patients have their radiographs in a line, in the order of time", async () => {
  const page = await openArchive();
  await page.getByRole("combobox", { name: "Show" }).selectOption("Patients");
  const list = page.getByRole("region", { name: "Patients" });
  const line = list.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "P0001" }) });
  await line.getByRole("button").first().waitFor();
  await expect.poll(() => line.getByRole("button").count()).toBeGreaterThan(1);
  await expectAccessible(page);
  await takeScreenshots(page, "archive-patients");
  await line.getByRole("button").first().click();
  await panelOf(page).getByText("P0001").first().waitFor();
});

browserTest("a radiograph of the archive goes to the page that links", async () => {
  const page = await openArchive();
  await cellsOf(page).first().click();
  await panelOf(page).getByRole("button", { name: "Link to similar patients" }).click();
  await page.waitForURL(/\/link\?query=/);
});

browserTest("chosen files are imported by a job, and the archive has them then", { timeout: 180_000 }, async () => {
  const page = await openArchive();
  const before = await radiographs(page);
  await page.getByRole("button", { name: "Import ..." }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  await expectAccessible(page);
  const files = workbench.phantom.undiagnosed.slice(0, 2);
  await dialog
    .locator("input[type=file][multiple]")
    .first()
    .setInputFiles([...files]);
  await dialog.getByText(/^2 files, /).waitFor();
  await takeScreenshots(page, "archive-import");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await dialog.getByText("Import of radiographs: finished").waitFor({ timeout: 120_000 });
  expect(await dialog.getByRole("row", { name: /^Imported/ }).textContent()).toBe("Imported2");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect.poll(() => radiographs(page)).toBe(before + 2);
});

browserTest("a hospital's table is read as its columns are confirmed", { timeout: 180_000 }, async () => {
  const page = await openArchive();
  await page.getByRole("button", { name: "Import ..." }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  await dialog.getByRole("tab", { name: "Hospital table" }).click();
  const table = join(workbench.phantom.centre, "his", "patients.csv");
  await dialog.locator("input[type=file]").setInputFiles(table);
  await dialog.getByRole("button", { name: "Read the columns" }).click();
  const column = dialog.getByRole("combobox", { name: "What the column Geburtsdatum holds" });
  await column.waitFor({ timeout: 120_000 });
  expect(await column.inputValue()).toBe("birthDate");
  await expectAccessible(page);
  await dialog.getByLabel("Name of the table").fill("patients again");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await dialog.getByText("Import of a table: finished").waitFor({ timeout: 120_000 });
});
