/** A process that opens stored codes, files them in buckets, and says how long the opening took and what memory it came to hold. */

import { imageId } from "../src/clinic/ids.ts";
import { defaultBuckets } from "../src/retrieval/search/code-buckets.ts";
import { CodeStore } from "../src/retrieval/search/code-store.ts";

const [path = "", origin = "", bits = ""] = process.argv.slice(2);
const collect = globalThis.gc!;
collect();
const before = process.memoryUsage().rss;
const start = performance.now();
const store = await CodeStore.open(path, { origin, bits: Number(bits) });
const seconds = (performance.now() - start) / 1e3;
store.has(imageId("none")); // a writer looks up the images that it adds
store.fileInBuckets(defaultBuckets({ count: store.count, bits: Number(bits) }));
collect();
const residentBytes = process.memoryUsage().rss - before;
console.log(JSON.stringify({ seconds, residentBytes, memoryBytes: store.memoryBytes, count: store.count }));
await store.close();
