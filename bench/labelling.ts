/**
 * A reader who labels 1,000 clusters by keyboard in Chromium, while the server is killed and started again several times: how
 * long each action takes from the key until the next cluster's montage is painted, and whether all labels are right afterwards.
 *
 * The keys come with a pause between the clusters, as from somebody who looks at the pictures: `labelling 400` pauses 400 ms.
 * Further words: how many clusters, and how many radiographs each has.
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
import { type Bench, median, percentile } from "./figure.ts";

/** How often the server is killed, and for how long it stays away. */
const kills = 5;
const awayMs = 1500;

const wantedMs = 100;

export const labelling: Bench = async ({ args, say }) => {
  const [pauseMs = 400, clusters = 1000, imagesPerCluster = 24] = args.map(Number);
  const folder = await mkdtemp(join(tmpdir(), "osteon-labelling-"));
  const directory = join(folder, "home");
  try {
    say(`Drawing a home of ${clusters} clusters of ${imagesPerCluster} radiographs`);
    const home = await openHome(directory, { command: "bench", create: true, since: new Date().toISOString() });
    const truth = await fillClusteredHome(home, { clusters, imagesPerCluster, picturesPerRegion: 4 });
    await home.close();
    const read = await readAtlas(directory, truth, { pauseMs, say });
    const again = await openHome(directory, { command: "bench", since: new Date().toISOString() });
    const actions = await listClusterActions(again.database, read.clustering);
    await again.close();
    const right = read.labels.filter(([cluster, label]) => truth.get(cluster) === label).length;
    const { times } = read;
    return [
      { name: "from the key to the next montage, median", value: median(times), unit: "ms" },
      { name: "from the key to the next montage, p95", value: percentile(times, 0.95), unit: "ms" },
      {
        name: "from the key to the next montage, longest",
        value: Math.max(...times),
        unit: "ms",
        wanted: `< ${wantedMs}`,
      },
      {
        name: `actions over ${wantedMs} ms`,
        value: times.filter((time) => time > wantedMs).length,
        unit: "actions",
        wanted: "0",
      },
      { name: "clusters labelled right", value: right, unit: `of ${clusters}`, wanted: String(clusters) },
      { name: "actions kept", value: actions.length, unit: "actions", wanted: String(clusters) },
      { name: "times the server was killed", value: kills, unit: "times" },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

interface ReadAtlas {
  readonly clustering: string;
  readonly labels: readonly (readonly [number, string | null])[];
  readonly times: readonly number[];
}

const readAtlas = async (
  home: string,
  truth: ReadonlyMap<number, string>,
  { pauseMs, say }: { readonly pauseMs: number; readonly say: (line: string) => void },
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
    for (let done = 0; done < truth.size; done++) {
      if (done > 0 && done % every === 0 && done / every <= kills) {
        if (revival) server = await revival;
        say(`${done} labelled; the server is killed`);
        await server.kill();
        revival = sleep(awayMs).then(() => startWorkbench({ home, port: server.port }));
        revival.catch(() => {}); // told where it is awaited
      }
      // A reader who has read all that was fetched ahead waits for the server.
      const montage = page.locator("[data-cluster]");
      const shown = Number(await montage.getAttribute("data-cluster", { timeout: 120_000 }));
      await giveLabel(page, truth.get(shown)!);
      await sleep(pauseMs);
    }
    if (revival) server = await revival;
    await page.getByText("All saved").waitFor({ timeout: 60_000 });
    const times = await page.evaluate<number[]>("window.paintTimes");
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

/** Two letters and Enter, or `d`. */
const giveLabel = async (page: Page, label: string): Promise<void> => {
  if (label === discard) return page.keyboard.press("d");
  await page.keyboard.type(regionTerms.find(({ name }) => name === label)!.code);
  await page.keyboard.press("Enter");
};

/**
 * In the page: for each key that leads to another cluster, the time from the key's own time until a frame is painted in which all
 * pictures of the new montage that can be seen are there.
 */
const watchKeys = `
  window.paintTimes = [];
  addEventListener("keydown", (event) => {
    const before = document.querySelector("[data-cluster]")?.dataset.cluster;
    const start = event.timeStamp;
    const look = () => {
      const montage = document.querySelector("[data-cluster]");
      if (montage?.dataset.cluster === before) return performance.now() - start < 50 ? requestAnimationFrame(look) : undefined;
      const seen = montage && [...montage.querySelectorAll("img")].filter((image) => {
        const area = image.getBoundingClientRect();
        const frame = image.closest("ul").parentElement.getBoundingClientRect();
        return area.top < frame.bottom && area.bottom > frame.top;
      });
      if (!seen?.length || !seen.every((image) => image.complete && image.naturalWidth > 0)) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const channel = new MessageChannel(); // its message comes after the frame is painted
        channel.port1.onmessage = () => window.paintTimes.push(performance.now() - start);
        channel.port2.postMessage(0);
      });
    };
    if (event.key === "Enter" || event.key === "d") requestAnimationFrame(look);
  }, true);
`;
