/**
 * Transfer on real radiographs: 63 knees of the Osteoarthritis Initiative, 41 without osteoarthritis (KL0) against 22 with definite
 * narrowing (KL3), one of a patient. The proportions are the study's (4.2); the grades are two that readers seldom confuse, and
 * KL4 is too rare. All knees of all other patients, their grades unread, are what the domain row is pretrained on; it begins
 * with ImageNet's weights, as the study's network did.
 *
 * `npm run bench -- transfer-knee [seeds] [first seed] [epochs]`; reported are ten seeds from 0. What was chosen beforehand was chosen
 * on seeds from 100.
 */

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { osteon } from "../scripts/osteon-process.ts";
import { Random } from "../src/numeric/random.ts";
import type { Bench } from "./figure.ts";
import { compareStarts, figuresOfStarts, pretrainOn } from "./transfer-study.ts";

const folder = resolve("../shared/data/knee-oa224");
const imageNet = resolve("../shared/data/weights/mobilenet_v1_0.25_224_1_default_1.tflite");
const task = [
  { grade: "KL0", patients: 41 },
  { grade: "KL3", patients: 22 },
];

interface Knee {
  readonly image: string;
  readonly patient: string;
  readonly grade: string;
}

const readKnees = async (): Promise<Knee[]> => {
  const lines = (await readFile(join(folder, "labels.csv"), "utf8")).trim().split("\n").slice(1);
  return lines.map((line) => {
    const [image, patient, , grade] = line.split(",") as [string, string, string, string];
    return { image, patient, grade };
  });
};

/** One knee each of as many patients as the task has of each grade. */
const drawTask = (knees: readonly Knee[]): Knee[] => {
  const drawn: Knee[] = [];
  for (const { grade, patients } of task.toReversed()) {
    const taken = new Set(drawn.map(({ patient }) => patient));
    const own = knees.filter((knee) => knee.grade === grade && !taken.has(knee.patient));
    const ofPatients = [...Map.groupBy(own, ({ patient }) => patient).values()];
    const order = new Random(63, "knees", grade).permutation(ofPatients.length);
    drawn.push(...Array.from(order.subarray(0, patients), (at) => ofPatients[at]![0]!));
  }
  return drawn;
};

export const transferKnee: Bench = async ({ args, say }) => {
  if (!existsSync(folder) || !existsSync(imageNet)) {
    say("../shared/data/knee-oa224 or ../shared/data/weights is missing; nothing to measure.");
    return [];
  }
  const [seeds = "10", firstSeed = "0", epochs = "10"] = args;
  const knees = await readKnees();
  const drawn = drawTask(knees);
  const known = new Set(drawn.map(({ patient }) => patient));
  const rest = knees.filter(({ patient }) => !known.has(patient));
  const place = await mkdtemp(join(tmpdir(), "osteon-transfer-knee-"));
  try {
    const home = join(place, "home");
    const importKnees = async (chosen: readonly Knee[], name: string, withGrade: boolean): Promise<void> => {
      const table = join(place, name);
      const rows = chosen.map(({ image, patient, grade }) => `${image},${patient}${withGrade ? `,${grade}` : ""}\n`);
      await writeFile(table, `image,patient${withGrade ? ",label" : ""}\n${rows.join("")}`);
      const files = chosen.map(({ image }) => join(folder, image));
      await osteon(["import", "radiographs", ...files, "--labels", table, "--home", home, "--quiet"]);
    };
    await importKnees(rest, "rest.csv", false);
    say(`${rest.length} knees of other patients to pretrain on, ${drawn.length} knees for the task`);
    const network = { network: "mobilenet_v1_0.25", imageSize: 96, clusterings: 2, weights: imageNet };
    await pretrainOn(home, network, say);
    await importKnees(drawn, "task.csv", true);
    const words = ["--target", "label", "--classes", task.map(({ grade }) => grade).join(",")];
    const report = await compareStarts(
      home,
      [...words, "--weights", `imagenet=${imageNet}`, "--seeds", seeds, "--seed", firstSeed, "--epochs", epochs],
      say,
    );
    return figuresOfStarts(report);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};
