/**
 * Searching codes: a million of 256 bits (or as many as the first word says), top 10, beside FAISS on one thread in turns; through
 * buckets on clustered codes (`clustered-codes.ts`); and the store that keeps them: inserts that are on the disk, opening, memory.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { imageId, patientId } from "../src/clinic/ids.ts";
import { type BinaryCodes, codeOf } from "../src/retrieval/binary-codes.ts";
import { BucketSearch } from "../src/retrieval/search/bucket-search.ts";
import { buildBuckets, defaultBuckets } from "../src/retrieval/search/code-buckets.ts";
import { CodeMemory } from "../src/retrieval/search/code-memory.ts";
import { CodeScanner } from "../src/retrieval/search/code-scanner.ts";
import { CodeStore } from "../src/retrieval/search/code-store.ts";
import type { FoundCode } from "../src/retrieval/search/nearest-list.ts";
import { codesPerPatient, drawClusteredCodes, drawUniformCodes } from "./clustered-codes.ts";
import { type Bench, beside, type Figure, median } from "./figure.ts";

const bits = 256;
const k = 10;
const queryCount = 50;
const rounds = 3;

/** Milliseconds of every query, and how far what was found is. */
interface Answers {
  readonly ms: readonly number[];
  readonly distances: readonly (readonly number[])[];
}

type Search = (query: Uint32Array, i: number) => readonly FoundCode[];

const ask = (queries: BinaryCodes, search: Search): Answers => {
  const ms: number[] = [];
  const distances = Array.from({ length: queries.count }, (_, i) => {
    const query = codeOf(queries, i);
    const start = performance.now();
    const found = search(query, i);
    ms.push(performance.now() - start);
    return found.map(({ distance }) => distance);
  });
  return { ms, distances };
};

/** Share of answers as near as the exact search's last; which of those equally far is named is of no matter. */
const recallOf = (answers: Answers, exact: Answers): number => {
  const near = answers.distances.map((found, i) => found.filter((d) => d <= exact.distances[i]!.at(-1)!).length);
  return near.reduce((sum, n) => sum + n, 0) / (answers.distances.length * k);
};

/** FAISS in a process that holds its indexes; null where it is missing. */
class FaissPeer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess) {
    this.#process = process;
    this.#lines = createInterface({ input: process.stdout! })[Symbol.asyncIterator]();
  }

  static async start(folder: string, codes: BinaryCodes, queries: BinaryCodes): Promise<FaissPeer | null> {
    if (spawnSync("/usr/bin/python3", ["-c", "import faiss"]).status !== 0) return null;
    const [codesPath, queriesPath] = [join(folder, "codes.bin"), join(folder, "queries.bin")];
    await writeFile(codesPath, codes.values);
    await writeFile(queriesPath, queries.values);
    const program = join(import.meta.dirname, "faiss_codes_peer.py");
    const args = [program, codesPath, queriesPath, String(bits), String(k)];
    const peer = new FaissPeer(spawn("/usr/bin/python3", args, { stdio: ["pipe", "pipe", "inherit"] }));
    await peer.#lines.next();
    return peer;
  }

  async ask(round: string): Promise<Answers> {
    this.#process.stdin!.write(`${round}\n`);
    return JSON.parse((await this.#lines.next()).value as string) as Answers;
  }

  async end(): Promise<void> {
    const exit = once(this.#process, "exit");
    this.#process.stdin!.end();
    await exit;
  }
}

/** Asks several in turns, so that what else the machine does meets all alike; the first turn warms up. */
const inTurns = async (contenders: Readonly<Record<string, () => Promise<Answers> | Answers>>) => {
  const all: Record<string, Answers[]> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const [name, answer] of Object.entries(contenders)) {
      const answers = await answer();
      if (round > 0) all[name] = [...(all[name] ?? []), answers];
    }
  }
  return all;
};

const queriesASecond = (answers: readonly Answers[]): number => 1e3 / median(answers.flatMap(({ ms }) => [...ms]));

