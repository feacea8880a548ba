/**
 * The atlas on the phantom centre, from the command line: 6,000 images of 28 regions by the published shares and of what shows
 * none, put in clusters, labelled by a simulated reader (cluster-reader.ts) with at most 300 actions, learned, and tried on the side that was held
 * out and on 1,000 images of another seed.
 *
 * `npm run bench -- atlas-phantom [FOLDER [IMAGES]]`: in a folder that is named the work is kept, and gone on with after a break.
 */

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import { discard } from "../src/clinic/atlas/fold-actions.ts";
import { adjustedMutualInfoScore, normalizedMutualInfoScore, purityScore } from "../src/evidence/clustering-scores.ts";
import { listImages, openHome } from "../src/store/index.ts";
import { readAtlasOutcomes, type TrainAtlasReport } from "../src/systems/atlas/index.ts";
import { type ListedCluster, labelClusters, readClusters } from "./cluster-reader.ts";
import type { Bench, Figure } from "./figure.ts";

const mostActions = 300;
const freshImages = 1000;

/** A line of the phantom's `truth/images.jsonl`. */
interface ImageTruth {
  readonly file: string;
  readonly patient: string;
  readonly region: string | null;
  readonly musculoskeletal: boolean;
  readonly origin: string;
}

/** What a file shows, by its name: a region, or `discard` for what shows none. */
type Truth = ReadonlyMap<string, string>;

export const atlasPhantom: Bench = async ({ args: [folder, images = "6000"], say }) => {
  const work = folder ?? (await mkdtemp(join(tmpdir(), "osteon-atlas-")));
  await mkdir(work, { recursive: true });
  try {
    return await measure(work, Number(images), say);
  } finally {
    if (folder === undefined) await rm(work, { recursive: true, force: true });
  }
};

const measure = async (work: string, images: number, say: (line: string) => void): Promise<Figure[]> => {
  const home = join(work, "home");
  const once = async (what: string, job: () => Promise<void>): Promise<void> => {
    const mark = join(work, `${what}.done`);
    if (existsSync(mark)) return;
    say(what);
    await job();
    await writeFile(mark, "");
  };
  const archive = join(work, "phantom");
  await once("drawing", () => draw(archive, { images, seed: 1 }));
  await once("importing", async () => {
    const labels = join(work, "origins.csv");
    const rows = (await readTruths(archive)).map(({ file, patient, origin }) => [basename(file), patient, origin]);
    await writeFile(labels, stringify([["image", "patient", "origin"], ...rows]));
    await osteon(["import", "radiographs", join(archive, "archive"), "--labels", labels, "--home", home]);
  });
  await once("clustering", async () => {
    await osteon(["atlas", "cluster", "--home", home]);
  });
  const truth = truthOf(await readTruths(archive));
  const labelled = join(work, "labelled.json");
  await once("labelling", async () => {
    const before = compare(await readClusters(home), truth);
    const actions = await label(home, truth);
    await writeFile(labelled, JSON.stringify({ before, actions, after: compare(await readClusters(home), truth) }));
  });
  const { before, actions, after } = JSON.parse(await readFile(labelled, "utf8")) as LabelledArchive;
  const training = join(work, "training.json");
  await once("training", async () => {
    await writeFile(training, (await osteon(["atlas", "train", "--json", "--home", home])).stdout);
  });
  const report = JSON.parse(await readFile(training, "utf8")) as TrainAtlasReport;
  const fresh = join(work, "fresh");
  await once("drawing others", () => draw(fresh, { images: freshImages, seed: 2 }));
  say("sorting others");
  const sorted = await osteon(["atlas", "sort", join(fresh, "archive"), "--json", "--home", home]);
  return [
    ...comparison("clusters", before),
    ...comparison("clusters with the parts of what was split", after),
    { name: "labelling actions", value: actions, unit: "", wanted: "at most 300" },
    ...weakFigures(report),
    ...trueFigures("hold-out", await readHoldOut(home, report.run), truth),
    ...trueFigures(
      `${freshImages} images of another seed`,
      jsonLines<Sorted>(sorted).filter(({ region }) => region !== null),
      truthOf(await readTruths(fresh)),
    ),
  ];
};

const draw = async (folder: string, { images, seed }: { images: number; seed: number }): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await osteon(["phantom", folder, "--patients", "1", "--archive", String(images), "--seed", String(seed)]);
};

