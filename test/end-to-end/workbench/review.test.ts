/** The review desk in a browser: set-aside files, near duplicates and burned-in text, decided by keyboard and mouse. */

import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

const api = async <T>(path: string): Promise<T> => (await fetch(`${workbench.server.url}${path}`)).json() as Promise<T>;

interface Files {
  readonly total: number;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly decision: { decision: string } | null;
  }[];
}

const setAside = (state: "open" | "decided"): Promise<Files> => api<Files>(`/api/review/set-aside?state=${state}`);

const choose = (page: Page, name: string) =>
  page
    .getByRole("navigation", { name: "Set-aside files" })
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .click();

describe("set-aside files", () => {
  browserTest("are shown with a picture, left out by a key, and opened again", async () => {
    const page = await workbench.open("/review");
    await choose(page, "noise.png|colour.png");
    await page.getByRole("img", { name: "What the file shows" }).waitFor(); // named so once it is loaded
    await expectAccessible(page);
    const { total } = await setAside("open");
    expect(total).toBeGreaterThan(1);
    await page.getByRole("navigation", { name: "Set-aside files" }).getByRole("button").first().click();
    await page.keyboard.press("j");
    const heading = page.getByRole("heading", { level: 2 });
    const name = await heading.textContent();
    expect(name).toBe((await setAside("open")).files[1]!.name);
    await page.keyboard.press("x");
    await page.getByText("1 left out.").waitFor();
    expect((await setAside("open")).total).toBe(total - 1);
    await page.getByLabel("State").selectOption("decided");
    await page.getByText(/^left out: local/).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 2, name: name! }).click();
    await page.getByRole("button", { name: /^Leave open/ }).click();
    await page.getByText("1 open again.").waitFor();
    expect((await setAside("open")).total).toBe(total);
  });

  browserTest("come into the archive when a person says so", async () => {
    const before = await api<{ total: number }>("/api/review/set-aside?state=open");
    const page = await workbench.open("/review/files");
    await choose(page, "colour.png");
    await page.getByRole("img", { name: "What the file shows" }).waitFor();
    await page.keyboard.press("a");
    await page.getByText("1 radiograph imported.").waitFor();
    expect((await setAside("open")).total).toBe(before.total - 1);
    const decided = (await setAside("decided")).files.find(({ name }) => name === "colour.png");
    expect(decided?.decision).toMatchObject({ decision: "imported", by: "local" });
  });

  browserTest("are deleted after a question alone", async () => {
    const page = await workbench.open("/review/files");
    await choose(page, "broken.dcm");
    await page.getByText("There is no picture in it that could be shown.").waitFor();
    await page.getByRole("button", { name: "Delete file" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("This cannot be taken back").waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Delete file" }).click();
    await page.getByText("1 deleted.").waitFor();
    const file = (await setAside("decided")).files.find(({ name }) => name === "broken.dcm")!;
    expect(file.decision?.decision).toBe("deleted");
    const picture = await fetch(`${workbench.server.url}/api/review/set-aside/${file.id}/picture`);
    expect(picture.status).toBe(404);
  });
});

browserTest("near duplicates are confirmed or parted, and parted ones are no copies any more", async () => {
  const page = await workbench.open("/review/copies");
  const { total, pairs } = await api<{ total: number; pairs: { image: string }[] }>("/api/review/duplicates");
  expect(total).toBeGreaterThan(0);
  await page.getByRole("img", { name: "Was there first" }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("x");
  await page.getByRole("status").getByText("Two radiographs").waitFor();
  const decided = await api<{ pairs: { image: string; decision: { decision: string } }[] }>(
    "/api/review/duplicates?state=decided",
  );
  expect(decided.pairs).toMatchObject([{ image: pairs[0]!.image, decision: { decision: "parted", by: "local" } }]);
  await page.getByLabel("State").selectOption("decided");
  await page.getByRole("button", { name: /^Leave open/ }).click();
  await page.getByRole("status").getByText("Open again").waitFor();
  expect((await api<{ total: number }>("/api/review/duplicates")).total).toBe(total);
});

interface Texts {
  readonly total: number;
  readonly images: readonly { readonly image: string; readonly regions: readonly { x: number }[] | null }[];
}

browserTest(
  "burned-in text is looked for, its regions are corrected by keyboard, and the decision is kept",
  { timeout: 600_000 },
  async () => {
    const page = await workbench.open("/review/text");
    await page.getByRole("button", { name: /^Look through \d+ radiographs/ }).click();
    await page.getByRole("button", { name: "All looked through" }).waitFor({ timeout: 500_000 });
    const open = await api<Texts>("/api/review/burned-in-text?state=open");
    expect(open.total).toBeGreaterThan(1);
    const radiograph = page.getByRole("region", { name: "Radiograph and regions of text" }).locator("[data-tool]");
    await page.locator('[data-state="shown"]').waitFor();
    await expectAccessible(page);
    await takeScreenshots(page, "review");

    await page.getByRole("button", { name: /^Region 1/ }).click();
    const box = page.getByRole("group", { name: /^Region of text, / });
    await box.focus();
    const before = await box.getAttribute("aria-label");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => box.getAttribute("aria-label")).not.toBe(before);
    await radiograph.focus();
    await page.keyboard.press("d");
    await page
      .getByRole("button", { name: /^Region 2.*drawn|^Region \d+ drawn/ })
      .first()
      .waitFor();
    const shown = await page.getByRole("button", { name: /^Region \d/ }).count();
    await page.keyboard.press("a");
    await page.getByText("Text confirmed.").waitFor();
    const decided = await api<Texts>("/api/review/burned-in-text?state=text");
    expect(decided.images).toMatchObject([{ image: open.images[0]!.image, by: "local" }]);
    expect(decided.images[0]!.regions).toHaveLength(shown);

    await page.keyboard.press("n");
    await page.getByText("Decided: no text.").waitFor();
    expect((await api<Texts>("/api/review/burned-in-text?state=open")).total).toBe(open.total - 2);
  },
);
