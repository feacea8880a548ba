/** A process that appends codes until it is killed, and says on standard output how many were acknowledged. */

import { imageId, patientId } from "../../src/clinic/ids.ts";
import { CodeStore } from "../../src/retrieval/search/code-store.ts";

const store = await CodeStore.open(process.argv[2]!, { origin: "killed", bits: 256 });
for (let first = 0; ; first += 50) {
  await store.append(
    Array.from({ length: 50 }, (_, i) => ({
      image: imageId(`image-${first + i}`),
      patient: patientId(`patient-${first + i}`),
      code: new Uint32Array(8).fill(first + i),
    })),
  );
  process.stdout.write(`${first + 50}\n`);
}
