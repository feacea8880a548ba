/** Blur of a moving patient. */
import type { Random } from "../../numeric/random.ts";
import { flag, type Range, range } from "./fields.ts";
import { filter, type Tap } from "./filter.ts";
import { withPixels } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** An odd length from the range; an even end counts as the next odd one. */
const drawLength = (random: Random, [low, high]: Range): number => {
  const [least, most] = [low | 1, high | 1];
  return least + 2 * random.integer((most - least) / 2 + 1);
};

interface Stroke {
  /** Length of the kernel in pixels, odd. */
  readonly length: number;
  /** Degrees, clockwise. */
  readonly angle: number;
  /** -1: only backwards from the middle, 1: only forwards, 0: both. */
  readonly direction: number;
  /** Pixels that the stroke lies beside the middle. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/** The pixels of a stroke, each once and with the same weight; none leaves the kernel. */
const strokeTaps = ({ length, angle, direction, shiftX, shiftY }: Stroke): readonly Tap[] => {
  const reach = length >> 1;
  const start = direction > 0 ? -reach * (1 - direction) : -reach;
  const end = direction < 0 ? reach * (1 + direction) : reach;
  const [dx, dy] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const inKernel = (value: number): number => Math.min(Math.max(Math.round(value), -reach), reach);
  const places = new Map<number, Tap>();
  for (let i = 0; i < length; i++) {
    const along = start + ((end - start) * i) / (length - 1);
    const [x, y] = [inKernel(dx * along + shiftX), inKernel(dy * along + shiftY)];
    places.set(y * length + x, { x, y, weight: 1 });
  }
  return [...places.values()].map(({ x, y }) => ({ x, y, weight: 1 / places.size }));
};

/** Blurs along a line of random length and direction. */
export const motionBlur = defineTransform({
  name: "MotionBlur",
  p: 0.5,
  fields: {
    /** Length of the line in pixels. */
    blurLimit: range([3, 7], { from: 3, to: 255, whole: true }),
    /** Lets the line lie beside the middle by up to a quarter of its length, which shifts the picture. */
    allowShifted: flag(true),
    /** Degrees. */
    angleRange: range([0, 360]),
    /** -1: the line lies behind the pixel, 1: before it, 0: on both sides. */
    directionRange: range([-1, 1], { from: -1, to: 1 }),
  },
  apply: (sample, { blurLimit, allowShifted, angleRange, directionRange }, random) => {
    const length = drawLength(random, blurLimit);
    const angle = random.uniform(...angleRange);
    const direction = random.uniform(...directionRange);
    const most = allowShifted ? (length >> 1) / 2 : 0;
    const [shiftX, shiftY] = [random.uniform(-most, most), random.uniform(-most, most)];
    return withPixels(sample, filter(sample.image, strokeTaps({ length, angle, direction, shiftX, shiftY })));
  },
});
