/** Learns what is usual of the radiographs of regions, and how strange one of them may be. */

import { type ClusterLabel, discard } from "../../../clinic/atlas/fold-actions.ts";
import type { PatientId } from "../../../clinic/ids.ts";
import { quantile } from "../../../numeric/quantile.ts";
import { Random } from "../../../numeric/random.ts";
import {
  bothOf,
  directionOf,
  featureShrinkage,
  logDistance,
  mostDiscarded,
  type Recognition,
  type Strangeness,
  type StrangenessLimits,
  type Surroundings,
  strangenessReason,
  surprise,
  surroundingsOf,
  textureShrinkage,
  type Usual,
  usualOf,
} from "./recognition.ts";

/** What the networks make of a radiograph whose label they learned from, or that one of them validated on. */
export interface SeenLesson {
  readonly patient: PatientId;
  /** A region's name, or `discard`. */
  readonly label: ClusterLabel;
  readonly texture: Float64Array;
  /** By each fold's network. */
  readonly features: readonly Float32Array[];
  /** How likely each fold's network takes it for what was discarded. */
  readonly discarded: readonly number[];
  /** The fold that did not learn from its patient; null of the side that is held out. */
  readonly leftOutBy: number | null;
  /** The fold that did not learn from its discarded cluster; null where all did. */
  readonly hiddenFrom: number | null;
}

/** What was found out while the limits were chosen. */
export interface RecognitionTrial {
  /** The share of radiographs of regions that each of the three limits refuses. */
  readonly falseAlarms: number;
  /** Of radiographs whose discarded cluster a network did not see, the share that it recognises; null without any. */
  readonly hiddenClusters: number | null;
  /** Of radiographs whose region was taken out of the surroundings, the share that is found strange. */
  readonly leftOutRegions: number;
}

/** The shares of radiographs of regions that each limit may refuse, the mildest first. */
const allowedFalseAlarms = [0.005, 0.01, 0.02] as const;

/** The mildest limits hold that recognise this share of what they are tried on, or else the strictest. */
const wantedRecognition = 0.95;

/** Radiographs of regions that are tried without their region. */
const mostTried = 1000;

/**
 * No limit lies nearer to the usual or farther from it, in deviations: where labels of clusters err, what is strange among radiographs
 * of regions are the errors, and the limit is not to be theirs.
 */
const [nearestLimit, farthestLimit] = [2, 3] as const;

