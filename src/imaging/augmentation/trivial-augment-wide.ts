/**
 * TrivialAugment, wide (Müller and Hutter 2021), as torchvision does it on tensors: one operation at random, of random
 * strength and sign, on eight bits and with nearest pixels. Written for photographs: of a radiograph, Rotate by 135 degrees and
 * Solarize leave nothing that a camera could have taken, and Color does nothing.
 */
import type { Random } from "../../numeric/random.ts";
import { type LinearMap, linearMap, middleOf, type PerAxis, radians } from "./affine.ts";
import type { Border } from "./border.ts";
import { number } from "./fields.ts";
import { remapNearest } from "./remap.ts";
import { type Sample, sampleOf } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** A picture of 256 levels and its mask. */
interface Levels {
  readonly width: number;
  readonly height: number;
  readonly levels: Uint8Array;
  readonly mask: Uint8Array | undefined;
}

/** One operation: its strongest magnitude (the weakest is 0), whether it has two signs, and what it does. */
interface Operation {
  readonly strongest: number;
  readonly signed: boolean;
  readonly apply: (picture: Levels, magnitude: number) => Levels;
}

const { fround } = Math; // torchvision counts in 32 bits, and cuts off what is behind the point

const withLevels = (picture: Levels, levelOf: (level: number, i: number) => number): Levels => ({
  ...picture,
  levels: picture.levels.map(levelOf),
});

/** Away from `other` (above 1) or towards it (below 1). */
const blend = (level: number, other: number, ratio: number): number => {
  const sum = fround(fround(fround(ratio) * level) + fround(fround(1 - ratio) * other));
  return sum < 0 ? 0 : Math.min(sum, 255);
};

const black: Border = { borderMode: "constant", fill: 0, fillMask: 0 };
const nowhere: PerAxis = { x: 0, y: 0 };

/** Moves picture and mask by one map. */
const move = (picture: Levels, map: LinearMap, shift: PerAxis): Levels => {
  const how = { map: linearMap(picture, map, shift), border: black };
  const { levels, mask } = picture;
  return {
    ...picture,
    levels: remapNearest(levels, picture, how),
    mask: mask && remapNearest(mask, picture, how),
  };
};

/** The outer corner of the first pixel. */
const corner: PerAxis = { x: -0.5, y: -0.5 };

const translate = (picture: Levels, shift: PerAxis): Levels => {
  const rows = [
    [1, 0],
    [0, 1],
  ] as const;
  return move(picture, { rows, centre: nowhere }, { x: Math.trunc(shift.x), y: Math.trunc(shift.y) });
};

const shear = (picture: Levels, { x, y }: PerAxis): Levels => {
  const rows = [
    [1, x],
    [y, 1],
  ] as const;
  return move(picture, { rows, centre: corner }, nowhere);
};

const rotate = (picture: Levels, degrees: number): Levels => {
  const [cos, sin] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
  const rows = [
    [cos, -sin],
    [sin, cos],
  ] as const;
  return move(picture, { rows, centre: middleOf(picture) }, nowhere);
};

const contrast = (picture: Levels, magnitude: number): Levels => {
  let sum = 0;
  for (const level of picture.levels) sum += level;
  const mean = fround(sum / picture.levels.length);
  return withLevels(picture, (level) => blend(level, mean, 1 + magnitude));
};

/** Blends with a smoothed picture (5 in the middle, 1 around it, divided by 13), whose outermost pixels are as they were. */
const sharpness = (picture: Levels, magnitude: number): Levels => {
  const { width, height, levels } = picture;
  const smooth = levels.slice();
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      let sum = 4 * levels[at]!;
      for (let from = at - width - 1; from <= at + width - 1; from += width) {
        sum += levels[from]! + levels[from + 1]! + levels[from + 2]!;
      }
      smooth[at] = Math.round(sum / 13);
    }
  }
  return withLevels(picture, (level, i) => blend(level, smooth[i]!, 1 + magnitude));
};

const autoContrast = (picture: Levels): Levels => {
  const lowest = picture.levels.reduce((a, b) => Math.min(a, b), 255);
  const highest = picture.levels.reduce((a, b) => Math.max(a, b), 0);
  if (lowest === highest) return picture;
  const scale = fround(255 / (highest - lowest));
  return withLevels(picture, (level) => Math.min(fround((level - lowest) * scale), 255));
};

