/** That what guides a reader is better than chance, on radiographs whose regions are known. */

import { describe, expect, test } from "vitest";
import { groupRadiographs, withLabels } from "../../../../test/support/grouped-radiographs.ts";
import { patientId } from "../../../clinic/ids.ts";
import { Random } from "../../../numeric/random.ts";
import { doubtedLabels } from "./doubted-labels.ts";
import { type GuideData, placesOf } from "./guide-data.ts";
import { gatherEvidence, likenessOf, spreadOf } from "./guide-evidence.ts";
import { impureClusters } from "./impure-clusters.ts";
import { learningCurve } from "./learning-curve.ts";
import { misplacedImages } from "./misplaced-images.ts";
import { findNeighbours } from "./neighbours.ts";
import { nextClusters } from "./next-clusters.ts";

const grouped = groupRadiographs({ regions: 8, clustersPerRegion: 8, seed: 1 });
const { data, truth, regionOf } = grouped;
const neighbours = await findNeighbours(data, { most: 20 });
const all = data.clusters.map(({ cluster }) => cluster);
const labelled = (clusters: readonly number[]): ReadonlyMap<number, string> =>
  new Map(clusters.map((cluster) => [cluster, regionOf.get(cluster)!]));

/** Of clusters that are not those of {@link data}. */
const evidenceOf = async (guided: GuideData) =>
  gatherEvidence(guided, await findNeighbours({ ...guided, madeIn: placesOf(guided) }, { most: 20 }));

/** The share of all images whose cluster is what was labelled or is proposed, by the truth. */
const accuracyOf = (guided: GuideData): number => {
  const evidence = gatherEvidence(guided, neighbours);
  const right = guided.clusters.filter(
    ({ cluster, label }, place) =>
      (label ?? likenessOf(evidence, spreadOf(evidence, place))?.label) === regionOf.get(cluster),
  );
  return right.reduce((sum, { rows }) => sum + rows.length, 0) / truth.length;
};

/** How many clusters have to be labelled in an order until so many images are right. */
const labelsNeeded = (order: readonly number[], wanted: number): number =>
  order.findIndex((_, i) => accuracyOf(withLabels(data, labelled(order.slice(0, i + 1)))) >= wanted) + 1;

const suggestedOrder = (): number[] => {
  const order: number[] = [];
  while (order.length < all.length) {
    const guided = withLabels(data, labelled(order));
    order.push(...nextClusters(guided, gatherEvidence(guided, neighbours), 4).map(({ cluster }) => cluster));
  }
  return order;
};