/** @param lessons of all patients that are not held out */
export const fitRecognition = (
  lessons: readonly SeenLesson[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): { readonly recognition: Recognition; readonly trial: RecognitionTrial } => {
  const random = new Random(seed, "recognition");
  const ofRegions = lessons.filter(({ label }) => label !== discard);
  const surroundings = surroundFolds(drawEvenly(ofRegions, mostReferences, random.fork("references")), folds);
  const { strangeness, usual } = judgeLeftOut(ofRegions, surroundings);
  const strangenessOfHidden = lessons
    .filter(({ hiddenFrom }) => hiddenFrom !== null)
    .map((lesson) => judge(lesson, lesson.hiddenFrom!, { ...surroundings, usual }));
  const withoutRegion = drawEvenly(ofRegions, mostTried, random.fork("left-out regions")).map((lesson) =>
    judge(lesson, lesson.leftOutBy!, { ...surroundings, usual, skipped: ({ label }) => label === lesson.label }),
  );
  const trials = allowedFalseAlarms.map((falseAlarms) => {
    const limits: StrangenessLimits = {
      texture: limitOf(
        strangeness.map(({ texture }) => texture),
        falseAlarms,
      ),
      features: limitOf(
        strangeness.map(({ features }) => features),
        falseAlarms,
      ),
      both: limitOf(strangeness.map(bothOf), falseAlarms),
    };
    const isRecognised = (tried: Tried): boolean => tried.isDiscarded || strangenessReason(limits, tried) !== null;
    const shareOf = (tried: readonly Tried[]): number => tried.filter(isRecognised).length / tried.length;
    return {
      limits,
      trial: {
        falseAlarms,
        hiddenClusters: strangenessOfHidden.length === 0 ? null : shareOf(strangenessOfHidden),
        leftOutRegions: shareOf(withoutRegion),
      },
    };
  });
  const isEnough = ({ trial }: (typeof trials)[number]): boolean =>
    Math.min(trial.hiddenClusters ?? 1, trial.leftOutRegions) >= wantedRecognition;
  const { limits, trial } = trials.find(isEnough) ?? trials.at(-1)!;
  const { texture, features } = surroundings;
  return {
    recognition: {
      rules: { texture: usual.texture, features: usual.features, limits },
      texture: texture.surroundings,
      features: features.map((own) => own.surroundings),
    },
    trial,
  };
};

/** Surroundings with the lessons of their references. */
interface Known {
  readonly surroundings: Surroundings;
  readonly lessons: readonly SeenLesson[];
}

interface KnownByFolds {
  readonly texture: Known;
  readonly features: readonly Known[];
}

const surroundFolds = (references: readonly SeenLesson[], folds: number): KnownByFolds => {
  const known = (
    lessons: readonly SeenLesson[],
    { vectorOf, shrinkage }: { vectorOf: (lesson: SeenLesson) => Float64Array; shrinkage: number },
  ): Known => ({
    lessons,
    surroundings: surroundingsOf(
      lessons.map(vectorOf),
      lessons.map(({ label }) => label),
      shrinkage,
    ),
  });
  return {
    texture: known(references, { vectorOf: ({ texture }) => texture, shrinkage: textureShrinkage }),
    features: Array.from({ length: folds }, (_, fold) =>
      known(
        references.filter(({ leftOutBy }) => leftOutBy !== fold),
        { vectorOf: ({ features }) => directionOf(features[fold]!), shrinkage: featureShrinkage },
      ),
    ),
  };
};

/** What is usual of radiographs that were left out, and how strange each of them is. */
const judgeLeftOut = (lessons: readonly SeenLesson[], { texture, features }: KnownByFolds) => {
  const textures = lessons.map((lesson) =>
    logDistance(texture.surroundings, lesson.texture, (row) => texture.lessons[row]!.patient === lesson.patient),
  );
  const distances = lessons.map(({ features: own, leftOutBy }) =>
    logDistance(features[leftOutBy!]!.surroundings, directionOf(own[leftOutBy!]!)),
  );
  const usual = {
    texture: usualOf(textures),
    features: features.map((_, fold) => {
      const own = distances.filter((_, i) => lessons[i]!.leftOutBy === fold);
      return usualOf(own.length > 0 ? own : distances);
    }),
  };
  const strangeness = lessons.map(
    ({ leftOutBy }, i): Strangeness => ({
      texture: surprise(usual.texture, textures[i]!),
      features: surprise(usual.features[leftOutBy!]!, distances[i]!),
    }),
  );
  return { usual, strangeness };
};

/** A radiograph that ought to be recognised as of no region, as one fold sees it. */
interface Tried extends Strangeness {
  readonly isDiscarded: boolean;
}

const judge = (
  lesson: SeenLesson,
  fold: number,
  {
    texture,
    features,
    usual,
    skipped,
  }: KnownByFolds & {
    readonly usual: { readonly texture: Usual; readonly features: readonly Usual[] };
    /** References that are not there for it. */
    readonly skipped?: (reference: SeenLesson) => boolean;
  },
): Tried => {
  const distanceIn = ({ surroundings, lessons }: Known, vector: Float64Array): number =>
    logDistance(surroundings, vector, skipped && ((row) => skipped(lessons[row]!)));
  return {
    texture: surprise(usual.texture, distanceIn(texture, lesson.texture)),
    features: surprise(usual.features[fold]!, distanceIn(features[fold]!, directionOf(lesson.features[fold]!))),
    isDiscarded: lesson.discarded[fold]! > mostDiscarded,
  };
};

/** References beyond this many would not make the surroundings denser, and the file larger. */
const mostReferences = 2000;

/** As many of each region as there is room for, the larger ones cut first. */
const drawEvenly = (lessons: readonly SeenLesson[], most: number, random: Random): SeenLesson[] => {
  if (lessons.length <= most) return [...lessons];
  const groups = [...Map.groupBy(lessons, ({ label }) => label).values()].sort((a, b) => a.length - b.length);
  let room = most;
  return groups.flatMap((own, at) => {
    const share = Math.min(own.length, Math.floor(room / (groups.length - at)));
    room -= share;
    const order = random.permutation(own.length);
    return Array.from(order.subarray(0, share), (i) => own[i]!);
  });
};

const limitOf = (values: readonly number[], falseAlarms: number): number => {
  const { median, deviation } = usualOf(values);
  const [least, most] = [nearestLimit, farthestLimit].map((deviations) => median + deviations * deviation) as [
    number,
    number,
  ];
  return Math.min(Math.max(quantile(values, 1 - falseAlarms), least), most);
};
