import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storedImage } from "../../../test/support/stored-image.ts";
import { patientId } from "../../clinic/ids.ts";
import { transferChoices } from "../../contract/transfer.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  insertBatch,
  openHome,
  writeClustering,
} from "../../store/index.ts";
import { pretrainSystem, transferPresets } from "../../systems/transfer/index.ts";
import { transferChoicesOf } from "./transfer-choices.ts";

let folder: string;
let home: Home;
const at = new Date("2026-01-02T03:04:05Z");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-choices-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: at.toISOString(), create: true });
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

test("an empty home offers presets and networks, and nothing to learn from", async () => {
  const choices = transferChoices.parse(await transferChoicesOf(home));
  expect(choices.presets.map(({ name }) => name)).toEqual(["as-published", "recommended", "small"]);
  expect(choices).toMatchObject({ clusterings: [], pretrained: [], weights: [] });
  expect(choices.targets.every(({ classes }) => classes.length === 0)).toBe(true);
});

test("a home offers its clusterings, finished pretrainings, files of weights, and the classes of each target", async () => {
  const { database } = home;
  const images = Array.from({ length: 7 }, (_, i) =>
    storedImage(`image-${i}`, {
      patient: patientId(`P${i >> 1}`),
      entity: i < 2 ? "Ewing sarcoma" : i < 6 ? "Osteosarcoma" : null,
    }),
  );
  await insertBatch(database, { images, duplicates: [], quarantined: [] });
  const run = async (system: string, settings: unknown, metrics?: unknown): Promise<string> => {
    const started = await continueOrCreateRun(database, { system, settings, fingerprint: JSON.stringify(settings) });
    if (metrics) await finishRun(database, started.run.id, { metrics, at });
    return started.run.id;
  };
  const clustering = await run("atlas/cluster", {}, {});
  const members = images.map(({ id }, rank) => ({ image: id, distance: rank, outlier: false }));
  await writeClustering(database, clustering, { clusters: [{ cluster: 1, members }], at });
  const settings = { settings: transferPresets.small };
  const done = await run(pretrainSystem, settings, { network: "resnet18", clusters: 9, radiographs: 5 });
  await run(pretrainSystem, { ...settings, seed: 1 });
  await mkdir(join(home.files.root, "weights"));
  await writeFile(join(home.files.root, "weights", "resnet18.pth"), "any");

  const choices = transferChoices.parse(await transferChoicesOf(home));
  expect(choices.clusterings).toEqual([{ run: clustering, clusters: 1, images: 7 }]);
  expect(choices.pretrained).toEqual([{ run: done, network: "resnet18", imageSize: 64, clusters: 9, radiographs: 5 }]);
  expect(choices.weights).toEqual(["resnet18.pth"]);
  expect(choices.targets[0]).toEqual({
    name: "entity",
    classes: [
      { name: "Osteosarcoma", radiographs: 4, patients: 2 },
      { name: "Ewing sarcoma", radiographs: 2, patients: 1 },
    ],
  });
  expect(choices.presets.find(({ name }) => name === "small")!.pretrainEpochs).toBe(Math.round(20_000 / 6));
});
