/** The labelling guide over HTTP: suggestions by a real job, splits, decisions on single radiographs, and who may do what. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeGroupedClustering } from "../../../test/support/grouped-clustering.ts";
import { groupRadiographs } from "../../../test/support/grouped-radiographs.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import type { ClusteringOverview } from "../../contract/atlas.ts";
import type {
  ClusterSplit,
  ClusterSplits,
  MemberDecisions,
  SplitPreview,
  Suggestions,
} from "../../contract/atlas-guide.ts";
import type { Job } from "../../contract/jobs.ts";
import { continueOrCreateRun, writeClustering } from "../../store/index.ts";
import { weakLabels } from "../../systems/atlas/index.ts";

let server: RunningTestServer;
let viewer: Visitor;
let anna: Visitor;
let ben: Visitor;
const run = "atlas-cluster-1";
const bare = "atlas-cluster-2";
const clustering = `/api/atlas/clusterings/${run}`;
const { data, truth } = groupRadiographs({ regions: 4, clustersPerRegion: 5, seed: 2 });
const words = ["Knee", "Hip", "Hand", "Foot"];
const wordOf = (region: string): string => words[Number(region.slice(-1))]!;

/** The clusters; the first of the first region and the first of the third are one. */
const mixed = [...data.clusters[0]!.rows, ...data.clusters[10]!.rows];
const rowsOf = data.clusters.flatMap(({ rows }, place) => (place === 10 ? [] : [place === 0 ? mixed : rows]));
const regionOfCluster = (cluster: number): string => wordOf(truth[rowsOf[cluster - 1]![0]!]!);
const count = rowsOf.length;

beforeAll(async () => {
  server = await startTestServer();
  const { database } = server.home;
  await writeGroupedClustering(server.home, data, rowsOf);
  await continueOrCreateRun(database, { system: "atlas/cluster", settings: {}, fingerprint: "g" });
  const members = data.images.map((image, rank) => ({ image, distance: rank, outlier: false }));
  const at = new Date("2026-01-02T03:04:05Z");
  await writeClustering(database, bare, { at, clusters: [{ cluster: 1, members }] });
  viewer = await server.loggedIn("viewer");
  anna = await server.loggedIn("annotator");
  ben = await server.loggedIn("annotator");
}, 120_000);
afterAll(() => server.close());

let drawn = 0;
const newId = (): string => `action-${String(++drawn).padStart(6, "0")}`;
const label = async (who: Visitor, ...clusters: number[]): Promise<void> => {
  const actions = clusters.map((cluster) => ({ id: newId(), kind: "label", cluster, label: regionOfCluster(cluster) }));
  const answer = await who.post(`${clustering}/actions`, { actions });
  expect(answer.json()).toEqual({ refused: [] });
};
const suggestionsOf = async (who: Visitor, query = ""): Promise<Suggestions> =>
  (await who.get(`${clustering}/suggestions${query}`)).json<Suggestions>();
const splitPath = (cluster: number): string => `${clustering}/clusters/${cluster}/split`;

/** Has a guide worked out by a job of its own. */
const workOut = async (who: Visitor, settings: object = {}): Promise<void> => {
  const begun = await who.post("/api/jobs", { kind: "guide-atlas", settings: { clustering: run, ...settings } });
  expect(begun.status).toBeLessThan(300);
  const { id } = begun.json<Job>();
  const jobOf = async (): Promise<Job> => (await who.get(`/api/jobs/${id}`)).json<Job>();
  await expect.poll(async () => (await jobOf()).finishedAt !== null, { timeout: 120_000, interval: 200 }).toBe(true);
  expect((await jobOf()).problem).toBeNull();
};

