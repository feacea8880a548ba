/**
 * The main job on real radiographs, from the command line: 296 FracAtlas radiographs with the region as label, split 80/20
 * by blocks of eight consecutive file names, rows marked doubtful left out.
 *
 * `npm run bench -- regions` takes every fifth block (4, 9, 14 ...) as test; `regions 0 1 2 3 4` runs the given fifths in
 * turn. Nothing is chosen on the test blocks.
 */

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import { wilsonInterval } from "../src/evidence/wilson-interval.ts";
import type { LinkResult } from "../src/systems/precedents/index.ts";
import type { Bench, Figure } from "./figure.ts";

const k = 5;
const folder = resolve("../shared/data/fracatlas256");

interface Row {
  readonly image: string;
  readonly region: string;
  readonly block: number;
}

const readRows = async (): Promise<Row[]> => {
  const lines = (await readFile(join(folder, "regions.csv"), "utf8")).trim().split("\n").slice(1);
  return lines
    .map((line) => line.split(","))
    .sort(([a], [b]) => (a! < b! ? -1 : 1))
    .flatMap(([image, region, , doubtful], i) =>
      doubtful === "0" ? [{ image: image!, region: region!, block: Math.floor(i / 8) }] : [],
    );
};

type JudgedLink = LinkResult & { readonly truth: string };

interface FoldResult {
  readonly links: readonly JudgedLink[];
  /** The same radiographs by exact cosine distance, to see what the hash codes cost. */
  readonly exactLinks: readonly JudgedLink[];
  readonly trainSeconds: number;
  readonly peakMemory: number;
}

const runFold = async (rows: readonly Row[], fold: number, say: (line: string) => void): Promise<FoldResult> => {
  const home = await mkdtemp(join(tmpdir(), "osteon-regions-"));
  try {
    const inTest = (row: Row): boolean => row.block % 5 === fold;
    const paths = (chosen: readonly Row[]): string[] => chosen.map(({ image }) => join(folder, image));
    const train = rows.filter((row) => !inTest(row));
    const test = rows.filter(inTest);
    say(`Fold ${fold}: ${train.length} radiographs to learn from, ${test.length} to link`);
    await osteon(["import", "radiographs", ...paths(train), "--labels", join(folder, "regions.csv"), "--home", home]);
    const training = await osteon(["precedents", "train", "--target", "region", "--home", home]);
    await osteon(["precedents", "index", "--home", home]);
    const link = async (...options: string[]): Promise<JudgedLink[]> => {
      const run = await osteon([
        "link",
        ...paths(test),
        "-k",
        String(k),
        "--later",
        "--json",
        "--home",
        home,
        ...options,
      ]);
      return jsonLines<LinkResult>(run).map((result, i) => ({ ...result, truth: test[i]!.region }));
    };
    const [links, exactLinks] = [await link(), await link("--exact")];
    say(`Fold ${fold}: trained in ${training.seconds.toFixed(0)} s`);
    return {
      links,
      exactLinks,
      trainSeconds: training.seconds,
      peakMemory: training.peakMemory,
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

const rightVotes = (links: readonly JudgedLink[]): number =>
  links.filter(({ vote, truth }) => vote?.label === truth).length;

const precision = (links: readonly JudgedLink[]): number =>
  links.flatMap(({ neighbours, truth }) => neighbours.filter(({ label }) => label === truth)).length /
  (links.length * k);

export const regions: Bench = async ({ args, say }) => {
  if (!existsSync(folder)) {
    say("../shared/data/fracatlas256 is missing; nothing to measure.");
    return [];
  }
  const rows = await readRows();
  const folds: FoldResult[] = [];
  for (const fold of args.length > 0 ? args.map(Number) : [4]) folds.push(await runFold(rows, fold, say));
  const links = folds.flatMap((fold) => fold.links);
  const exactLinks = folds.flatMap((fold) => fold.exactLinks);
  const right = rightVotes(links);
  const [low, high] = wilsonInterval(right, links.length);
  const figure = (name: string, value: number, unit: string, wanted?: string): Figure => ({
    name,
    value,
    unit,
    ...(wanted ? { wanted } : {}),
  });
  return [
    figure("radiographs linked", links.length, "radiographs"),
    figure("vote accuracy at k = 5", right / links.length, "share", ">= 0.88"),
    figure("95 % interval (Wilson), lower end", low, "share"),
    figure("95 % interval (Wilson), upper end", high, "share"),
    figure("precision@5", precision(links), "share", ">= 0.83"),
    figure("vote accuracy by exact search", rightVotes(exactLinks) / links.length, "share"),
    figure("precision@5 by exact search", precision(exactLinks), "share"),
    figure("known", links.filter(({ known }) => known).length / links.length, "share"),
    figure("training, longest", Math.max(...folds.map(({ trainSeconds }) => trainSeconds)) / 60, "minutes", "< 15"),
    figure("memory while training, most", Math.max(...folds.map(({ peakMemory }) => peakMemory)) / 1e9, "GB", "< 3"),
  ];
};
