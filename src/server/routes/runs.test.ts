import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Answer, Visitor } from "../../../test/support/visitor.ts";
import { type PhantomHome, phantomHome } from "../../../test/support/workbench/phantom-home.ts";
import type {
  GradCamPicture,
  OutcomeList,
  RunComparison,
  RunDetail,
  RunEpochs,
  RunList,
  TrainingChoices,
} from "../../contract/runs.ts";
import { continueOrCreateRun, finishRun, getRun, listAudit, listImages } from "../../store/index.ts";
import { type EvaluationReport, studyReportName, studySystem } from "../../systems/precedents/index.ts";

let phantom: PhantomHome;
let server: RunningTestServer;
let viewer: Visitor;
let researcher: Visitor;
let evaluation: string;
let training: string;

beforeAll(async () => {
  phantom = await phantomHome();
  server = await startTestServer({ directory: phantom.home });
  viewer = await server.visitorOf("viewer");
  researcher = await server.visitorOf("researcher");
  const idOf = async (system: string): Promise<string> => (await runsOf(`?system=${system}`))[0]!.id;
  evaluation = await idOf("precedents/evaluate");
  training = await idOf("precedents/train");
}, 600_000);
afterAll(async () => {
  await server.close();
  await phantom.remove();
});

const runsOf = async (search = ""): Promise<RunList["runs"]> =>
  (await viewer.get(`/api/runs${search}`)).json<RunList>().runs;
const detailOf = async (run: string): Promise<RunDetail> => (await viewer.get(`/api/runs/${run}`)).json<RunDetail>();
const outcomesOf = async (search: string): Promise<OutcomeList> =>
  (await viewer.get(`/api/runs/${evaluation}/outcomes?limit=100${search}`)).json<OutcomeList>();
const reportOf = async (): Promise<EvaluationReport> =>
  (await getRun(server.home.database, evaluation)).metrics as EvaluationReport;
const codeOf = ({ status, json }: Answer): unknown => [status, json<{ code: string }>().code];

describe("the list of runs", () => {
  test("has every run, the newest first, with its main figure", async () => {
    const runs = await runsOf();
    expect(runs.map(({ createdAt }) => createdAt)).toEqual(
      runs.map(({ createdAt }) => createdAt).toSorted((a, b) => b.localeCompare(a)),
    );
    const { figures } = await reportOf();
    const { value, interval } = figures.find(({ name }) => name === "plurality vote@5")!;
    expect(runs.find(({ id }) => id === evaluation)).toMatchObject({
      state: "finished",
      startedBy: null,
      target: "region",
      progress: { done: 2, epochs: 2 },
      main: { name: "plurality vote@5", value, interval },
    });
  });

  test("can be narrowed by system and state; another state is malformed", async () => {
    expect((await runsOf("?state=finished")).length).toBe((await runsOf()).length);
    expect(await runsOf("?state=failed")).toEqual([]);
    expect(await runsOf("?system=precedents/index")).toHaveLength(1);
    expect(codeOf(await viewer.get("/api/runs?state=sleeping"))).toEqual([400, "bad-usage"]);
  });
});