describe("who may do what", () => {
  test("nobody without a login, and a viewer neither sees suggestions nor splits nor decides", async () => {
    for (const path of ["suggestions", "splits", "outliers", "clusters/1/split"])
      expect((await server.visitor().get(`${clustering}/${path}`)).status).toBe(401);
    expect((await viewer.get(`${clustering}/splits`)).json()).toEqual({ splits: [] });
    for (const path of ["suggestions", "outliers", "clusters/1/split"])
      expect((await viewer.get(`${clustering}/${path}`)).status).toBe(403);
    expect((await viewer.post(splitPath(1), { id: newId() })).status).toBe(403);
    expect((await viewer.ask("DELETE", splitPath(1))).status).toBe(403);
    const decision = { id: newId(), cluster: 1, images: ["image 0"], verdict: "apart" };
    expect((await viewer.post(`${clustering}/outliers`, decision)).status).toBe(403);
    expect((await viewer.post("/api/jobs", { kind: "guide-atlas", settings: {} })).status).toBe(403);
  });

  test.each([
    ["suggestions?labels=all", 400],
    ["clusters/0/split", 400],
    ["clusters/1/split?parts=1", 400],
    ["clusters/1/split?parts=7", 400],
    ["clusters/999/split", 404],
  ])("%s is refused with %d", async (path, status) => {
    expect((await anna.get(`${clustering}/${path}`)).status).toBe(status);
  });

  test.each([
    [{}, 400],
    [{ id: "short" }, 400],
    [{ id: "long enough", parts: 1 }, 400],
    [{ id: "long enough", parts: "two" }, 400],
  ])("a split of %j is refused with %d", async (body, status) => {
    expect((await anna.post(splitPath(1), body)).status).toBe(status);
  });

  test("what is no clustering is not found", async () => {
    for (const path of ["suggestions", "splits", "outliers"])
      expect((await anna.get(`/api/atlas/clusterings/nothing/${path}`)).status).toBe(404);
  });
});

describe("suggestions", () => {
  test("there are none until a job has worked them out; a clustering without features says that it can have none", async () => {
    const { guide, progress, unavailable } = await suggestionsOf(anna);
    expect(guide).toBeNull();
    expect(unavailable).toBeNull();
    expect(progress).toEqual({
      actions: { total: 0, labels: 0, decisions: 0, splits: 0, outliers: 0 },
      mine: 0,
      clusters: count,
      labelledClusters: 0,
      images: truth.length,
      labelledImages: 0,
    });
    const old = (await anna.get(`/api/atlas/clusterings/${bare}/suggestions`)).json<Suggestions>();
    expect(old.unavailable).toMatch(/cluster the archive again/);
    expect((await anna.get(`/api/atlas/clusterings/${bare}/clusters/1/split`)).status).toBe(404);
  });

  test("say which cluster is next, which is mixed, and count what was done; what is labelled since is left out", {
    timeout: 180_000,
  }, async () => {
    await workOut(anna);
    const first = (await suggestionsOf(anna)).guide!;
    expect(first).toMatchObject({ behind: 0, labelledClusters: 0, curve: null, outliers: [] });
    expect(first.next.map(({ cluster }) => cluster).sort((a, b) => a - b)).toEqual(rowsOf.map((_, i) => i + 1));
    expect(first.impure[0]).toMatchObject({ cluster: 1, why: "apart", label: null });
    const sizes = first.impure[0]!.parts.map(({ images }) => images.length).sort((a, b) => a - b);
    expect(sizes).toEqual([data.clusters[0]!.rows.length, data.clusters[10]!.rows.length].sort((a, b) => a - b));

    const chosen = first.next.slice(0, 3).map(({ cluster }) => cluster);
    await label(anna, ...chosen);
    const { guide, progress } = await suggestionsOf(anna);
    expect(guide!.behind).toBe(3);
    expect(guide!.next).toHaveLength(count - 3);
    expect(guide!.next.some(({ cluster }) => chosen.includes(cluster))).toBe(false);
    expect(progress).toMatchObject({ actions: { total: 3, labels: 3 }, mine: 3, labelledClusters: 3 });
  });

  test("are made of what a reader knows: another begins anew, until he asks for what is settled", {
    timeout: 180_000,
  }, async () => {
    expect((await suggestionsOf(ben)).guide).toBeNull();
    await workOut(ben);
    const alone = (await suggestionsOf(ben)).guide!;
    expect(alone.labelledClusters).toBe(0);
    expect(alone.next.every(({ proposed }) => proposed === null)).toBe(true);
    await workOut(ben, { labels: "settled" });
    const settled = (await suggestionsOf(ben, "?labels=settled")).guide!;
    expect(settled.labelledClusters).toBe(3);
    expect(settled.next.some(({ proposed }) => proposed !== null)).toBe(true);
    // He has been told by now, so what he knows are the settled labels.
    expect((await suggestionsOf(ben)).progress.labelledClusters).toBe(3);
  });
});

