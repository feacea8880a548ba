/** How well attacks do, each as a function of which items are counted, so that patients can be drawn anew for an interval. */

import type { PatientId } from "../../src/clinic/ids.ts";
import { bootstrapInterval } from "../../src/evidence/bootstrap-interval.ts";
import { Random } from "../../src/numeric/random.ts";
import type { Figure } from "../figure.ts";

/** A figure with its 95 % interval by patient, which stands beside the unit. */
export const figureByPatient = (
  name: string,
  patients: readonly PatientId[],
  statistic: (items: readonly number[]) => number,
): Figure => {
  const { estimate, interval } = bootstrapInterval(patients, statistic, {
    random: new Random(0, "leakage", name),
    resamples: 1000,
  });
  return { name, value: estimate, unit: `[${interval.map((end) => end.toFixed(3)).join(", ")}]` };
};

/** The share of the pictures' differences from a mean picture that guesses explain: 1 for perfect ones, 0 for the mean itself. */
export const explainedShare =
  (guesses: readonly ArrayLike<number>[], pictures: readonly ArrayLike<number>[], mean: ArrayLike<number>) =>
  (items: readonly number[]): number => {
    let left = 0;
    let all = 0;
    for (const item of items) {
      const [guess, picture] = [guesses[item]!, pictures[item]!];
      for (let pixel = 0; pixel < picture.length; pixel++) {
        left += (picture[pixel]! - guess[pixel]!) ** 2;
        all += (picture[pixel]! - mean[pixel]!) ** 2;
      }
    }
    return 1 - left / all;
  };

/** For each guess, whether its own picture resembles it more than any other of the gallery: by correlation. */
export const areRecognised = (
  guesses: readonly ArrayLike<number>[],
  pictures: readonly ArrayLike<number>[],
): readonly boolean[] => {
  const scaled = pictures.map(standardised);
  return guesses.map((guess, own) => {
    const looked = standardised(guess);
    const similarity = (picture: Float64Array): number =>
      picture.reduce((sum, value, pixel) => sum + value * looked[pixel]!, 0);
    const ofOwn = similarity(scaled[own]!);
    return scaled.every((picture, other) => other === own || similarity(picture) < ofOwn);
  });
};

const standardised = (values: ArrayLike<number>): Float64Array => {
  const own = Float64Array.from(values);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const length = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return own.map((value) => (value - mean) / (length || 1));
};

/** Mean over the classes of the share that was guessed right. */
export const balancedAccuracy =
  (guessed: readonly string[], truth: readonly string[]) =>
  (items: readonly number[]): number => {
    const byClass = Map.groupBy(items, (item) => truth[item]!);
    const shares = [...byClass].map(
      ([label, own]) => own.filter((item) => guessed[item] === label).length / own.length,
    );
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };

/** How likely one of the first scores above one of the second; ties count half. */
export const areaUnderCurve = (higher: readonly number[], lower: readonly number[]): number => {
  const sorted = lower.toSorted((a, b) => a - b);
  const below = (score: number): number => {
    const least = sorted.findIndex((one) => one >= score);
    const from = least === -1 ? sorted.length : least;
    const above = sorted.findIndex((one) => one > score);
    return from + ((above === -1 ? sorted.length : above) - from) / 2;
  };
  return higher.reduce((sum, score) => sum + below(score), 0) / (higher.length * lower.length);
};
