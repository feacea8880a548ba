/** Labelling the atlas as a reader does: with the keyboard alone, with a second reader, and with a server that dies. */

import type { Page } from "playwright-core";
import { expect } from "vitest";
import { osteon } from "../../../scripts/osteon-process.ts";
import type { ClusteringOverview, ClusteringSummary } from "../../../src/contract/atlas.ts";
import { addTestAccounts, logInAt } from "../../support/workbench/accounts.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

const clusters = 12;

const workbench = useWorkbench({
  args: ["--accounts"],
  prepare: async ({ home }) => {
    await addTestAccounts(home, ["administrator", "viewer", "annotator", "researcher"]);
    const how = ["--features", "precedents", "--clusters", String(clusters)];
    await osteon(["atlas", "cluster", ...how, "--home", home, "--quiet"]);
  },
});

/** Screenshots and servers that start again take their time where the machine does much else. */
const patient = { timeout: 300_000 };

/** What the browser writes down of requests before the login, and of those that a dead server does not answer. */
const tolerate = /status of 401|ERR_CONNECTION|ERR_SOCKET|ERR_INCOMPLETE|ERR_EMPTY|Failed to fetch/;

const openAs = async (role: "viewer" | "annotator" | "researcher"): Promise<Page> => {
  const page = await workbench.open("/atlas", { tolerate });
  await logInAt(page, role);
  await page.locator("[data-cluster]").waitFor();
  return page;
};

const cluster = async (page: Page): Promise<number> =>
  Number(await page.locator("[data-cluster]").getAttribute("data-cluster"));

/** Keys as a reader presses them; waits until the cluster has become another one. */
const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const goTo = async (page: Page, wanted: number): Promise<void> => {
  for (let now = await cluster(page); now !== wanted; ) {
    await press(page, now < wanted ? "ArrowRight" : "ArrowLeft");
    await expect.poll(() => cluster(page)).toBe(now < wanted ? now + 1 : now - 1);
    now = await cluster(page);
  }
};

const type = async (page: Page, word: string): Promise<void> => {
  await page.keyboard.type(word);
  await page.keyboard.press("Enter");
};

const allSaved = (page: Page) => page.getByText(/All saved|Alles gespeichert/).waitFor();

/** What the server says, asked with the page's own session. */
const ask = async <T>(page: Page, address: string): Promise<T> =>
  (await page.request.get(address)).json() as Promise<T>;

const clusteringAddress = async (page: Page): Promise<string> => {
  const url = `${workbench.server.url}/api/atlas/clusterings`;
  const { clusterings } = await ask<{ clusterings: ClusteringSummary[] }>(page, url);
  return `${url}/${clusterings[0]!.id}`;
};

const overview = async (page: Page): Promise<ClusteringOverview> => ask(page, await clusteringAddress(page));

const mine = async (page: Page): Promise<(string | null)[]> => (await overview(page)).clusters.map((one) => one.mine);

browserTest("a reader labels, discards, takes back and goes about without a mouse", async () => {
  const page = await openAs("annotator");
  await expect.poll(() => page.evaluate("document.activeElement.role ?? ''")).toBe("combobox");
  expect(await cluster(page)).toBe(1);
  await expectAccessible(page);
  await type(page, "kne");
  await expect.poll(() => cluster(page)).toBe(2);
  await press(page, "d");
  await expect.poll(() => cluster(page)).toBe(3);
  await press(page, "1"); // the region that was given last
  await expect.poll(() => cluster(page)).toBe(4);
  await type(page, "TS");
  await expect.poll(() => cluster(page)).toBe(5);
  await press(page, "u");
  await expect.poll(() => cluster(page)).toBe(4);
  await press(page, "l", "o", "w", "e", "Escape"); // changed one's mind
  await type(page, "lumbar");
  await expect.poll(() => cluster(page)).toBe(5);
  await allSaved(page);
  expect((await mine(page)).slice(0, 5)).toEqual(["Knee", "discard", "Knee", "Lumbar spine", null]);

  await goTo(page, 3);
  await page.getByText("Knee", { exact: true }).first().waitFor();
  await press(page, "PageDown");
  await expect.poll(() => cluster(page)).toBe(5);
  await press(page, "+");
  const enlarged = page.getByRole("dialog");
  await enlarged.getByText(/Radiograph 1 of/).waitFor();
  await expectAccessible(page);
  await press(page, "ArrowRight");
  await enlarged.getByText(/Radiograph 2 of/).waitFor();
  await press(page, "Escape");
  await enlarged.waitFor({ state: "detached" });
  await page.reload();
  await page.locator("[data-cluster]").waitFor();
  expect(await cluster(page)).toBe(5); // the first open one
  await press(page, "u"); // also after a reload, what was done last is taken back
  await expect.poll(() => cluster(page)).toBe(4);
  await type(page, "lumbar");
  await allSaved(page);
  expect((await mine(page))[3]).toBe("Lumbar spine");
});

browserTest("regions are found by their German names, and a new one can be added", async () => {
  const page = await openAs("annotator");
  await page.getByRole("combobox", { name: "Language" }).selectOption("de");
  await page.getByPlaceholder("Region oder Kürzel eingeben").focus();
  await goTo(page, 6);
  await type(page, "unters");
  await expect.poll(() => cluster(page)).toBe(7);
  await type(page, "oberschenkel");
  await expect.poll(() => cluster(page)).toBe(8);
  await press(page, "z");
  await expect.poll(() => cluster(page)).toBe(7);
  await page.keyboard.type("Rückfuß");
  await page.getByText("Keine Region passt.").waitFor();
  await expectAccessible(page);
  await press(page, "Enter");
  await expect.poll(() => cluster(page)).toBe(8);
  await allSaved(page);
  expect((await mine(page)).slice(5, 8)).toEqual(["Lower leg", "Rückfuß", null]);
});

