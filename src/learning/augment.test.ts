import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { type AugmentationOptions, augment } from "./augment.ts";

const nothing: AugmentationOptions = {
  affine: { rotate: 0, scale: [1, 1], aspect: 0, translatePercent: 0 },
  horizontalFlip: 0,
  verticalFlip: 0,
  randomBrightnessContrast: { brightnessLimit: 0, contrastLimit: 0 },
  coarseDropout: { p: 0, holeRange: [0.1, 0.2] },
};
const everything: AugmentationOptions = {
  affine: { rotate: 30, scale: [0.8, 1.25], aspect: 0.1, translatePercent: 0.1 },
  horizontalFlip: 0.5,
  verticalFlip: 0.5,
  randomBrightnessContrast: { brightnessLimit: 0.2, contrastLimit: 0.3 },
  coarseDropout: { p: 0.5, holeRange: [0.1, 0.3], numHolesRange: [1, 3] },
  randomGamma: { gammaLimit: [0.7, 1.4] },
};
const random = new Random(1, "augment-test");
const source = { size: 20, pixels: Float32Array.from({ length: 400 }, () => random.normal()) };

const augmented = (options: AugmentationOptions, { seed = 1, size = 20, from = source } = {}): Float32Array => {
  const target = { size, pixels: new Float32Array(size * size).fill(-99) };
  augment(from, target, { random: new Random(seed), options });
  return target.pixels;
};

describe("augment", () => {
  test("without changes it copies; the source is never written to", () => {
    const before = source.pixels.slice();
    expect(augmented(nothing)).toEqual(source.pixels);
    augmented(everything, { size: 16 });
    expect(source.pixels).toEqual(before);
  });

  test("the same stream gives the same picture, another one another", () => {
    expect(augmented(everything, { seed: 4 })).toEqual(augmented(everything, { seed: 4 }));
    expect(augmented(everything, { seed: 4 })).not.toEqual(augmented(everything, { seed: 5 }));
  });

  test("scales lie in their range, as many above its geometric mean as below", () => {
    // A bright square of half the side: its share of the picture tells the scale.
    const isBright = (i: number): boolean => Math.min(i % 20, Math.floor(i / 20)) >= 5 && Math.max(i % 20, i / 20) < 15;
    const square = { size: 20, pixels: Float32Array.from({ length: 400 }, (_, i) => Number(isBright(i))) };
    const options = { ...nothing, affine: { ...nothing.affine, scale: [0.5, 2] } } as const;
    const scales = Array.from({ length: 2000 }, (_, seed) => {
      const bright = augmented(options, { seed, from: square }).reduce((sum, value) => sum + value, 0);
      return Math.sqrt(bright / 100);
    });
    expect(Math.min(...scales)).toBeGreaterThan(0.49);
    expect(Math.min(...scales)).toBeLessThan(0.52);
    expect(Math.max(...scales)).toBeGreaterThan(1.92);
    expect(Math.max(...scales)).toBeLessThanOrEqual(2);
    // Five standard deviations of a fair coin.
    expect(Math.abs(scales.filter((scale) => scale > 1).length - 1000)).toBeLessThan(5 * Math.sqrt(2000 / 4));
  });

  test("an affine change with probability 0.3 happens to three in ten, and else leaves the picture as it stands", () => {
    const options = { ...nothing, affine: { ...everything.affine, p: 0.3 } };
    const turned = Array.from({ length: 400 }, (_, seed) => augmented(options, { seed })).filter((pixels) =>
      pixels.some((value, i) => value !== source.pixels[i]),
    );
    expect(turned.length / 400).toBeCloseTo(0.3, 1);
  });

  test("gamma bends the values between the darkest and the brightest, whatever their range", () => {
    const ramp = { size: 2, pixels: Float32Array.of(-1, 0, 2, 3) };
    const dark = augmented({ ...nothing, randomGamma: { gammaLimit: [2, 2] } }, { size: 2, from: ramp });
    [-1, -0.75, 1.25, 3].forEach((value, i) => {
      expect(dark[i]).toBeCloseTo(value, 4);
    });
  });

  test("holes are rectangles of 0, as many and as large as asked", () => {
    const one = augmented({ ...nothing, coarseDropout: { p: 1, holeRange: [0.25, 0.25] } });
    const blanked = [...one.keys()].filter((i) => one[i] === 0);
    expect(blanked.length).toBe(25);
    expect(blanked[24] - blanked[0]).toBe(4 * 20 + 4);
    const most = Math.max(
      ...Array.from({ length: 30 }, (_, seed) => {
        const options = {
          ...nothing,
          coarseDropout: { p: 1, holeRange: [0.25, 0.25], numHolesRange: [1, 3] },
        } as const;
        return augmented(options, { seed }).filter((value) => value === 0).length;
      }),
    );
    expect(most).toBeGreaterThan(50);
    expect(most).toBeLessThanOrEqual(75);
  });
});
