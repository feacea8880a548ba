/** A process that draws the phantom radiographs of the atlas tests: `node draw-atlas-centre.ts FOLDER`. */

import { writePhantomCentre } from "../../../src/phantom/write-phantom-centre.ts";

const [folder] = process.argv.slice(2) as [string];
await writePhantomCentre(folder, { patients: 1, records: false, asTheyCome: 0, archive: 200, seed: 11 });
