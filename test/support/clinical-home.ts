/** Invented patients in the tables of a home, for tests that need records and not radiographs. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Home } from "../../src/store/index.ts";
import { importTable, proposeTableMapping } from "../../src/systems/cohort/index.ts";

/** Patients P01 to P16, every other one with an enchondroma of the hand, the first of them a child. */
export const patientCount = 16;

/** A row whose sex nobody can read (line 4) and one whose age is approximate (line 6). */
const rows = Array.from({ length: patientCount }, (_, i) => {
  const number = `P${String(i + 1).padStart(2, "0")}`;
  const [entity, site] = i % 2 === 0 ? ["Enchondroma", "Hand"] : ["Osteosarcoma", "Femur"];
  const sex = i === 2 ? "?!" : i % 4 < 2 ? "w" : "m";
  const age = i === 0 ? "7" : i === 4 ? "~24" : String(20 + i);
  return `F${number};${number};${entity};12.05.2016;${site};links;${sex};${age}`;
});

/** Imports the table `cases.csv`. */
export const importClinicalTable = async (home: Home): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-table-"));
  try {
    const path = join(folder, "cases.csv");
    const heading = "Fallnummer;Patientennummer;Endgültige Diagnose;Diagnosedatum;Lokalisation;Seite;Geschlecht;Alter";
    await writeFile(path, [heading, ...rows].join("\n"));
    const mapping = await proposeTableMapping(path, { asOf: "2022-12-31" });
    await importTable(home, path, { mapping, today: "2022-12-31" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