describe("one run", () => {
  test("tells its settings flat, its data, its epochs and what it measured", async () => {
    const run = await detailOf(evaluation);
    const report = await reportOf();
    expect(run.settings).toContainEqual({ name: "training.batchSize", value: "8" });
    expect(run.settings).toContainEqual({ name: "imageSizes", value: "64" });
    expect(run.data).toMatchObject({
      radiographs: report.trainRadiographs,
      patients: report.trainPatients,
      testRadiographs: report.testRadiographs,
      testPatients: report.testPatients,
    });
    expect(run.epochs.map(({ epoch, epochs, network }) => [epoch, epochs, network])).toEqual([
      [1, 2, 1],
      [2, 2, 1],
    ]);
    for (const { loss, validation, seconds, picturesPerSecond } of run.epochs) {
      for (const value of [loss, validation!.loss, seconds!, picturesPerSecond!]) expect(value).toBeGreaterThan(0);
    }
    expect(run.figures).toEqual(report.figures);
    expect(run.confusion).toEqual(report.confusion);
    expect(run.labels.map(({ label }) => label)).toEqual(report.confusion.labels);
    for (const [i, { precision, recall, support }] of run.labels.entries()) {
      const votes = report.confusion.counts.reduce((sum, row) => sum + row[i]!, 0);
      expect([precision === null, recall === null]).toEqual([votes === 0, support === 0]);
    }
    expect(run).toMatchObject({ hasOutcomes: true, hasNetworks: true, resume: null });
    expect(run.artefacts.find(({ name }) => name === "model.safetensors")!.bytes).toBeGreaterThan(1e7);
  });

  test("names no patient, not even whom it tests or was kept from", async () => {
    for (const run of [evaluation, training]) {
      const { text } = await viewer.get(`/api/runs/${run}`);
      expect(text).not.toMatch(/\bP\d{4}\b/); // as the centre's patients are called
      expect(text).not.toContain("testPatients.");
      expect(text).not.toContain("heldOutPatients");
    }
  });

  test("keeps networks in files that name no patient", async () => {
    for (const run of [evaluation, training]) {
      const { artefacts } = await detailOf(run);
      const models = artefacts.filter(({ name }) => /\.(safetensors|onnx)$/.test(name));
      expect(models.length).toBeGreaterThan(0);
      for (const { name } of models) {
        const text = Buffer.from(await server.home.files.readArtefact(run, name)).toString("latin1");
        expect(text).toContain(run);
        expect(text).not.toMatch(/"P\d{4}\b/);
      }
    }
  });

  test("gives its epochs from one on, and refuses what is no number", async () => {
    const answer = await viewer.get(`/api/runs/${training}/epochs?after=1`);
    expect(answer.json<RunEpochs>().epochs.map(({ epoch }) => epoch)).toEqual([2, 3]);
    expect(codeOf(await viewer.get(`/api/runs/${training}/epochs?after=x`))).toEqual([400, "bad-usage"]);
  });

  test("that is not there is told of by every route", async () => {
    const routes = ["", "/epochs", "/outcomes", "/grad-cams/x?label=a", "/metrics"];
    for (const route of routes) {
      const answer = await researcher.get(`/api/runs/..%2F..%2Fetc${route}`);
      expect(codeOf(answer), route).toEqual([404, "not-found"]);
    }
    expect(codeOf(await viewer.get(`/api/runs/comparison?first=${evaluation}&second=x`))).toEqual([404, "not-found"]);
    expect(codeOf(await viewer.get("/api/runs/comparison"))).toEqual([400, "bad-usage"]);
  });

  test("of an older Osteon shows the course that it kept at its end", async () => {
    const history = [1, 2, 3, 4].map((epoch) => ({ epoch, epochs: 4, loss: 1 / epoch, accuracy: epoch / 4 }));
    const settings = { target: "region", classes: ["a", "b"], epochs: 2, seed: 0, settings: { imageSizes: [64, 80] } };
    const plan = { system: "precedents/train", settings, fingerprint: "old" };
    const { run } = await continueOrCreateRun(server.home.database, plan);
    await finishRun(server.home.database, run.id, { metrics: { loss: 0.25, accuracy: 1, history }, at: new Date(0) });
    const detail = await detailOf(run.id);
    expect(detail.epochs.map(({ epoch, network, validation }) => [epoch, network, validation])).toEqual([
      [1, 1, null],
      [2, 1, null],
      [3, 2, null],
      [4, 2, null],
    ]);
    expect(detail).toMatchObject({ hasNetworks: false, confusion: null, labels: [], main: { value: 1 } });
  });

  test("whose process was killed is stopped, and goes on as a job where its settings are a preset's", async () => {
    const { settings } = await getRun(server.home.database, training);
    const startedBy = { person: { id: "p", name: "Person" }, job: "gone" };
    const plan = { system: "precedents/train", settings, fingerprint: "killed", startedBy };
    const { run } = await continueOrCreateRun(server.home.database, plan);
    expect(await detailOf(run.id)).toMatchObject({ state: "stopped", resume: null }); // its settings are no preset's
    const small = {
      ...(settings as object),
      settings: (await import("../../systems/precedents/index.ts")).presets.small,
    };
    const other = { ...plan, settings: { ...small, epochs: 3, seed: 5 }, fingerprint: "killed too" };
    const preset = await continueOrCreateRun(server.home.database, other);
    expect((await detailOf(preset.run.id)).resume).toEqual({
      request: {
        kind: "train-precedents",
        settings: {
          preset: "small",
          target: "entity",
          epochs: 3,
          imageSizes: [64, 80, 112],
          weights: null,
          seed: 5,
          holdOut: 0.5,
        },
      },
    });
  });
});

describe("the radiographs of an evaluation", () => {
  test("are those of the confusion matrix", async () => {
    const { confusion, testRadiographs } = await reportOf();
    expect((await outcomesOf("")).total).toBe(testRadiographs);
    for (const [i, label] of confusion.labels.entries()) {
      for (const [j, voted] of confusion.labels.entries()) {
        const { total, outcomes } = await outcomesOf(
          `&label=${encodeURIComponent(label)}&voted=${encodeURIComponent(voted)}`,
        );
        expect(total).toBe(confusion.counts[i]![j]!);
        for (const outcome of outcomes) expect(outcome.isRight).toBe(i === j);
      }
    }
    const [right, wrong] = [await outcomesOf("&result=right"), await outcomesOf("&result=wrong")];
    expect(right.total + wrong.total).toBe(testRadiographs);
  });

  test("come in parts that together are all", async () => {
    const all = (await outcomesOf("")).outcomes;
    const part = async (offset: number) =>
      (await viewer.get(`/api/runs/${evaluation}/outcomes?offset=${offset}&limit=3`)).json<OutcomeList>().outcomes;
    expect([...(await part(0)), ...(await part(3))]).toEqual(all.slice(0, 6));
    expect(await part(1000)).toEqual([]);
    expect(codeOf(await viewer.get(`/api/runs/${evaluation}/outcomes?limit=1000`))).toEqual([400, "bad-usage"]);
  });

  test("are none of a run that linked nothing", async () => {
    expect(codeOf(await viewer.get(`/api/runs/${training}/outcomes`))).toEqual([404, "not-found"]);
  });
});

describe("where the networks look", () => {
  const askFor = (image: string, search: string, run = evaluation): Promise<Answer> =>
    viewer.get(`/api/runs/${run}/grad-cams/${encodeURIComponent(image)}?${search}`);
  const firstImage = async (): Promise<string> => (await outcomesOf("")).outcomes[0]!.image;
  const kept = async (): Promise<number> =>
    (await readdir(join(phantom.home, "runs", evaluation, "grad-cam")).catch(() => [])).length;

  test("is a map over the picture's square, worked out once and then kept", async () => {
    const image = await firstImage();
    const { classes } = await detailOf(evaluation);
    const before = await kept();
    const search = `label=${encodeURIComponent(classes[0]!)}`;
    const [first, again] = await Promise.all([askFor(image, search), askFor(image, search)]);
    const cam = first.json<GradCamPicture>();
    expect(again.json()).toEqual(cam);
    expect(await kept()).toBe(before + 1);
    expect((await askFor(image, search)).json()).toEqual(cam);
    const { values, columns, rows, area } = cam.map;
    expect(values).toHaveLength(columns * rows);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    const side = Math.max(cam.picture.width, cam.picture.height);
    expect(area).toEqual({
      x: (cam.picture.width - side) / 2,
      y: (cam.picture.height - side) / 2,
      width: side,
      height: side,
    });
    expect(cam).toMatchObject({ label: classes[0], networks: 1, layer: "layer2" });
    expect(cam.predicted.probability).toBeGreaterThanOrEqual(cam.probability);
  });

  test("sums up over the classes to certainty, and the likeliest is the predicted one", async () => {
    const image = await firstImage();
    const { classes } = await detailOf(evaluation);
    const cams = await Promise.all(
      classes.map(async (label) => (await askFor(image, `label=${encodeURIComponent(label)}`)).json<GradCamPicture>()),
    );
    expect(cams.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    const likeliest = cams.toSorted((a, b) => b.probability - a.probability)[0]!;
    expect(likeliest.predicted).toEqual({ label: likeliest.label, probability: likeliest.probability });
  });

  test("differs from layer to layer; another layer is malformed", async () => {
    const image = await firstImage();
    const label = `label=${encodeURIComponent((await detailOf(evaluation)).classes[0]!)}`;
    const [fine, coarse] = [await askFor(image, `${label}&layer=layer2`), await askFor(image, `${label}&layer=layer4`)];
    expect(coarse.json<GradCamPicture>().map.values).not.toEqual(fine.json<GradCamPicture>().map.values);
    expect(codeOf(await askFor(image, `${label}&layer=fc`))).toEqual([400, "bad-usage"]);
  });

  test("is not told of a class that was not learned, an image that is not there, or a run without networks", async () => {
    const image = await firstImage();
    const [{ id: index }] = (await runsOf("?system=precedents/index")) as [RunList["runs"][number]];
    expect(codeOf(await askFor(image, "label=Nothing"))).toEqual([400, "bad-usage"]);
    expect(codeOf(await askFor(image, ""))).toEqual([400, "bad-usage"]);
    const known = `label=${encodeURIComponent((await detailOf(evaluation)).classes[0]!)}`;
    expect(codeOf(await askFor("..%2F..%2Fhome.json", known))).toEqual([404, "not-found"]);
    expect(codeOf(await askFor(image, known, index))).toEqual([404, "not-found"]);
  });
});

describe("two runs", () => {
  const compare = async (first: string, second: string): Promise<RunComparison> =>
    (await viewer.get(`/api/runs/comparison?first=${first}&second=${second}`)).json<RunComparison>();

  test("that are one differ in nothing", async () => {
    const { first, second, differences } = await compare(evaluation, evaluation);
    expect(first).toEqual(second);
    expect(differences!.map(({ name }) => name)).toEqual(first.figures.map(({ name }) => name));
    for (const { difference, interval, differs } of differences!)
      expect([difference, interval, differs]).toEqual([0, [0, 0], false]);
  });

  test("of which one linked nothing are not compared", async () => {
    expect((await compare(training, evaluation)).differences).toBeNull();
  });
});

describe("what is exported and started", () => {
  test("figures go out as CSV and JSON, and the audit log says so", async () => {
    const csv = await researcher.get(`/api/runs/${evaluation}/metrics?format=csv`);
    expect(csv.headers.get("content-type")).toContain("text/csv");
    expect(csv.headers.get("content-disposition")).toBe(`attachment; filename="${evaluation}.csv"`);
    const { figures, labels } = await reportOf();
    const lines = csv.text.trim().split("\n");
    expect(lines[0]).toBe("run,kind,name,label,value,low,high");
    expect(lines.filter((line) => line.startsWith(`${evaluation},figure,`))).toHaveLength(figures.length);
    expect(lines.filter((line) => line.startsWith(`${evaluation},label,`))).toHaveLength(4 * labels.length);
    const json = await researcher.get(`/api/runs/${evaluation}/metrics`);
    expect(json.json()).toEqual(await detailOf(evaluation));
    expect(codeOf(await researcher.get(`/api/runs/${evaluation}/metrics?format=xls`))).toEqual([400, "bad-usage"]);
    const entries = await listAudit(server.home.database, { limit: 50 });
    const exported = entries.filter(
      ({ action, subject }) => action.includes("exported figures") && subject === evaluation,
    );
    expect(exported.filter(({ outcome }) => outcome === "done")).toHaveLength(2);
  });

  test("a study's report is a page that runs and fetches nothing, for researchers", async () => {
    const { run } = await continueOrCreateRun(server.home.database, {
      system: studySystem,
      settings: {},
      fingerprint: "a study",
    });
    const address = `/api/runs/${run.id}/report`;
    expect(codeOf(await researcher.get(address))).toEqual([404, "not-found"]);
    await server.home.files.writeArtefact(run.id, studyReportName, "<!doctype html><title>Größe</title>");
    await finishRun(server.home.database, run.id, { metrics: {}, at: new Date() });
    expect((await detailOf(run.id)).hasReport).toBe(true);
    expect((await detailOf(evaluation)).hasReport).toBe(false);
    const { status, headers, text } = await researcher.get(address);
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'.*sandbox$/);
    expect(text).toContain("Größe");
    expect(codeOf(await viewer.get(address))).toEqual([403, "not-allowed"]);
    const [read] = (await listAudit(server.home.database, { limit: 50 })).filter(
      ({ action, outcome }) => action === "read report of run" && outcome === "done",
    );
    expect(read?.subject).toBe(run.id);
  });

  test("what can be learned is told with its epochs", async () => {
    const { presets, targets } = (await researcher.get("/api/runs/choices")).json<TrainingChoices>();
    expect(presets.map(({ name }) => name)).toEqual(["as-published", "recommended", "small"]);
    const region = targets.find(({ name }) => name === "region")!;
    const images = (await listImages(server.home.database)).filter((image) => image.region !== null);
    expect(region).toMatchObject({
      radiographs: images.length,
      classes: new Set(images.map((image) => image.region)).size,
      patients: new Set(images.map(({ patient }) => patient)).size,
    });
    expect(region.epochs.small).toBe(Math.max(5, Math.round(4500 / images.length)));
  });

  test("is for researchers; whoever has not logged in sees nothing", async () => {
    for (const path of [`/api/runs/${evaluation}/metrics`, "/api/runs/choices"]) {
      expect(codeOf(await viewer.get(path)), path).toEqual([403, "not-allowed"]);
    }
    const stranger = server.visitor();
    const paths = ["", "/choices", `/${evaluation}`, `/${evaluation}/outcomes`, `/${evaluation}/epochs`, "/comparison"];
    for (const path of paths)
      expect(codeOf(await stranger.get(`/api/runs${path}`)), path).toEqual([401, "not-logged-in"]);
    expect((await viewer.post("/api/jobs", { kind: "train-precedents", settings: {} })).status).toBe(403);
  });
});
