/**
 * What hash codes cost and lose: recall of the ten nearest radiographs by exact cosine, radiographs ranked by features, and time,
 * by family, bits and size of the shortlist; tables and probes in place of the scan; and FAISS's IndexLSH at equal bits on the same
 * directions. On phantom radiographs and on knees by trained networks, and on synthetic features for size. Queries are of patients on
 * whom nothing was fitted.
 *
 * `npm run bench -- hashing [phantom patients] [synthetic radiographs] [sets]`; 0 leaves a set out, and `sets` names some: phantom,knees.
 */

import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { imageId } from "../src/clinic/ids.ts";
import { type Matrix, rowOf } from "../src/numeric/matrix.ts";
import { type Hashing, hashFamilies, refuseFittedOn } from "../src/retrieval/hashing/hashing.ts";
import {
  exactNeighbours,
  hashNeighbours,
  type Neighbour,
  rerankedNeighbours,
  shortlist,
} from "../src/retrieval/neighbours.ts";
import {
  buildPrecedentIndex,
  type IndexQuery,
  type PrecedentIndex,
  queryOf,
} from "../src/retrieval/precedent-index.ts";
import { recallAgainst } from "../src/retrieval/recall.ts";
import { openSharedIndex, shareIndex } from "../src/retrieval/shared-index.ts";
import { fitHashing } from "../src/systems/precedents/fit-hashing.ts";
import { HashTables } from "../src/systems/precedents/study/hash-tables.ts";
import type { Bench, Figure } from "./figure.ts";
import { clusteredFeatures, type FeatureSet, kneeFeatures, phantomFeatures } from "./hashing-features.ts";

const k = 10;
const bitsTried = [64, 128, 256, 512, 1024];
const sharesTried = [0.01, 0.02, 0.05];
/** What `osteon precedents index` makes. */
const usual = { family: "random-hyperplanes", bits: 512 } as const;
const wantedRecall = 0.95;
const peerProgram = resolve("bench/faiss_lsh_peer.py");

/** Everything that is asked is a radiograph, so that FAISS, which knows no patients, is asked the same. */
const asked = { k, unit: "image", excludePatients: new Set<never>() } as const;

interface Asked {
  readonly set: FeatureSet;
  readonly index: PrecedentIndex;
  readonly queries: readonly IndexQuery[];
  readonly exact: readonly (readonly Neighbour[])[];
}

export const hashing: Bench = async ({ args, say }) => {
  const [phantomPatients = "480", radiographs = "100000", sets = "phantom,knees"] = args;
  const figures: Figure[] = [];
  const measure = async (set: FeatureSet | undefined): Promise<void> => {
    if (set) figures.push(...(await measureSet(set, say)));
  };
  if (Number(phantomPatients) > 0 && sets.includes("phantom"))
    await measure(await phantomFeatures(Number(phantomPatients), say));
  if (sets.includes("knees")) await measure(await kneeFeatures(say));
  if (Number(radiographs) > 0) await measure(clusteredFeatures({ radiographs: Number(radiographs), queries: 200 }));
  return figures;
};

const measureSet = async (set: FeatureSet, say: (line: string) => void): Promise<Figure[]> => {
  const { archive, training, queries } = set;
  say(
    `\n${set.name}: ${archive.features.rows} radiographs, ${queries.features.rows} queries, fitted on ${training.features.rows}`,
  );
  say(
    "family, bits | Hamming alone | ranked by features: 1 %, 2 %, 5 % | default (ranked) | right of 5 by Hamming | ms | fitted in s",
  );
  const figures: Figure[] = [];
  const usualOf: { recall?: number; hamming?: number } = {};
  const hammingOf = new Map<number, number>();
  for (const family of hashFamilies) {
    for (const bits of bitsTried) {
      const start = performance.now();
      const made = await fitHashing(training, { family, bits, seed: 1 });
      const seconds = (performance.now() - start) / 1e3;
      const own = askedOf(set, made);
      const line = measureCodes(own);
      say(`${family}, ${bits} | ${line.text} | ${seconds.toFixed(1)}`);
      if (family === usual.family) hammingOf.set(bits, line.hamming);
      if (family !== usual.family || bits !== usual.bits) continue;
      usualOf.recall = line.recall;
      figures.push(
        {
          name: `${set.name}: recall@${k} of the default`,
          value: line.recall,
          unit: "",
          wanted: `>= ${wantedRecall}`,
        },
        {
          name: `${set.name}: share of the archive ranked by features`,
          value: line.ranked / archive.features.rows,
          unit: "",
          wanted: archive.features.rows >= 1_000 ? "<= 0.05" : "a floor of 50 radiographs",
        },
        {
          name: `${set.name}: search, codes and features`,
          value: line.ms,
          unit: "ms",
          peer: "exact cosine",
          peerValue: line.exactMs,
        },
      );
      sayTables(own, say);
    }
  }
  const peers = await askPeer(set, askedOf(set, await fitHashing(training, { ...usual, seed: 1 })));
  if (!peers) say("python3-faiss is missing; there is no peer.");
  for (const { bits, recall } of peers ?? []) {
    say(`FAISS IndexLSH, ${bits} | ${recall.toFixed(3)}`);
    if (bits === usual.bits) {
      figures.push({
        name: `${set.name}: recall@${k} at ${bits} bits, default`,
        value: usualOf.recall!,
        unit: "",
        peer: "faiss.IndexLSH",
        peerValue: recall,
        ratio: usualOf.recall! / recall,
        wanted: "ratio >= 1",
      });
    }
    figures.push({
      name: `${set.name}: recall@${k} at ${bits} bits, Hamming alone`,
      value: hammingOf.get(bits)!,
      unit: "",
      peer: "faiss.IndexLSH",
      peerValue: recall,
      ratio: hammingOf.get(bits)! / recall,
    });
  }
  return figures;
};

