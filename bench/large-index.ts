/**
 * An index of a large archive, as many radiographs as the first word says (20,000 where it says nothing): its features are drawn, 512
 * numbers each, with codes of 512 bits. How long it takes to write and to open, in a process of its own, what that keeps in memory, and
 * how long a link searches it once its radiograph is embedded.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageId, patientId } from "../src/clinic/ids.ts";
import { resNetFeatureLength } from "../src/models/resnet.ts";
import { Random } from "../src/numeric/random.ts";
import { precedentIndexParts } from "../src/retrieval/index-file.ts";
import { HomeFiles } from "../src/store/files.ts";
import { familiarityName, indexName, modelName, pastLinksName } from "../src/systems/precedents/artefacts.ts";
import { presets } from "../src/systems/precedents/config.ts";
import { encodeFamiliarity } from "../src/systems/precedents/familiarity.ts";
import { type IndexedImage, indexFeatures } from "../src/systems/precedents/index-features.ts";
import { encodePrecedentsModel } from "../src/systems/precedents/model.ts";
import { encodePastLinks, linkArchive } from "../src/systems/precedents/past-links.ts";
import { untrainedModel } from "../test/support/untrained-model.ts";
import type { Bench } from "./figure.ts";
import type { OpenedFigures } from "./open-large-index.ts";

const side = 32;
const labels = Array.from({ length: 20 }, (_, i) => `Entity ${i}`);
const radiographsPerPatient = 2;
const heldOutPatients = 100;

/** Features around one place for each label. */
const drawFeatures = (count: number) => {
  const random = new Random(1, "large index");
  const places = labels.map(() => Float32Array.from({ length: resNetFeatureLength }, () => Math.abs(random.normal())));
  const values = new Float32Array(count * resNetFeatureLength);
  for (let i = 0; i < count; i++) {
    const place = places[labelAt(i)]!;
    for (let j = 0; j < resNetFeatureLength; j++)
      values[i * resNetFeatureLength + j] = place[j]! + Math.abs(random.normal());
  }
  return { rows: count, columns: resNetFeatureLength, values };
};

const labelAt = (i: number): number => Math.floor(i / radiographsPerPatient) % labels.length;
const patientAt = (i: number) => patientId(`P${String(Math.floor(i / radiographsPerPatient)).padStart(8, "0")}`);

const drawImage = (i: number): IndexedImage => ({
  id: imageId(i.toString(16).padStart(64, "0")),
  patient: patientAt(i),
  entity: labels[labelAt(i)]!,
  region: null,
  label: null,
});

const open = async (root: string): Promise<OpenedFigures> => {
  const child = fork(join(import.meta.dirname, "open-large-index.ts"), [root]);
  const [figures] = (await once(child, "message")) as [OpenedFigures];
  return figures;
};

export const largeIndex: Bench = async ({ args, say }) => {
  const count = Number(args[0] ?? 20_000);
  const root = await mkdtemp(join(tmpdir(), "osteon-large-index-"));
  const files = new HomeFiles(root);
  try {
    say(`Drawing and hashing ${count} radiographs`);
    const model = untrainedModel("model", { imageSizes: [side], sourceSize: side, bits: presets.small.bits });
    const heldOut = new Set(Array.from({ length: heldOutPatients }, (_, i) => patientAt(i * radiographsPerPatient)));
    const images = Array.from({ length: count }, (_, i) => drawImage(i));
    const index = await indexFeatures(model, { images, features: drawFeatures(count), heldOut });
    say(`Linking ${heldOutPatients} past patients`);
    await files.writeArtefact("model", modelName, encodePrecedentsModel(model));
    await files.writeArtefact("index", familiarityName, encodeFamiliarity({ texture: null }));
    await files.writeArtefact("index", pastLinksName, encodePastLinks(linkArchive(index, { seed: 1, heldOut })));
    say("Writing and opening");
    const start = performance.now();
    await files.writeArtefact("index", indexName, precedentIndexParts(index));
    const writing = (performance.now() - start) / 1e3;
    const written = await files.listArtefacts("index");
    const { bytes } = written.find(({ name }) => name === indexName)!;
    const opened = await open(root);
    const gib = 2 ** 30;
    return [
      { name: `File of an index of ${count} radiographs`, value: bytes / gib, unit: "GiB" },
      { name: "Writing it, to the disk", value: writing, unit: "s" },
      { name: "Opening model and index, in a new process", value: opened.openingMs / 1e3, unit: "s" },
      { name: "Taking in what the archive knows of each", value: opened.knowingMs / 1e3, unit: "s" },
      { name: "Memory of that process", value: opened.memory / gib, unit: "GiB" },
      { name: "Search of a link, median", value: opened.searchMs, unit: "ms" },
      { name: "Search of a link, p95", value: opened.slowSearchMs, unit: "ms" },
      { name: "The same by the features of all, median", value: opened.exactMs, unit: "ms" },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};
