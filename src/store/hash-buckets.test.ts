/** Hash codes in the database, on the embedded one and on a real server: the same statements, the same answers. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPostgres, PostgresProcess } from "../../scripts/postgres-process.ts";
import { imageId, patientId } from "../clinic/ids.ts";
import { Random } from "../numeric/random.ts";
import { DatabaseServer } from "./database-server.ts";
import {
  type CodeRow,
  type CodeTable,
  countCodes,
  deleteCodes,
  indexCodeTable,
  nearestCodes,
  openCodeTable,
  removeCodeTable,
  writeCodes,
} from "./hash-buckets.ts";
import { type Home, openHome } from "./home.ts";

const random = new Random(1, "codes of a test");
const bits = 64;

const draw = (): Uint32Array => Uint32Array.from({ length: bits / 32 }, () => random.integer(2 ** 32));

/** Patients with two images each, in families of near codes. */
const rows: readonly CodeRow[] = Array.from({ length: 40 }, draw).flatMap((middle, family) =>
  Array.from({ length: 10 }, (_, i) => {
    const code = middle.slice();
    for (let flips = 0; flips < 6; flips++) {
      const b = random.integer(bits);
      code[b >>> 5]! ^= 1 << (b & 31);
    }
    return { image: imageId(`image ${family}-${i}`), patient: patientId(`P${family}-${i >> 1}`), code };
  }),
);

const differing = (a: Uint32Array, b: Uint32Array): number =>
  a.reduce((sum, word, i) => sum + ((word ^ b[i]!) >>> 0).toString(2).replaceAll("0", "").length, 0);

/** Each patient's least distance to a code, the nearest first. */
const truth = (code: Uint32Array, without: string): number[] => {
  const nearest = new Map<string, number>();
  for (const row of rows) {
    if (row.patient === without) continue;
    nearest.set(row.patient, Math.min(nearest.get(row.patient) ?? bits, differing(row.code, code)));
  }
  return [...nearest.values()].sort((a, b) => a - b);
};

describe.each([
  ["the embedded database", false],
  ["PostgreSQL", true],
] as const)("codes on %s", (_, isServer) => {
  let folder: string;
  let server: PostgresProcess | undefined;
  let home: Home;
  let table: CodeTable;
  const isMissing = isServer && !hasPostgres; // Debian: postgresql

  beforeAll(async () => {
    if (isMissing) return;
    folder = await mkdtemp(join(tmpdir(), "osteon-codes-"));
    server = isServer ? await PostgresProcess.start() : undefined;
    home = await openHome(join(folder, "home"), {
      command: "a test",
      since: new Date().toISOString(),
      create: true,
      server: server && new DatabaseServer(server.address()),
    });
    table = await openCodeTable(home.database, "a run", { bits, tables: 8, keyBits: 8 });
    await writeCodes(home.database, table, rows.slice(0, 300));
    await indexCodeTable(home.database, table);
    await writeCodes(home.database, table, rows.slice(300));
  }, 300_000);
  afterAll(async () => {
    await home?.close();
    await server?.remove();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  test.skipIf(isMissing)("all of them ranked are the nearest patients, each once, never the query's own", async () => {
    for (const { code, patient } of rows.slice(0, 20)) {
      const found = await nearestCodes(home.database, table, { code, k: 12, without: [patient] });
      expect(found.map(({ distance }) => distance)).toEqual(truth(code, patient).slice(0, 12));
      expect(new Set(found.map((near) => near.patient)).size).toBe(12);
      expect(found.map((near) => near.patient)).not.toContain(patient);
    }
  });

  test.skipIf(isMissing)("the buckets hold every code that differs in fewer bits than tables can miss", async () => {
    for (const radius of [0, 1]) {
      for (const { code, patient } of rows.slice(20, 40)) {
        const found = await nearestCodes(home.database, table, {
          code,
          k: 1000,
          radii: Array(8).fill(radius),
          without: [patient],
        });
        const certain = truth(code, patient).filter((distance) => distance < 8 * (radius + 1));
        expect(found.map(({ distance }) => distance).slice(0, certain.length)).toEqual(certain);
        expect(found.length).toBeLessThan(200);
      }
    }
  });

  test.skipIf(isMissing)("a code is changed, taken out, and gone with its table", async () => {
    const { database } = home;
    const [first] = rows;
    const other = { ...first!, code: draw() };
    await writeCodes(database, table, [other]);
    const [nearest] = await nearestCodes(database, table, { code: other.code, k: 1, radii: Array(8).fill(0) });
    expect(nearest).toEqual({ image: other.image, patient: other.patient, distance: 0 });
    expect(await countCodes(database, table)).toBe(rows.length);
    await deleteCodes(database, table, [other.image]);
    expect(await countCodes(database, table)).toBe(rows.length - 1);
    await writeCodes(database, table, [first!]);
    expect(await openCodeTable(database, "a run", { bits: 32, tables: 1, keyBits: 8 })).toEqual(table);
    const wanted = openCodeTable(database, "too many", { bits: 32, tables: 5, keyBits: 8 });
    await expect(wanted).rejects.toThrow("5 keys of 8 bits do not fit into codes of 32.");
    const gone = await openCodeTable(database, "another run", { bits: 32, tables: 1, keyBits: 8 });
    await removeCodeTable(database, "another run");
    await expect(countCodes(database, gone)).rejects.toThrow(/does not exist/);
  });

  test.skipIf(isMissing || !isServer)("searches go on while several write", async () => {
    const { database } = home;
    const busy = await openCodeTable(database, "busy", { bits, tables: 8, keyBits: 8 });
    await indexCodeTable(database, busy);
    let isWriting = true;
    const write = async (part: number): Promise<void> => {
      for (let i = part; i < rows.length; i += 40) await writeCodes(database, busy, rows.slice(i, i + 10));
    };
    const writing = Promise.all([0, 10, 20, 30].map(write)).finally(() => {
      isWriting = false;
    });
    let searches = 0;
    for (let seen = 0; isWriting; searches++) {
      const count = await countCodes(database, busy);
      expect(count).toBeGreaterThanOrEqual(seen);
      expect(count % 10).toBe(0); // all or none of a batch
      seen = count;
      await nearestCodes(database, busy, { code: rows[0]!.code, k: 5, radii: Array(8).fill(0) });
    }
    await writing;
    expect(searches).toBeGreaterThan(0);
    expect(await countCodes(database, busy)).toBe(rows.length);
  });
});
