/** What guides the labelling: suggestions that one key accepts, splits, outliers, doubted labels, and what more labels are worth. */

import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ClusteringOverview, ClusteringSummary } from "../../../src/contract/atlas.ts";
import type { MemberDecisions, Suggestions } from "../../../src/contract/atlas-guide.ts";
import { atlasHome, labelByTruth } from "../../support/workbench/atlas-home.ts";
import { browserTest, expectAccessible, takeScreenshots, useWorkbench } from "../../support/workbench.ts";

/** Clusters that nobody has labelled when the tests begin. */
const open = 12;
/** A slip of the reader: a cluster whose label is another's. */
let slip: { readonly cluster: number; readonly given: string };

const workbench = useWorkbench({
  home: atlasHome,
  prepare: async (phantom) => {
    const labels = [...(await labelByTruth(phantom, { open }))];
    // Of a region with several clusters, so that the others can speak against it.
    const regions = labels.filter(([, label]) => label !== "discard");
    const [most] = [...Map.groupBy(regions, ([, label]) => label)].sort(([, a], [, b]) => b.length - a.length);
    const [cluster, right] = most![1].at(-1)!;
    const given = regions.find(([, label]) => label !== right)![1];
    slip = { cluster, given };
    await labelByTruth(phantom, { open, slips: new Map([[cluster, given]]) });
  },
});

/** Of a machine that does much else. */
const patience = { timeout: 300_000 };

const ask = async <T>(page: Page, address: string): Promise<T> =>
  (await page.request.get(`${workbench.server.url}${address}`)).json() as Promise<T>;

const clusteringPath = async (page: Page): Promise<string> => {
  const { clusterings } = await ask<{ clusterings: ClusteringSummary[] }>(page, "/api/atlas/clusterings");
  return `/api/atlas/clusterings/${clusterings[0]!.id}`;
};

const overviewOf = async (page: Page): Promise<ClusteringOverview> => ask(page, await clusteringPath(page));

const suggestionsOf = async (page: Page): Promise<Suggestions> =>
  ask(page, `${await clusteringPath(page)}/suggestions`);

const openAtlas = async (): Promise<Page> => {
  const page = await workbench.open("/atlas");
  await page.locator("[data-cluster]").waitFor();
  return page;
};

const shownCluster = async (page: Page): Promise<number> =>
  Number(await page.locator("[data-cluster]").getAttribute("data-cluster"));

/** Works out suggestions, where that has not been done. */
const withGuide = async (page: Page): Promise<NonNullable<Suggestions["guide"]>> => {
  await page.getByRole("tab", { name: "Check" }).click();
  const before = await suggestionsOf(page);
  if (!before.guide) await page.getByRole("button", { name: "Work out suggestions" }).click();
  await expect.poll(async () => (await suggestionsOf(page)).guide !== null, patience).toBe(true);
  await page.getByText(/^From \d+ labelled clusters/).waitFor(patience);
  return (await suggestionsOf(page)).guide!;
};

browserTest("a mixed cluster is split after a look at its parts, and the split is undone", patience, async () => {
  const page = await openAtlas();
  const before = await overviewOf(page);
  const opened = before.clusters.filter(({ mine }) => mine === null).sort((a, b) => b.images - a.images);
  const parent = opened[0]!.cluster;
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.getByRole("button", { name: `Cluster ${parent}: open` }).click();
  await expect.poll(() => shownCluster(page)).toBe(parent);
  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog", { name: `Split cluster ${parent}` });
  await dialog.getByText(/^Part 1: /).waitFor(patience);
  const shown = await dialog.getByText(/^Part \d: /).count();
  await page.keyboard.press(String(shown)); // so many, which is what was most distinct
  await expect.poll(() => dialog.getByRole("combobox", { name: "Parts" }).inputValue()).toBe(String(shown));
  await expect.poll(() => dialog.getByText(/^Part \d: /).count(), patience).toBe(shown);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached", ...patience });
  await page.getByText(`Part of cluster ${parent}`).waitFor();
  const after = await overviewOf(page);
  const parts = after.clusters.filter(({ splitOf }) => splitOf === parent);
  expect(parts).toHaveLength(shown);
  expect(after.clusters.some(({ cluster }) => cluster === parent)).toBe(false);
  expect(parts.reduce((sum, part) => sum + part.images, 0)).toBe(opened[0]!.images);
  expect(await shownCluster(page)).toBe(parts[0]!.cluster);

  await page.getByRole("button", { name: "Undo the split" }).click();
  await expect.poll(() => shownCluster(page)).toBe(parent);
  expect((await overviewOf(page)).clusters).toEqual(before.clusters);
});

