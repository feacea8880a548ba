/** A thread that searches stored codes until an image is among them, and counts answers that cannot be. */

import { parentPort, workerData } from "node:worker_threads";
import { type PatientId, patientId } from "../../src/clinic/ids.ts";
import { type SharedCodes, StoredCodes } from "../../src/retrieval/search/stored-codes.ts";

const { shared, until } = workerData as { readonly shared: SharedCodes; readonly until: string };
const codes = new StoredCodes(shared);
const excludePatients: ReadonlySet<PatientId> = new Set([patientId("P0")]);
let searches = 0;
let strange = 0;
for (let isThere = false; !isThere; searches++) {
  const near = codes.nearest(Uint32Array.of(0, 0), { k: 20, excludePatients });
  const [first] = codes.nearest(Uint32Array.of(-1, -1), { k: 1, excludePatients });
  isThere = first?.image === until;
  if (new Set(near.map(({ patient }) => patient)).size < near.length) strange++;
  strange += near.filter(({ patient, image }) => patient === "P0" || image.length === 0).length;
  // Taken out before the last was added.
  if (isThere) {
    const all = codes.nearest(Uint32Array.of(0, 0), { k: 1000, excludePatients, unit: "image" });
    strange += all.filter(({ image }) => image === "Aufnahme-5 ü").length;
  }
}
codes.close();
parentPort!.postMessage({ searches, strange });
