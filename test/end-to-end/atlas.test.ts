/** The atlas by the command line: clusters, a table of labels, what is refused, and the table that comes out. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";
import type { ClusterReport, LabelReport } from "../../src/systems/atlas/index.ts";
import { type PhantomHome, phantomHome } from "../support/workbench/phantom-home.ts";

let phantom: PhantomHome;
beforeAll(async () => {
  phantom = await phantomHome();
}, 600_000);
afterAll(() => phantom.remove());

const run = async <T>(...words: string[]): Promise<T[]> =>
  jsonLines<T>(await osteon(["atlas", ...words, "--home", phantom.home, "--json", "--quiet"]));

const refused = async (...words: string[]): Promise<[number | null, string]> => {
  const { code, stderr } = await startOsteon(["atlas", ...words, "--home", phantom.home]).finished;
  return [code, stderr.trim()];
};

const table = async (name: string, ...lines: string[]): Promise<string> => {
  const path = join(phantom.home, "..", name);
  await writeFile(path, `${lines.join("\n")}\n`);
  return path;
};

test("clusters, labels and what holds of them", { timeout: 300_000 }, async () => {
  expect(await refused("clusters")).toEqual([
    2,
    "osteon: The archive is not clustered yet; run `osteon atlas cluster` first.",
  ]);
  const [report] = await run<ClusterReport>("cluster", "--features", "precedents", "--clusters", "8", "--seed", "3");
  const clusters = await run<{ cluster: number; images: string[] }>("clusters");
  expect(clusters.map(({ cluster }) => cluster)).toEqual(Array.from({ length: report!.clusters }, (_, i) => i + 1));
  const images = clusters.flatMap((one) => one.images);
  expect(images).toHaveLength(report!.radiographs);
  expect(new Set(images).size).toBe(images.length);
  expect(report!.objectives.at(-1)).toBeLessThan(report!.objectives[0]!);

  const [again] = await run<ClusterReport>("cluster", "--features", "precedents", "--clusters", "8", "--seed", "3");
  expect(again!.run).not.toBe(report!.run);
  expect(await run("clusters")).toEqual(clusters);
  expect(await run("clusters", "--clustering", report!.run)).toEqual(clusters);

  const labels = await table("labels.csv", "cluster;region", "1;Knie", "2;discard", "3;Hindfoot", "4;", "5;LL");
  expect((await run<LabelReport>("label", labels, "--reader", "Anna"))[0]).toEqual({
    clustering: again!.run,
    labelled: 3,
    discarded: 1,
    unchanged: 0,
    addedRegions: ["Hindfoot"],
  });
  expect((await run<LabelReport>("label", labels, "--reader", "Anna"))[0]).toMatchObject({ labelled: 0, unchanged: 4 });
  await run("label", await table("other.csv", "region,cluster", "Knee,1", "Foot,5"), "--reader", "Ben");
  const out = join(phantom.home, "..", "out.csv");
  await run("export", out);
  const rows = (await readFile(out, "utf8")).trim().split("\n");
  expect(rows[0]).toBe(
    "cluster,region,images,settled,label of Anna,labelled at by Anna,label of Ben,labelled at by Ben,decided by,decided at",
  );
  expect(
    rows.slice(1, 6).map((row) =>
      row
        .split(",")
        .filter((_, i) => i !== 2 && i !== 5 && i !== 7)
        .join(","),
    ),
  ).toEqual([
    "1,Knee,agreed,Knee,Knee,,",
    "2,discard,one reader,discard,,,",
    "3,Hindfoot,one reader,Hindfoot,,,",
    "4,,open,,,,",
    "5,,disputed,Lower leg,Foot,,",
  ]);
  expect((await run<LabelReport>("label", out, "--reader", "Eva"))[0]).toMatchObject({ labelled: 2, discarded: 1 });
});

test("tables that cannot be right are refused as a whole, with the line", { timeout: 120_000 }, async () => {
  const cases: [string[], string][] = [
    [
      ["cluster,region", "1,Hip", "99,Knee"],
      "Line 3 of the labels table: there is no cluster 99 to label; `osteon atlas clusters` lists them.",
    ],
    [["cluster,region", "one,Hip"], 'Line 2 of the labels table: "one" is no number of a cluster.'],
    [["cluster,region", "1,Hip", "1,Knee"], "Line 3 of the labels table: cluster 1 has another region on line 2."],
    [["cluster,label", "1,Hip"], 'The labels table needs the columns "cluster" and "region".'],
    [["cluster,region"], "The labels table labels no cluster."],
  ];
  for (const [lines, sentence] of cases)
    expect(await refused("label", await table("bad.csv", ...lines), "--reader", "Bad")).toEqual([
      2,
      `osteon: ${sentence}`,
    ]);
  expect((await refused("label", join(phantom.home, "nothing.csv")))[0]).toBe(2);
  expect((await refused("cluster", "--clusters", "100000"))[1]).toContain("cannot be put in 100000 clusters");
  expect((await refused("cluster", "--clusters", "1"))[0]).toBe(2);
});
