/**
 * The recommender on real radiographs: 1,400 knees of 700 patients of the Osteoarthritis Initiative, both sides, graded by Kellgren and
 * Lawrence (../shared/data/knee-oa224). By patient throughout: the grade by the vote of the nearest, beside what the same network's own
 * classifier says; precision@k; and, each patient linked to all by a network that did not learn from it, whether the other knee is
 * found where the own patient is allowed, and never where not. Nothing was chosen by these data.
 *
 * `npm run bench -- precedents-knee [folder] [patients] [-- words of osteon precedents study ...]`; a folder has the pictures and a
 * `labels.csv` with the columns image, patient, side, label. Reported are all patients, epochs and size as below.
 */

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import { type StudyReport, studyTables, tablesAsText } from "../src/systems/precedents/index.ts";
import type { Bench, Figure } from "./figure.ts";
import { figuresOfStudy, withInterval } from "./precedents-study.ts";

const usualFolder = resolve("../shared/data/knee-oa224");

/** Whole pictures, for they show a knee and nothing else; of any patient, for all have two. */
const protocol = ["--target", "label", "--crops", "whole", "--test", "any", "--models", "resnet", "--search", "0"];
/** Eight networks of six epochs on about 1,100 pictures end in half an hour on two cores. */
const told = ["--folds", "0", "--epochs", "6", "--image-size", "96"];

interface Knee {
  readonly image: string;
  readonly patient: string;
  readonly label: string;
}

export const precedentsKnee: Bench = async ({ args, say }) => {
  const [folder = usualFolder, patients = "", ...words] = args;
  if (!existsSync(join(folder, "labels.csv"))) {
    say(`${folder} has no labels.csv; nothing to measure.`);
    return [];
  }
  const all = parse(await readFile(join(folder, "labels.csv")), { columns: true, bom: true }) as Knee[];
  const chosen = new Set([...new Set(all.map(({ patient }) => patient))].slice(0, Number(patients) || undefined));
  const knees = all.filter(({ patient }) => chosen.has(patient));
  const place = await mkdtemp(join(tmpdir(), "osteon-precedents-knee-"));
  try {
    const [home, table] = [join(place, "home"), join(place, "labels.csv")];
    const rows = knees.map(({ image, patient, label }) => `${image},${patient},${label}\n`);
    await writeFile(table, `image,patient,label\n${rows.join("")}`);
    const files = knees.map(({ image }) => join(folder, image));
    await osteon(["import", "radiographs", ...files, "--labels", table, "--home", home, "--quiet"]);
    say(`${knees.length} knees of ${chosen.size} patients`);
    const study = await osteon([
      ...["precedents", "study", "--home", home, "--json", "--quiet"],
      ...protocol,
      ...told,
      ...words,
    ]);
    const [report] = jsonLines<StudyReport>(study);
    say(tablesAsText(studyTables(report!)));
    return [...figuresOfStudy(report!, study.seconds), ...figuresOfSiblings(report!)];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};

const figuresOfSiblings = ({ measures: { leaveOneOut } }: StudyReport): Figure[] => {
  const siblings = leaveOneOut?.siblings;
  if (!siblings) return [];
  const { nearest, amongK, medianRank, references, chance, foundWhenExcluded } = siblings;
  return [
    ...withInterval("the other knee is the very nearest, own patient allowed", nearest.value, nearest.interval),
    ...amongK.flatMap(({ k, figure }) =>
      withInterval(`the other knee is among the ${k} nearest, own patient allowed`, figure.value, figure.interval),
    ),
    { name: "median rank of the other knee", value: medianRank, unit: `of ${references}` },
    { name: "the other knee nearest by chance", value: 100 * chance, unit: "%" },
    { name: "the other knee found, own patient excluded", value: foundWhenExcluded, unit: "queries", wanted: "0" },
  ];
};
