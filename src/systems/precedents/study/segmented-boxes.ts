/** The segmented boxes of a study, made once and kept with its run, and how well they meet the drawn ones. */

import { bootstrapInterval } from "../../../evidence/bootstrap-interval.ts";
import type { Interval } from "../../../evidence/wilson-interval.ts";
import { quantile } from "../../../numeric/quantile.ts";
import { Random } from "../../../numeric/random.ts";
import type { Home, StoredImage } from "../../../store/index.ts";
import { type KeptListKind, readKeptList, writeKeptList } from "../../training/index.ts";
import type { LesionBox } from "../lesion-crop.ts";
import type { StudySettings } from "./config.ts";
import { boxesWithin, loadCrops } from "./crops.ts";
import { boxOverlap, segmentLesions } from "./segment-lesions.ts";
import type { StudyPlan } from "./study-plan.ts";
import type { StudyItem } from "./study-split.ts";

/** How well boxes of radiographs that were not learned from meet what a person drew. */
export interface SegmentationScores {
  /** Radiographs of the whole study in which something was taken for a lesion. */
  readonly found: number;
  readonly radiographs: number;
  /** Those that were not learned from, and are marked. */
  readonly tried: number;
  /** Intersection over union of the two boxes, 0 where nothing was found: the middle, and the share of at least a half. */
  readonly medianOverlap: number | null;
  readonly halfOverlap: number | null;
  readonly halfInterval: Interval | null;
}

const keptBoxes: KeptListKind = { name: "segmented-boxes.json", format: "osteon-segmented-boxes-1", entries: "boxes" };

interface SegmentedBoxesOptions {
  readonly items: readonly StudyItem[];
  readonly drawn: ReadonlyMap<StoredImage["id"], LesionBox>;
  readonly learned: readonly number[];
  readonly settings: StudySettings;
  readonly plan: StudyPlan;
  readonly signal?: AbortSignal | undefined;
}

/** As of {@link segmentLesions}, unless the run has them. */
export const segmentedBoxes = async (
  home: Home,
  run: string,
  { items, drawn, learned, settings: { segmentation }, plan: { seed }, signal }: SegmentedBoxesOptions,
): Promise<{ readonly boxes: ReadonlyMap<StoredImage["id"], LesionBox>; readonly scores: SegmentationScores }> => {
  const images = items.map(({ image }) => image);
  const kept = await readKeptList<[StoredImage["id"], LesionBox]>(home, run, keptBoxes);
  const boxes =
    kept.length > 0
      ? new Map(kept)
      : await segmentLesions({
          images,
          pictures: await loadCrops(home, images, { boxes: new Map(), size: segmentation.imageSize }),
          boxes: drawn,
          learned,
          settings: segmentation,
          seed,
          signal,
        });
  if (kept.length === 0) await writeKeptList(home, run, { kind: keptBoxes, list: [...boxes] });
  const within = boxesWithin(images, boxes);
  return { boxes: within, scores: scoresOf(within, { items, drawn, learned, seed }) };
};

const scoresOf = (
  boxes: ReadonlyMap<StoredImage["id"], LesionBox>,
  { items, drawn, learned, seed }: Pick<SegmentedBoxesOptions, "items" | "drawn" | "learned"> & { seed: number },
): SegmentationScores => {
  const known = new Set(learned);
  const tried = items.filter(({ image }, position) => !known.has(position) && drawn.has(image.id));
  const overlaps = tried.map(({ image }) => {
    const box = boxes.get(image.id);
    return box ? boxOverlap(box, drawn.get(image.id)!) : 0;
  });
  const share = (positions: readonly number[]): number =>
    positions.filter((at) => overlaps[at]! >= 0.5).length / positions.length;
  const patients = tried.map(({ patient }) => patient);
  const isAny = tried.length > 0;
  return {
    found: boxes.size,
    radiographs: items.length,
    tried: tried.length,
    medianOverlap: isAny ? quantile(overlaps, 0.5) : null,
    halfOverlap: isAny ? share([...overlaps.keys()]) : null,
    halfInterval: isAny ? bootstrapInterval(patients, share, { random: new Random(seed, "bootstrap") }).interval : null,
  };
};