const figure = (
  name: string,
  own: readonly Answers[],
  { peer, answers, wanted }: { peer: string; answers: readonly Answers[] | undefined; wanted?: string },
): Figure =>
  beside({
    name,
    value: queriesASecond(own),
    unit: "queries/s",
    ...(answers ? { peer, peerValue: queriesASecond(answers) } : {}),
    ...(wanted ? { wanted } : {}),
  });

const scanUniform = async (count: number, folder: string): Promise<Figure[]> => {
  const [codes, queries] = [count, queryCount].map((n, i) => drawUniformCodes(n, { bits, part: String(i) })) as [
    BinaryCodes,
    BinaryCodes,
  ];
  const scanner = new CodeScanner(CodeMemory.of(codes));
  const peer = await FaissPeer.start(folder, codes, queries);
  const all = await inTurns({
    scan: () => ask(queries, (query) => scanner.nearest(query, { k })),
    ...(peer ? { flat: () => peer.ask("flat") } : {}),
  });
  await peer?.end();
  if (all.flat && recallOf(all.scan![0]!, all.flat[0]!) < 1) throw new Error("The scan is not exact.");
  const told = { peer: "faiss.IndexBinaryFlat", answers: all.flat, wanted: "ratio >= 2" };
  return [figure(`Scan of ${count} uniform codes of ${bits} bits, top ${k}, exact`, all.scan!, told)];
};

const searchClustered = async (count: number, folder: string): Promise<Figure[]> => {
  const codes = drawClusteredCodes(count, { bits, part: "archive" });
  const queries = drawClusteredCodes(queryCount, { bits, part: "queries" });
  const memory = CodeMemory.of(codes);
  const scanner = new CodeScanner(memory);
  const start = performance.now();
  const settings = defaultBuckets({ count, bits });
  const some = new BucketSearch(scanner, buildBuckets(codes, settings));
  const filing = (performance.now() - start) / 1e3;
  const certain = new BucketSearch(scanner, buildBuckets(codes, { tables: 16, keyBits: 16 }));
  const groupOf = (position: number): number => Math.floor(position / codesPerPatient);
  const peer = await FaissPeer.start(folder, codes, queries);
  const all = await inTurns({
    scan: () => ask(queries, (query) => scanner.nearest(query, { k })),
    patients: () => ask(queries, (query) => scanner.nearest(query, { k, groupOf })),
    some: () => ask(queries, (query) => some.nearest(query, { k, recall: 0.99 })),
    certain: () => ask(queries, (query) => certain.nearest(query, { k, recall: 1 })),
    ...(peer
      ? {
          flat: () => peer.ask("flat"),
          hash: () => peer.ask("hash 16 3"),
          multihash: () => peer.ask("multihash 8 16 2"),
        }
      : {}),
  });
  await peer?.end();
  const recall = (name: string): number => recallOf(all[name]![0]!, all.scan![0]!);
  if (recall("certain") < 1) throw new Error("The search that shall be certain missed a neighbour.");
  const flat = { peer: "faiss.IndexBinaryFlat", answers: all.flat };
  const name = `${settings.tables} tables of ${settings.keyBits} bits`;
  return [
    figure(`Scan of ${count} clustered codes, top ${k}, exact`, all.scan!, flat),
    figure(`The same, top ${k} patients`, all.patients!, flat),
    figure(`Through buckets (${name}), recall 0.99 wanted`, all.some!, { ...flat, wanted: "ratio >= 10" }),
    { name: "Its recall", value: recall("some"), unit: "", wanted: ">= 0.99" },
    figure("Through buckets (16 tables of 16 bits), exact", all.certain!, flat),
    ...(all.multihash
      ? [
          figure("Through buckets again", all.some!, {
            peer: "faiss.IndexBinaryMultiHash(8, 16), 2 flips",
            answers: all.multihash,
          }),
          { name: "Recall of IndexBinaryMultiHash", value: recall("multihash"), unit: "" },
          figure("Through buckets again", all.some!, {
            peer: "faiss.IndexBinaryHash(16), 3 flips",
            answers: all.hash,
          }),
          { name: "Recall of IndexBinaryHash", value: recall("hash"), unit: "" },
        ]
      : []),
    { name: `Filing ${count} codes in buckets`, value: filing, unit: "s" },
  ];
};

