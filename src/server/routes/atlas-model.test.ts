/** The atlas model over HTTP: what can be learned, the trained run with its outcomes and heat maps, and the archive that it sorts. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillLabelledClusters } from "../../../test/support/labelled-clusters.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import type { AtlasModelState } from "../../contract/atlas-model.ts";
import type { ImagePage } from "../../contract/images.ts";
import type { Job } from "../../contract/jobs.ts";
import type { GradCamPicture, OutcomeList, RunComparison, RunDetail } from "../../contract/runs.ts";
import { appendClusterActions } from "../../store/index.ts";
import { type TrainAtlasReport, trainAtlas } from "../../systems/atlas/index.ts";

let server: RunningTestServer;
let viewer: Visitor;
let researcher: Visitor;
let clustering: string;
let before: AtlasModelState;
let report: TrainAtlasReport;

const stateNow = async (search = ""): Promise<AtlasModelState> =>
  (await viewer.get(`/api/atlas/model${search}`)).json<AtlasModelState>();
const detailOf = async (run: string): Promise<RunDetail> => (await viewer.get(`/api/runs/${run}`)).json<RunDetail>();

beforeAll(async () => {
  server = await startTestServer();
  viewer = await server.visitorOf("viewer");
  researcher = await server.visitorOf("researcher");
  const empty = await stateNow();
  expect(empty).toMatchObject({ model: null, lessons: null, archive: { images: 0, unsorted: 0 } });
  clustering = await fillLabelledClusters(server.home, 12);
  before = await stateNow();
  report = await trainAtlas(server.home, { preset: "small", epochs: 1, seed: 1, now: () => new Date() });
}, 600_000);
afterAll(() => server.close());

describe("before a training", () => {
  test("there is no model, and what would be learned is counted", () => {
    const counts = { clusters: 2, radiographs: 12, patients: 12 };
    expect(before).toEqual({
      model: null,
      lessons: {
        clustering,
        clusters: 8,
        labelledClusters: 8,
        regions: ["Foot", "Hand", "Knee"].map((region) => ({ region, ...counts })),
        discarded: counts,
        problem: null,
      },
      archive: { images: 48, known: 0, unknown: 0, unsorted: 48 },
    });
  });

  test("a clustering that is not there is told, and who is not logged in is told nothing", async () => {
    expect((await viewer.get("/api/atlas/model?clustering=none")).status).toBe(404);
    expect((await viewer.get(`/api/atlas/model?clustering=${"x".repeat(101)}`)).status).toBe(400);
    expect((await server.visitor().get("/api/atlas/model")).status).toBe(401);
  });
});

describe("a trained model", () => {
  test("is told with its figures, and whether labels have changed since", async () => {
    const { model } = await stateNow();
    expect(model).toMatchObject({
      run: report.run,
      clustering,
      regions: ["Foot", "Hand", "Knee"],
      folds: 5,
      radiographs: report.trainRadiographs,
      labelsChanged: false,
    });
    expect(model!.figures.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["top-1, hold-out", "top-2, hold-out"]),
    );
    const acting = { reader: "local", readerName: "local", at: new Date() };
    const relabel = (id: string, label: string) =>
      appendClusterActions(server.home.database, clustering, {
        actions: [{ id, cluster: 1, kind: "label", label, undoes: null }],
        acting,
      });
    await relabel("a change of mind", "Wrist");
    expect((await stateNow()).model!.labelsChanged).toBe(true);
    await relabel("back again", "Hand");
    expect((await stateNow()).model!.labelsChanged).toBe(false);
  });

  test("is a run with its matrix, and with each radiograph that was held out", async () => {
    const run = await detailOf(report.run);
    expect(run).toMatchObject({
      system: "atlas/train",
      state: "finished",
      target: "region",
      main: { name: "top-1, hold-out" },
      classes: ["Foot", "Hand", "Knee", "discard"],
      hasOutcomes: true,
      hasNetworks: true,
      confusion: report.confusion,
    });
    expect(run.settings).toContainEqual({ name: "network.name", value: "resnet18" });
    const { total, outcomes } = (await viewer.get(`/api/runs/${report.run}/outcomes?limit=100`)).json<OutcomeList>();
    expect(total).toBe(report.testRadiographs);
    const wrong = (await viewer.get(`/api/runs/${report.run}/outcomes?result=wrong`)).json<OutcomeList>();
    expect(wrong.total).toBe(outcomes.filter(({ isRight }) => !isRight).length);
    expect(outcomes.every(({ vote }) => vote !== null && vote.share > 0)).toBe(true);
  });

  test("shows where its five networks look, once worked out and then kept", async () => {
    const { outcomes } = (await viewer.get(`/api/runs/${report.run}/outcomes?limit=1`)).json<OutcomeList>();
    const path = `/api/runs/${report.run}/grad-cams/${encodeURIComponent(outcomes[0]!.image)}`;
    const first = (await viewer.get(`${path}?label=Hand`)).json<GradCamPicture>();
    expect(first).toMatchObject({ label: "Hand", networks: 5, map: { columns: 32, rows: 32 } });
    expect((await viewer.get(`${path}?label=Hand`)).json()).toEqual(first);
    expect((await viewer.get(`${path}?label=Skull`)).status).toBe(400);
  });

  test("is compared with itself, and does not differ", async () => {
    const { differences } = (
      await viewer.get(`/api/runs/comparison?first=${report.run}&second=${report.run}`)
    ).json<RunComparison>();
    expect(differences).toEqual([
      { name: "sorted as labelled, hold-out", difference: 0, interval: [0, 0], differs: false },
    ]);
  });
});

describe("a job that sorts the archive", () => {
  const request = { kind: "sort-archive", settings: {} };

  test("is not started by a viewer, and not with settings that it does not know", async () => {
    expect((await viewer.post("/api/jobs", request)).status).toBe(403);
    expect((await researcher.post("/api/jobs", { kind: "sort-archive", settings: { all: true } })).status).toBe(400);
    expect((await researcher.post("/api/jobs", { kind: "train-atlas", settings: { epochs: 0 } })).status).toBe(400);
  });

  test("sorts every radiograph, and the archive is found by it", async () => {
    const { id } = (await researcher.post("/api/jobs", request)).json<Job>();
    const jobNow = async (): Promise<Job> => (await researcher.get(`/api/jobs/${id}`)).json<Job>();
    await expect.poll(async () => (await jobNow()).state, { timeout: 300_000, interval: 500 }).toBe("finished");
    const { result } = await jobNow();
    expect(result).toMatchObject({ run: report.run, sorted: 48 });
    const { archive } = await stateNow();
    expect(archive).toMatchObject({ images: 48, unsorted: 0 });
    expect(archive.known + archive.unknown).toBe(48);
    const found = await viewer.post("/api/images/search", {
      filter: { values: { sorted: ["yes", "no"] } },
      limit: 100,
    });
    const { images } = found.json<ImagePage>();
    expect(images).toHaveLength(48);
    for (const { region, regionSource, sorted } of images) {
      expect(sorted!.run).toBe(report.run);
      expect([region, regionSource]).toEqual(sorted!.known ? [sorted!.region, "atlas"] : [null, null]);
      expect(sorted!.reason === null).toBe(sorted!.known);
    }
  }, 320_000);
});
