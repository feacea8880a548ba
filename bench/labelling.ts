/**
 * A reader who labels 1,000 clusters by keyboard in Chromium, while the server is killed and started again several times: how
 * long each action takes from the key until the next cluster's montage is painted, and whether all labels are right afterwards.
 *
 * A cluster is labelled every 400 ms, faster than somebody who looks at the pictures; `labelling 1000` labels one each second.
 * Further words: how many clusters, and how many radiographs each has. While the server is away nothing new can come: what is
 * measured then are montages that were fetched ahead.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { discard } from "../src/clinic/atlas/fold-actions.ts";
import { regionTerms } from "../src/clinic/vocabulary/regions.ts";
import type { ClusteringOverview, ClusteringSummary } from "../src/contract/atlas.ts";
import { listClusterActions, openHome } from "../src/store/index.ts";
import { openBrowser, openPage } from "../test/support/workbench/browser.ts";
import { type ServerProcess, startWorkbench } from "../test/support/workbench/server-process.ts";
import { fillClusteredHome } from "./clustered-home.ts";
import { type Bench, type Figure, median, percentile } from "./figure.ts";

/** How often the server is killed, and for how long it stays away. */
const kills = 5;
const awayMs = 1500;

const wantedMs = 100;

export const labelling: Bench = async ({ args, say }) => {
  const [intervalMs = 400, clusters = 1000, imagesPerCluster = 24] = args.map(Number);
  const folder = await mkdtemp(join(tmpdir(), "osteon-labelling-"));
  const directory = join(folder, "home");
  try {
    say(`Drawing a home of ${clusters} clusters of ${imagesPerCluster} radiographs`);
    const home = await openHome(directory, { command: "bench", create: true, since: new Date().toISOString() });
    const truth = await fillClusteredHome(home, { clusters, imagesPerCluster, picturesPerRegion: 2 });
    await home.close();
    const read = await readAtlas(directory, truth, { intervalMs, say });
    const again = await openHome(directory, { command: "bench", since: new Date().toISOString() });
    const actions = await listClusterActions(again.database, read.clustering);
    await again.close();
    const right = read.labels.filter(([cluster, label]) => truth.get(cluster) === label).length;
    return [
      ...timesOf(
        "while the server answers",
        read.times.filter(({ isAway }) => !isAway),
      ),
      ...timesOf(
        "while it is away",
        read.times.filter(({ isAway }) => isAway),
      ),
      { name: "clusters labelled right", value: right, unit: `of ${clusters}`, wanted: String(clusters) },
      { name: "actions kept", value: actions.length, unit: "actions", wanted: String(clusters) },
      { name: "times the server was killed", value: kills, unit: "times" },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const timesOf = (when: string, times: ReadAtlas["times"]): readonly Figure[] => {
  const all = times.map(({ ms }) => ms);
  if (all.length === 0) return [];
  return [
    { name: `${when}: labels with a next montage`, value: all.length, unit: "actions" },
    { name: `${when}: from the key to the next montage, median`, value: median(all), unit: "ms" },
    { name: `${when}: from the key to the next montage, p95`, value: percentile(all, 0.95), unit: "ms" },
    { name: `${when}: the longest`, value: Math.max(...all), unit: "ms", wanted: `< ${wantedMs}` },
    {
      name: `${when}: labels over ${wantedMs} ms`,
      value: all.filter((ms) => ms > wantedMs).length,
      unit: "actions",
      wanted: "0",
    },
  ];
};

interface ReadAtlas {
  readonly clustering: string;
  readonly labels: readonly (readonly [number, string | null])[];
  /** From each key to the next montage, and whether the server was away when the key was pressed. */
  readonly times: readonly { readonly ms: number; readonly isAway: boolean }[];
}

const readAtlas = async (
  home: string,
  truth: ReadonlyMap<number, string>,
  { intervalMs, say }: { readonly intervalMs: number; readonly say: (line: string) => void },
): Promise<ReadAtlas> => {
  let server = await startWorkbench({ home });
  let revival: Promise<ServerProcess> | undefined;
  const browser = await openBrowser();
  try {
    const { page } = await openPage(browser);
    await page.addInitScript(watchKeys);
    await page.goto(`${server.url}/atlas`);
    await page.locator("[data-cluster]").waitFor();
    await sleep(2000); // the reader sits down; the next montages come
    const every = Math.floor(truth.size / (kills + 1));
    let isAway = false;
    const awayAt: boolean[] = [];
    for (let done = 0; done < truth.size; done++) {
      if (done > 0 && done % every === 0 && done / every <= kills) {
        if (revival) server = await revival;
        say(`${done} labelled; the server is killed`);
        await server.kill();
        isAway = true;
        revival = sleep(awayMs)
          .then(() => startWorkbench({ home, port: server.port }))
          .finally(() => {
            isAway = false;
          });
        revival.catch(() => {}); // told where it is awaited
      }
      const pause = sleep(intervalMs);
      awayAt.push(isAway);
      const shown = Number(await page.locator("[data-cluster]").getAttribute("data-cluster", { timeout: 120_000 }));
      await giveLabel(page, truth.get(shown)!);
      // A reader who has read all that was fetched ahead waits for the server.
      if (done < truth.size - 1) await whenPainted(page, done + 1);
      await pause;
    }
    if (revival) server = await revival;
    await page.getByText("All saved").waitFor({ timeout: 60_000 });
    const times = (await page.evaluate<number[]>("window.paintTimes")).map((ms, i) => ({ ms, isAway: awayAt[i]! }));
    const url = `${server.url}/api/atlas/clusterings`;
    const ask = async <T>(address: string): Promise<T> => (await page.request.get(address)).json() as Promise<T>;
    const { clusterings } = await ask<{ clusterings: ClusteringSummary[] }>(url);
    const overview = await ask<ClusteringOverview>(`${url}/${clusterings[0]!.id}`);
    return {
      clustering: overview.clustering.id,
      labels: overview.clusters.map(({ cluster, mine }) => [cluster, mine] as const),
      times,
    };
  } finally {
    await browser.close();
    await ((await revival?.catch(() => server)) ?? server).kill();
  }
};

/** Waits until so many montages were painted. */
const whenPainted = async (page: Page, count: number): Promise<void> => {
  const end = performance.now() + 120_000;
  while ((await page.evaluate<number>("window.paintTimes.length")) < count) {
    if (performance.now() > end) throw new Error(`Montage ${count + 1} does not come.`);
    await sleep(10);
  }
};

/** Two letters and Enter, or `d`. */
const giveLabel = async (page: Page, label: string): Promise<void> => {
  if (label === discard) return page.keyboard.press("d");
  await page.keyboard.type(regionTerms.find(({ name }) => name === label)!.code);
  await page.keyboard.press("Enter");
};

/**
 * In the page: for each key that gives a label, the time from the key's own time until a frame is painted in which every picture of
 * another montage that can be seen is there.
 */
const watchKeys = `
  window.paintTimes = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "d") return;
    const before = document.querySelector("[data-cluster]")?.dataset.cluster;
    const isSeen = (place) => {
      const area = place.getBoundingClientRect();
      const frame = place.closest("ul").parentElement.getBoundingClientRect();
      return area.top < frame.bottom && area.bottom > frame.top;
    };
    const look = () => {
      const montage = document.querySelector("[data-cluster]");
      const places = montage && montage.dataset.cluster !== before ? [...montage.querySelectorAll("li")].filter(isSeen) : [];
      const isThere = (place) => [...place.querySelectorAll("img")].some((image) => image.complete && image.naturalWidth > 0);
      if (places.length === 0 || !places.every(isThere)) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const channel = new MessageChannel(); // its message comes after the frame is painted
        channel.port1.onmessage = () => window.paintTimes.push(performance.now() - event.timeStamp);
        channel.port2.postMessage(0);
      });
    };
    requestAnimationFrame(look);
  }, true);
`;