/** The archive by these codes, and the queries with their exact answers. */
const askedOf = (set: FeatureSet, made: Hashing): Asked => {
  refuseFittedOn(made, set.queries.patients);
  const { features, patients, labels } = set.archive;
  const entries = patients.map((patient, i) => ({ image: imageId(`I${i}`), patient, label: labels[i]! }));
  const index = openSharedIndex(
    shareIndex(buildPrecedentIndex({ modelId: "bench", hashing: made, entries, features })),
  );
  const queries = rowsOf(set.queries.features).map((row) => queryOf(index, row));
  return { set, index, queries, exact: queries.map((query) => exactNeighbours(index, query, asked)) };
};

const measureCodes = ({ set, index, queries, exact }: Asked) => {
  const count = index.entries.length;
  const recallOf = (search: (query: IndexQuery) => readonly Neighbour[]): number =>
    mean(queries.map((query, i) => recallAgainst(exact[i]!, search(query))));
  const hamming = recallOf((query) => hashNeighbours(index, query, asked));
  const shares = sharesTried.map((share) =>
    recallOf((query) => rerankedNeighbours(index, query, { ...asked, ranked: Math.max(k, Math.floor(share * count)) })),
  );
  const recall = recallOf((query) => rerankedNeighbours(index, query, asked));
  const ranked = mean(queries.map((query) => shortlist(index, query, asked).length));
  const right = mean(
    queries.map((query, i) => {
      const found = hashNeighbours(index, query, { k: 5, excludePatients: new Set() });
      return mean(found.map(({ label }) => Number(label === set.queries.labels[i])));
    }),
  );
  const ms = timeOf(queries, (query) => rerankedNeighbours(index, query, asked));
  const exactMs = timeOf(queries, (query) => exactNeighbours(index, query, asked));
  const text = [
    hamming.toFixed(3),
    shares.map((share) => share.toFixed(3)).join(", "),
    `${recall.toFixed(4)} (${ranked})`,
    right.toFixed(3),
    `${ms.toFixed(2)} (exact ${exactMs.toFixed(2)})`,
  ].join(" | ");
  return { text, hamming, recall, ranked, ms, exactMs };
};

/** Tables in place of the scan: how many candidates they bring, and what the features find among the shortlist of these. */
const sayTables = ({ index, queries, exact }: Asked, say: (line: string) => void): void => {
  for (const tables of [4, 8, 16]) {
    for (const keyBits of [8, 12, 16]) {
      const filed = new HashTables(index.codes, { tables, keyBits, seed: 1 });
      for (const flips of [0, 1] as const) {
        const candidatesOf = ({ code }: IndexQuery): Uint32Array => filed.candidates(code, { flips });
        const search = (query: IndexQuery): readonly Neighbour[] =>
          rerankedNeighbours(index, query, { ...asked, candidates: candidatesOf(query) });
        const recall = mean(queries.map((query, i) => recallAgainst(exact[i]!, search(query))));
        const share = mean(queries.map((query) => candidatesOf(query).length)) / index.entries.length;
        const probes = tables * (1 + flips * keyBits);
        say(
          `  ${tables} tables of ${keyBits} bits, ${probes} probes: recall ${recall.toFixed(4)}, ` +
            `${(100 * share).toFixed(1)} % are candidates, ${timeOf(queries, search).toFixed(2)} ms`,
        );
      }
    }
  }
};

/** FAISS on the directions of this set; undefined where it is missing. */
const askPeer = async (
  { training, queries }: FeatureSet,
  { index }: Asked,
): Promise<readonly { bits: number; recall: number; ms: number }[] | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-faiss-"));
  try {
    const directions = (rows: Matrix<Float32Array>): Float32Array[] =>
      rowsOf(rows).map((row) => index.hashing.direction(row));
    await writeRows(join(folder, "training.f32"), directions(training.features));
    await writeRows(join(folder, "archive.f32"), rowsOf(index.directions));
    await writeRows(join(folder, "queries.f32"), directions(queries.features));
    const args = [folder, index.hashing.dimensions, k, ...bitsTried].map(String);
    const { status, stdout } = spawnSync("/usr/bin/python3", [peerProgram, ...args], { encoding: "utf8" });
    return status === 0 ? (JSON.parse(stdout) as { bits: number; recall: number; ms: number }[]) : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const writeRows = (path: string, rows: readonly Float32Array[]): Promise<void> =>
  writeFile(path, Buffer.concat(rows.map((row) => new Uint8Array(row.buffer, row.byteOffset, row.byteLength))));

const rowsOf = (matrix: Matrix<Float32Array>): Float32Array[] =>
  Array.from({ length: matrix.rows }, (_, i) => rowOf(matrix, i));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** In milliseconds a query. */
const timeOf = (queries: readonly IndexQuery[], search: (query: IndexQuery) => unknown): number => {
  const start = performance.now();
  for (const query of queries) search(query);
  return (performance.now() - start) / queries.length;
};
