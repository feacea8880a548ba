/** The main job as its user runs it: phantom centre, import, train, index, link, evaluate; killed and gone on with. */

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";
import { decodeSafetensors } from "../../src/engine/safetensors.ts";
import { encodeGreyPng } from "../../src/imaging/grey-png.ts";
import { Random } from "../../src/numeric/random.ts";
import type { LinkResult, TrainReport } from "../../src/systems/precedents/index.ts";

let folder: string;
let home: string;
let centre: string;

const run = (...args: string[]) => osteon([...args, "--home", home, "--json", "--quiet"]);
const link = async (...args: string[]): Promise<LinkResult[]> => jsonLines<LinkResult>(await run("link", ...args));

const filesOf = async (parent: string): Promise<string[]> =>
  (await readdir(parent, { recursive: true })).map((name) => join(parent, name));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-precedents-"));
  [home, centre] = [join(folder, "home"), join(folder, "centre")];
  await osteon(["phantom", centre, "--patients", "14", "--seed", "3", "--json", "--quiet"]);
  await run("import", "radiographs", join(centre, "pacs"), "--labels", join(centre, "labels.csv"));
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("what is missing is told in order: nothing trained, nothing indexed", async () => {
  const undiagnosed = join(centre, "undiagnosed");
  const link = await startOsteon(["link", undiagnosed, "--home", home]).finished;
  expect([link.code, link.stderr]).toEqual([
    2,
    expect.stringContaining("Nothing is trained yet; run `osteon precedents train` first."),
  ]);
});

test("training that is killed goes on, and ends with the same network as training unbroken", {
  timeout: 600_000,
}, async () => {
  const train = ["precedents", "train", "--target", "region", "--epochs", "2"];
  const killed = startOsteon([...train, "--home", home]);
  const runs = join(home, "runs");
  const hasEnded = (): boolean => killed.child.exitCode !== null;
  const isInSecondNetwork = async (): Promise<boolean> =>
    (await readdir(runs, { recursive: true }).catch(() => [])).some((name) =>
      name.endsWith("/checkpoint-1.safetensors"),
    );
  try {
    await expect.poll(async () => hasEnded() || isInSecondNetwork(), { timeout: 300_000 }).toBe(true);
    expect(hasEnded(), killed.stderr()).toBe(false);
  } finally {
    killed.child.kill("SIGKILL");
    await killed.finished;
  }
  const resumed = await startOsteon([...train, "--home", home, "--json"]).finished;
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toMatch(/Going on with an unfinished run after [3-5] epochs\./);
  const first = jsonLines<TrainReport>(resumed)[0]!;
  const unbroken = jsonLines<TrainReport>(await run(...train))[0]!;
  expect(unbroken.run).not.toBe(first.run);
  const weights = async (name: string) =>
    decodeSafetensors(await readFile(join(runs, name, "model.safetensors"))).tensors;
  expect(await weights(unbroken.run)).toEqual(await weights(first.run));
  expect(await readdir(join(runs, first.run))).toEqual([
    "model-112.onnx",
    "model-64.onnx",
    "model-80.onnx",
    "model.safetensors",
  ]);
});