/** Equalises the histogram as PIL does: the brightest level does not count. */
const equalize = (picture: Levels): Levels => {
  const counts = new Uint32Array(256);
  for (const level of picture.levels) counts[level]!++;
  const brightest = picture.levels.reduce((a, b) => Math.max(a, b), 0);
  const step = Math.floor((picture.levels.length - counts[brightest]!) / 255);
  if (step === 0) return picture;
  const curve = new Uint8Array(256);
  for (let level = 1, sum = 0; level < 256; level++) {
    sum += counts[level - 1]!;
    curve[level] = Math.min(Math.floor((sum + (step >> 1)) / step), 255);
  }
  return withLevels(picture, (level) => curve[level]!);
};

/** The fourteen operations; magnitudes of the wide space. */
const operations = {
  Identity: { strongest: 0, signed: false, apply: (picture) => picture },
  ShearX: { strongest: 0.99, signed: true, apply: (picture, magnitude) => shear(picture, { x: magnitude, y: 0 }) },
  ShearY: { strongest: 0.99, signed: true, apply: (picture, magnitude) => shear(picture, { x: 0, y: magnitude }) },
  TranslateX: {
    strongest: 32,
    signed: true,
    apply: (picture, magnitude) => translate(picture, { x: magnitude, y: 0 }),
  },
  TranslateY: {
    strongest: 32,
    signed: true,
    apply: (picture, magnitude) => translate(picture, { x: 0, y: magnitude }),
  },
  Rotate: { strongest: 135, signed: true, apply: rotate },
  Brightness: {
    strongest: 0.99,
    signed: true,
    apply: (picture, magnitude) => withLevels(picture, (level) => blend(level, 0, 1 + magnitude)),
  },
  Color: { strongest: 0.99, signed: true, apply: (picture) => picture },
  Contrast: { strongest: 0.99, signed: true, apply: contrast },
  Sharpness: { strongest: 0.99, signed: true, apply: sharpness },
  // the magnitude is how many of the eight bits are lost
  Posterize: {
    strongest: 6,
    signed: false,
    apply: (picture, magnitude) => withLevels(picture, (level) => level & -(2 ** Math.round(magnitude))),
  },
  // the magnitude is how far the threshold lies below 255
  Solarize: {
    strongest: 255,
    signed: false,
    apply: (picture, magnitude) => withLevels(picture, (level) => (level >= 255 - magnitude ? 255 - level : level)),
  },
  AutoContrast: { strongest: 0, signed: false, apply: autoContrast },
  Equalize: { strongest: 0, signed: false, apply: equalize },
} as const satisfies Readonly<Record<string, Operation>>;

/** Name of one of the fourteen operations. */
export type TrivialOperation = keyof typeof operations;

/**
 * One operation at a given magnitude, on eight bits.
 *
 * @example
 * trivialOperation(sample, "Rotate", -45);
 */
export const trivialOperation = (sample: Sample, name: TrivialOperation, magnitude: number): Sample => {
  const { width, height, pixels } = sample.image;
  const levels = new Uint8Array(pixels.length);
  for (let i = 0; i < levels.length; i++) levels[i] = Math.round(pixels[i]! * 255);
  const changed = operations[name].apply({ width, height, levels, mask: sample.mask }, magnitude);
  const target = new Float32Array(pixels.length);
  for (let i = 0; i < target.length; i++) target[i] = changed.levels[i]! / 255;
  return sampleOf({ width, height, pixels: target }, changed.mask);
};

const draw = (random: Random, bins: number): { name: TrivialOperation; magnitude: number } => {
  const name = random.pick(Object.keys(operations) as TrivialOperation[]);
  const { strongest, signed } = operations[name];
  const magnitude = (strongest * random.integer(bins)) / (bins - 1);
  return { name, magnitude: signed && random.chance(0.5) ? -magnitude : magnitude };
};

/** One of fourteen operations, all equally likely. */
export const trivialAugmentWide = defineTransform({
  name: "TrivialAugmentWide",
  p: 1,
  fields: {
    /** From how many equally spaced magnitudes one is drawn. */
    numMagnitudeBins: number(31, { from: 2, to: 1000, whole: true }),
  },
  apply: (sample, { numMagnitudeBins }, random) => {
    const { name, magnitude } = draw(random, numMagnitudeBins);
    return trivialOperation(sample, name, magnitude);
  },
});
