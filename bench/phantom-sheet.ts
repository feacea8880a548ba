/** Draws a contact sheet of phantom radiographs: `node bench/phantom-sheet.ts FILE [--seed N] [--outlines]`. */
import { parseArgs } from "node:util";
import { contactSheet } from "../src/phantom/contact-sheet.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "41" }, outlines: { type: "boolean", default: false } },
});
const file = positionals[0] ?? "phantom-centre.jpg";
const sheet = await contactSheet({
  seed: Number(values.seed),
  patientsPerEntity: 2,
  pictureHeight: 300,
  outlines: values.outlines,
});
await sheet.jpeg({ quality: 78 }).toFile(file);
console.log(file);
