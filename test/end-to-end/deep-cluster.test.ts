/** DeepCluster by the command line: test runs choose the number, a kill at any moment changes nothing, and what a run keeps can be used. */

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/engine/safetensors.ts";
import { decodeGreyPng } from "../../src/imaging/grey-png.ts";
import { dot, rowOf } from "../../src/numeric/matrix.ts";
import { type Home, listRunEpochs, openHome } from "../../src/store/index.ts";
import {
  type ClusterReport,
  embedIntoClusters,
  readClusterFeatures,
  readDeepCluster,
} from "../../src/systems/atlas/index.ts";

let folder: string;
let home: string;

const settings = ["--preset", "as-published", "--network", "resnet18", "--image-size", "32", "--batch-size", "8"];
const cluster = ["atlas", "cluster", ...settings, "--epochs", "3", "--seed", "2"];

const inHome = async <T>(work: (home: Home) => Promise<T>): Promise<T> => {
  const opened = await openHome(home, { command: "test", since: new Date().toISOString() });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-deep-cluster-"));
  home = join(folder, "home");
  const centre = join(folder, "centre");
  await osteon(["phantom", centre, "--patients", "10", "--seed", "5", "--json", "--quiet"]);
  await osteon(["import", "radiographs", join(centre, "pacs"), "--home", home, "--json", "--quiet"]);
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a run whose number of clusters is chosen by test runs", () => {
  let resumed: ClusterReport;

  test("is killed in its second test run, goes on, and ends as one that nobody killed", {
    timeout: 600_000,
  }, async () => {
    const choosing = [...cluster, "--clusters", "3,5", "--home", home];
    const killed = startOsteon(choosing);
    const hasEnded = (): boolean => killed.child.exitCode !== null;
    const isInSecondRun = async (): Promise<boolean> =>
      (await readdir(join(home, "runs"), { recursive: true }).catch(() => [])).some((name) =>
        name.endsWith("/checkpoint-1.safetensors"),
      );
    try {
      await expect.poll(async () => hasEnded() || isInSecondRun(), { timeout: 300_000 }).toBe(true);
      expect(hasEnded(), killed.stderr()).toBe(false);
    } finally {
      killed.child.kill("SIGKILL");
      await killed.finished;
    }
    resumed = jsonLines<ClusterReport>(await osteon([...choosing, "--json", "--quiet"]))[0]!;
    const unbroken = jsonLines<ClusterReport>(await osteon([...choosing, "--json", "--quiet"]))[0]!;
    expect(unbroken.run).not.toBe(resumed.run);
    const { run: _, features: __, ms: ___, ...measured } = unbroken as ClusterReport & { ms: number };
    expect(resumed).toMatchObject(measured);
    const artefacts = ["cluster-choice.json", "clusters.json", "deepcluster.safetensors", "features.safetensors"];
    expect(await readdir(join(home, "runs", resumed.run))).toEqual(artefacts);
    for (const name of artefacts.filter((one) => one.endsWith(".safetensors"))) {
      const [own, other] = await Promise.all(
        [resumed.run, unbroken.run].map(async (run) =>
          decodeSafetensors(await readFile(join(home, "runs", run, name))),
        ),
      );
      expect(own!.tensors).toEqual(other!.tensors);
    }
    await inHome(async ({ database }) => {
      const course = async (run: string) =>
        (await listRunEpochs(database, run)).map(({ seconds: _, ...epoch }) => epoch);
      const epochs = await course(resumed.run);
      expect(epochs).toEqual(await course(unbroken.run));
      expect(epochs.map(({ network }) => network)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3]);
      expect(epochs[0]!.measures).toMatchObject({ nmi: null, ami: null });
      for (const { measures } of epochs.slice(-2)) {
        const { nmi, sizes } = measures as { nmi: number; sizes: number[] };
        expect(nmi).toBeGreaterThan(0);
        expect(nmi).toBeLessThanOrEqual(1);
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      }
    });
  });

  test("takes the number with the highest score", () => {
    const { clusterChoice, clusters } = resumed;
    expect(clusterChoice!.map((one) => one.clusters)).toEqual([3, 5]);
    const best = Math.max(...clusterChoice!.map(({ score }) => score));
    const chosen = clusterChoice!.filter((one) => one.chosen);
    expect(chosen).toHaveLength(1);
    expect(chosen[0]!.score).toBe(best);
    expect(clusters).toBe(chosen[0]!.clusters);
  });

  test("keeps the network without its top layer, and the way into the clusters' space", { timeout: 120_000 }, () =>
    inHome(async (opened) => {
      const { card, state } = (await readDeepCluster(opened, resumed.run))!;
      expect(card).toMatchObject({ run: resumed.run, network: "resnet18", imageSize: 32, clusters: resumed.clusters });
      expect([...state.keys()].filter((name) => name.startsWith("fc."))).toEqual([]);
      expect(state.get("conv1.weight")!.shape).toEqual([64, 1, 7, 7]);
      const { images, features } = await readClusterFeatures(opened, resumed.run);
      expect(images).toHaveLength(resumed.radiographs);
      const some = images.slice(0, 3);
      const pictures = await Promise.all(some.map(async (id) => decodeGreyPng(await opened.files.readPicture(id))));
      const embedded = await embedIntoClusters(opened, resumed.run, pictures);
      for (const i of some.keys()) expect(dot(rowOf(embedded, i), rowOf(features, i))).toBeCloseTo(1, 3);
      expect((await embedIntoClusters(opened, resumed.run, [])).rows).toBe(0);
    }),
  );

  test("can be begun with the weights of another", { timeout: 300_000 }, async () => {
    const weights = join(folder, "weights.safetensors");
    const { state } = (await inHome((opened) => readDeepCluster(opened, resumed.run)))!;
    await writeFile(weights, encodeSafetensors({ tensors: state, metadata: {} }));
    const words = ["atlas", "cluster", ...settings, "--epochs", "1", "--clusters", "3", "--home", home, "--quiet"];
    const [begun] = jsonLines<ClusterReport>(await osteon([...words, "--weights", weights, "--json"]));
    const [anew] = jsonLines<ClusterReport>(await osteon([...words, "--json"]));
    expect(begun!.learned!.loss).not.toBe(anew!.learned!.loss);
    const other = await startOsteon([...words, "--weights", weights, "--network", "resnet50"]).finished;
    expect(other.code).not.toBe(0);
    expect(other.stderr).toContain("do not fit the network");
  });
});

test.each([
  [["--features", "precedents", "--sobel"], "--sobel is for DeepCluster"],
  [["--features", "precedents"], "Nothing is trained yet"],
  [["--clusters", "100000"], "cannot be put in 100000 clusters"],
  [["--clusters", "4,4"], "named twice"],
  [["--clusters", "1"], "no whole number from 2"],
  [["--weights", "nothing.pth"], "cannot be read"],
  [["--network", "vgg19"], "Allowed choices"],
])("refuses %j", { timeout: 60_000 }, async (words, sentence) => {
  const { code, stderr } = await startOsteon(["atlas", "cluster", "--home", home, ...words]).finished;
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});
