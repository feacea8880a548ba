/** Works out what guides the labelling of a clustering, and keeps it for pages to show. */

import { type Home, writeAtlasGuide } from "../../../store/index.ts";
import { type DoubtedCluster, type DoubtedImage, type DoubtedLabels, doubtedLabels } from "./doubted-labels.ts";
import type { GuideData, Likeness } from "./guide-data.ts";
import { gatherEvidence } from "./guide-evidence.ts";
import { type ImpureCluster, impureClusters } from "./impure-clusters.ts";
import { neighboursOfClustering } from "./kept-neighbours.ts";
import { type LearningCurve, learningCurve } from "./learning-curve.ts";
import { type GuideSubject, loadGuideData } from "./load-guide-data.ts";
import { type MisplacedImage, misplacedImages } from "./misplaced-images.ts";
import type { AllNeighbours } from "./neighbours.ts";
import { type NextCluster, nextClusters } from "./next-clusters.ts";

/** What a guide says, by the ids of images. */
export interface AtlasGuide {
  readonly labelledClusters: number;
  readonly next: readonly NextCluster[];
  readonly impure: readonly (Omit<ImpureCluster, "parts"> & {
    readonly parts: readonly { readonly images: readonly string[]; readonly proposed: Likeness | null }[];
  })[];
  readonly outliers: readonly (Omit<MisplacedImage, "row"> & { readonly image: string })[];
  readonly noise: {
    /** The share of the judged images that are doubted. */
    readonly share: number;
    readonly judgedImages: number;
    readonly notJudged: readonly string[];
    readonly clusters: readonly DoubtedCluster[];
    readonly images: readonly (Omit<DoubtedImage, "row"> & { readonly image: string })[];
    readonly pairs: DoubtedLabels["pairs"];
  };
  readonly curve: LearningCurve | null;
}

/** How a guide is worked out. */
export interface GuideOptions extends GuideSubject {
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, note: string) => void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** Neighbours of each image; 10 to 50 make little difference. */
const neighbours = 20;
/** Nobody looks through longer lists; the next guide goes on. */
const most = { next: 100, impure: 50, outliers: 500, doubted: 500 };

/**
 * @throws OsteonError `not-found` for a clustering that kept no features, `interrupted` when the signal stops it
 */
export const guideAtlas = async (home: Home, options: GuideOptions): Promise<AtlasGuide> => {
  const { clustering, reader, seed = 0, signal, onProgress, now } = options;
  const { data, basis } = await loadGuideData(home, { clustering, reader });
  const found = await neighboursOfClustering(home, clustering, {
    data,
    most: neighbours,
    signal,
    onProgress: (done, total) => onProgress?.(done, total, "neighbours"),
  });
  const guide = workOut(data, { found, seed });
  const kept = { basis: JSON.stringify(basis), content: JSON.stringify(guide), madeAt: now() };
  await writeAtlasGuide(home.database, clustering, { reader, guide: kept });
  return guide;
};

const workOut = (
  data: GuideData,
  { found, seed }: { readonly found: AllNeighbours; readonly seed: number },
): AtlasGuide => {
  const evidence = gatherEvidence(data, found);
  const imageOf = (row: number): string => data.images[row]!;
  const doubted = doubtedLabels(data, evidence, most.doubted);
  return {
    labelledClusters: data.clusters.filter(({ label }) => label !== null).length,
    next: nextClusters(data, evidence, most.next),
    impure: impureClusters(data, evidence, most.impure).map(({ parts, ...cluster }) => ({
      ...cluster,
      parts: parts.map(({ rows, proposed }) => ({ images: rows.map(imageOf), proposed })),
    })),
    outliers: misplacedImages(data, evidence, most.outliers).map(({ row, ...image }) => ({
      image: imageOf(row),
      ...image,
    })),
    noise: {
      share: doubted.judged === 0 ? 0 : doubted.doubted / doubted.judged,
      judgedImages: doubted.judged,
      notJudged: doubted.notJudged,
      clusters: doubted.clusters,
      images: doubted.images.map(({ row, ...image }) => ({ image: imageOf(row), ...image })),
      pairs: doubted.pairs,
    },
    curve: learningCurve(data, evidence, seed),
  };
};