browserTest("what is worth a look comes next, and the space bar accepts what is proposed", patience, async () => {
  const page = await openAtlas();
  const guide = await withGuide(page);
  expect(guide.labelledClusters).toBe((await overviewOf(page)).clusters.length - open);
  await page.getByRole("tab", { name: "Label" }).click();
  await page.getByRole("combobox", { name: "Order" }).selectOption("as suggested");
  await expect.poll(() => shownCluster(page)).toBe(guide.next[0]!.cluster);
  await page.keyboard.press("PageDown");
  await expect.poll(() => shownCluster(page)).toBe(guide.next[1]!.cluster);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => shownCluster(page)).toBe(guide.next[0]!.cluster);

  const place = guide.next.findIndex(({ proposed }) => proposed !== null);
  const { cluster, proposed } = guide.next[place]!;
  for (let i = 0; i < place; i += 1) await page.keyboard.press("PageDown");
  await expect.poll(() => shownCluster(page)).toBe(cluster);
  const suggestion = page.getByRole("region", { name: "Suggestion" });
  await suggestion.getByText("Probably").waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "atlas-suggestion");
  await page.getByPlaceholder("Type a region or its code").focus();
  await page.keyboard.press("Space");
  await expect.poll(() => shownCluster(page)).not.toBe(cluster);
  await page.getByText("All saved").waitFor();
  const labelled = (await overviewOf(page)).clusters.find((one) => one.cluster === cluster)!;
  expect(labelled.mine).toBe(proposed!.label);
});

browserTest(
  "outliers are told apart or left, by single keys, and the last decision is taken back",
  patience,
  async () => {
    const page = await openAtlas();
    const { outliers } = await withGuide(page);
    expect(outliers.length).toBeGreaterThan(2);
    await page.getByRole("button", { name: `Outliers (${outliers.length})` }).click();
    const tiles = page.getByRole("list", { name: /^Outliers/ }).getByRole("listitem");
    await tiles.nth(2).waitFor();
    await expectAccessible(page);
    await takeScreenshots(page, "atlas-outliers");
    await tiles.first().getByRole("button").focus();
    await page.keyboard.press("a");
    await tiles.first().getByText("told apart").waitFor();
    await page.keyboard.press("b"); // the next one
    await tiles.nth(1).getByText("belongs here").waitFor();
    await page.keyboard.press("u");
    await expect.poll(() => tiles.nth(1).getByText("belongs here").count()).toBe(0);
    const decisions = async (): Promise<readonly (readonly [string, string])[]> => {
      const told = await ask<MemberDecisions>(page, `${await clusteringPath(page)}/outliers`);
      return told.decisions.map(({ image, verdict }) => [image, verdict] as const);
    };
    await expect.poll(decisions).toEqual([[outliers[0]!.image, "apart"]]);

    await page.keyboard.press("+");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expectAccessible(page);
    await page.keyboard.press("b");
    await expect.poll(async () => (await decisions()).length).toBe(2);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("u");
    await expect.poll(async () => (await decisions()).length).toBe(1);
  },
);

browserTest("a slip of the reader is among the doubted labels, and leads to its cluster", patience, async () => {
  const page = await openAtlas();
  const { noise } = await withGuide(page);
  const slips = noise.clusters.map(({ cluster }) => cluster);
  expect(slips).toContain(slip.cluster);
  await page.getByRole("button", { name: /^Doubted labels/ }).click();
  await page.getByText(/of \d+ radiographs have a label that is in doubt/).waitFor();
  await expectAccessible(page);
  await takeScreenshots(page, "atlas-noise");
  const row = page.getByRole("row").filter({ has: page.getByRole("button", { name: `Cluster ${slip.cluster}` }) });
  expect(await row.getByRole("rowheader").textContent()).toBe(slip.given);
  await row.getByRole("button").click();
  await expect.poll(() => shownCluster(page)).toBe(slip.cluster);
});

browserTest("it is told what more labels are worth, and a region is seen as it is merged", patience, async () => {
  const page = await openAtlas();
  const guide = await withGuide(page);
  await page.getByRole("tab", { name: "Worth and model" }).click();
  await page.getByRole("img", { name: /^Learning curve/ }).waitFor();
  const worth = await page.getByText(/Labelling \d+ more clusters is worth|You may stop/).textContent();
  expect(worth).toContain(String(guide.curve!.more.findLast(({ clusters }) => clusters <= 50)!.clusters));
  await page.getByRole("heading", { name: "Atlas model" }).waitFor();
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Regions" }).click();
  const { clusters } = await overviewOf(page);
  const regions = page.getByRole("navigation", { name: "Regions so far" });
  const discarded = clusters.filter(({ mine }) => mine === "discard");
  await regions.getByRole("button", { name: /^discarded/ }).click();
  const merged = page.getByRole("region", { name: "discarded" });
  await expect.poll(() => merged.getByRole("listitem").count()).toBe(discarded.length);
  await expectAccessible(page);
  await takeScreenshots(page, "atlas-regions");
  await merged.getByRole("button").first().click();
  await expect.poll(() => shownCluster(page)).toBe(discarded[0]!.cluster);
});

browserTest("the new parts are German as well", patience, async () => {
  const page = await workbench.open("/atlas", { language: "de" });
  await page.locator("[data-cluster]").waitFor();
  for (const [part, words] of [
    ["Prüfen", /^Aus \d+ beschrifteten Clustern/],
    ["Regionen", /^Was als eine Klasse gelernt wird/],
    ["Nutzen und Modell", "Was weiteres Beschriften bringt"],
  ] as const) {
    await page.getByRole("tab", { name: part }).click();
    await page.getByText(words).waitFor();
    await expectAccessible(page);
  }
});
