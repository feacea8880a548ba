/** A small part of `npm run bench -- fuzz`. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fuzzRadiographs, fuzzTables } from "./support/fuzz.ts";

test("damaged DICOM files are read or set aside with a reason", async () => {
  const folder = new URL("./fixtures/dicom/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".dcm"));
  const sources = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(new URL(name, folder)) })),
  );
  const result = await fuzzRadiographs(sources, { count: 300, seed: 1 });
  expect(result.crashed).toEqual([]);
  expect(result.read + result.setAside).toBe(300);
  expect(Math.min(result.read, result.setAside)).toBeGreaterThan(30);
}, 60_000);

test("damaged tables are read or refused with a sentence", async () => {
  const table = [
    "Patientennummer;Geschlecht;Geburtsdatum;Endgültige Diagnose;Tumorgröße (cm);Lokalisation",
    ...Array.from({ length: 30 }, (_, i) => `${1000 + i};w;0${1 + (i % 9)}.12.19${60 + i};"Osteosarkom";${i},5;Femur`),
  ].join("\r\n");
  const sources = [
    { name: "a.csv", bytes: Buffer.from(table, "latin1") },
    { name: "b.tsv", bytes: Buffer.from(table.replaceAll(";", "\t"), "utf8") },
    { name: "c.csv", bytes: Buffer.from(`\ufeff${table}`, "utf16le") },
  ];
  const folder = await mkdtemp(join(tmpdir(), "osteon-fuzz-"));
  try {
    const result = await fuzzTables(sources, { count: 150, seed: 1, folder });
    expect(result.crashed).toEqual([]);
    expect(result.read + result.setAside).toBe(150);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
