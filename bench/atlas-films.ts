/**
 * The atlas on real pictures, from the command line: FracAtlas radiographs of limbs (rows marked doubtful left out, split 80/20 by blocks
 * of eight consecutive file names), at most 60 clusters, labelled by a simulated reader (cluster-reader.ts), learned, and the 20 %
 * sorted. Then the same with half of MedNIST beside (hands among it are hands, the rest is to be
 * discarded) and half of a set of spines, as a further region; the other halves are sorted.
 *
 * `npm run bench -- atlas-films` takes every fifth block (4, 9, 14 ...) as test and begins with the weights that a MobileNet learned from
 * photographs, at an input size that its makers published; `atlas-films nothing` begins with random ones. `atlas-films imagenet 0 FOLDER`
 * takes another fifth, and keeps the homes in a folder. Nothing is chosen on what is sorted.
 */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import type { SortedFields } from "../src/cli/commands/atlas-model.ts";
import { purityScore } from "../src/evidence/clustering-scores.ts";
import { wilsonInterval } from "../src/evidence/wilson-interval.ts";
import { type ListedCluster, labelClusters } from "./cluster-reader.ts";
import type { Bench, Figure } from "./figure.ts";

/** That are labelled, the parts of those that were split among them. */
const mostClusters = 60;
/** As many are made at first; the reader splits those that show several regions. */
const firstClusters = 40;
const data = resolve("../shared/data");
const hands = "hand_forearm_elbow";
const spine = "Spine";
const discard = "discard";
const imageNet = join(data, "weights", "mobilenet_v1_0.25_224_1_default_1.tflite");

/** How DeepCluster begins, as words of the command line. */
const starts: Readonly<Record<string, readonly string[]>> = {
  nothing: [],
  imagenet: ["--network", "mobilenet_v1_0.25", "--image-size", "128", "--weights", imageNet],
};

/** A picture with what it shows: a region, or `discard`. */
interface Film {
  readonly path: string;
  readonly kind: string;
  readonly label: string;
  readonly isTest: boolean;
}

export const atlasFilms: Bench = async ({ args: [start = "imagenet", fold = "4", folder], say }) => {
  if (!["fracatlas256", "mednist64", "spine"].every((set) => existsSync(join(data, set)))) {
    say("../shared/data/fracatlas256, mednist64 or spine is missing; nothing to measure.");
    return [];
  }
  const beginning = starts[start];
  if (!beginning) throw new Error(`atlas-films begins with ${Object.keys(starts).join(" or ")}, not with ${start}.`);
  const work = folder ?? (await mkdtemp(join(tmpdir(), "osteon-films-")));
  await mkdir(work, { recursive: true });
  try {
    const limbs = await readLimbs(Number(fold));
    const others = [...(await readMedNist()), ...(await readSpines())];
    const told = { beginning, sorted: [...limbs, ...others], say };
    const alone = await tryAtlas(limbs, { home: join(work, "limbs"), ...told });
    const together = await tryAtlas([...limbs, ...others], { home: join(work, "all"), ...told });
    return [...figuresOf("limbs alone", alone), ...figuresOf("limbs, spines and what is discarded", together)];
  } finally {
    if (folder === undefined) await rm(work, { recursive: true, force: true });
  }
};

const readLimbs = async (fold: number): Promise<Film[]> => {
  const lines = (await readFile(join(data, "fracatlas256", "regions.csv"), "utf8")).trim().split("\n").slice(1);
  return lines
    .map((line) => line.split(",") as [image: string, region: string, detail: string, doubtful: string])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([image, region, , doubtful], i) => {
      const isTest = Math.floor(i / 8) % 5 === fold;
      return doubtful === "0" ? [{ path: join(data, "fracatlas256", image), kind: "limb", label: region, isTest }] : [];
    });
};

/** Every other picture is kept back. */
const halved = (paths: readonly string[], { kind, label }: Pick<Film, "kind" | "label">): Film[] =>
  paths.map((path, i) => ({ path, kind, label, isTest: i % 2 === 1 }));

const picturesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder))
    .filter((name) => /\.(jpe?g|png)$/.test(name))
    .sort()
    .map((name) => join(folder, name));

const readMedNist = async (): Promise<Film[]> => {
  const folders = (await readdir(join(data, "mednist64"))).sort();
  const films = folders.map(async (kind) =>
    halved(await picturesIn(join(data, "mednist64", kind)), { kind, label: kind === "Hand" ? hands : discard }),
  );
  return (await Promise.all(films)).flat();
};

const readSpines = async (): Promise<Film[]> =>
  halved(await picturesIn(join(data, "spine")), { kind: "spine", label: spine });

/** A picture that was kept back, and what it was sorted as. */
interface JudgedFilm extends SortedFields {
  readonly film: Film;
}

interface Trial {
  /** Whether spines were a region to learn. */
  readonly hasSpines: boolean;
  readonly clusters: number;
  readonly purity: number;
  readonly judged: readonly JudgedFilm[];
  readonly clusteringSeconds: number;
  readonly trainingSeconds: number;
}

