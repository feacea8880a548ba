/**
 * An archive on PostgreSQL (Debian: postgresql) with a million images, or as many as the first word says: processes write codes,
 * eight clients link while nobody and while somebody writes, a writer and the server are killed in the middle; and the same codes
 * over several databases, from which it is reckoned what a hundred million ask for.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { hasPostgres, PostgresProcess } from "../scripts/postgres-process.ts";
import { type BinaryCodes, codeOf } from "../src/retrieval/binary-codes.ts";
import { CodeMemory } from "../src/retrieval/search/code-memory.ts";
import { CodeScanner } from "../src/retrieval/search/code-scanner.ts";
import { DatabaseServer, findImages, type Home, openHome } from "../src/store/index.ts";
import { CodedArchive, shapeFor } from "../src/systems/precedents/coded-archive.ts";
import { codesPerPatient, drawClusteredCodes } from "./clustered-codes.ts";
import { type Bench, type Figure, median, percentile } from "./figure.ts";
import { batchOf, batchSize, codeBits, fillImages, imageNumber } from "./postgres/archive-rows.ts";
import { startWriting } from "./postgres/write-codes.ts";

const k = 10;
/** What is asked for. */
const recall = 0.9;
const clients = 8;
const writers = 2;
const shardCounts = [2, 4];
const queryCount = 200;

export const postgres: Bench = async ({ args, say }) => {
  if (!hasPostgres) throw new Error("PostgreSQL's server is not installed (Debian: postgresql).");
  const count = Number(args[0] ?? 1_000_000);
  const seconds = Number(args[1] ?? 20);
  const folder = await mkdtemp(join(tmpdir(), "osteon-bench-postgres-"));
  const server = await PostgresProcess.start("shared_buffers=1GB", "maintenance_work_mem=512MB", "max_wal_size=4GB");
  const openAt = (address: string, name: string): Promise<Home> =>
    openHome(join(folder, name), {
      command: "bench",
      since: new Date().toISOString(),
      create: true,
      server: new DatabaseServer(address),
    });
  const home = await openAt(server.address(), "home");
  const shape = shapeFor({ count, bits: codeBits });
  const order = { address: server.address(), folder: join(folder, "home"), owner: "bench", shape };
  try {
    const codes = drawClusteredCodes(count, { bits: codeBits, part: "archive" });
    const queries = drawClusteredCodes(queryCount * codesPerPatient, { bits: codeBits, part: "queries" });
    say(`${count} images, and their codes by ${writers} processes`);
    await fillImages(home.database, count);
    const archive = await CodedArchive.open([{ name: "one", database: home.database }], order.owner, shape);
    const filling = await startWriting({ ...order, part: "archive", count, first: 0 }, writers);
    const writtenBare = count / (await filling.ended);
    const indexing = await secondsOf(() => archive.index());

    say(`${clients} clients for ${seconds} s`);
    const link = async (code: Uint32Array): Promise<void> => {
      const found = await archive.nearest(code, { k, recall });
      await findImages(
        home.database,
        found.map(({ image }) => image),
      );
    };
    await load(queries, link, Math.min(seconds, 10)); // what searches need comes into the server's memory
    const quiet = await load(queries, link, seconds);
    const found = await recallOf(archive, { codes, queries });

    say("the same while codes are written");
    const more = { ...order, part: "more", count: 5_000_000, first: count };
    const adding = await startWriting(more, writers);
    const busy = await load(queries, link, seconds);
    const added = adding.codes() / seconds;

    say("a writer is killed, then the server");
    adding.children[0]!.kill("SIGKILL");
    await load(queries, link, 1);
    await server.kill();
    for (const child of adding.children) child.kill("SIGKILL");
    await adding.ended;
    const acknowledged = adding.written;
    await server.restart();
    const lost = await countLost(home, acknowledged, count);

    const bytes = await sql<{ bytes: number }>`
      select sum(pg_total_relation_size(('codes_' || number)::regclass)) as bytes from code_tables`.execute(
      home.database,
    );
    const stored = count + [...acknowledged.values()].reduce((sum, size) => sum + size, 0);
    const perCode = Number(bytes.rows[0]!.bytes) / stored;
    const figures: Figure[] = [
      { name: "codes written to a table without buckets, 2 processes", value: writtenBare, unit: "1/s" },
      { name: "indexing the buckets", value: indexing, unit: "s" },
      { name: `links, ${clients} clients`, value: quiet.length / seconds, unit: "1/s" },
      { name: "link, median", value: median(quiet), unit: "ms" },
      { name: "link, p95", value: percentile(quiet, 0.95), unit: "ms", wanted: "below 50 at 1,000,000" },
      { name: `recall@${k} of patients' codes`, value: found, unit: "", wanted: "at least 0.95" },
      { name: "link while codes are written, p95", value: percentile(busy, 0.95), unit: "ms" },
      { name: "codes written and searched at once meanwhile", value: added, unit: "1/s" },
      { name: "acknowledged codes lost by the kills", value: lost, unit: "", wanted: "0" },
      { name: "table and indexes, a code", value: perCode, unit: "B" },
    ];

    for (const shards of shardCounts) {
      say(`the same codes over ${shards} databases`);
      const homes: Home[] = [];
      for (let i = 0; i < shards; i++)
        homes.push(await openAt(await server.createDatabase(`of_${shards}_${i}`), `home-${shards}-${i}`));
      try {
        const parts = homes.map(({ database }, i) => ({ name: `database ${i}`, database }));
        const spread = await CodedArchive.open(parts, order.owner, shapeFor({ count: count / shards, bits: codeBits }));
        for (let from = 0; from < count; from += batchSize) await spread.write(batchOf(codes, from, 0));
        await spread.index();
        const ask = async (code: Uint32Array): Promise<void> => void (await spread.nearest(code, { k, recall }));
        await load(queries, ask, Math.min(seconds, 10));
        const answers = await load(queries, ask, seconds, 1);
        figures.push({ name: `search of ${shards} databases, one client, median`, value: median(answers), unit: "ms" });
      } finally {
        for (const opened of homes) await opened.close();
      }
    }
    return figures;
  } finally {
    await home.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
};

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1e3;
};

