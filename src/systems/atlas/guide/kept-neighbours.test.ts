import { mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { groupRadiographs } from "../../../../test/support/grouped-radiographs.ts";
import { patientId } from "../../../clinic/ids.ts";
import { type Home, openHome } from "../../../store/index.ts";
import type { GuideData } from "./guide-data.ts";
import { neighboursOfClustering } from "./kept-neighbours.ts";
import { findNeighbours } from "./neighbours.ts";

let folder: string;
let home: Home;
const { data } = groupRadiographs({ regions: 3, clustersPerRegion: 3, seed: 1 });
const run = "atlas-cluster-1";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-neighbours-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: "2026-01-02T03:04:05Z", create: true });
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

/** The neighbours, and whether they were looked for. */
const ask = async (of: GuideData = data) => {
  let isSought = false;
  const onProgress = (): void => {
    isSought = true;
  };
  return { found: await neighboursOfClustering(home, run, { data: of, most: 7, onProgress }), isSought };
};

test("neighbours are looked for once, and again where the file is damaged or a patient is another", async () => {
  const wanted = await findNeighbours(data, { most: 7 });
  expect(await ask()).toEqual({ found: wanted, isSought: true });
  expect(await ask()).toEqual({ found: wanted, isSought: false });

  await truncate(join(home.files.root, "runs", run, "guide", "neighbours.safetensors"), 1000);
  expect(await ask()).toEqual({ found: wanted, isSought: true });
  expect((await ask()).isSought).toBe(false);

  const other = { ...data, patients: data.patients.map((patient, row) => (row < 9 ? patientId("one") : patient)) };
  expect(await ask(other)).toEqual({ found: await findNeighbours(other, { most: 7 }), isSought: true });
});
