/** What the tests of src/learning/prefetch.ts have its threads do. */

import { setTimeout as sleep } from "node:timers/promises";
import { OsteonError } from "../../src/errors.ts";
import { type Preparation, type Prepare, preparation } from "../../src/learning/prefetch.ts";
import { Random } from "../../src/numeric/random.ts";

/** Draws four numbers for an item, at times after a wait, so that threads overtake each other. */
export const makeDraws = ({ seed }: { seed: number }): Prepare<number, Float32Array> => {
  const memory = new Float32Array(4); // shared by all items of a thread: they must not be made ready at once
  return async (item) => {
    const random = new Random(seed, item);
    memory.fill(item);
    if (random.chance(0.3)) await sleep(random.integer(4));
    const value = memory.map((own) => own + random.next());
    return { value, transfer: [value.buffer] };
  };
};
export const draws = (seed: number): Preparation<number, Float32Array> =>
  preparation(import.meta.url, makeDraws, { seed });

/** Counts the items that all threads have begun. */
export const makeCounted =
  ({ begun }: { begun: SharedArrayBuffer }): Prepare<number, number> =>
  (item) => {
    const counter = new Int32Array(begun);
    Atomics.add(counter, 0, 1);
    Atomics.notify(counter, 0);
    return { value: item };
  };
export const counted = (begun: SharedArrayBuffer): Preparation<number, number> =>
  preparation(import.meta.url, makeCounted, { begun });

/** What can go wrong with an item. */
export type Mishap =
  | "refused"
  | "refused with what cannot be sent"
  | "wrong"
  | "exit"
  | "crash"
  | "hang"
  | "not sendable";

const mishaps: Readonly<Record<Mishap, () => unknown>> = {
  refused: () => {
    throw new OsteonError("bad-input", "Item 5 is no number.", { item: 5 }, new RangeError("too large"));
  },
  "refused with what cannot be sent": () => {
    throw new OsteonError("bad-input", "Item 5 is no number.", { show: () => 5 });
  },
  wrong: () => {
    throw new TypeError("item.five is not a function");
  },
  exit: () => process.exit(3),
  crash: () => {
    setTimeout(() => {
      throw new Error("thrown where nobody waits");
    });
    return new Promise(() => {});
  },
  hang: () => {
    for (;;);
  },
  "not sendable": () => () => 5,
};

/** Passes items on, but for item 5. */
export const makePassing =
  ({ mishap }: { mishap: Mishap }): Prepare<number, number> =>
  async (item) => ({ value: item === 5 ? ((await mishaps[mishap]()) as number) : item });
export const passingBut = (mishap: Mishap): Preparation<number, number> =>
  preparation(import.meta.url, makePassing, { mishap });

/** Cannot be set up. */
export const makeNothing = (): Prepare<number, number> => {
  throw new OsteonError("not-found", "There is nothing to set up.");
};
export const nothing: Preparation<number, number> = preparation(import.meta.url, makeNothing, undefined);

const makeHidden = (): Prepare<number, number> => (item) => ({ value: item });

/** Not exported by its module under its name. */
export const hidden: Preparation<number, number> = preparation(import.meta.url, makeHidden, undefined);
