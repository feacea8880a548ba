/**
 * The candidates of the study's hyper-parameter search. It names what was turned at and where it ended, not how it searched; a search at
 * random finds as good a place as a grid in fewer trials (Bergstra and Bengio, 2012).
 */

import { Random } from "../../../numeric/random.ts";
import type { Duration } from "../config.ts";
import { type Hyperparameters, searchSpace } from "./config.ts";

/** The preset's own first, then as many more, drawn around it; always the same for a seed. */
export const candidatesAround = (chosen: Hyperparameters, count: number, seed: number): Hyperparameters[] => [
  chosen,
  ...Array.from({ length: count }, (_, i): Hyperparameters => {
    const random = new Random(seed, "hyper-parameters", i);
    const [slowest, fastest] = searchSpace.lr;
    return {
      lr: rounded(chosen.lr * Math.exp(random.uniform(Math.log(slowest), Math.log(fastest)))),
      batchSize: random.pick(searchSpace.batchSize),
      duration: stretched(chosen.duration, random.uniform(...searchSpace.duration)),
      augmentation: rounded(random.uniform(...searchSpace.augmentation)),
    };
  }),
];

/** Two digits: a third would make no difference, and is hard to read. */
const rounded = (value: number): number => Number(value.toPrecision(2));

const stretched = (duration: Duration, factor: number): Duration =>
  "epochs" in duration
    ? { epochs: Math.max(1, Math.round(duration.epochs * factor)) }
    : { ...duration, picturesSeen: Math.round((duration.picturesSeen * factor) / 100) * 100 };