const keepCodes = async (count: number, folder: string): Promise<Figure[]> => {
  const codes = drawClusteredCodes(count, { bits, part: "archive" });
  const path = join(folder, "codes");
  const origin = "bench";
  const entryAt = (i: number) => ({
    image: imageId(createHash("sha256").update(`image ${i}`).digest("hex")),
    patient: patientId(`P${String(Math.floor(i / codesPerPatient)).padStart(7, "0")}`),
    code: codeOf(codes, i),
  });
  const entries = Array.from({ length: count }, (_, i) => entryAt(i));
  const store = await CodeStore.open(path, { origin, bits, room: count });
  /** Batches one after another, each waited for; in each second so many codes became durable. */
  const insert = async (range: readonly [number, number], batch: number): Promise<number> => {
    const start = performance.now();
    for (let first = range[0]; first < range[1]; first += batch) {
      await store.append(entries.slice(first, Math.min(first + batch, range[1])));
    }
    return (range[1] - range[0]) / ((performance.now() - start) / 1e3);
  };
  /** Fifty who append one code after another, as imports at once do. */
  const insertTogether = async (range: readonly [number, number]): Promise<number> => {
    const start = performance.now();
    let next = range[0];
    const one = async (): Promise<void> => {
      while (next < range[1]) await store.append([entries[next++]!]);
    };
    await Promise.all(Array.from({ length: 50 }, one));
    return (range[1] - range[0]) / ((performance.now() - start) / 1e3);
  };
  const tenth = Math.floor(count / 10);
  const hundreds = await insert([0, tenth], 100);
  const together = await insertTogether([tenth, 2 * tenth]);
  const thousands = await insert([2 * tenth, count], 1000);
  await store.close();
  const opened = Array.from({ length: 3 }, () => {
    const program = join(import.meta.dirname, "open-codes.ts");
    const { stdout } = spawnSync(process.execPath, ["--expose-gc", program, path, origin, String(bits)], {
      encoding: "utf8",
    });
    return JSON.parse(stdout) as { seconds: number; residentBytes: number; memoryBytes: number; count: number };
  });
  const middle = (of: "seconds" | "residentBytes" | "memoryBytes"): number => median(opened.map((each) => each[of]));
  return [
    { name: "Durable inserts, 100 at a time", value: hundreds, unit: "codes/s", wanted: ">= 10,000" },
    { name: "Durable inserts, 50 callers one at a time", value: together, unit: "codes/s" },
    { name: "Durable inserts, 1,000 at a time", value: thousands, unit: "codes/s", wanted: ">= 10,000" },
    { name: `Opening ${opened[0]!.count} codes`, value: middle("seconds"), unit: "s", wanted: "< 1" },
    { name: "Memory, with buckets", value: middle("memoryBytes") / count, unit: "bytes/image", wanted: "< 100" },
    { name: "Memory that the process came to hold", value: middle("residentBytes") / count, unit: "bytes/image" },
  ];
};

const parts: Readonly<Record<string, (count: number, folder: string) => Promise<Figure[]>>> = {
  uniform: scanUniform,
  clustered: searchClustered,
  store: keepCodes,
};

/** Of the words that follow the first, the parts that are measured; all by default. */
export const retrieval: Bench = async ({ args: [count = "1000000", ...chosen], say }) => {
  const figures: Figure[] = [];
  for (const part of chosen.length > 0 ? chosen : Object.keys(parts)) {
    say(`${part}, ${count} codes`);
    const folder = await mkdtemp(join(tmpdir(), "osteon-retrieval-"));
    try {
      figures.push(...(await parts[part]!(Number(count), folder)));
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  return figures;
};