describe("once indexed", () => {
  beforeAll(async () => {
    await run("precedents", "index");
  }, 600_000);

  test("an undiagnosed radiograph is linked to k patients, nearest first, with their vote", async () => {
    const files = (await readdir(join(centre, "undiagnosed"))).filter((name) => name.endsWith(".dcm")).sort();
    const results = await link(join(centre, "undiagnosed"), "-k", "3");
    expect(results.map(({ image }) => image)).toEqual(files);
    for (const { k, neighbours, vote, known, ms } of results) {
      expect(k).toBe(3);
      expect(known).toBe(true);
      expect(ms).toBeGreaterThan(0);
      expect(neighbours.map(({ rank }) => rank)).toEqual([1, 2, 3]);
      expect(new Set(neighbours.map(({ patient }) => patient)).size).toBe(3);
      const distances = neighbours.map(({ distance }) => distance);
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      const labels = neighbours.map(({ label }) => label);
      const votes = labels.filter((label) => label === vote!.label).length;
      expect(vote!.share).toBeCloseTo(votes / 3, 10);
      for (const label of new Set(labels))
        expect(labels.filter((other) => other === label).length).toBeLessThanOrEqual(votes);
    }
    expect(await link(join(centre, "undiagnosed"), "-k", "3")).toEqual(
      results.map((result) => ({ ...result, ms: expect.any(Number) })),
    );
  });

  test("the query's own patient is never a neighbour: known by bytes, by pixels, or by name", async () => {
    const path = (await filesOf(join(centre, "pacs", "P0001"))).find((name) => name.endsWith("P0001-1.dcm"))!;
    const patients = async (...args: string[]) =>
      (await link(...args, "--later", "-k", "14"))[0]!.neighbours.map(({ patient }) => patient);
    expect(await patients(path)).toHaveLength(13);
    expect(await patients(path)).not.toContain("P0001");
    const renamed = join(folder, "renamed.dcm");
    await writeFile(renamed, await readFile(path));
    expect(await patients(renamed)).not.toContain("P0001");
    expect(await patients(renamed, "--patient", "P0002")).not.toContain("P0002");
    const both = await patients(renamed, "--patient", "P0002", "--exact");
    expect(both).not.toContain("P0001"); // a wrong --patient must not bring the query's own patient back
    expect(both).not.toContain("P0002");
  });

  test("past patients are those of whom something was known before, and all that is known of them is told", async () => {
    const path = (await filesOf(join(centre, "pacs", "P0001"))).find((name) => name.endsWith("P0001-1.dcm"))!;
    const [earlier] = await link(path, "-k", "14");
    const [all] = await link(path, "-k", "14", "--later", "--open");
    const left = earlier!.references!.leftOut;
    expect(earlier!.neighbours.length).toBe(13 - left.later - left.open);
    expect(left.later).toBeGreaterThan(0);
    expect([all!.neighbours.length, all!.references]).toEqual([
      13,
      { before: null, final: false, leftOut: { open: 0, later: 0 } },
    ]);
    expect(all!.neighbours.some(({ others }) => others.length > 0)).toBe(true);
    expect([all!.prediction, all!.predictionProblem]).toEqual([null, expect.stringContaining("held out")]);
    const women = await link(path, "-k", "14", "--later", "--sex", "female", "--age", "0-150");
    expect(women[0]!.neighbours.length).toBeLessThan(13);
    const refused = await startOsteon(["link", path, "--age", "old", "--home", home]).finished;
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("age band")]);
    const beside = await startOsteon(["link", path, "--box", "90000,0,10,10", "--home", home]).finished;
    expect([beside.code, beside.stderr]).toEqual([2, expect.stringContaining("beside the picture")]);
  });

  test("labels corrected after indexing count at once, and one who has another number now is still left out", async () => {
    const corrections = join(folder, "corrections.csv");
    const files = (await filesOf(join(centre, "pacs", "P0001"))).filter((name) => name.endsWith(".dcm"));
    const rows = files.map((file) => `${basename(file)},Q1,Corrected`);
    await writeFile(corrections, ["image,patient,region", ...rows].join("\n"));
    await run("import", "radiographs", join(centre, "pacs", "P0001"), "--labels", corrections);
    const path = files.find((name) => name.endsWith("P0001-1.dcm"))!;
    const known = (await link(path, "-k", "15"))[0]!.neighbours;
    expect(known.map(({ patient }) => patient)).not.toContain("Q1");
    expect(known.map(({ patient }) => patient)).not.toContain("P0001");
    const others = (await link(join(centre, "undiagnosed", "U0001-1.dcm"), "-k", "15"))[0]!.neighbours;
    expect(others.find(({ patient }) => patient === "Q1")).toMatchObject({ label: "Corrected" });
  });

  test("a broken file is no precedent and no crash", async () => {
    const path = join(folder, "broken.dcm");
    await writeFile(path, "not a radiograph");
    expect((await link(path))[0]).toMatchObject({
      known: false,
      neighbours: [],
      vote: null,
      reason: expect.stringMatching(/\.$/),
    });
  });

  test("noise, a blank picture and a colour picture are not known", async () => {
    const random = new Random(1);
    const size = 200;
    const grey = (value: (i: number) => number) =>
      encodeGreyPng({
        width: size,
        height: size,
        pixels: Float32Array.from({ length: size * size }, (_, i) => value(i)),
      });
    await writeFile(join(folder, "noise.png"), await grey(() => random.next()));
    await writeFile(join(folder, "black.png"), await grey(() => 0));
    await writeFile(join(folder, "colour.png"), await colourPicture());
    for (const name of ["noise.png", "black.png", "colour.png"]) {
      expect((await link(join(folder, name)))[0]).toMatchObject({ known: false, reason: expect.stringMatching(/\.$/) });
    }
  });

  test("the page shows the query and its neighbours and fetches nothing", async () => {
    const page = join(folder, "page.html");
    await link(join(centre, "undiagnosed", "U0001-1.dcm"), "--page", page);
    const html = await readFile(page, "utf8");
    expect(html.match(/<img src="data:image\/png;base64,/g)).toHaveLength(6);
    expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(html).toContain("Not a medical device");
  });

  test("the runs are listed and shown", async () => {
    const runs = jsonLines<{ id: string; system: string; state: string }>(await run("runs"));
    expect(runs.map(({ system, state }) => [system, state])).toEqual([
      ["precedents/index", "finished"],
      ["precedents/train", "finished"],
      ["precedents/train", "finished"],
    ]);
    const [shown] = jsonLines<{ metrics: { history: unknown[] } }>(await run("runs", "show", runs[2]!.id));
    expect(shown!.metrics.history).toHaveLength(6);
    expect((await startOsteon(["runs", "show", "nothing", "--home", home]).finished).code).toBe(2);
  });

  test("codes of another family and length find the patients that the features of all find", async () => {
    const [report] = jsonLines<{ family: string; bits: number; fittedOn: number }>(
      await run("precedents", "index", "--codes", "iterative-quantisation", "--bits", "64"),
    );
    expect(report).toMatchObject({ family: "iterative-quantisation", bits: 64 });
    expect(report!.fittedOn).toBeGreaterThan(10);
    const without = (results: readonly LinkResult[]) => results.map((result) => ({ ...result, ms: 0 }));
    const undiagnosed = join(centre, "undiagnosed");
    expect(without(await link(undiagnosed))).toEqual(without(await link(undiagnosed, "--exact")));
    for (const [wrong, sentence] of [
      [["--bits", "100"], "multiple of 32"],
      [["--codes", "other"], "Allowed choices are random-hyperplanes"],
    ] as const) {
      const refused = await startOsteon(["precedents", "index", ...wrong, "--home", home]).finished;
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(sentence)]);
    }
  });

  test("evaluation splits by patient and gives every figure its interval", { timeout: 600_000 }, async () => {
    const [report] = jsonLines<{
      trainPatients: number;
      testPatients: number;
      figures: { name: string; value: number; interval: [number, number] }[];
    }>(await run("precedents", "evaluate", "--target", "region", "--epochs", "1"));
    expect(report!.trainPatients + report!.testPatients).toBe(14);
    expect(report!.figures).toHaveLength(24);
    for (const { value, interval } of report!.figures) {
      expect(value).toBeGreaterThanOrEqual(interval[0]);
      expect(value).toBeLessThanOrEqual(interval[1]);
    }
  });

  test("an evaluation that could test nobody says so before it trains", async () => {
    const labels = join(folder, "once.csv");
    const known = (await readFile(join(centre, "labels.csv"), "utf8")).trim().split("\n").slice(1);
    const own = known.map((line) => line.split(",")).map(([image, patient]) => `${image},label of ${patient}`);
    await writeFile(labels, ["image,label", ...own].join("\n"));
    await run("import", "radiographs", join(centre, "pacs"), "--labels", labels);
    const refused = await startOsteon(["precedents", "evaluate", "--target", "label", "--home", home]).finished;
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("at least two patients")]);
    expect(refused.stderr).not.toContain("Training");
  });
});

/** Red, green and blue patches, as no radiograph has them. */
const colourPicture = async (): Promise<Uint8Array> => {
  const { default: sharp } = await import("sharp");
  const pixels = Uint8Array.from({ length: 200 * 200 * 3 }, (_, i) =>
    Math.floor(i / 3 / 50) % 3 === i % 3 ? 230 : 30,
  );
  return sharp(pixels, { raw: { width: 200, height: 200, channels: 3 } })
    .png()
    .toBuffer();
};
