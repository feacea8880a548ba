/** Clusterings as jobs and as runs: what can be chosen, how DeepCluster goes, and what its test runs gave. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import { type PhantomHome, phantomHome } from "../../../test/support/workbench/phantom-home.ts";
import type { Job } from "../../contract/jobs.ts";
import type { RunDetail, RunList, TrainingChoices } from "../../contract/runs.ts";
import { continueOrCreateRun, countImages, stopAbandonedRuns } from "../../store/index.ts";
import { type ClusterReport, clusterArchive } from "../../systems/atlas/index.ts";

let phantom: PhantomHome;
let server: RunningTestServer;
let viewer: Visitor;
let researcher: Visitor;

beforeAll(async () => {
  phantom = await phantomHome();
  server = await startTestServer({ directory: phantom.home });
  viewer = await server.visitorOf("viewer");
  researcher = await server.visitorOf("researcher");
}, 600_000);
afterAll(async () => {
  await server.close();
  await phantom.remove();
});

const quick = { preset: "as-published", network: "resnet18", imageSize: 32, batchSize: 8, epochs: 2 } as const;

const ended = async (id: string): Promise<Job> => {
  const read = async (): Promise<Job> => (await researcher.get(`/api/jobs/${id}`)).json<Job>();
  await expect.poll(async () => (await read()).finishedAt, { timeout: 300_000, interval: 200 }).not.toBeNull();
  return read();
};

const start = async (settings: object): Promise<Job> => {
  const answer = await researcher.post("/api/jobs", { kind: "cluster-atlas", settings });
  expect(answer.status).toBe(201);
  return ended(answer.json<Job>().id);
};

test("what can be chosen follows from the archive and from what lies in the home", async () => {
  await mkdir(join(phantom.home, "weights"));
  await writeFile(join(phantom.home, "weights", "resnet18.pth"), "no weights");
  const { clustering } = (await researcher.get("/api/runs/choices")).json<TrainingChoices>();
  const images = await countImages(server.home.database);
  expect(clustering).toMatchObject({ images, weights: ["resnet18.pth"], hasPrecedents: true });
  expect(clustering.presets.map(({ name, network, sobel, imageSize }) => [name, network, sobel, imageSize])).toEqual([
    ["as-published", "alexnet", true, 224],
    ["recommended", "resnet18", false, 128],
    ["small", "resnet18", false, 64],
  ]);
  for (const { clusters, candidates, reassign, batchSize } of clustering.presets) {
    expect(candidates).toContain(clusters);
    for (const candidate of candidates) expect(candidate).toBeLessThanOrEqual(images);
    expect(batchSize).toBeLessThanOrEqual(images);
    expect(reassign).toBeGreaterThanOrEqual(1);
  }
  expect(clustering.networks).toContain("vgg16");
});

test("a job learns clusters; its run tells the epochs' agreement and the test runs", { timeout: 600_000 }, async () => {
  const job = await start({ ...quick, clusters: [3, 4] });
  expect(job).toMatchObject({ state: "finished", problem: null });
  const report = job.result as ClusterReport;
  const run = (await viewer.get(`/api/runs/${report.run}`)).json<RunDetail>();
  expect(run).toMatchObject({
    system: "atlas/cluster",
    state: "finished",
    resume: null,
    progress: { done: 12, epochs: 12 },
  });
  expect(run.main!.name).toBe("NMI");
  expect(run.figures.map(({ name }) => name)).toEqual(["NMI", "AMI"]);
  expect(run.epochs.map(({ network }) => network)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
  expect(run.epochs.map(({ measures }) => measures!.nmi === null)).toEqual(
    run.epochs.map(({ epoch }) => [1, 6, 11].includes(epoch)), // of each network the first has none before it
  );
  for (const { measures } of run.epochs) {
    expect(measures!.sizes).toHaveLength(5);
    expect(measures!.distance).toBeGreaterThanOrEqual(0);
  }
  expect(run.clusterChoice!.map(({ clusters }) => clusters)).toEqual([3, 4]);
  expect(run.clusterChoice!.find(({ chosen }) => chosen)!.clusters).toBe(report.clusters);
  expect(new Set(run.clusterChoice!.map(({ what }) => what))).toEqual(new Set(["region"]));
  expect(run.settings).toContainEqual({ name: "network.imageSize", value: "32" });
});

test("a run that was broken off on the command line can be gone on with as a job", { timeout: 600_000 }, async () => {
  const told = { ...quick, clusters: 3, seed: 9 };
  const stop = new AbortController();
  const work = clusterArchive(server.home, {
    ...told,
    signal: stop.signal,
    now: () => new Date(),
    onProgress: () => stop.abort(),
  });
  await expect(work).rejects.toMatchObject({ code: "interrupted" });
  const { runs } = (await viewer.get("/api/runs?state=stopped")).json<RunList>();
  const { resume, epochs } = (await viewer.get(`/api/runs/${runs[0]!.id}`)).json<RunDetail>();
  expect(epochs).toHaveLength(1);
  const { request } = resume as Extract<RunDetail["resume"], { request: unknown }>;
  const { result } = await ended((await researcher.post("/api/jobs", request)).json<Job>().id);
  expect((result as ClusterReport).run).toBe(runs[0]!.id);
});

test("one that began with a file of weights, or has the precedents' features, cannot be", async () => {
  const { database } = server.home;
  const begin = (fingerprint: string, settings: object) =>
    continueOrCreateRun(database, { system: "atlas/cluster", settings, fingerprint });
  const weights = { name: "given.pth", sha256: "0" };
  const begun = [
    await begin("weights", { features: "deepcluster", preset: "small", weights, settings: {} }),
    await begin("precedents", { features: "precedents-train-1", seed: 0 }),
  ];
  await stopAbandonedRuns(database);
  for (const { run } of begun) {
    const detail = (await viewer.get(`/api/runs/${run.id}`)).json<RunDetail>();
    expect(detail).toMatchObject({ state: "stopped", resume: null, clusterChoice: null, figures: [] });
  }
});

test.each([
  [{ ...quick, clusters: 100_000 }, "bad-input"],
  [{ ...quick, weights: "missing.pth" }, "not-found"],
  [{ ...quick, clusters: 3, weights: "resnet18.pth" }, "bad-input"],
  [{ features: "precedents", clusters: "auto" }, "bad-usage"],
])("%j fails with %s", { timeout: 120_000 }, async (settings, code) => {
  expect((await start(settings)).problem).toMatchObject({ code });
});

test.each([
  { clusters: 1 },
  { clusters: [4] },
  { clusters: "many" },
  { network: "vgg19" },
  { imageSize: 8 },
  { weights: "../secret" },
  { features: "faces" },
])("%j is refused at once", async (settings) => {
  const answer = await researcher.post("/api/jobs", { kind: "cluster-atlas", settings });
  expect([answer.status, answer.json().code]).toEqual([400, "bad-usage"]);
});
