/** Whole files that fuzz.ts damages. */

import { readdir, readFile } from "node:fs/promises";
import type { FuzzSource } from "./fuzz.ts";

const fixtures = new URL("../fixtures/dicom/", import.meta.url);

/** The DICOM fixtures, called radiographs, so that their pixels are decoded. */
export const radiographSources = async (): Promise<FuzzSource[]> => {
  const names = (await readdir(fixtures)).filter((name) => name.endsWith(".dcm")).sort();
  return Promise.all(
    names.map(async (name) => ({ name, bytes: asRadiograph(await readFile(new URL(name, fixtures))) })),
  );
};

/** Writes CR as the modality, whatever it was, in files whose data set is not compressed as a whole. */
const asRadiograph = (bytes: Buffer): Uint8Array => {
  for (const tag of [Buffer.of(8, 0, 0x60, 0), Buffer.of(0, 8, 0, 0x60)]) {
    const at = bytes.indexOf(tag);
    if (at >= 0) bytes.write("CR", at + 8, "latin1");
  }
  return bytes;
};

const rows = [
  "Patientennummer;Geschlecht;Geburtsdatum;Endgültige Diagnose;Tumorgröße (cm);Lokalisation",
  ...Array.from({ length: 30 }, (_, i) => `${1000 + i};w;0${1 + (i % 9)}.12.19${60 + i};"Osteosarkom";${i},5;Femur`),
].join("\r\n");

/** One table in the encodings and with the separators that hospitals send. */
export const tableSources: readonly FuzzSource[] = [
  { name: "latin-1.csv", bytes: Buffer.from(rows, "latin1") },
  { name: "utf-8.tsv", bytes: Buffer.from(rows.replaceAll(";", "\t"), "utf8") },
  { name: "utf-16.csv", bytes: Buffer.from(`\ufeff${rows}`, "utf16le") },
];
