/** What the phantom radiographs of the atlas tests show. */

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** A line of the phantom's `truth/images.jsonl`. */
interface ImageTruth {
  readonly file: string;
  readonly patient: string;
  readonly region?: string;
  readonly origin: string;
}

export const readAtlasTruths = async (centre: string): Promise<readonly ImageTruth[]> =>
  (await readFile(join(centre, "truth", "images.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ImageTruth)
    .filter(({ file }) => file.startsWith("archive/"));

/** The label of each file by its name: its region, or `discard` for what shows none. */
export const readAtlasLabels = async (centre: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await readAtlasTruths(centre)).map(({ file, region }) => [basename(file), region ?? "discard"]));
