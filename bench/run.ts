/** `npm run bench -- NAME [--json]`: measures the project and its peer in one run and prints a table. */

import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { disableTelemetry } from "../src/engine/no-telemetry.ts";
import type { Bench, Figure } from "./figure.ts";

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  engine: async () => (await import("./engine.ts")).engine,
  int8: async () => (await import("./int8.ts")).int8,
  regions: async () => (await import("./regions.ts")).regions,
  "prediction-sets": async () => (await import("./prediction-sets.ts")).predictionSets,
  link: async () => (await import("./link.ts")).link,
  "link-load": async () => (await import("./link-load.ts")).linkLoad,
  "fresh-start": async () => (await import("./fresh-start.ts")).freshStart,
  "large-index": async () => (await import("./large-index.ts")).largeIndex,
  retrieval: async () => (await import("./retrieval.ts")).retrieval,
  hashing: async () => (await import("./hashing.ts")).hashing,
  postgres: async () => (await import("./postgres.ts")).postgres,
  kmeans: async () => (await import("./kmeans.ts")).kmeans,
  "deep-cluster": async () => (await import("./deep-cluster.ts")).deepCluster,
  "atlas-phantom": async () => (await import("./atlas-phantom.ts")).atlasPhantom,
  profile: async () => (await import("./profile.ts")).profile,
  pacs: async () => (await import("./pacs.ts")).pacs,
  ingest: async () => (await import("./ingest.ts")).ingest,
  "ingest-memory": async () => (await import("./ingest-memory.ts")).ingestMemory,
  fuzz: async () => (await import("./fuzz.ts")).fuzz,
  "atlas-guide": async () => (await import("./atlas-guide.ts")).atlasGuide,
  "atlas-films": async () => (await import("./atlas-films.ts")).atlasFilms,
  labelling: async () => (await import("./labelling.ts")).labelling,
  cohort: async () => (await import("./cohort.ts")).cohort,
  "near-duplicates": async () => (await import("./near-duplicates.ts")).nearDuplicates,
  his: async () => (await import("./his.ts")).his,
  features: async () => (await import("./features.ts")).featuresOfFiles,
  reports: async () => (await import("./reports.ts")).reports,
  deidentify: async () => (await import("./deidentify.ts")).deidentify,
  "archive-page": async () => (await import("./archive-page.ts")).archivePage,
  "transfer-knee": async () => (await import("./transfer-knee.ts")).transferKnee,
  "transfer-phantom": async () => (await import("./transfer-phantom.ts")).transferPhantom,
  "code-leakage": async () => (await import("./code-leakage.ts")).codeLeakage,
  "precedents-study": async () => (await import("./precedents-study.ts")).precedentsStudy,
  "precedents-knee": async () => (await import("./precedents-knee.ts")).precedentsKnee,
  "burned-in-text": async () => (await import("./burned-in-text.ts")).burnedInText,
};

disableTelemetry();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { json: { type: "boolean" } },
});
const [name = "", ...args] = positionals;
const load = benches[name];
if (!load) {
  console.error(`Name one bench: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}

const rounded = (value: number | undefined): string =>
  value === undefined ? "-" : String(Number(value.toPrecision(4)));

const table = (figures: readonly Figure[]): string => {
  const rows = [
    ["figure", "value", "unit", "peer", "peer's value", "ratio", "wanted"],
    ...figures.map((f) => [
      f.name,
      rounded(f.value),
      f.unit,
      f.peer ?? "-",
      rounded(f.peerValue),
      rounded(f.ratio),
      f.wanted ?? "",
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

const bench = await load();
const figures = await bench({ args, say: (line) => console.error(line) });
const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
if (values.json) console.log(JSON.stringify({ bench: name, machine, figures }));
else console.log(`${machine}\n\n${table(figures)}`);