describe("a split", () => {
  let parts: number[];

  test("can be looked at before, and parts the cluster as it was mixed", async () => {
    const preview = (await anna.get(splitPath(1))).json<SplitPreview>();
    expect(preview.parts).toHaveLength(2);
    for (const { images } of preview.parts) {
      const shown = new Set(images.map((image) => truth[data.images.indexOf(image as never)]));
      expect(shown.size).toBe(1);
    }
    expect((await anna.get(`${splitPath(1)}?parts=3`)).json<SplitPreview>().parts).toHaveLength(3);
    const body = { id: newId() };
    const made = await anna.post(splitPath(1), body);
    expect(made.status).toBe(201);
    ({ parts } = made.json<ClusterSplit>());
    expect(parts).toEqual([count + 1, count + 2]);
    expect((await anna.post(splitPath(1), body)).json()).toMatchObject({ cluster: 1, parts });
    expect((await ben.post(splitPath(1), { id: newId() })).status).toBe(409);
    expect((await anna.get(`${clustering}/splits`)).json<ClusterSplits>().splits).toMatchObject([
      { cluster: 1, parts },
    ]);
  });

  test("has its parts in the place of the cluster, to be labelled in its stead", async () => {
    const { clusters } = (await anna.get(clustering)).json<ClusteringOverview>();
    expect(clusters.slice(0, 3).map(({ cluster, splitOf }) => [cluster, splitOf])).toEqual([
      [parts[0], 1],
      [parts[1], 1],
      [2, null],
    ]);
    const shown = await anna.get(`${clustering}/clusters/${parts[1]}`);
    expect(shown.status).toBe(200);
    const actions = [{ id: newId(), kind: "label", cluster: 1, label: "Knee" }];
    const refused = (await anna.post(`${clustering}/actions`, { actions })).json<{ refused: unknown[] }>();
    expect(refused.refused).toEqual([{ id: actions[0]!.id, detail: "Cluster 1 was split; label its parts." }]);
    const { progress, guide } = await suggestionsOf(anna);
    expect(progress).toMatchObject({ clusters: count + 1, actions: { splits: 1 } });
    expect(guide!.impure.some(({ cluster }) => cluster === 1)).toBe(false);
  });

  test("is undone while no part is labelled", async () => {
    const given = { id: newId(), kind: "label", cluster: parts[0]!, label: "Knee" };
    await anna.post(`${clustering}/actions`, { actions: [given] });
    expect((await anna.ask("DELETE", splitPath(1))).status).toBe(409);
    await anna.post(`${clustering}/actions`, {
      actions: [{ id: newId(), kind: "undo", cluster: parts[0]!, undoes: given.id }],
    });
    expect((await anna.ask("DELETE", splitPath(1))).status).toBe(204);
    expect((await anna.ask("DELETE", splitPath(1))).status).toBe(404);
    expect((await anna.get(`${clustering}/splits`)).json()).toEqual({ splits: [] });
  });
});

describe("decisions on single radiographs", () => {
  const decide = (who: Visitor, decision: object) => who.post(`${clustering}/outliers`, { id: newId(), ...decision });

  test("take a radiograph out of what its cluster teaches, and can be taken back", async () => {
    const cluster = 5;
    const [first, second] = rowsOf[cluster - 1]!.map((row) => data.images[row]!);
    await label(anna, cluster);
    await label(ben, cluster);
    const known = async (): Promise<number> => {
      const labels = await weakLabels(server.home, run);
      return rowsOf[cluster - 1]!.filter((row) => labels.has(data.images[row]!)).length;
    };
    const all = await known();
    expect(all).toBe(rowsOf[cluster - 1]!.length);
    expect((await decide(anna, { cluster, images: [first, second], verdict: "apart" })).status).toBe(204);
    expect(await known()).toBe(all - 2);
    const { decisions } = (await anna.get(`${clustering}/outliers`)).json<MemberDecisions>();
    expect(decisions.map(({ image, verdict }) => [image, verdict])).toEqual([
      [first, "apart"],
      [second, "apart"],
    ]);
    expect((await decide(ben, { cluster, images: [first], verdict: "open" })).status).toBe(204);
    expect(await known()).toBe(all - 1);
    expect((await suggestionsOf(anna)).progress.actions.outliers).toBe(1);
  });

  test.each([
    [{ cluster: 5, images: [], verdict: "apart" }, 400],
    [{ cluster: 5, images: ["image 0"], verdict: "maybe" }, 400],
    [{ cluster: 5, images: ["no image"], verdict: "apart" }, 422],
    [{ cluster: 1, images: [data.images[rowsOf[4]![0]!]], verdict: "apart" }, 422],
    [{ id: "x", cluster: 5, images: ["image 0"], verdict: "apart" }, 400],
  ])("%j is refused with %d", async (decision, status) => {
    expect((await decide(anna, decision)).status).toBe(status);
  });
});
