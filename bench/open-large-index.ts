/** A process that opens an index as the workbench does and searches it: `node open-large-index.ts HOME`, forked by large-index.ts. */

import { resNetFeatureLength } from "../src/models/resnet.ts";
import { Random } from "../src/numeric/random.ts";
import { HomeFiles } from "../src/store/files.ts";
import type { ArchiveFact } from "../src/systems/precedents/asked-positions.ts";
import { LinkEngine } from "../src/systems/precedents/link-engine.ts";
import { median, percentile } from "./figure.ts";

/** What was measured; times in milliseconds, memory in bytes. */
export interface OpenedFigures {
  readonly openingMs: number;
  readonly knowingMs: number;
  readonly memory: number;
  readonly searchMs: number;
  readonly slowSearchMs: number;
  readonly exactMs: number;
}

const [searches, exactSearches] = [40, 5];

const timed = async <Value>(
  work: () => Promise<Value> | Value,
): Promise<{ readonly ms: number; readonly value: Value }> => {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
};

const opening = await timed(() =>
  LinkEngine.open(
    new HomeFiles(process.argv[2]!),
    { model: "model", index: "index", evaluation: null },
    { threads: 1 },
  ),
);
const engine = opening.value;
const facts = engine.shared.whole.entries.map(
  (entry): ArchiveFact => ({
    ...entry,
    ageYears: null,
    sex: null,
    site: null,
    acquiredOn: null,
    isFinal: true,
    diagnosedOn: null,
  }),
);
const knowing = await timed(() => engine.know(facts));
const random = new Random(2, "queries");
const search = async (exact: boolean): Promise<number> => {
  const features = Float32Array.from({ length: resNetFeatureLength }, () => Math.abs(random.normal()));
  return (await timed(() => engine.search(features, "whole image", { k: 5, exact, excludePatients: new Set() }))).ms;
};
await search(false); // the first one compiles
const times = await Array.fromAsync({ length: searches }, () => search(false));
const exact = await Array.fromAsync({ length: exactSearches }, () => search(true));
const figures: OpenedFigures = {
  openingMs: opening.ms,
  knowingMs: knowing.ms,
  memory: process.memoryUsage.rss(),
  searchMs: median(times),
  slowSearchMs: percentile(times, 0.95),
  exactMs: median(exact),
};
process.send!(figures, undefined, {}, () => process.exit(0));