browserTest("a viewer looks and labels nothing", async () => {
  const page = await openAs("viewer");
  await page.getByText("Your role may look, not label.").waitFor();
  await press(page, "d", "ArrowRight");
  await expect.poll(() => cluster(page)).toBe(2);
  expect(await mine(page)).toEqual(new Array(clusters).fill(null));
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.getByRole("button", { name: "Cluster 2: read by another" }).waitFor();
  await expectAccessible(page);
});

browserTest("two readers read alone; where they differ, it is seen, measured and decided", patient, async () => {
  const page = await openAs("researcher");
  const hidden = await overview(page);
  expect(hidden.clusters.slice(0, 4).map(({ settled, others }) => [settled, others])).toEqual(
    new Array(4).fill([null, 1]),
  );
  await type(page, "knee");
  await expect.poll(() => cluster(page)).toBe(2);
  await press(page, "d");
  await expect.poll(() => cluster(page)).toBe(3);
  await type(page, "patella");
  await expect.poll(() => cluster(page)).toBe(4);
  await type(page, "lumbar");
  await allSaved(page);

  await page.getByRole("tab", { name: /Overview/ }).click();
  await page.getByRole("button", { name: "Cluster 3: readers differ" }).waitFor();
  const agreement = page.getByRole("table").filter({ hasText: "Cohen's kappa" });
  await agreement.getByText("75%").waitFor();
  const { agreements } = await overview(page);
  expect(agreements).toHaveLength(1);
  // Knee, discard, Knee, Lumbar spine against Knee, discard, Patella, Lumbar spine: (3/4 - 1/4) / (1 - 1/4)
  expect(agreements[0]).toMatchObject({ clusters: 4, agreement: 0.75 });
  expect(agreements[0]!.kappa).toBeCloseTo((0.75 - 0.25) / 0.75, 12);
  await expectAccessible(page);
  await takeScreenshots(page, "atlas-overview");

  await page.getByRole("tab", { name: "Disagreements (1)" }).click();
  await page.getByRole("button", { name: "Show the disagreements" }).click();
  await page.getByText("The annotator says").waitFor();
  expect(await cluster(page)).toBe(3);
  await expectAccessible(page);
  await takeScreenshots(page, "atlas-disagreements");
  await press(page, "2");
  await page.getByText("1 of 1 decided").waitFor();
  await allSaved(page);
  const decided = await overview(page);
  expect(decided.clusters[2]).toMatchObject({ settled: "Patella", disputed: false });
  expect(decided.disputedClusters).toBe(0);
});

browserTest("the desk, for a person to look at", patient, async () => {
  const page = await openAs("annotator");
  await page.keyboard.type("f");
  await takeScreenshots(page, "atlas");
});

browserTest("a server that is killed loses nothing and doubles nothing", patient, async () => {
  const page = await openAs("researcher");
  await goTo(page, 9); // what was seen is there without the server
  await goTo(page, 5);
  await type(page, "hip");
  await expect.poll(() => cluster(page)).toBe(6);
  await workbench.server.kill();
  await type(page, "femur");
  await expect.poll(() => cluster(page)).toBe(7);
  await press(page, "d", "u"); // done and taken back while nobody listens
  await type(page, "ankle");
  await expect.poll(() => cluster(page)).toBe(8);
  await page.getByText(/[45] actions not saved yet/).waitFor(); // what was sent last may not have been answered
  await expectAccessible(page);
  await workbench.restart();
  await allSaved(page);
  expect((await mine(page)).slice(4, 8)).toEqual(["Hip", "Femur", "Ankle", null]);

  await workbench.server.kill();
  await type(page, "hand");
  await page.getByText("1 action not saved yet").waitFor();
  const again = await page.context().newPage();
  await page.close(); // what was not saved is kept in the browser
  await workbench.restart();
  await again.goto(`${workbench.server.url}/atlas`);
  await again.locator("[data-cluster]").waitFor();
  await allSaved(again);
  expect((await mine(again))[7]).toBe("Hand");
  const table = await (await again.request.get(`${await clusteringAddress(again)}/labels.csv`)).text();
  expect(table.split("\n").find((line) => line.startsWith("8,"))).toMatch(/^8,Hand,\d+,one reader/);
});

/** Nothing more fits in what the browser keeps of this server. */
const fillStorage = `(() => {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try { for (let i = 0; ; i++) localStorage.setItem("full " + size + " " + i, "x".repeat(size)); } catch {}
  }
})()`;

browserTest(
  "pages beside each other know of each other's actions; a browser that is full loses none",
  patient,
  async () => {
    const page = await openAs("annotator");
    const beside = await page.context().newPage();
    await beside.goto(`${workbench.server.url}/atlas`);
    await beside.locator("[data-cluster]").waitFor();
    await goTo(page, 10);
    await type(page, "wrist");
    await expect.poll(() => cluster(page)).toBe(11);
    await goTo(beside, 10);
    await beside.getByText("Wrist", { exact: true }).first().waitFor();
    await goTo(beside, 11);
    await type(beside, "elbow");
    await expect.poll(() => cluster(beside)).toBe(12);
    await allSaved(beside);
    await goTo(page, 12);
    await press(page, "u"); // what was done last, be it beside
    await expect.poll(() => cluster(page)).toBe(11);
    await allSaved(page);
    expect((await mine(page)).slice(9, 11)).toEqual(["Wrist", null]);

    await page.evaluate(fillStorage);
    await type(page, "elbow");
    await expect.poll(() => cluster(page)).toBe(12);
    await allSaved(page);
    expect((await mine(page))[10]).toBe("Elbow");
  },
);
