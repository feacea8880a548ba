/** The frame of the workbench: going about by keyboard, language and appearance, what is said when the server is gone. */

import { expect } from "vitest";
import { browserTest, expectAccessible, useWorkbench } from "../../support/workbench.ts";

const workbench = useWorkbench();

browserTest("the pages speak the browser's language, then the one that is chosen, also the next time", async () => {
  const page = await workbench.open("/archive", { language: "de" });
  await page.getByRole("navigation", { name: "Seiten" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  await expect.poll(() => page.title()).toBe("Archiv – Osteon");
  await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  await expect.poll(() => page.title()).toBe("Archive – Osteon");
  await page.reload();
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
});

browserTest("browsers keep the assets, which come compressed, and ask for the page itself each time", async () => {
  const page = await fetch(`${workbench.server.url}/archive`);
  expect(page.headers.get("cache-control")).toBe("no-cache");
  const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())!;
  const asset = await fetch(`${workbench.server.url}${script}`, { headers: { "accept-encoding": "br" } });
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(asset.headers.get("content-encoding")).toBe("br");
  expect(asset.headers.get("content-type")).toMatch(/javascript/);
  const plain = await fetch(`${workbench.server.url}${script}`, { headers: { "accept-encoding": "identity" } });
  expect(await asset.text()).toBe(await plain.text());
});

browserTest("dark is the first appearance, and the chosen one stays", async () => {
  const page = await workbench.open("/archive");
  const theme = () => page.locator("html").getAttribute("data-theme");
  const paper = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  await page.getByRole("combobox", { name: "Appearance" }).waitFor();
  const dark = await paper();
  expect(await theme()).toBe("dark");
  await page.getByRole("combobox", { name: "Appearance" }).selectOption("Light");
  expect(await paper()).not.toBe(dark);
  await page.reload();
  await page.getByRole("combobox", { name: "Appearance" }).waitFor();
  expect(await theme()).toBe("light");
  await page.getByRole("combobox", { name: "Appearance" }).selectOption("As the system");
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await paper()).toBe(dark);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await paper()).not.toBe(dark);
});

browserTest("keys lead to the pages, and the question mark lists them", async () => {
  const page = await workbench.open("/nowhere");
  await page.getByRole("heading", { name: "There is no page here" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL("**/archive");
  await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("H1");
  await page.keyboard.press("?");
  const overlay = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await overlay.getByText("Go to Atlas").waitFor();
  await expectAccessible(page);
  await page.keyboard.press("g"); // nothing happens behind a dialog
  await page.keyboard.press("l");
  await page.keyboard.press("Escape");
  await overlay.waitFor({ state: "detached" });
  expect(new URL(page.url()).pathname).toBe("/archive");
});

browserTest("keys of single letters can be turned off", async () => {
  const page = await workbench.open("/nowhere");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("checkbox", { name: "Shortcuts of single letters and signs work" }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  expect(new URL(page.url()).pathname).toBe("/nowhere");
});

browserTest("the frame fits a screen of 1280 pixels, also in German and with a centre of a long name", async () => {
  const page = await workbench.open("/archive", { language: "de" });
  const answer = await page.request.patch(`${workbench.server.url}/api/settings`, {
    headers: { origin: workbench.server.url },
    data: { centre: "Universitätsklinikum einer Stadt mit einem sehr langen Namen" },
  });
  expect(answer.ok()).toBe(true);
  await page.reload();
  await page.getByText("Universitätsklinikum einer Stadt").waitFor();
  const choice = await page.getByRole("combobox", { name: "Darstellung" }).boundingBox();
  expect(choice!.x + choice!.width).toBeLessThanOrEqual(1280);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(1280);
  const settings = await page.getByRole("link", { name: "Einstellungen" }).boundingBox();
  const jobs = await page.getByRole("button", { name: "Keine Aufgaben" }).boundingBox();
  expect(settings!.x + settings!.width).toBeLessThanOrEqual(jobs!.x);
});

browserTest("what is written into a field is no shortcut", async () => {
  const page = await workbench.open("/archive");
  const search = page.getByRole("searchbox");
  await search.fill("");
  await search.pressSequentially("g l?");
  expect(await search.inputValue()).toBe("g l?");
  expect(new URL(page.url()).pathname).toBe("/archive");
});

browserTest("the first Tab offers to skip to the content", async () => {
  const page = await workbench.open("/archive");
  await page.getByRole("heading", { name: "Archive", level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("content");
});

browserTest("a server that is gone is told, and the page goes on when it is back", { timeout: 180_000 }, async () => {
  const page = await workbench.open("/archive", { tolerate: /ERR_|Failed to load/ });
  await page.getByRole("heading", { name: "Archive", level: 1 }).waitFor();
  await workbench.server.kill();
  const banner = page.getByText("The server does not answer. What was saved is safe");
  await banner.waitFor();
  await expectAccessible(page);
  await workbench.restart();
  await banner.waitFor({ state: "detached" });
});

browserTest(
  "every page keeps to WCAG 2.2 AA in both appearances and has one heading",
  { timeout: 180_000 },
  async () => {
    const page = await workbench.open("/archive");
    for (const name of ["Link", "Archive", "Atlas", "Cohort", "Runs", "Review", "Settings"]) {
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();
      await expect.poll(() => page.title()).toBe(`${name} – Osteon`);
      await expect.poll(() => page.getByRole("heading", { level: 1 }).count(), { message: name }).toBe(1);
      await expectAccessible(page);
    }
  },
);

browserTest("the jobs are in the frame, with their progress and their end", { timeout: 120_000 }, async () => {
  const page = await workbench.open("/archive");
  await page.getByRole("button", { name: "No jobs" }).waitFor();
  const answer = await page.request.post(`${workbench.server.url}/api/jobs`, {
    headers: { origin: workbench.server.url },
    data: { kind: "build-index", settings: {} },
  });
  expect(answer.status()).toBe(201);
  await page.getByRole("button", { name: /^(1 job|No jobs)/ }).click();
  const jobs = page.getByRole("region", { name: "Jobs" });
  await jobs.getByText("Building the index").first().waitFor();
  await expectAccessible(page);
  await jobs.getByText("finished").waitFor({ timeout: 90_000 });
});