const readTruths = async (folder: string): Promise<ImageTruth[]> =>
  (await readFile(join(folder, "truth", "images.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ImageTruth)
    .filter(({ file }) => file.startsWith("archive/"));

const truthOf = (truths: readonly ImageTruth[]): Truth =>
  new Map(
    truths.map(({ file, region, musculoskeletal }) => [basename(file), musculoskeletal ? region! : discard] as const),
  );

/** How clusters agree with the truth. */
interface Agreement {
  readonly clusters: number;
  readonly purity: number;
  readonly nmi: number;
  readonly ami: number;
}

interface LabelledArchive {
  readonly before: Agreement;
  readonly after: Agreement;
  readonly actions: number;
}

const compare = (clusters: readonly ListedCluster[], truth: Truth): Agreement => {
  const members = clusters.flatMap(({ cluster, images }) => images.map((image) => ({ cluster, image })));
  const shown = members.map(({ image }) => truth.get(image)!);
  const numbers = members.map(({ cluster }) => cluster);
  return {
    clusters: clusters.length,
    purity: purityScore(shown, numbers),
    nmi: normalizedMutualInfoScore(shown, numbers),
    ami: adjustedMutualInfoScore(shown, numbers),
  };
};

const comparison = (what: string, { clusters, purity, nmi, ami }: Agreement): Figure[] => [
  { name: what, value: clusters, unit: "" },
  { name: `${what}: purity against the truth`, value: purity, unit: "" },
  { name: `${what}: NMI against the truth`, value: nmi, unit: "" },
  { name: `${what}: AMI against the truth`, value: ami, unit: "" },
];

/** A cluster with fewer strangers shows one region to who looks through its montage. */
const fewestStrangers = 3;

/** Labels every cluster, and tells how many actions it took: each label and each split is one. */
const label = async (home: string, truth: Truth): Promise<number> => {
  const { clusters, splits } = await labelClusters({
    home,
    kindsIn: ({ images }) => images.map((image) => truth.get(image)!),
    fewestStrangers,
    // A split makes two clusters of one, and all are to be labelled.
    maySplit: (count, done) => count + done + 2 <= mostActions,
  });
  return clusters.length + splits;
};

/** What the run says of itself: against the labels of the clusters. */
const weakFigures = ({ figures }: TrainAtlasReport): Figure[] =>
  figures.map(({ name, value }) => ({ name: `${name}, against the labels of the clusters`, value, unit: "" }));

/** What of an answer of `osteon atlas sort --json` is judged. */
interface Sorted {
  readonly image: string;
  readonly region: string | null;
  readonly second: string | null;
  readonly known: boolean;
}

/** The held-out images as the training sorted them, by their files' names. */
const readHoldOut = async (home: string, run: string): Promise<Sorted[]> => {
  const opened = await openHome(home, { command: "bench atlas-phantom", since: new Date().toISOString() });
  try {
    const names = new Map((await listImages(opened.database)).map(({ id, fileName }) => [id, fileName]));
    return (await readAtlasOutcomes(opened.files, run))
      .filter(({ side }) => side === "hold-out")
      .map(({ image, region, second, known }) => ({
        image: names.get(image)!,
        region,
        second: second?.region ?? null,
        known,
      }));
  } finally {
    await opened.close();
  }
};

/** Against what the phantom knows that it drew. Regions count by the likeliest, whether or not the picture was recognised. */
const trueFigures = (what: string, sorted: readonly Sorted[], truth: Truth): Figure[] => {
  const [others, regions] = [true, false].map((isOther) =>
    sorted.filter(({ image }) => (truth.get(image)! === discard) === isOther),
  ) as [Sorted[], Sorted[]];
  const share = (of: readonly Sorted[], isRight: (one: Sorted) => boolean): number =>
    of.filter(isRight).length / of.length;
  const figure = (name: string, value: number, wanted?: string): Figure => ({
    name: `${what}, against the truth: ${name}`,
    value,
    unit: "",
    ...(wanted === undefined ? {} : { wanted }),
  });
  return [
    figure(
      "top-1",
      share(regions, ({ image, region }) => region === truth.get(image)),
      ">= 0.97",
    ),
    figure(
      "top-2",
      share(regions, ({ image, region, second }) => [region, second].includes(truth.get(image)!)),
      ">= 0.995",
    ),
    figure(
      "of no region and recognised as such",
      share(others, ({ known }) => !known),
    ),
    figure(
      "of a region and refused",
      share(regions, ({ known }) => !known),
    ),
    figure("images of a region", regions.length),
    figure("images of none", others.length),
  ];
};
