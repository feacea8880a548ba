/**
 * Features to measure hash codes on, each set in three parts by patient: those on which everything is fitted, the archive (which holds
 * them and more), and the queries, whom neither the network nor the codes ever saw.
 */

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type PatientId, patientId } from "../src/clinic/ids.ts";
import { parseLabelsTable } from "../src/clinic/labels-table.ts";
import { type Matrix, rowOf, rowsAt } from "../src/numeric/matrix.ts";
import { Random } from "../src/numeric/random.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { readPrecedentIndex } from "../src/retrieval/index-file.ts";
import { latestFinishedRun, openHome } from "../src/store/index.ts";
import { findFiles, importRadiographs } from "../src/systems/cohort/index.ts";
import { buildIndex, presets, type Target, trainPrecedents } from "../src/systems/precedents/index.ts";

/** Some rows of features. */
export interface FeatureRows {
  readonly features: Matrix<Float32Array>;
  readonly patients: readonly PatientId[];
  readonly labels: readonly string[];
}

/** A set in its parts. */
export interface FeatureSet {
  readonly name: string;
  readonly training: FeatureRows;
  readonly archive: FeatureRows;
  readonly queries: FeatureRows;
}

/** What is said of a set while it is made. */
type Say = (line: string) => void;

const heldOutShare = 0.2;

/**
 * A phantom centre, by networks that learned the entities of four patients in five. Of the others, half are queries.
 *
 * @param patients about two radiographs each
 */
export const phantomFeatures = (patients: number, say: Say): Promise<FeatureSet> =>
  inFolder(async (folder) => {
    say(`Drawing a phantom centre of ${patients} patients`);
    await writePhantomCentre(join(folder, "centre"), { patients, seed: 7 });
    const files = await findFiles([join(folder, "centre", "pacs")]);
    const labels = await readFile(join(folder, "centre", "labels.csv"));
    return trainedFeatures(folder, { name: "phantom", files, labels, target: "entity", say });
  });

/** Knees of the Osteoarthritis Initiative, by networks that learned the grades of four patients in five; undefined where they lack. */
export const kneeFeatures = async (say: Say): Promise<FeatureSet | undefined> => {
  const knees = resolve("../shared/data/knee-oa224");
  if (!existsSync(knees)) return undefined;
  const table = join(knees, "labels.csv");
  const lines = (await readFile(table, "utf8")).trim().split("\n").slice(1);
  const files = lines.map((line) => join(knees, line.split(",")[0]!));
  const rows = lines.map((line) => line.split(",")).map(([image, patient, , grade]) => `${image},${patient},${grade}`);
  const labels = new TextEncoder().encode(["image,patient,label", ...rows].join("\n"));
  return inFolder((folder) => trainedFeatures(folder, { name: "knees", files, labels, target: "label", say }));
};

interface RadiographsToLearn {
  readonly name: string;
  readonly files: readonly string[];
  readonly labels: Uint8Array;
  readonly target: Target;
  readonly say: Say;
}

/** The directions that an index holds of radiographs, by networks that were kept from the patients of the queries. */
const trainedFeatures = async (
  folder: string,
  { name, files, labels, target, say }: RadiographsToLearn,
): Promise<FeatureSet> => {
  const now = (): Date => new Date();
  const home = await openHome(join(folder, "home"), {
    command: "bench hashing",
    create: true,
    since: now().toISOString(),
  });
  try {
    say(`Importing ${files.length} radiographs`);
    await importRadiographs(home, files, { labels: parseLabelsTable(labels) });
    say("Training");
    const settings = { ...presets.small, imageSizes: [64] };
    await trainPrecedents(home, { settings, seed: 0, target, holdOut: heldOutShare, now });
    say("Indexing");
    await buildIndex(home, { now });
    const run = await latestFinishedRun(home.database, "precedents/index");
    const { entries, directions, hashing } = await home.files.readThroughArtefact(run!.id, "index.osteon", (file) =>
      readPrecedentIndex(file),
    );
    const rows: FeatureRows = {
      features: directions,
      patients: entries.map(({ patient }) => patient),
      labels: entries.map(({ label }) => label ?? "?"),
    };
    return partsOf(name, rows, new Set(hashing.fittedOn));
  } finally {
    await home.close();
  }
};

/** Of the patients on whom nothing was fitted every other one asks; the others are only found. */
const partsOf = (name: string, rows: FeatureRows, fittedOn: ReadonlySet<PatientId>): FeatureSet => {
  const others = [...new Set(rows.patients)].filter((patient) => !fittedOn.has(patient)).sort();
  const asking = new Set(others.filter((_, i) => i % 2 === 0));
  const where = (keeps: (patient: PatientId) => boolean): FeatureRows => pick(rows, keeps);
  return {
    name,
    training: where((patient) => fittedOn.has(patient)),
    archive: where((patient) => !asking.has(patient)),
    queries: where((patient) => asking.has(patient)),
  };
};

const pick = ({ features, patients, labels }: FeatureRows, keeps: (patient: PatientId) => boolean): FeatureRows => {
  const at = [...patients.keys()].filter((i) => keeps(patients[i]!));
  return {
    features: rowsAt(features, at),
    patients: at.map((i) => patients[i]!),
    labels: at.map((i) => labels[i]!),
  };
};

/** How a synthetic archive is drawn. */
export interface ClusterShape {
  readonly radiographs: number;
  readonly queries: number;
}

const dimensions = 256;
/** Deviations of a kind, of a patient within it and of a radiograph of the patient, by axis. */
const spread = { kind: 1, patient: 0.6, radiograph: 0.3 };

/**
 * Synthetic features for size: kinds of which each has many patients of two radiographs, on axes whose variance falls as trained
 * networks' does. Queries are further patients of the same kinds.
 */
export const clusteredFeatures = ({ radiographs, queries }: ClusterShape): FeatureSet => {
  const random = new Random(3, "clustered features");
  const draw = (deviation: number): Float32Array =>
    Float32Array.from({ length: dimensions }, (_, j) => random.normal(0, deviation / Math.sqrt(1 + j / 4)));
  const kinds = Array.from({ length: 200 }, () => draw(spread.kind));
  const patients = (radiographs + queries) / 2;
  const rows: FeatureRows = {
    features: {
      rows: patients * 2,
      columns: dimensions,
      values: new Float32Array(patients * 2 * dimensions),
    },
    patients: Array.from({ length: patients * 2 }, (_, i) => patientId(`P${i >> 1}`)),
    labels: Array.from({ length: patients * 2 }, (_, i) => `kind ${(i >> 1) % kinds.length}`),
  };
  for (let p = 0; p < patients; p++) {
    const kind = kinds[p % kinds.length]!;
    const own = draw(spread.patient);
    for (const i of [2 * p, 2 * p + 1]) {
      const noise = draw(spread.radiograph);
      rowOf(rows.features, i).set(kind.map((value, j) => value + own[j]! + noise[j]!));
    }
  }
  const numberOf = (patient: PatientId): number => Number(patient.slice(1));
  return {
    name: `clustered, ${radiographs} radiographs`,
    training: pick(rows, (patient) => numberOf(patient) < 1_000),
    archive: pick(rows, (patient) => numberOf(patient) < radiographs / 2),
    queries: pick(rows, (patient) => numberOf(patient) >= radiographs / 2),
  };
};

const inFolder = async <Result>(make: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-hashing-"));
  try {
    return await make(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
