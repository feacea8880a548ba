/** A thread that searches shared codes until all are there, and counts codes that it saw half-written. */

import { parentPort, workerData } from "node:worker_threads";
import { popcount32 } from "../../src/numeric/hamming.ts";
import { CodeMemory, type SharedCodeMemory } from "../../src/retrieval/search/code-memory.ts";
import { CodeScanner } from "../../src/retrieval/search/code-scanner.ts";

const { shared, until } = workerData as { readonly shared: SharedCodeMemory; readonly until: number };
const memory = CodeMemory.open(shared);
const scanner = new CodeScanner(memory);
const query = new Uint32Array(memory.bits / 32);
let searches = 0;
let torn = 0;
for (let count = 0; count < until; searches++) {
  count = memory.count;
  const { values } = memory.codes;
  for (const { position, distance } of scanner.nearest(query, { k: 20 })) {
    if (distance !== 8 * popcount32(position + 1)) torn++;
  }
  const last = values.subarray((count - 1) * query.length, count * query.length);
  if (new Set(last).size > 1 || last[0] === 0) torn++;
}
parentPort!.postMessage({ searches, torn });
