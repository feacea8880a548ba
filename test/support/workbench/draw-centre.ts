/** A process that draws the phantom centre of the workbench's tests: `node draw-centre.ts FOLDER`. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { encodeGreyPng } from "../../../src/imaging/grey-png.ts";
import { Random } from "../../../src/numeric/random.ts";
import { writePhantomCentre } from "../../../src/phantom/write-phantom-centre.ts";

const [folder] = process.argv.slice(2) as [string];
await writePhantomCentre(folder, { patients: 80, records: true, asTheyCome: 0.25, archive: 6, seed: 5 });

/** What lies in archives and is no radiograph: the import sets it aside. */
const stray = join(folder, "stray");
await mkdir(stray);
const side = 240;
const random = new Random(5, "stray files");
const noise = Float32Array.from({ length: side * side }, () => random.next());
const patches = Uint8Array.from({ length: side * side * 3 }, (_, i) =>
  Math.floor(i / 3 / 60) % 3 === i % 3 ? 230 : 30,
);
await writeFile(join(stray, "noise.png"), await encodeGreyPng({ width: side, height: side, pixels: noise }));
await sharp(patches, { raw: { width: side, height: side, channels: 3 } })
  .png()
  .toFile(join(stray, "colour.png"));
await writeFile(join(stray, "broken.dcm"), "not a radiograph");
