/**
 * The recommender study on the phantom centre, by its whole protocol: the table of the original with intervals, the recommender beside both
 * baselines, and what the published figures are under each reading. The centre keeps the study's shares of entities and bones, and of
 * patients with one radiograph, who alone are tested. The networks are those of the preset `small`.
 *
 * `npm run bench -- precedents-study [patients] [seed] [-- words of osteon precedents study ...]`; reported are 360 patients of seed 7.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import { type StudyReport, studyTables, tablesAsText } from "../src/systems/precedents/index.ts";
import type { Bench, Figure } from "./figure.ts";

export const precedentsStudy: Bench = async ({ args, say }) => {
  const [patients = "360", seed = "7", ...words] = args;
  const place = await mkdtemp(join(tmpdir(), "osteon-precedents-study-"));
  try {
    const [home, centre] = [join(place, "home"), join(place, "centre")];
    const drawn = await osteon(["phantom", centre, "--patients", patients, "--seed", seed, "--quiet"]);
    say(`${patients} patients drawn in ${drawn.seconds.toFixed(0)} s`);
    const labels = join(centre, "labels.csv");
    await osteon(["import", "radiographs", join(centre, "pacs"), "--labels", labels, "--home", home, "--quiet"]);
    const study = await osteon(["precedents", "study", "--home", home, "--json", "--quiet", ...words]);
    const [report] = jsonLines<StudyReport>(study);
    say(tablesAsText(studyTables(report!)));
    return figuresOfStudy(report!, study.seconds);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};

/** The accuracies with their intervals, and how the recommender compares with each baseline. */
export const figuresOfStudy = (report: StudyReport, seconds: number): Figure[] => {
  const { measures, figures } = report;
  return [
    { name: "radiographs", value: report.radiographs, unit: "radiographs" },
    { name: "patients tested in some shuffle", value: report.testPatients, unit: "patients" },
    percent("the commonest label would be right", measures.chance.value),
    ...figures.flatMap(({ name, value, interval }) => withInterval(name, value, interval)),
    ...measures.differences.flatMap(({ first, second, difference, interval, differs }) => [
      percent(`${second} less ${first}`, difference, second === "recommender" ? ">= 0, or the reason" : undefined),
      percent(`${second} less ${first}, lower end`, interval[0]),
      percent(`${second} less ${first}, upper end`, interval[1]),
      { name: `${second} differs from ${first}`, value: Number(differs), unit: "1 = yes" },
    ]),
    percent("recall of the seven nearest by codes against exact cosine", measures.hashing.recallOfCodes),
    percent("recall of the seven nearest by hash tables", measures.hashing.recallOfTables),
    percent("of the references left to compare by hash tables", measures.hashing.candidates),
    { name: "study", value: seconds / 60, unit: "minutes", wanted: "< 40" },
  ];
};

const percent = (name: string, share: number, wanted?: string): Figure => ({
  name,
  value: 100 * share,
  unit: "%",
  ...(wanted === undefined ? {} : { wanted }),
});

/** A share and both ends of its interval by patient. */
export const withInterval = (
  name: string,
  value: number,
  interval: readonly [number, number] | null,
  wanted?: string,
): Figure[] => [
  percent(name, value, wanted),
  ...(interval ? [percent(`${name}, lower end`, interval[0]), percent(`${name}, upper end`, interval[1])] : []),
];
