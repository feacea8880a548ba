/**
 * Draws a contact sheet of phantom radiographs:
 * `node bench/phantom-sheet.ts FILE [--show entities|regions|others|operations|"as they come"] [--seed N] [--outlines]`.
 */
import { parseArgs } from "node:util";
import { contactSheet } from "../src/phantom/contact-sheet.ts";
import { type RegionSheetOptions, regionSheet } from "../src/phantom/region-sheet.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "41" },
    show: { type: "string", default: "entities" },
    outlines: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const shows: readonly RegionSheetOptions["show"][] = ["regions", "others", "operations", "as they come"];
const show = shows.find((one) => one === values.show);
const file = positionals[0] ?? "phantom-centre.jpg";
const sheet = show
  ? await regionSheet({ seed, show, pictureHeight: 180, columns: show === "others" ? 6 : 9 })
  : await contactSheet({ seed, patientsPerEntity: 2, pictureHeight: 300, outlines: values.outlines });
await sheet.jpeg({ quality: 78 }).toFile(file);
console.log(file);
