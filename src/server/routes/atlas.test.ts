/** The atlas over HTTP: who may do what, what is refused, and that readers read alone. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import { imageId, patientId } from "../../clinic/ids.ts";
import type { Cluster, ClusteringOverview, Disagreement } from "../../contract/atlas.ts";
import { continueOrCreateRun, insertBatch, unknownAcquisition, writeClustering } from "../../store/index.ts";

let server: RunningTestServer;
let viewer: Visitor;
let anna: Visitor;
let ben: Visitor;
let researcher: Visitor;
const clustering = "/api/atlas/clusterings/atlas-cluster-1";

beforeAll(async () => {
  server = await startTestServer();
  const { database } = server.home;
  const images = Array.from({ length: 4 }, (_, i) => ({
    ...unknownAcquisition,
    id: imageId(`${i}`),
    fileId: `${i}`,
    exposure: null,
    patient: patientId(`P${i}`),
    sourcePatient: null,
    nameFolder: null,
    fileName: `${i}.png`,
    format: "png" as const,
    pixelHash: `${i}`,
    colourfulness: 0,
    width: 1,
    height: 1,
    modality: null,
    origin: "internal" as const,
    label: null,
    entity: null,
    region: null,
    ageYears: null,
    sex: null,
    site: null,
    position: null,
    perceptualHash: null,
    geometry: null,
    nearDuplicateOf: null,
  }));
  await insertBatch(database, { images, duplicates: [], quarantined: [] });
  await continueOrCreateRun(database, { system: "atlas/cluster", settings: {}, fingerprint: "f" });
  await writeClustering(database, "atlas-cluster-1", {
    at: new Date("2026-01-02T03:04:05Z"),
    clusters: [
      { cluster: 1, members: [0, 1].map((i) => ({ image: imageId(`${i}`), distance: i, outlier: i === 1 })) },
      { cluster: 2, members: [{ image: imageId("2"), distance: 0, outlier: false }] },
      { cluster: 3, members: [{ image: imageId("3"), distance: 0, outlier: false }] },
    ],
  });
  viewer = await server.loggedIn("viewer");
  anna = await server.loggedIn("annotator");
  ben = await server.loggedIn("annotator");
  researcher = await server.loggedIn("researcher");
}, 120_000);
afterAll(() => server.close());

let drawn = 0;
const newId = (): string => `action-${String(++drawn).padStart(6, "0")}`;
const label = (cluster: number, word: string, kind: "label" | "adjudicate" = "label") => ({
  id: newId(),
  kind,
  cluster,
  label: word,
});
const act = (who: Visitor, ...actions: readonly object[]) => who.post(`${clustering}/actions`, { actions });
const overview = async (who: Visitor): Promise<ClusteringOverview> =>
  (await who.get(clustering)).json<ClusteringOverview>();

describe("who may do what", () => {
  test("nobody without a login", async () => {
    const stranger = server.visitor();
    for (const path of ["/api/atlas/regions", "/api/atlas/clusterings", clustering, `${clustering}/clusters/1`])
      expect((await stranger.get(path)).status).toBe(401);
  });

  test("a viewer looks, and neither labels, nor adds regions, nor sees disagreements, nor exports", async () => {
    expect((await viewer.get(`${clustering}/clusters/1`)).status).toBe(200);
    expect((await act(viewer, label(1, "Knee"))).status).toBe(403);
    expect((await viewer.post("/api/atlas/regions", { name: "Toe" })).status).toBe(403);
    expect((await viewer.get(`${clustering}/disagreements`)).status).toBe(403);
    expect((await viewer.get(`${clustering}/labels.csv`)).status).toBe(403);
    expect((await overview(viewer)).readers).toEqual([]);
  });

  test("an annotator does not export", async () => {
    expect((await anna.get(`${clustering}/labels.csv`)).status).toBe(403);
  });
});

describe("what is asked for", () => {
  test("a cluster's radiographs, the typical first, which a browser may keep", async () => {
    const answer = await viewer.get(`${clustering}/clusters/1`);
    expect(answer.json<Cluster>()).toEqual({
      cluster: 1,
      images: [
        { image: "0", distance: 0, outlier: false },
        { image: "1", distance: 1, outlier: true },
      ],
    });
    expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  });

  test.each([
    ["/api/atlas/clusterings/nothing", 404],
    ["/api/atlas/clusterings/..%2f..%2fetc", 404],
    [`/api/atlas/clusterings/${"x".repeat(99)}`, 404],
    [`${clustering}/clusters/4`, 404],
    [`${clustering}/clusters/0`, 400],
    [`${clustering}/clusters/first`, 400],
    ["/api/atlas/clusterings/nothing/clusters/1", 404],
    ["/api/atlas/clusterings/nothing/disagreements", 404],
  ])("%s is refused with %d", async (path, status) => {
    expect((await researcher.get(path)).status).toBe(status);
  });

  test.each([
    [{}],
    [{ actions: [] }],
    [{ actions: [{ kind: "label", cluster: 1, label: "Knee" }] }],
    [{ actions: [{ id: "short", kind: "label", cluster: 1, label: "Knee" }] }],
    [{ actions: [{ id: "long-enough", kind: "praise", cluster: 1, label: "Knee" }] }],
    [{ actions: [{ id: "long-enough", kind: "label", cluster: "1", label: "Knee" }] }],
    [{ actions: [{ id: "long-enough", kind: "label", cluster: 1.5, label: "Knee" }] }],
    [{ actions: [{ id: "long-enough", kind: "label", cluster: 1, label: "" }] }],
    [{ actions: [{ id: "long-enough", kind: "undo", cluster: 1 }] }],
    [{ actions: Array.from({ length: 501 }, () => label(1, "Knee")) }],
  ])("malformed actions are refused (%#)", async (body) => {
    const answer = await anna.post(`${clustering}/actions`, body);
    expect(answer.status).toBe(400);
    expect((await overview(anna)).readers).toEqual([]);
  });

  test("actions that cannot be are named, and the others are kept", async () => {
    const good = label(3, "Hip");
    const answer = await act(anna, label(9, "Knee"), label(3, "Nowhere"), good);
    expect(answer.status).toBe(200);
    expect(answer.json<{ refused: { detail: string }[] }>().refused.map(({ detail }) => detail)).toEqual([
      "There is no cluster 9; load the page anew.",
      'There is no region "Nowhere"; add it first.',
    ]);
    expect((await overview(anna)).clusters[2]).toMatchObject({ mine: "Hip", action: good.id });
    await act(anna, { id: newId(), kind: "undo", cluster: 3, undoes: good.id });
    expect((await overview(anna)).clusters[2]).toMatchObject({ mine: null, action: null });
  });

  test("a region is added once", async () => {
    const added = await anna.post("/api/atlas/regions", { name: "Toe", de: "Zeh" });
    expect(added.status).toBe(201);
    expect(added.json()).toEqual({ name: "Toe", code: "TO", de: "Zeh", synonyms: [] });
    expect((await anna.post("/api/atlas/regions", { name: "toe" })).status).toBe(422);
    expect((await anna.post("/api/atlas/regions", { name: "" })).status).toBe(400);
    const { regions } = (await viewer.get("/api/atlas/regions")).json<{ regions: { name: string }[] }>();
    expect(regions).toHaveLength(29);
  });
});

test("readers read alone, their disagreement is measured, decided and exported", async () => {
  const first = [label(1, "Knee"), label(2, "discard")];
  await act(anna, ...first);
  await act(anna, ...first); // sent again, as after a server's death
  const [seen] = (await overview(ben)).clusters;
  expect(seen).toMatchObject({ mine: null, others: 1, settled: null, disputed: false });
  expect(JSON.stringify(await overview(ben))).not.toContain("Knee");

  await act(ben, label(1, "Patella"), label(2, "discard"));
  const both = await overview(ben);
  expect(both.clusters.slice(0, 2)).toMatchObject([
    { mine: "Patella", settled: null, disputed: true },
    { mine: "discard", settled: "discard", disputed: false },
  ]);
  expect(both).toMatchObject({ settledClusters: 1, disputedClusters: 1 });
  expect(both.agreements).toMatchObject([{ clusters: 2, agreement: 0.5 }]);
  expect(both.readers.map(({ labelled, discarded }) => [labelled, discarded])).toEqual([
    [2, 1],
    [2, 1],
  ]);

  const { disagreements } = (await ben.get(`${clustering}/disagreements`)).json<{ disagreements: Disagreement[] }>();
  expect(disagreements).toHaveLength(1);
  expect(disagreements[0]!.labels.map((one) => one.label).sort()).toEqual(["Knee", "Patella"]);
  await act(ben, label(1, "Knee")); // persuaded: no longer read alone
  expect((await overview(ben)).agreements).toMatchObject([{ clusters: 2, agreement: 0.5 }]);
  await act(ben, label(1, "Patella"));

  await act(researcher, label(1, "Femur", "adjudicate"));
  expect((await overview(anna)).clusters[0]).toMatchObject({ mine: "Knee", settled: "Femur", disputed: false });
  const table = await researcher.get(`${clustering}/labels.csv`);
  expect(table.headers.get("content-type")).toContain("text/csv");
  const lines = table.text.trim().split("\n");
  expect(lines[0]).toMatch(/^cluster,region,images,settled,label of Person annotator/);
  expect(lines[1]).toMatch(/^1,Femur,2,decided,/);
  expect(lines[2]).toMatch(/^2,discard,1,agreed,/);
  expect(lines[3]).toMatch(/^3,,1,open,/);
});

test("who was told of others' labels, be it only whether they agree, reads no longer alone", async () => {
  const eva = await server.loggedIn("annotator");
  const idOf = async (who: Visitor): Promise<string> =>
    (await who.get("/api/session")).json<{ person: { id: string } }>().person.id;
  const agreementsOf = async (who: Visitor) => {
    const id = await idOf(who);
    return (await overview(anna)).agreements.filter(({ readers }) => readers.some((one) => one.id === id));
  };
  await act(anna, label(3, "Hip"));
  await act(ben, label(3, "Hip"));
  expect((await overview(eva)).clusters[2]).toMatchObject({ mine: null, others: 2, settled: null, disputed: false });

  await act(eva, label(3, "Hand"));
  expect((await overview(eva)).clusters[2]).toMatchObject({ mine: "Hand", settled: null, disputed: true });
  await act(eva, label(3, "Hip"));
  expect((await overview(eva)).clusters[2]).toMatchObject({ mine: "Hip", settled: "Hip" });
  expect((await agreementsOf(eva)).map(({ agreement }) => agreement)).toEqual([0, 0]);

  expect((await researcher.get(`${clustering}/labels.csv`)).status).toBe(200);
  await act(researcher, label(3, "Hip"));
  expect(await agreementsOf(researcher)).toEqual([]);
});

test("nobody's actions are kept under the name of who has logged in since", async () => {
  const { person } = (await anna.get("/api/session")).json<{ person: { id: string } }>();
  const body = { reader: person.id, actions: [label(2, "discard")] };
  expect((await ben.post(`${clustering}/actions`, body)).status).toBe(403);
  expect((await anna.post(`${clustering}/actions`, body)).json()).toEqual({ refused: [] });
});

test("what readers did stands in the audit log, without labels of patients or files", async () => {
  const administrator = await server.loggedIn("administrator");
  const log = (await administrator.get("/api/audit?limit=500")).text;
  for (const action of [
    "labelled clusters",
    "viewed cluster",
    "viewed disagreements",
    "exported labels",
    "added region",
  ])
    expect(log).toContain(action);
});
