import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import {
  claimPiece,
  clearPieces,
  countPieces,
  finishPiece,
  layOutPieces,
  releasePiece,
  sayPieceInWork,
} from "./run-pieces.ts";
import { breakOffRun, continueOrCreateRun } from "./runs.ts";

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-pieces-"));
  database = await openDatabase(join(folder, "database"));
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** A run with as many pieces, each of its number and one in size. */
const runOf = async (name: string, count: number): Promise<string> => {
  const { run } = await continueOrCreateRun(database, { system: `test/${name}`, settings: {}, fingerprint: name });
  const pieces = Array.from({ length: count }, (_, i) => ({ number: i, size: i + 1, content: { of: [name, i] } }));
  await layOutPieces(database, run.id, pieces);
  return run.id;
};

test("each piece is claimed once, in their order, and done by who claimed it", async () => {
  const run = await runOf("once", 120);
  const claims = Array.from({ length: 120 }, (_, i) => claimPiece(database, run, `worker ${i % 2}`));
  const numbers = (await Promise.all(claims)).map((piece) => piece!.number);
  expect(numbers.toSorted((a, b) => a - b)).toEqual([...Array(120).keys()]);
  expect(await claimPiece(database, run, "another")).toBeUndefined();
  const mine = { run, number: numbers[0]!, claim: "worker 0" };
  await finishPiece(database, { ...mine, claim: "worker 1" });
  expect(await countPieces(database, run)).toEqual({ made: 0, open: 120 });
  await finishPiece(database, mine);
  await releasePiece(database, mine);
  expect(await countPieces(database, run)).toEqual({ made: numbers[0]! + 1, open: 119 });
});

test("what is given back, and what nobody has spoken of for half a minute, is claimed by another", async () => {
  const run = await runOf("again", 2);
  for (const number of [0, 1])
    expect(await claimPiece(database, run, "first")).toEqual({
      number,
      size: number + 1,
      content: { of: ["again", number] },
    });
  await releasePiece(database, { run, number: 1, claim: "first" });
  expect((await claimPiece(database, run, "second"))!.number).toBe(1);
  await sql`update run_pieces set said_at = now() - interval '1 hour' where run_id = ${run}`.execute(database);
  await sayPieceInWork(database, { run, number: 1, claim: "second" });
  // The database itself began only now, and nobody could speak before: an earlier beginning is made believe.
  await sql`create or replace function said_lately(said_at timestamptz) returns boolean language sql stable as
    $$ select said_at > now() - interval '30 seconds' $$`.execute(database);
  expect((await claimPiece(database, run, "third"))!.number).toBe(0);
  expect(await claimPiece(database, run, "fourth")).toBeUndefined();
  await finishPiece(database, { run, number: 0, claim: "first" });
  expect(await countPieces(database, run)).toEqual({ made: 0, open: 2 });
});

test("pieces of a run that has ended are forgotten with the next one's", async () => {
  const run = await runOf("ended", 2);
  await breakOffRun(database, run, { problem: null, at: new Date() });
  const next = await runOf("next", 1);
  expect(await countPieces(database, run)).toEqual({ made: 0, open: 0 });
  await clearPieces(database, next);
  expect(await countPieces(database, next)).toEqual({ made: 0, open: 0 });
});