/** Clients that ask one after another for some time: the milliseconds of every answer. */
const load = async (
  queries: BinaryCodes,
  ask: (code: Uint32Array) => Promise<void>,
  seconds: number,
  atOnce = clients,
): Promise<number[]> => {
  const ms: number[] = [];
  const end = performance.now() + seconds * 1e3;
  const client = async (number: number): Promise<void> => {
    for (let i = number; performance.now() < end; i += atOnce) {
      const start = performance.now();
      await ask(codeOf(queries, (i * codesPerPatient) % queries.count));
      ms.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, number) => client(number)));
  return ms;
};

/** The share of what is found that is as near as the k-th patient of a look at every code. */
const recallOf = async (
  archive: CodedArchive,
  { codes, queries }: { readonly codes: BinaryCodes; readonly queries: BinaryCodes },
): Promise<number> => {
  const scanner = new CodeScanner(CodeMemory.of(codes));
  let near = 0;
  for (let i = 0; i < queryCount; i++) {
    const query = codeOf(queries, i * codesPerPatient);
    const groupOf = (position: number): number => Math.floor(position / codesPerPatient);
    const farthest = scanner.nearest(query, { k, groupOf }).at(-1)!.distance;
    const found = await archive.nearest(query, { k, recall });
    near += found.filter(({ distance }) => distance <= farthest).length;
  }
  return near / (queryCount * k);
};

/** Codes of acknowledged batches that are not there any more. */
const countLost = async (home: Home, written: ReadonlyMap<number, number>, first: number): Promise<number> => {
  let lost = 0;
  for (const [from, size] of written) {
    const images = Array.from({ length: size }, (_, i) => imageNumber(first + from + i) as string);
    const { rows } = await sql<{ there: number }>`
      select count(*) as there from ${sql.table("codes_1")} where image_id = any(${images}::text[])`.execute(
      home.database,
    );
    lost += size - Number(rows[0]!.there);
  }
  return lost;
};
