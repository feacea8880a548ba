/**
 * The recommender study's cohort from a synthetic centre as a hospital would give it: radiographs as DICOM, tables with
 * errors, reports. `npm run bench -- cohort [PATIENTS]`, 2,000 by default. The flow must add up at every step and equal the
 * centre's own count, and the members must be those whom the truth makes members.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import { buildCohort, type FlowCount } from "../src/clinic/cohorts/build-cohort.ts";
import { parseCohortDefinition } from "../src/clinic/cohorts/definition.ts";
import { type CohortImage, gatherSubjects } from "../src/clinic/cohorts/subject.ts";
import { imageId, type PatientId } from "../src/clinic/ids.ts";
import type { CaseRecord, PatientRecord } from "../src/clinic/records.ts";
import { openHome, readCohort } from "../src/store/index.ts";
import type { Bench, Figure } from "./figure.ts";

const definitionFile = join(import.meta.dirname, "..", "studies", "cohorts", "precedents.json");
const tables = ["patients.csv", "cases.csv", "follow-up.xlsx"];

export const cohort: Bench = async ({ args: [patients = "2000"], say }) => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-cohort-"));
  try {
    const [centre, home] = [join(folder, "centre"), join(folder, "home")];
    say(`Drawing a centre of ${patients} patients.`);
    await osteon(["phantom", centre, "--records", "--patients", patients, "--seed", "41", "--quiet"]);
    say("Importing radiographs, tables and reports.");
    const radiographs = await osteon(["import", "radiographs", join(centre, "pacs"), "--home", home, "--json"]);
    for (const table of tables) {
      await osteon(["import", "table", join(centre, "his", table), "--accept", "--home", home, "--json"]);
    }
    await osteon(["import", "reports", join(centre, "reports"), "--home", home, "--json"]);
    const built = await osteon(["cohort", "build", definitionFile, "--home", home, "--json"]);
    const [{ start, flow }] = jsonLines<{ start: FlowCount["remaining"]; flow: FlowCount[] }>(built) as [never];
    const members = await membersIn(home);
    return [
      { name: "radiographs imported", value: jsonLines<{ imported: number }>(radiographs)[0]!.imported, unit: "files" },
      ...(await compareFlow(centre, start, flow)),
      ...(await compareMembers(centre, members)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const membersIn = async (directory: string): Promise<Set<PatientId>> => {
  const home = await openHome(directory, { command: "bench cohort", since: new Date().toISOString() });
  try {
    return new Set((await readCohort(home.database, "precedents")).members.map(({ patient }) => patient));
  } finally {
    await home.close();
  }
};

/** Each step beside the centre's own count, and how many steps add up and agree. */
const compareFlow = async (
  centre: string,
  start: FlowCount["remaining"],
  flow: readonly FlowCount[],
): Promise<Figure[]> => {
  const truth = JSON.parse(await readFile(join(centre, "truth", "flow.json"), "utf8")) as {
    step: string;
    excluded: number;
    remaining: number;
  }[];
  const steps = flow.map(({ excluded, remaining }, i) => ({
    excluded: excluded.patients,
    remaining: remaining.patients,
    before: i === 0 ? start.patients : flow[i - 1]!.remaining.patients,
  }));
  const addUp = steps.filter(({ excluded, remaining, before }) => excluded + remaining === before).length;
  const agree = steps.filter(
    ({ excluded, remaining }, i) => truth[i + 1]?.excluded === excluded && truth[i + 1]?.remaining === remaining,
  ).length;
  return [
    { name: "patients at the start", value: start.patients, unit: "patients", wanted: `${truth[0]!.remaining}` },
    ...flow.map(({ reason, remaining, excluded }, i) => ({
      name: `excluded: ${reason}`,
      value: excluded.patients,
      unit: `of ${steps[i]!.before}, ${remaining.patients} left`,
      wanted: `${truth[i + 1]!.excluded}, ${truth[i + 1]!.remaining} left`,
    })),
    { name: "steps that add up", value: addUp, unit: `of ${flow.length}`, wanted: `${truth.length - 1}` },
    { name: "steps that equal the truth", value: agree, unit: `of ${flow.length}`, wanted: `${truth.length - 1}` },
  ];
};

/** The same definition, applied to the truth of the centre instead of its tables and headers. */
const compareMembers = async (centre: string, members: ReadonlySet<PatientId>): Promise<Figure[]> => {
  const lines = async <T>(name: string): Promise<T[]> =>
    (await readFile(join(centre, "truth", name), "utf8"))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as T);
  const patients = await lines<PatientRecord>("patients.jsonl");
  const cases = await lines<CaseRecord>("cases.jsonl");
  const images = await lines<{ file: string; patient: PatientId; date: string; origin: CohortImage["origin"] }>(
    "images.jsonl",
  );
  const taken = images
    .filter(({ file }) => file.startsWith("pacs/"))
    .map(({ file, ...image }) => ({ ...image, image: imageId(file) }));
  const definition = parseCohortDefinition(await readFile(definitionFile, "utf8"));
  const truth = new Set(
    buildCohort(definition, gatherSubjects({ patients, cases }, taken)).members.map(({ patient }) => patient),
  );
  return [
    { name: "members", value: members.size, unit: "patients", wanted: `${truth.size}` },
    { name: "members who should be none", value: members.difference(truth).size, unit: "patients", wanted: "0" },
    { name: "missing members", value: truth.difference(members).size, unit: "patients", wanted: "0" },
  ];
};
