/**
 * Memory of an import of 10,000 small DICOM files: resident size of the process, its threads and its database among it, as it
 * goes on. What an import keeps for each file shows between 1,000 and 10,000.
 */

import { fork } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../src/numeric/random.ts";
import { type Bench, type Figure, median } from "./figure.ts";
import { radiographFile } from "./radiograph-set.ts";

const count = 10_000;
const [width, height] = [96, 128];

export const ingestMemory: Bench = async ({ say }) => {
  const work = await mkdtemp(join(tmpdir(), "osteon-memory-"));
  try {
    const folder = join(work, "files");
    await mkdir(folder);
    say(`Writing ${count} files`);
    for (let i = 0; i < count; i++) {
      const path = join(folder, `${String(i).padStart(5, "0")}.dcm`);
      await writeFile(path, radiographFile({ seed: 4, index: i, width, height, stored: blobs(i) }));
    }
    say("Importing them");
    const sizes = await importInChild(folder, join(work, "home"));
    const around = (done: number): number =>
      median(sizes.filter((size) => Math.abs(size.done - done) <= 200).map(({ bytes }) => bytes)) / 2 ** 20;
    const [early, late] = [around(1000), around(count - 200)];
    const most = Math.max(...sizes.filter(({ done }) => done >= 1000).map(({ bytes }) => bytes)) / 2 ** 20;
    const figure = (name: string, value: number, unit: string, wanted?: string): Figure => ({
      name,
      value,
      unit,
      ...(wanted ? { wanted } : {}),
    });
    return [
      figure("files imported", sizes.at(-1)!.done, "files", `${count}`),
      figure("resident after 1,000 files", early, "MiB"),
      figure("resident after 5,000 files", around(5000), "MiB"),
      figure("resident after 10,000 files", late, "MiB"),
      figure("most after the first 1,000", most, "MiB"),
      figure("after 10,000 over after 1,000", late / early, "ratio", "<= 1.1"),
    ];
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/** A picture of its own for each number. */
const blobs = (index: number): Uint16Array => {
  const random = new Random(index, "ingest-memory");
  const stored = new Uint16Array(width * height);
  const spots = Array.from({ length: 12 }, () => ({
    x: random.uniform(0, width),
    y: random.uniform(0, height),
    r: random.uniform(6, 40),
    v: random.uniform(200, 900),
  }));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let value = 300 + random.integer(40);
      for (const spot of spots) value += spot.v * Math.max(0, 1 - Math.hypot(x - spot.x, y - spot.y) / spot.r);
      stored[i] = Math.min(value, 4095);
    }
  }
  return stored;
};

interface Size {
  readonly done: number;
  readonly bytes: number;
}

const importInChild = (folder: string, home: string): Promise<Size[]> =>
  new Promise((settle, reject) => {
    const sizes: Size[] = [];
    const child = fork(new URL("./import-and-weigh.ts", import.meta.url), [folder, home]);
    child.on("message", (size: Size) => sizes.push(size));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? settle(sizes) : reject(new Error(`The import ended with ${code}.`))));
  });
