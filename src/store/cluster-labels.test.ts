import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foldActions } from "../clinic/atlas/fold-actions.ts";
import { imageId, patientId } from "../clinic/ids.ts";
import { addRegion, listRegions } from "./atlas-regions.ts";
import {
  type Acting,
  appendClusterActions,
  discloseClusters,
  listClusterActions,
  listDisclosures,
  type NewClusterAction,
} from "./cluster-labels.ts";
import { clusterSizes, findClustering, listClusterings, readClusters, writeClustering } from "./clusterings.ts";
import { type Database, openDatabase } from "./database.ts";
import { continueOrCreateRun } from "./runs.ts";

let folder: string;
let database: Database;
let clustering: string;
const at = new Date("2026-01-02T03:04:05Z");
const anna: Acting = { reader: "anna", readerName: "Anna", at };
const ben: Acting = { reader: "ben", readerName: "Ben", at };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-cluster-labels-"));
  database = await openDatabase(join(folder, "database"));
  const { run } = await continueOrCreateRun(database, { system: "atlas/cluster", settings: {}, fingerprint: "f" });
  clustering = run.id;
  await database
    .insertInto("images")
    .values(
      Array.from({ length: 6 }, (_, i) => ({
        id: `image ${i}`,
        file_id: `image ${i}`,
        patient_id: patientId(`P${i}`),
        file_name: `${i}.dcm`,
        format: "dicom" as const,
        pixel_hash: `${i}`,
        colourfulness: 0,
        width: 1,
        height: 1,
        origin: "internal" as const,
      })),
    )
    .execute();
  const member = (image: number, distance: number) => ({
    image: imageId(`image ${image}`),
    distance,
    outlier: distance > 2,
  });
  await writeClustering(database, clustering, {
    at,
    clusters: [
      { cluster: 1, members: [member(3, 0.5), member(0, 1), member(5, 3)] },
      { cluster: 2, members: [member(1, 0), member(2, 0)] },
      { cluster: 3, members: [member(4, 0)] },
    ],
  });
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const label = (id: string, cluster: number, word: string): NewClusterAction => ({
  id,
  cluster,
  kind: "label",
  label: word,
  undoes: null,
});
const undo = (id: string, cluster: number, undoes: string): NewClusterAction => ({
  id,
  cluster,
  kind: "undo",
  label: null,
  undoes,
});
const append = (acting: Acting, ...actions: NewClusterAction[]) =>
  appendClusterActions(database, clustering, { actions, acting });

test("a clustering is read as it was written, and is never written over", async () => {
  expect(await readClusters(database, clustering, 1)).toEqual([
    {
      cluster: 1,
      members: [
        { image: "image 3", distance: 0.5, outlier: false },
        { image: "image 0", distance: 1, outlier: false },
        { image: "image 5", distance: 3, outlier: true },
      ],
    },
  ]);
  expect([...(await clusterSizes(database, clustering))]).toEqual([
    [1, 3],
    [2, 2],
    [3, 1],
  ]);
  await writeClustering(database, clustering, { at, clusters: [] });
  expect((await readClusters(database, clustering)).map(({ cluster }) => cluster)).toEqual([1, 2, 3]);
  expect(await listClusterings(database)).toEqual([{ id: clustering, clusters: 3, images: 6, madeAt: at }]);
  expect((await findClustering(database)).id).toBe(clustering);
  await expect(findClustering(database, "another")).rejects.toMatchObject({ code: "not-found" });
});

describe("actions", () => {
  test("are kept in order; sent again, they are kept once", async () => {
    const actions = [label("a1", 1, "Knee"), label("a2", 1, "discard"), undo("a3", 1, "a2"), label("a4", 2, "Hip")];
    expect(await append(anna, ...actions)).toEqual([]);
    expect(await append(anna, ...actions, label("a5", 2, "Foot"))).toEqual([]);
    const kept = await listClusterActions(database, clustering);
    expect(kept.map(({ id }) => id)).toEqual(["a1", "a2", "a3", "a4", "a5"]);
    expect(kept[0]).toMatchObject({
      reader: "anna",
      readerName: "Anna",
      at,
      kind: "label",
      label: "Knee",
      undoes: null,
    });
    const readings = foldActions(kept);
    expect(readings.get(1)!.labels[0]!.label).toBe("Knee");
    expect(readings.get(2)!.labels[0]!.label).toBe("Foot");
  });

  test.each([
    [label("b1", 0, "Knee"), "no cluster 0"],
    [label("b1", 4, "Knee"), "no cluster 4"],
    [label("b1", 1, "Kne"), "no region"],
    [label("a1", 1, "Hip"), "Another action has this id"],
    [undo("b1", 1, "nothing"), "names an action that is kept"],
    [undo("b1", 1, "a3"), "cannot be undone"],
    [undo("b1", 1, "a1"), "one's own"],
    [{ ...label("b1", 1, "Knee"), label: null }, "needs one"],
  ])("%j is refused with the reason, and the others are kept", async (action, reason) => {
    const good = label(`good ${reason}`, 3, "Hand");
    const refused = await append(ben, action, good);
    expect(refused).toEqual([{ id: action.id, detail: expect.stringContaining(reason) }]);
    expect((await listClusterActions(database, clustering)).at(-1)!.id).toBe(good.id);
  });
});

test("that a reader saw the others' labels is kept once, the first time", async () => {
  const before = (await listClusterActions(database, clustering)).at(-1)!.number;
  await discloseClusters(database, clustering, { reader: "ben", clusters: [1, 2] });
  await append(ben, label("c1", 1, "Foot"));
  await discloseClusters(database, clustering, { reader: "ben", clusters: [2, 3] });
  const seen = await listDisclosures(database, clustering);
  expect(seen.map(({ cluster, after }) => [cluster, after])).toEqual([
    [1, before],
    [2, before],
    [3, before + 1],
  ]);
});

test("a region of the centre's own gets a code, can be given, and is refused a second time in any spelling", async () => {
  const added = await addRegion(database, { name: "Hindfoot", de: "Rückfuß" }, { by: "anna", at });
  expect(added).toEqual({ name: "Hindfoot", code: "HN", de: "Rückfuß", synonyms: [] });
  expect((await listRegions(database)).at(-1)).toEqual(added);
  expect(await append(anna, label("d1", 1, "Hindfoot"))).toEqual([]);
  for (const name of ["hind-foot", "Rueckfuss", "KNEE", "Knie", "discard", " Toe", "", "?"])
    await expect(addRegion(database, { name }, { by: "anna", at })).rejects.toMatchObject({ code: "bad-input" });
});
