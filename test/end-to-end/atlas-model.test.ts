/** The atlas model from the command line: trained from labelled clusters, sorting files, the archive, and what is imported. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";
import { encodeGreyPng } from "../../src/imaging/grey-png.ts";
import { openHome } from "../../src/store/index.ts";
import type { SortedFile, TrainAtlasReport } from "../../src/systems/atlas/index.ts";
import { drawStripePicture, fillLabelledClusters } from "../support/labelled-clusters.ts";

let folder: string;
let home: string;
let report: TrainAtlasReport;

const picture = async (name: string, seed: number): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, await encodeGreyPng(drawStripePicture("Hand", seed)));
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-atlas-model-"));
  home = join(folder, "home");
  const opened = await openHome(home, { command: "a test", since: "2026-01-01", create: true });
  await fillLabelledClusters(opened, 12).finally(() => opened.close());
  [report] = jsonLines<TrainAtlasReport>(
    await osteon(["atlas", "train", "--epochs", "1", "--json", "--home", home]),
  ) as [TrainAtlasReport];
}, 1_200_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const refusal = async (...words: string[]): Promise<{ code: number | null; stderr: string }> =>
  startOsteon([...words, "--home", home]).finished;

describe("osteon atlas", { timeout: 600_000 }, () => {
  test("train tells what was learned and how well", () => {
    expect(report).toMatchObject({ regions: ["Foot", "Hand", "Knee"], networks: 5, epochs: 1, discardedClusters: 2 });
    expect(report.figures.map(({ name }) => name)).toContain("top-2, hold-out");
  });

  test("sort prints a line for each file, and says of one that is no picture why", async () => {
    const files = [await picture("a hand.png", 1), join(folder, "notes.png")];
    await writeFile(files[1]!, "no picture at all");
    const lines = jsonLines<SortedFile>(await osteon(["atlas", "sort", ...files, "--json", "--home", home]));
    expect(lines).toEqual([
      {
        image: "a hand.png",
        region: expect.stringMatching(/^(Foot|Hand|Knee)$/),
        score: expect.any(Number),
        second: expect.any(String),
        secondScore: expect.any(Number),
        known: expect.any(Boolean),
        ...(lines[0]!.known ? {} : { reason: expect.any(String) }),
      },
      {
        image: "notes.png",
        region: null,
        score: null,
        second: null,
        secondScore: null,
        known: false,
        reason: expect.any(String),
      },
    ]);
  });

  test("sort wants files or --archive, and not both", async () => {
    for (const words of [[], ["x.png", "--archive"], ["x.png", "--again"]]) {
      const { code, stderr } = await refusal("atlas", "sort", ...words);
      expect([code === 0, stderr]).toEqual([false, expect.stringContaining("--a")]);
    }
  });

  test("sort --archive sorts what is in the home, once", async () => {
    const sort = async () =>
      jsonLines<{ sorted: number; known: number; unknown: number }>(
        await osteon(["atlas", "sort", "--archive", "--json", "--home", home]),
      )[0]!;
    const first = await sort();
    expect(first.sorted).toBe(48);
    expect(first.known + first.unknown).toBe(48);
    expect((await sort()).sorted).toBe(0);
  });

  test("an import sorts what it brings, unless it is told not to", async () => {
    const importing = async (file: string, ...words: string[]) =>
      jsonLines<{ imported: number; sorted?: { known: number; unknown: number } }>(
        await osteon(["import", "radiographs", file, "--json", "--home", home, ...words]),
      )[0]!;
    const { imported, sorted } = await importing(await picture("later.png", 2));
    expect([imported, sorted!.known + sorted!.unknown]).toEqual([1, 1]);
    expect(await importing(await picture("unsorted.png", 3), "--no-sort")).not.toHaveProperty("sorted");
  });
});
