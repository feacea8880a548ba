/** The cohort page in a browser: the flow, the description, a split and its audit, a definition, and doubts by keyboard. */

import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

const api = async <T>(path: string): Promise<T> => (await fetch(`${workbench.server.url}${path}`)).json() as Promise<T>;

/** What a browser knows of a text area. */
interface TextArea {
  readonly value: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
}

const part = (page: Page, name: string) => page.getByRole("tab", { name });

describe("a cohort", () => {
  browserTest("shows its flow as a figure and as numbers that add up, and gives both as files", async () => {
    const page = await workbench.open("/cohort");
    const figure = page.getByRole("img", { name: /^Flow diagram of/ });
    await figure.waitFor();
    const width = () => figure.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
    await expect.poll(width, { timeout: 30_000 }).toBeGreaterThan(0);
    const rows = await page
      .getByRole("table", { name: /What each criterion excluded/ })
      .locator("tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)));
    const counts = rows.map((row) => row.slice(0, 2).map((text) => Number(text?.replaceAll(",", "") || 0)));
    expect(counts.length).toBeGreaterThan(3);
    for (let i = 1; i < counts.length; i++) expect(counts[i]![1]! + counts[i]![0]!).toBe(counts[i - 1]![1]);
    await expectAccessible(page);
    await takeScreenshots(page, "cohort");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download SVG" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("precedents-flow.svg");
    expect(await readFile(await download.path(), "utf8")).toContain("<svg");
  });

  browserTest("is described as the command line does, by groups and in German too", async () => {
    const page = await workbench.open("/cohort/cohorts?name=precedents&part=description");
    const table = page.getByRole("table", { name: "Description of the cohort" });
    await table.getByText(/^age in years, /).waitFor();
    await page.getByLabel("Compare by").selectOption("sex");
    await table.getByRole("columnheader", { name: /^female \(n = / }).waitFor();
    await table.getByRole("columnheader", { name: "p", exact: true }).waitFor();
    const { rows } = await api<{ rows: string[][] }>("/api/cohorts/precedents/description?by=sex");
    const printed = await table.locator("tbody tr").first().locator("td").allTextContents();
    expect(printed).toEqual(rows[1]!.slice(1));
    await expectAccessible(page);
    await page.getByLabel("Language").selectOption("de");
    await page
      .getByRole("table", { name: "Beschreibung der Kohorte" })
      .getByText(/^Alter in Jahren, /)
      .waitFor();
  });

  browserTest("lists its members and those who were excluded", async () => {
    const page = await workbench.open("/cohort/cohorts?name=precedents&part=members");
    const { total, members } = await api<{ total: number; members: { patient: string }[] }>(
      "/api/cohorts/precedents/members",
    );
    const table = page.getByRole("table", { name: "Members of the cohort" });
    await table.getByRole("cell", { name: members[0]!.patient, exact: true }).waitFor();
    await expect.poll(() => table.locator("tbody tr").count()).toBe(Math.min(total, 50));
    await expectAccessible(page);
    await part(page, "Excluded").click();
    const first = page.locator("details").first();
    await first.locator("summary").click();
    await first.getByRole("table").locator("tbody tr").first().waitFor();
    await expectAccessible(page);
  });

  browserTest("is split by patient, and the parts are looked through for leaks", async () => {
    const page = await workbench.open("/cohort/cohorts?name=precedents&part=splits");
    await page.getByLabel("Parts and shares").fill("train=0.7, test=0.2");
    await page.getByText("the shares sum to 1").waitFor();
    await page.getByLabel("Parts and shares").fill("train=0.7, test=0.3");
    await page.getByLabel("Name", { exact: true }).fill("study");
    await page.getByRole("button", { name: "Split by patient" }).click();
    const split = page.getByRole("region", { name: "study" });
    await split.getByRole("columnheader", { name: "test" }).waitFor();
    const { total } = await api<{ total: number }>("/api/cohorts/precedents/members");
    const everybody = await split
      .getByRole("row", { name: /^All patients/ })
      .locator("td")
      .allTextContents();
    expect(everybody.reduce((sum, text) => sum + Number.parseInt(text, 10), 0)).toBe(total);
    await split.getByRole("button", { name: "Look for leaks" }).click();
    await split.getByText(/The parts (share nothing|may share)/).waitFor();
    await expectAccessible(page);
  });

  browserTest("follows from a definition, whose mistakes are told at their place", { timeout: 300_000 }, async () => {
    const page = await workbench.open("/cohort");
    await page.getByRole("button", { name: "New cohort" }).click();
    const text = page.getByLabel(/^Definition/);
    const definition = {
      format: "osteon-cohort",
      version: 1,
      name: "with-site",
      title: "Patients with a site",
      start: "Everybody",
      criteria: [{ include: { entity: ["Osteosarkom"] }, reason: "Another tumour" }],
    };
    await text.fill(JSON.stringify(definition, undefined, 2));
    const problem = page.getByRole("button", {
      name: /criteria\[0\]\.include\.entity\[0\], line 11.*did you mean "Osteosarcoma"/,
    });
    await problem.click();
    const selected = await text.evaluate((area) => {
      const { value, selectionStart, selectionEnd } = area as unknown as TextArea;
      return value.slice(selectionStart, selectionEnd);
    });
    expect(selected).toBe('"Osteosarkom"');
    expect(await page.getByRole("button", { name: "Build" }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.keyboard.insertText('"Osteosarcoma"');
    await page.getByText(/“with-site” would have \d+ patients\./).waitFor();
    await page.getByRole("button", { name: "Build" }).click();
    await page.getByRole("heading", { name: "Patients with a site" }).waitFor({ timeout: 240_000 }); // by a job
    await page.getByRole("img", { name: /^Flow diagram of Patients with a site/ }).waitFor();
  });
});

describe("doubts", () => {
  const openCount = async (): Promise<number> => (await api<{ total: number }>("/api/doubts?state=open&limit=1")).total;

  browserTest("are accepted, corrected and taken back by keyboard alone", { timeout: 300_000 }, async () => {
    const page = await workbench.open("/cohort/doubts");
    const queue = page.getByRole("navigation", { name: "Queue of doubts" });
    await queue.getByRole("button").first().waitFor();
    await page.getByRole("table").first().waitFor();
    await expectAccessible(page);
    await queue
      .getByRole("button", { name: /Misspelt site/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Misspelt site" }).waitFor();
    await page.getByRole("table").first().waitFor();
    await takeScreenshots(page, "doubts");
    await queue.getByRole("button").first().click();
    const before = await openCount();
    await page.keyboard.press("j");
    const chosen = () => queue.locator("[aria-current=true]");
    const second = await queue.getByRole("button").nth(1).textContent();
    expect(await chosen().textContent()).toBe(second);
    await page.keyboard.press("a");
    await page.getByText("Accepted.", { exact: true }).waitFor({ state: "attached" });
    expect(await openCount()).toBe(before - 1);
    await page.keyboard.press("z");
    await page.getByText("1 open again.").waitFor({ state: "attached" });
    expect(await openCount()).toBe(before);

    await page.getByLabel("Rule").selectOption("unknown-sex");
    await page.getByRole("heading", { name: "Unknown sex" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Undo my last/ }).focus();
    await page.keyboard.press("c");
    await page.keyboard.insertText("female");
    await page.keyboard.press("Enter");
    await page.getByText("Corrected.", { exact: true }).waitFor({ state: "attached" });
    await page.getByLabel("State").selectOption("corrected");
    await page.getByText(/^corrected by local/).waitFor();
    // Patients follow by a job.
    await expect
      .poll(async () => (await api<{ isBehind: boolean }>("/api/doubts/facets")).isBehind, { timeout: 240_000 })
      .toBe(false);
  });

  browserTest("of one rule are accepted at once after a question, and taken back at once", async () => {
    const page = await workbench.open("/cohort/doubts");
    await page.getByLabel("Rule").selectOption("two-digit-year");
    await page.getByRole("heading", { name: "Year of two digits" }).waitFor();
    const before = await openCount();
    await page.getByRole("button", { name: "Accept all of this rule" }).click();
    await page
      .getByRole("dialog")
      .getByText(/Accept \d+ open doubts/)
      .waitFor();
    await expectAccessible(page);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Accept \d+$/ })
      .click();
    await page.getByText("Nothing left here").waitFor();
    expect(await openCount()).toBeLessThan(before);
    await page.keyboard.press("z");
    await page.getByRole("heading", { name: "Year of two digits" }).waitFor();
    expect(await openCount()).toBe(before);
  });
});
