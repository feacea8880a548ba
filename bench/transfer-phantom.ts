/**
 * Transfer on the phantom centre: Ewing sarcoma against osteosarcoma in patients under 18, one radiograph each of 41 and 22 patients, the
 * study's numbers (4.2). The study's second entity, acute osteomyelitis, is not among those that the phantom draws; of those,
 * osteosarcoma is what a paediatric Ewing sarcoma is most often mistaken for: aggressive, permeative, with periosteal reaction, in the
 * same long bones at the same age. The domain row is pretrained on a phantom archive of other patients with all entities, none
 * labelled; it begins with nothing, so that whatever it knows it has from radiographs.
 *
 * `npm run bench -- transfer-phantom [seeds] [first seed] [epochs] [network] [image size]`; reported are ten seeds from 0. What was
 * chosen beforehand was chosen on seeds from 100, and on other phantoms.
 */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { osteon } from "../scripts/osteon-process.ts";
import type { Entity } from "../src/clinic/entities.ts";
import { drawAll } from "../src/phantom/draw-pool.ts";
import { phantomPatients } from "../src/phantom/phantom-patients.ts";
import type { Bench } from "./figure.ts";
import { compareStarts, figuresOfStarts, pretrainOn } from "./transfer-study.ts";

const task: readonly { readonly entity: Entity; readonly patients: number }[] = [
  { entity: "Ewing sarcoma", patients: 41 },
  { entity: "Osteosarcoma", patients: 22 },
];
const adultAge = 18;

/** Another centre than the archive's, large enough to have as many patients of a rare entity. */
const taskCentre = { patients: 9999, seed: 63 };
const archive = { patients: 250, others: 150, seed: 42 };

/** Draws the task's radiographs into a folder, with the table of their labels. */
const drawTask = async (folder: string): Promise<string> => {
  await mkdir(folder);
  const all = phantomPatients(taskCentre).filter(({ ageYears }) => ageYears < adultAge);
  const chosen = task.flatMap(({ entity, patients }) =>
    all.filter((patient) => patient.entity === entity).slice(0, patients),
  );
  const rows = ["image,patient,entity"];
  const drawings = drawAll(
    chosen.map((patient) => ({ seed: taskCentre.seed, patient, examinationIndex: 0 })),
    2,
  );
  for await (const { file } of drawings) {
    const { id, entity } = chosen[rows.length - 1]!;
    const name = `task-${id}.dcm`;
    await writeFile(join(folder, name), file);
    rows.push(`${name},task ${id},${entity}`); // both centres count their patients from 1
  }
  const table = join(folder, "labels.csv");
  await writeFile(table, `${rows.join("\n")}\n`);
  return table;
};

export const transferPhantom: Bench = async ({ args, say }) => {
  const [seeds = "10", firstSeed = "0", epochs = "15", network = "mobilenet_v1_0.25", imageSize = "96"] = args;
  const place = await mkdtemp(join(tmpdir(), "osteon-transfer-phantom-"));
  try {
    const [home, centre, small] = [join(place, "home"), join(place, "centre"), join(place, "task")];
    const { patients, others, seed } = archive;
    const told = ["--patients", String(patients), "--archive", String(others), "--seed", String(seed), "--quiet"];
    await osteon(["phantom", centre, ...told]);
    const folders = [join(centre, "pacs"), join(centre, "archive")];
    const imported = await osteon(["import", "radiographs", ...folders, "--home", home, "--quiet"]);
    say(imported.stdout.trim().split("\n").at(-1)!);
    await pretrainOn(home, { network, imageSize: Number(imageSize), clusterings: 4 }, say);
    const table = await drawTask(small);
    await osteon(["import", "radiographs", small, "--labels", table, "--home", home, "--quiet"]);
    const words = ["--target", "entity", "--classes", task.map(({ entity }) => entity).join(",")];
    const report = await compareStarts(
      home,
      [...words, "--only", table, "--seeds", seeds, "--seed", firstSeed, "--epochs", epochs],
      say,
    );
    return figuresOfStarts(report, { "domain less nothing": ">= 10" });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};
