/**
 * K-means at the size of the published archive, 42,608 rows of 256 values in 1,000 clusters and 20 iterations, beside FAISS,
 * in turns on random rows of length 1. Both draw their first centres, so they find different clusters as good as each other.
 * And what comes before it: as many rows of 512 values, the features of a ResNet-18, on their 256 principal components, whitened.
 */

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { kMeans } from "../src/learning/clustering/k-means.ts";
import { principalComponents, whiten } from "../src/learning/clustering/principal-components.ts";
import { type Matrix, normalise, rowOf } from "../src/numeric/matrix.ts";
import { Random } from "../src/numeric/random.ts";
import { type Bench, beside, median } from "./figure.ts";

const [rows, columns, clusters, iterations] = [42_608, 256, 1000, 20] as const;
const featureLength = 512;
const rounds = 3;
const peerProgram = resolve("../shared/bench/faiss_search.py");

const drawRows = (columns: number): Matrix<Float32Array> => {
  const random = new Random(0, "bench", "k-means");
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, () => random.normal()) };
};

const drawDirections = (): Matrix<Float32Array> => {
  const matrix = drawRows(columns);
  for (let i = 0; i < rows; i++) normalise(rowOf(matrix, i));
  return matrix;
};

/** In seconds. */
const timeWhitening = async (): Promise<number> => {
  const features = drawRows(featureLength);
  const start = performance.now();
  await whiten(features, await principalComponents(features, { dimensions: columns, seed: 1 }));
  return (performance.now() - start) / 1e3;
};

interface Timed {
  readonly seconds: number;
  /** Sum of squared distances at the end. */
  readonly objective: number;
}

const ours = async (matrix: Matrix<Float32Array>, seed: number): Promise<Timed> => {
  const start = performance.now();
  const { objectives } = await kMeans(matrix, { clusters, iterations, seed });
  return { seconds: (performance.now() - start) / 1e3, objective: objectives.at(-1)! };
};

/** Undefined where FAISS or its program is missing. */
const peers = (): Timed | undefined => {
  const args = [peerProgram, "kmeans", ...[rows, columns, clusters, iterations].map(String)];
  const { status, stdout } = spawnSync("/usr/bin/python3", args, { encoding: "utf8" });
  if (status !== 0) return undefined;
  const { s, objective } = JSON.parse(stdout) as { s: number; objective: number };
  return { seconds: s, objective };
};

export const kmeans: Bench = async ({ say }) => {
  const matrix = drawDirections();
  await kMeans(matrix, { clusters, iterations: 1, seed: 0 }); // the first session loads the runtime
  const [own, theirs]: [Timed[], Timed[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds}`);
    own.push(await ours(matrix, round));
    const peer = peers();
    if (peer) theirs.push(peer);
  }
  if (theirs.length === 0) say("python3-faiss or ../shared/bench is missing; there is no peer.");
  const rate = (timed: readonly Timed[]): number => 1 / median(timed.map(({ seconds }) => seconds));
  const loss = (timed: readonly Timed[]): number => median(timed.map(({ objective }) => objective)) / rows;
  const peer = theirs.length > 0 ? { peer: "faiss.Kmeans" } : {};
  return [
    beside({
      name: `K-means, ${rows} x ${columns}, k = ${clusters}, ${iterations} iterations`,
      value: rate(own),
      unit: "runs/s",
      ...peer,
      ...(theirs.length > 0 ? { peerValue: rate(theirs) } : {}),
      wanted: "ratio >= 1.0",
    }),
    {
      name: "Mean squared distance to the centre",
      value: loss(own),
      unit: "",
      ...peer,
      ...(theirs.length > 0 ? { peerValue: loss(theirs) } : {}),
      wanted: "as the peer's",
    },
    {
      name: `${columns} principal components of ${rows} x ${featureLength}, whitened`,
      value: await timeWhitening(),
      unit: "s",
    },
  ];
};
