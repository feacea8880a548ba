import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storedImage } from "../../test/support/stored-image.ts";
import { imageId, patientId } from "../clinic/ids.ts";
import { readAtlasGuide, writeAtlasGuide } from "./atlas-guides.ts";
import { type Acting, appendClusterActions } from "./cluster-labels.ts";
import { countClusterSplits, splitCluster, undoClusterSplit } from "./cluster-splits.ts";
import { clusterSizes, readClusters, writeClustering } from "./clusterings.ts";
import { type Database, openDatabase } from "./database.ts";
import { insertBatch } from "./images.ts";
import { listClusterSplits } from "./leaf-clusters.ts";
import { countMemberDecisions, decideOnMembers, listMemberDecisions } from "./member-decisions.ts";
import { continueOrCreateRun } from "./runs.ts";

let folder: string;
let database: Database;
let clustering: string;
const at = new Date("2026-01-02T03:04:05Z");
const anna: Acting = { reader: "anna", readerName: "Anna", at };
const ben: Acting = { reader: "ben", readerName: "Ben", at };

const member = (image: number) => ({ image: imageId(`image ${image}`), distance: image, outlier: false });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-cluster-splits-"));
  database = await openDatabase(join(folder, "database"));
  const { run } = await continueOrCreateRun(database, { system: "atlas/cluster", settings: {}, fingerprint: "f" });
  clustering = run.id;
  const images = Array.from({ length: 6 }, (_, i) => storedImage(`image ${i}`, { patient: patientId(`P${i}`) }));
  await insertBatch(database, { images, duplicates: [], quarantined: [] });
  await writeClustering(database, clustering, {
    at,
    clusters: [
      { cluster: 1, members: [0, 1, 2, 3].map(member) },
      { cluster: 2, members: [4, 5].map(member) },
    ],
  });
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const split = (id: string, cluster: number, ...parts: number[][]) =>
  splitCluster(database, clustering, {
    split: { id, cluster, parts: parts.map((images) => images.map(member)) },
    acting: anna,
  });
const label = (id: string, cluster: number) =>
  appendClusterActions(database, clustering, {
    actions: [{ id, cluster, kind: "label", label: "Knee", undoes: null }],
    acting: anna,
  });
const undo = (cluster: number) => undoClusterSplit(database, clustering, { cluster, by: "anna", at });
const sizes = async () => [...(await clusterSizes(database, clustering))];

describe("a split", () => {
  test("puts parts in the place of its cluster, which can still be read by its number", async () => {
    expect(await label("before", 1)).toEqual([]);
    expect(await split("split 1", 1, [0, 1], [2, 3])).toEqual([3, 4]);
    expect(await sizes()).toEqual([
      [3, 2],
      [4, 2],
      [2, 2],
    ]);
    expect((await readClusters(database, clustering)).map(({ cluster }) => cluster)).toEqual([3, 4, 2]);
    const [parent] = await readClusters(database, clustering, 1);
    expect(parent!.members.map(({ image }) => image)).toEqual(["image 0", "image 1", "image 2", "image 3"]);
    expect(await listClusterSplits(database, clustering)).toMatchObject([
      { cluster: 1, parts: [3, 4], by: { id: "anna", name: "Anna" }, at },
    ]);
  });

  test("that is sent again is done once; a cluster is split once", async () => {
    expect(await split("split 1", 1, [0, 1], [2, 3])).toEqual([3, 4]);
    await expect(split("split 2", 1, [0], [1, 2, 3])).rejects.toMatchObject({ code: "conflict" });
    await expect(split("split 1", 2, [4], [5])).rejects.toMatchObject({ code: "conflict" });
    await expect(split("split 3", 9, [4], [5])).rejects.toMatchObject({ code: "conflict" });
  });

  test("takes labels from its cluster and lets its parts have them; an old label can still be undone", async () => {
    expect(await label("late", 1)).toEqual([{ id: "late", detail: "Cluster 1 was split; label its parts." }]);
    const actions = [{ id: "undo", cluster: 1, kind: "undo" as const, label: null, undoes: "before" }];
    expect(await appendClusterActions(database, clustering, { actions, acting: anna })).toEqual([]);
    expect(await label("part", 4)).toEqual([]);
  });

  test("is undone while no part is labelled or split, and its numbers are never given again", async () => {
    await expect(undo(1)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("labelled") });
    const actions = [{ id: "undo part", cluster: 4, kind: "undo" as const, label: null, undoes: "part" }];
    await appendClusterActions(database, clustering, { actions, acting: anna });
    expect(await split("split 4", 3, [0], [1])).toEqual([5, 6]);
    await expect(undo(1)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("split itself") });
    await undo(3);
    await undo(1);
    await expect(undo(1)).rejects.toMatchObject({ code: "not-found" });
    expect(await sizes()).toEqual([
      [1, 4],
      [2, 2],
    ]);
    expect(await label("gone", 4)).toEqual([{ id: "gone", detail: expect.stringContaining("no cluster 4") }]);
    expect(await split("split 5", 1, [0], [1, 2, 3])).toEqual([7, 8]);
    expect(await countClusterSplits(database, clustering)).toEqual(new Map([["anna", 3]]));
  });
});

describe("decisions on radiographs", () => {
  const decide = (
    acting: Acting,
    id: string,
    decided: { cluster: number; images: number[]; verdict: "apart" | "open" },
  ) =>
    decideOnMembers(database, clustering, {
      decision: { ...decided, id, images: decided.images.map((i) => imageId(`image ${i}`)) },
      acting,
    });

  test("the newest stands; one on many radiographs, sent twice, is one action; one taken back is none", async () => {
    await decide(anna, "d1", { cluster: 2, images: [4, 5, 5], verdict: "apart" });
    await decide(anna, "d1", { cluster: 2, images: [4, 5, 5], verdict: "apart" });
    await decide(ben, "d2", { cluster: 2, images: [5], verdict: "open" });
    expect(await listMemberDecisions(database, clustering)).toEqual([
      { image: "image 4", cluster: 2, verdict: "apart", by: { id: "anna", name: "Anna" }, at },
    ]);
    expect(await countMemberDecisions(database, clustering)).toEqual(new Map([["anna", 1]]));
  });

  test("are refused for radiographs of another cluster, and under another's id", async () => {
    const strange = decide(ben, "d3", { cluster: 2, images: [4, 0], verdict: "apart" });
    await expect(strange).rejects.toMatchObject({ code: "bad-input" });
    const stolen = decide(ben, "d1", { cluster: 2, images: [4, 5], verdict: "apart" });
    await expect(stolen).rejects.toMatchObject({ code: "conflict" });
    expect(await listMemberDecisions(database, clustering)).toHaveLength(1);
  });
});

test("a guide takes the place of the earlier one of the same reader", async () => {
  expect(await readAtlasGuide(database, clustering, null)).toBeUndefined();
  const guide = { basis: "one", content: "{}", madeAt: at };
  await writeAtlasGuide(database, clustering, { reader: null, guide });
  await writeAtlasGuide(database, clustering, { reader: "anna", guide });
  await writeAtlasGuide(database, clustering, { reader: null, guide: { ...guide, basis: "two" } });
  expect(await readAtlasGuide(database, clustering, null)).toEqual({ ...guide, basis: "two" });
  expect(await readAtlasGuide(database, clustering, "anna")).toEqual(guide);
});