interface TrialOptions {
  readonly home: string;
  readonly beginning: readonly string[];
  readonly sorted: readonly Film[];
  readonly say: (line: string) => void;
}

const tryAtlas = async (films: readonly Film[], { home, beginning, sorted, say }: TrialOptions): Promise<Trial> => {
  const learned = films.filter(({ isTest }) => !isTest);
  say(`${learned.length} pictures to learn from`);
  await osteon(["import", "radiographs", ...learned.map(({ path }) => path), "--home", home, "--quiet"]);
  const clustering = await osteon([
    "atlas",
    "cluster",
    "--clusters",
    String(firstClusters),
    ...beginning,
    "--home",
    home,
  ]);
  const { clusters, purity } = await readFilms(home, learned);
  say(`${clusters} clusters of purity ${purity.toFixed(3)} after ${clustering.seconds.toFixed(0)} s`);
  const training = await osteon(["atlas", "train", "--home", home]);
  say(`trained in ${training.seconds.toFixed(0)} s`);
  const test = sorted.filter(({ isTest }) => isTest);
  const lines = jsonLines<SortedFields>(
    await osteon(["atlas", "sort", ...test.map(({ path }) => path), "--json", "--home", home]),
  );
  return {
    hasSpines: learned.some(({ label }) => label === spine),
    clusters,
    purity,
    judged: lines.map((line, i) => ({ ...line, film: test[i]! })),
    clusteringSeconds: clustering.seconds,
    trainingSeconds: training.seconds,
  };
};

/** The simulated reader's work, and how pure the labelled clusters are. Files are known by their content, as in the home. */
const readFilms = async (
  home: string,
  films: readonly Film[],
): Promise<{ readonly clusters: number; readonly purity: number }> => {
  const truth = new Map<string, string>();
  for (const { path, label } of films) {
    truth.set(
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
      label,
    );
  }
  const kindsIn = ({ ids }: ListedCluster): string[] => ids.map((id) => truth.get(id) ?? discard);
  const { clusters } = await labelClusters({
    home,
    kindsIn,
    fewestStrangers: 1,
    maySplit: (count) => count < mostClusters,
  });
  const members = clusters.flatMap((cluster) => kindsIn(cluster).map((kind) => ({ kind, cluster: cluster.cluster })));
  const purity = purityScore(
    members.map(({ kind }) => kind),
    members.map(({ cluster }) => cluster),
  );
  return { clusters: clusters.length, purity };
};

const figuresOf = (what: string, trial: Trial): Figure[] => {
  const { judged, hasSpines } = trial;
  const limbs = judged.filter(({ film }) => film.kind === "limb");
  const isNoLimb = ({ film }: JudgedFilm): boolean => film.label === discard || film.label === spine;
  const others = judged.filter(isNoLimb);
  /** A spine is recognised as such, or, where none was learned, as of no region. */
  const isRecognised = ({ film, known, region }: JudgedFilm): boolean =>
    !known || (hasSpines && film.label === spine && region === spine);
  const figure = (name: string, value: number, unit: string, wanted?: string): Figure => ({
    name: `${what}: ${name}`,
    value,
    unit,
    ...(wanted ? { wanted } : {}),
  });
  const share = (
    name: string,
    films: readonly JudgedFilm[],
    { is, wanted }: { is: (film: JudgedFilm) => boolean; wanted?: string | undefined },
  ): Figure[] => {
    const hits = films.filter(is).length;
    const [low, high] = wilsonInterval(hits, films.length);
    return [
      figure(`${name} (${films.length})`, hits / films.length, "share", wanted),
      figure(`${name}, 95 % interval (Wilson)`, low, "from"),
      figure(`${name}, 95 % interval (Wilson)`, high, "to"),
    ];
  };
  const isTop1 = ({ film, region }: JudgedFilm): boolean => region === film.label;
  return [
    figure("clusters", trial.clusters, "", `<= ${mostClusters}`),
    figure("purity of the clusters", trial.purity, "share"),
    ...share("region accuracy", limbs, { is: isTop1, wanted: ">= 0.85" }),
    ...share("region among the first two", limbs, {
      is: (film) => isTop1(film) || film.second === film.film.label,
    }),
    ...share("limbs refused", limbs, { is: ({ known }) => !known }),
    ...share("no limb, recognised", others, { is: isRecognised, wanted: hasSpines ? ">= 0.95" : undefined }),
    ...[...Map.groupBy(others, ({ film }) => film.kind)].map(([kind, own]) =>
      figure(`${kind} recognised (${own.length})`, own.filter(isRecognised).length / own.length, "share"),
    ),
    figure(
      "hands of MedNIST put to the hand's region",
      meanOf(judged.filter(({ film }) => film.kind === "Hand").map((film) => Number(film.known && isTop1(film)))),
      "share",
    ),
    figure("clustering", trial.clusteringSeconds / 60, "minutes"),
    figure("training", trial.trainingSeconds / 60, "minutes"),
  ];
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