describe("neighbours", () => {
  test("are the nearest rows of other patients, the nearest first", () => {
    const { columns, values } = data.features;
    const cosine = (a: number, b: number): number =>
      Array.from({ length: columns }, (_, i) => values[a * columns + i]! * values[b * columns + i]!).reduce(
        (sum, product) => sum + product,
      );
    for (const row of [0, 1, 5, 100]) {
      const others = [...truth.keys()].filter((other) => data.patients[other] !== data.patients[row]);
      const nearest = others.sort((a, b) => cosine(row, b) - cosine(row, a)).slice(0, 20);
      expect([...neighbours.near.rows.subarray(row * 20, row * 20 + 20)]).toEqual(nearest);
      expect(neighbours.near.cosines[row * 20]!).toBeCloseTo(cosine(row, nearest[0]!), 5);
    }
  });

  test("are fewer where there are no more", async () => {
    const patients = data.patients.map((_, row) => patientId(row < 3 ? `${row}` : "one"));
    const { near } = await findNeighbours({ ...data, patients }, { most: 5 });
    expect([...near.rows.subarray(5 * 9, 5 * 10)].sort()).toEqual([-1, -1, 0, 1, 2].sort());
  });

  test("beyond are those of other clusters alone", () => {
    for (const row of [0, 50, 500]) {
      const found = [...neighbours.beyond.rows.subarray(row * 20, row * 20 + 20)];
      expect(found.every((other) => data.madeIn[other] !== data.madeIn[row])).toBe(true);
    }
  });

  test("can be stopped", async () => {
    const signal = AbortSignal.abort();
    await expect(findNeighbours(data, { most: 5, signal })).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});

describe("the next cluster", () => {
  test("in the suggested order, fewer labels are needed than by the numbers, and than by lot", () => {
    const suggested = labelsNeeded(suggestedOrder(), 0.9);
    const byNumber = labelsNeeded(all, 0.9);
    const byLot = [1, 2, 3, 4, 5].map((seed) =>
      labelsNeeded(
        [...new Random(seed).permutation(all.length)].map((i) => all[i]!),
        0.9,
      ),
    );
    expect(suggested).toBeLessThanOrEqual(0.5 * byNumber);
    expect(suggested).toBeLessThanOrEqual(0.7 * (byLot.reduce((sum, labels) => sum + labels) / byLot.length));
  });

  test("is never one that is labelled, and every other one in the end", () => {
    const guided = withLabels(data, labelled(all.slice(0, 10)));
    const next = nextClusters(guided, gatherEvidence(guided, neighbours), 1000);
    expect(next.map(({ cluster }) => cluster).sort((a, b) => a - b)).toEqual(all.slice(10));
    const gains = next.slice(0, 5).map(({ expectedGain }) => expectedGain);
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
  });

  test("is large while nothing is labelled; then what is near a label is proposed, what is not is said to be far", () => {
    const start = nextClusters(data, gatherEvidence(data, neighbours), 1000);
    expect(new Set(start.map(({ why }) => why))).toEqual(new Set(["large"]));
    expect(start.every(({ proposed }) => proposed === null)).toBe(true);
    const guided = withLabels(data, labelled(suggestedOrder().slice(0, 12)));
    const next = nextClusters(guided, gatherEvidence(guided, neighbours), 1000);
    const probable = next.filter(({ why }) => why === "probable");
    expect(probable.length).toBeGreaterThan(10);
    const right = probable.filter(({ cluster, proposed }) => proposed!.label === regionOf.get(cluster));
    expect(right.length / probable.length).toBeGreaterThan(0.9);
    const one = withLabels(data, labelled([1]));
    const far = nextClusters(one, gatherEvidence(one, neighbours), 1000).filter(
      ({ why }) => why === "far-from-labelled",
    );
    expect(far.length).toBeGreaterThan(20);
  });
});

describe("the atlas model", () => {
  test("proposes a label where nothing labelled is near, and is not heard about what is labelled", () => {
    const far = data.clusters[60]!;
    const guided = withLabels(data, labelled([1, 2]));
    const sorted = new Map(far.rows.map((row) => [row, regionOf.get(1)!]));
    const before = nextClusters(guided, gatherEvidence(guided, neighbours), 1000);
    const heard = { ...guided, sorted };
    const after = nextClusters(heard, gatherEvidence(heard, neighbours), 1000);
    const of = (list: typeof after) => list.find(({ cluster }) => cluster === far.cluster)!;
    expect(of(before)).toMatchObject({ why: "far-from-labelled" });
    expect(of(after)).toMatchObject({ why: "probable", proposed: { label: regionOf.get(1)! } });
    expect(of(after).expectedGain).toBeLessThan(of(before).expectedGain);
    const own = withLabels({ ...data, sorted }, labelled(all));
    expect(gatherEvidence(own, neighbours).spread).toEqual(
      gatherEvidence(withLabels(data, labelled(all)), neighbours).spread,
    );
  });
});

describe("an impure cluster", () => {
  /** Every eighth cluster and the one four regions on are one. */
  const pairs = [0, 8, 16, 24].map((at) => [at, at + 32] as const);
  const gone = new Set(pairs.map(([, second]) => second));
  const mixed: GuideData = {
    ...data,
    clusters: data.clusters.flatMap((cluster, place) => {
      const pair = pairs.find(([first]) => first === place);
      if (gone.has(place)) return [];
      return pair ? { ...cluster, rows: [...cluster.rows, ...data.clusters[pair[1]]!.rows] } : cluster;
    }),
  };
  const planted = new Set(pairs.map(([first]) => all[first]!));

  test.each([
    ["without a label", new Map<number, string>(), "apart"],
    ["with two of three clusters labelled", labelled(all.filter((cluster) => cluster % 3 !== 0)), "mixed"],
  ])("is found, and comes apart as it was mixed, %s", async (_, labels, why) => {
    const guided = withLabels(mixed, labels);
    const found = impureClusters(guided, await evidenceOf(guided), 50);
    expect(new Set(found.slice(0, planted.size).map(({ cluster }) => cluster))).toEqual(planted);
    const right = found.filter(({ cluster }) => planted.has(cluster));
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.8);
    for (const { parts, why: reason } of right) {
      expect(parts).toHaveLength(2);
      for (const { rows } of parts) expect(new Set(rows.map((row) => truth[row])).size).toBe(1);
      expect(reason).toBe(why);
    }
  });

  test("is not said of two views of one region once their labels are known", async () => {
    const views: GuideData = {
      ...data,
      clusters: data.clusters.flatMap((cluster, place) =>
        place === 1 ? [] : place === 0 ? { ...cluster, rows: [...cluster.rows, ...data.clusters[1]!.rows] } : cluster,
      ),
    };
    const scoreWith = async (labels: ReadonlyMap<number, string>): Promise<number> => {
      const guided = withLabels(views, labels);
      return impureClusters(guided, await evidenceOf(guided), 50).find(({ cluster }) => cluster === 1)?.score ?? 0;
    };
    expect(await scoreWith(new Map())).toBeGreaterThan(0.8);
    expect(await scoreWith(labelled(all.slice(2)))).toBe(0);
  });
});

describe("images out of place", () => {
  /** The last two images of every fourth cluster lie in the cluster after the next region's first. */
  const moved = new Set<number>();
  const shuffled: GuideData = {
    ...data,
    clusters: data.clusters.map((cluster, place) => {
      const rows = place % 4 === 0 ? cluster.rows.slice(0, -2) : cluster.rows;
      const from = data.clusters[(place + 19) % 64]!;
      const coming = (place + 19) % 4 === 0 ? from.rows.slice(-2) : [];
      for (const row of coming) moved.add(row);
      return { ...cluster, rows: [...rows, ...coming] };
    }),
  };
  const guided = withLabels(shuffled, labelled(all));

  test("are found in labelled clusters, and said to be what they are", async () => {
    expect(moved.size).toBe(32);
    const found = misplacedImages(guided, await evidenceOf(guided), 500);
    const right = found.filter(({ row }) => moved.has(row));
    expect(right.length / moved.size).toBeGreaterThan(0.85);
    expect(right.length / found.length).toBeGreaterThan(0.85);
    const named = right.filter(({ row, looksLike }) => looksLike.label === truth[row]);
    expect(named.length / right.length).toBeGreaterThan(0.9);
  });

  test("are not suggested again once a reader told them apart or said that they belong", async () => {
    const [first, second, third] = misplacedImages(guided, await evidenceOf(guided), 3);
    const decided = { ...guided, apart: new Set([first!.row]), confirmed: new Set([second!.row]) };
    const rows = misplacedImages(decided, await evidenceOf(decided), 500).map(({ row }) => row);
    expect(rows).not.toContain(first!.row);
    expect(rows).not.toContain(second!.row);
    expect(rows).toContain(third!.row);
  });

  test("are none where nothing is labelled", async () => {
    expect(misplacedImages(shuffled, await evidenceOf(shuffled), 500)).toEqual([]);
  });
});

describe("doubted labels", () => {
  const slips = new Map([3, 21, 44].map((cluster) => [cluster, regionOf.get(((cluster + 29) % 64) + 1)!]));

  test("are those of clusters that were given another region's by a slip", () => {
    const guided = withLabels(data, new Map([...labelled(all), ...slips]));
    const { clusters, images, pairs, judged, doubted } = doubtedLabels(
      guided,
      gatherEvidence(guided, neighbours),
      1000,
    );
    expect(judged).toBe(truth.length);
    for (const [cluster, given] of slips)
      expect(clusters).toContainEqual(expect.objectContaining({ cluster, given, suggested: regionOf.get(cluster)! }));
    expect(slips.size / clusters.length).toBeGreaterThan(0.5);
    expect(images).toHaveLength(doubted);
    const wrong = images.filter(({ cluster }) => slips.has(cluster));
    expect(wrong.length / images.length).toBeGreaterThan(0.5);
    expect(pairs.reduce((sum, pair) => sum + pair.images, 0)).toBe(doubted);
  });

  test("are few where every label is right, and a label of a single cluster is not judged", () => {
    const right = withLabels(data, labelled(all));
    const { doubted, judged, clusters } = doubtedLabels(right, gatherEvidence(right, neighbours), 1000);
    expect(doubted / judged).toBeLessThan(0.05);
    expect(clusters).toEqual([]);
    const lone = withLabels(data, new Map([...labelled(all), [64, "alone"]]));
    expect(doubtedLabels(lone, gatherEvidence(lone, neighbours), 1000).notJudged).toEqual(["alone"]);
  });
});

describe("what more labels are worth", () => {
  const order = suggestedOrder();

  test.each([16, 24, 40])("after %d labels the curve is where it is, and rises", (labels) => {
    const guided = withLabels(data, labelled(order.slice(0, labels)));
    const curve = learningCurve(guided, gatherEvidence(guided, neighbours), 0)!;
    const last = curve.points.at(-1)!;
    expect(last.clusters).toBe(labels);
    expect(Math.abs(last.accuracy - accuracyOf(guided))).toBeLessThan(0.12);
    expect(last.interval[0]).toBeLessThanOrEqual(last.accuracy);
    expect(last.interval[1]).toBeGreaterThanOrEqual(last.accuracy);
    expect(last.accuracy).toBeGreaterThan(curve.points[0]!.accuracy + 0.2);
    for (const { gain, gainInterval, accuracy } of curve.more) {
      expect(gain).toBeGreaterThanOrEqual(0);
      expect(gainInterval[0]).toBeLessThanOrEqual(gainInterval[1]);
      expect(accuracy).toBeLessThanOrEqual(1);
    }
    const clusters = curve.more.map((more) => more.clusters);
    expect(clusters).toEqual([10, 25, 50].filter((more) => more < all.length - labels));
  });

  test("cannot be told of fewer than ten labels, nor of one region", () => {
    for (const labels of [
      labelled(order.slice(0, 9)),
      labelled(all.slice(0, 8)),
      new Map(all.map((one) => [one, "same"])),
    ]) {
      const guided = withLabels(data, labels);
      expect(learningCurve(guided, gatherEvidence(guided, neighbours), 0)).toBeNull();
    }
  });

  test("is all of the images once all clusters are labelled, and nothing more is promised", () => {
    const guided = withLabels(data, labelled(all));
    const curve = learningCurve(guided, gatherEvidence(guided, neighbours), 0)!;
    expect(curve.points.at(-1)).toEqual({ clusters: all.length, accuracy: 1, interval: [1, 1], measured: 1 });
    expect(curve.more).toEqual([]);
  });
});
