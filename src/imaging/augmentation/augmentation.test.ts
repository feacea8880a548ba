import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OsteonError } from "../../errors.ts";
import { Random } from "../../numeric/random.ts";
import { compose, type Sample, type TransformName, type TransformSettings, transforms } from "./index.ts";
import { lesionAugmentations, precedentsAugmentation, triageAugmentation } from "./presets.ts";
import { type TrivialOperation, trivialOperation } from "./trivial-augment-wide.ts";

/** Noise with a mask of four classes. */
const noise = (width: number, height: number, seed = 1): Sample => {
  const random = new Random(seed, "augmentation", width, height);
  return {
    image: { width, height, pixels: Float32Array.from({ length: width * height }, () => random.next()) },
    mask: Uint8Array.from({ length: width * height }, () => [0, 1, 2, 7][random.integer(4)]!),
  };
};

/** A disc and a bar, and a picture that shows the mask: 1 on it, 0 beside it. */
const shape = (width: number, height: number): Sample => {
  const mask = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inDisc = Math.hypot(x - width * 0.4, y - height * 0.55) < Math.min(width, height) * 0.25;
    return Number(inDisc || (x > width * 0.7 && x < width * 0.8 && y > height * 0.2));
  });
  return { image: { width, height, pixels: Float32Array.from(mask) }, mask };
};

type Pair = readonly [number, number];

/** The picture at half its contrast. */
const dimmed = (image: Sample["image"]): Sample["image"] => ({
  ...image,
  pixels: image.pixels.map((value) => 0.25 + value / 2),
});

/** Settings that change much, one for each kind; the record's type asks for every kind. */
const strong: { readonly [Name in TransformName]: TransformSettings & { name: Name } } = {
  HorizontalFlip: { name: "HorizontalFlip" },
  VerticalFlip: { name: "VerticalFlip" },
  Affine: {
    name: "Affine",
    scale: [0.7, 1.4],
    rotate: [-180, 180],
    shear: { x: [-20, 20], y: [-5, 5] },
    translatePercent: [-0.2, 0.2],
  },
  Rotate: { name: "Rotate" },
  RandomResizedCrop: { name: "RandomResizedCrop" },
  RandomCrop: { name: "RandomCrop", width: 1, height: 1 },
  CropAndPad: { name: "CropAndPad", percent: [-0.2, 0.2] },
  RandomBrightnessContrast: { name: "RandomBrightnessContrast" },
  RandomGamma: { name: "RandomGamma" },
  CLAHE: { name: "CLAHE" },
  GaussNoise: { name: "GaussNoise" },
  GaussianBlur: { name: "GaussianBlur" },
  ElasticTransform: { name: "ElasticTransform", alpha: 100, sigma: 4 },
  CoarseDropout: { name: "CoarseDropout" },
  Sharpen: { name: "Sharpen" },
  MotionBlur: { name: "MotionBlur" },
  GridDistortion: { name: "GridDistortion" },
  OpticalDistortion: { name: "OpticalDistortion", distortLimit: [0.3, 0.5] },
  Perspective: { name: "Perspective" },
  TrivialAugmentWide: { name: "TrivialAugmentWide" },
};
const names = Object.keys(strong) as TransformName[];
const always = (settings: TransformSettings): TransformSettings => ({ ...settings, p: 1 });
const run = (settings: TransformSettings, sample: Sample, seed = 3): Sample =>
  compose([always(settings)])(sample, new Random(seed, "run"));

/** Settings under which a kind gives back what it got. */
const identities: readonly TransformSettings[] = [
  { name: "Affine" },
  { name: "Rotate", limit: [0, 0] },
  { name: "RandomCrop" },
  { name: "CropAndPad" },
  { name: "RandomBrightnessContrast", brightnessLimit: [0, 0], contrastLimit: [0, 0] },
  { name: "RandomGamma", gammaLimit: [100, 100] },
  { name: "GaussNoise", stdRange: [0, 0] },
  { name: "GaussianBlur", sigmaLimit: [0, 0] },
  { name: "ElasticTransform", alpha: 0, sigma: 3 },
  { name: "CoarseDropout", holeHeightRange: [0, 0], holeWidthRange: [0, 0] },
  { name: "Sharpen", alpha: [0, 0] },
  { name: "Sharpen", alpha: [0, 0], method: "gaussian" },
  { name: "GridDistortion", distortLimit: [0, 0] },
  { name: "OpticalDistortion", distortLimit: [0, 0] },
  { name: "OpticalDistortion", distortLimit: [0, 0], mode: "fisheye" },
  { name: "Perspective", scale: [0, 0] },
];

const geometric: readonly TransformName[] = [
  "HorizontalFlip",
  "VerticalFlip",
  "Affine",
  "Rotate",
  "RandomResizedCrop",
  "RandomCrop",
  "CropAndPad",
  "ElasticTransform",
  "GridDistortion",
  "OpticalDistortion",
  "Perspective",
];

const sizes = fc.tuple(fc.integer({ min: 1, max: 33 }), fc.integer({ min: 1, max: 33 }), fc.nat());

describe.each(names)("%s", (name) => {
  const settings = strong[name];

  test("keeps values in [0, 1], classes among the mask's and 0, and its input as it was, at any size", () => {
    fc.assert(
      fc.property(sizes, ([width, height, seed]) => {
        const sample = noise(width, height, seed);
        const before = structuredClone(sample);
        const { image, mask } = run(settings, sample, seed);
        expect(sample).toEqual(before);
        expect(image.pixels.length).toBe(image.width * image.height);
        expect(mask!.length).toBe(image.pixels.length);
        expect(image.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
        const classes = new Set([0, ...sample.mask!]);
        expect(mask!.every((value) => classes.has(value))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("gives the same bytes for the same seed", () => {
    const sample = noise(24, 17);
    expect(run(settings, sample, 5)).toEqual(run(settings, sample, 5));
  });

  // an operation at random may move pixels or not
  test.skipIf(name === "TrivialAugmentWide")("changes the picture, and the mask just where it moves pixels", () => {
    const sample = noise(40, 30);
    const { image, mask } = run(settings, sample, 4);
    expect(image.pixels).not.toEqual(sample.image.pixels);
    if (geometric.includes(name)) expect(mask).not.toEqual(sample.mask);
    else expect(mask).toEqual(sample.mask);
  });

  test("needs no mask", () => {
    const { image } = noise(20, 31);
    const { image: augmented, mask } = run(settings, { image });
    expect(mask).toBe(undefined);
    expect(augmented).toEqual(run(settings, { image, mask: new Uint8Array(20 * 31) }).image);
  });

  test("is never applied at p 0", () => {
    const sample = noise(8, 8);
    expect(compose([{ ...settings, p: 0 }])(sample, new Random(1))).toBe(sample);
  });
});

describe.each(geometric)("%s", (name) => {
  test("moves the mask as it moves the picture", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { image, mask } = run(strong[name], shape(61, 47), seed);
      let wrong = 0;
      let beside = 0;
      image.pixels.forEach((value, i) => {
        // where all four neighbours agree, so must the nearest
        if (value === 0 || value === 1) wrong += Number(mask![i] !== value);
        else beside += Number(value >= 0.5 !== (mask![i] === 1));
      });
      expect(wrong).toBe(0);
      expect(beside).toBeLessThan(0.02 * image.pixels.length);
    }
  });
});

test.each(identities)("$name gives its input back where its parameters say no change", (settings) => {
  for (const sample of [noise(32, 32), noise(13, 29), noise(1, 1), noise(1, 7)]) {
    expect(run(settings, sample)).toEqual(sample);
  }
});

describe("flips", () => {
  test.each(["HorizontalFlip", "VerticalFlip"] as const)("%s twice is no flip", (name) => {
    const sample = noise(9, 6);
    expect(run({ name }, sample)).not.toEqual(sample);
    expect(run({ name }, run({ name }, sample))).toEqual(sample);
  });

  test("left and right, top and bottom", () => {
    const image = { width: 3, height: 2, pixels: Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5) };
    expect([...run({ name: "HorizontalFlip" }, { image }).image.pixels]).toEqual([
      ...Float32Array.of(0.2, 0.1, 0, 0.5, 0.4, 0.3),
    ]);
    expect([...run({ name: "VerticalFlip" }, { image }).image.pixels]).toEqual([
      ...Float32Array.of(0.3, 0.4, 0.5, 0, 0.1, 0.2),
    ]);
  });
});

describe("single transforms", () => {
  test("RandomResizedCrop of the whole picture gives it back", () => {
    for (const [width, height] of [
      [32, 32],
      [13, 29],
      [1, 7],
    ] as const) {
      const sample = noise(width, height);
      const ratio = [width / height, width / height] as const;
      expect(run({ name: "RandomResizedCrop", scale: [1, 1], ratio }, sample)).toEqual(sample);
    }
  });

  test("Rotate by 90 degrees turns counter-clockwise", () => {
    const sample = noise(5, 5);
    const { image, mask } = run({ name: "Rotate", limit: [90, 90] }, sample);
    for (let y = 0; y < 5; y++) {
      for (let x = 0; x < 5; x++) {
        expect(image.pixels[y * 5 + x]).toBeCloseTo(sample.image.pixels[x * 5 + 4 - y]!, 5);
        expect(mask![y * 5 + x]).toBe(sample.mask![x * 5 + 4 - y]);
      }
    }
  });

  test("Affine shifts to the right and down; its border is constant, the edge or the mirror image", () => {
    const image = { width: 4, height: 1, pixels: Float32Array.of(0.25, 0.5, 0.75, 1) };
    const shifted = (borderMode: "constant" | "replicate" | "reflect_101"): number[] => [
      ...run({ name: "Affine", translatePercent: { x: [0.5, 0.5], y: [0, 0] }, borderMode, fill: 0.125 }, { image })
        .image.pixels,
    ];
    expect(shifted("constant")).toEqual([0.125, 0.125, 0.25, 0.5]);
    expect(shifted("replicate")).toEqual([0.25, 0.25, 0.25, 0.5]);
    expect(shifted("reflect_101")).toEqual([0.75, 0.5, 0.25, 0.5]);
  });

  test("Affine keeps the ratio where it is told to", () => {
    const scaled = (keepRatio: boolean): number[] => {
      const { mask } = run(
        { name: "Affine", scale: [0.4, 0.9], keepRatio },
        { ...noise(200, 200), mask: new Uint8Array(40000).fill(1) },
      );
      const count = (at: (i: number) => number): number =>
        Array.from({ length: 200 }, (_, i) => mask![at(i)]!).filter(Boolean).length;
      return [count((i) => 100 * 200 + i), count((i) => i * 200 + 100)];
    };
    const [across, down] = scaled(true);
    expect(across).toBe(down);
    const [wide, high] = scaled(false);
    expect(Math.abs(wide! - high!)).toBeGreaterThan(3);
  });

  test("RandomResizedCrop keeps the areas and ratios it is told, and gives the size it is told", () => {
    const [width, height] = [240, 180];
    const xOf = { width, height, pixels: Float32Array.from({ length: width * height }, (_, i) => (i % width) / width) };
    const yOf = { ...xOf, pixels: xOf.pixels.map((_, i) => Math.floor(i / width) / height) };
    const ratios: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const extent = (image: typeof xOf, length: number): number => {
        const settings = { name: "RandomResizedCrop", width: 31, height: 30, scale: [0.1, 0.4] } as const;
        const { pixels } = run(settings, { image }, seed).image;
        expect(pixels.length).toBe(31 * 30);
        // from the first to the last pixel centre, and half a pixel at each end
        return ((pixels.at(-1)! - pixels[0]!) * length * (length === width ? 31 : 30)) / (length === width ? 30 : 29);
      };
      const [across, down] = [extent(xOf, width), extent(yOf, height)];
      expect(across * down).toBeGreaterThan(0.095 * width * height);
      expect(across * down).toBeLessThan(0.42 * width * height);
      ratios.push(across / down);
    }
    expect(Math.min(...ratios)).toBeGreaterThan(0.72);
    expect(Math.min(...ratios)).toBeLessThan(0.85);
    expect(Math.max(...ratios)).toBeGreaterThan(1.2);
    expect(Math.max(...ratios)).toBeLessThan(1.38);
  });

  test("RandomCrop takes an unchanged part, and refuses one larger than the picture", () => {
    const sample = noise(12, 9);
    const { image, mask } = run({ name: "RandomCrop", width: 5, height: 4 }, sample);
    expect([image.width, image.height]).toEqual([5, 4]);
    const rows = [0, 1, 2, 3].map((y) => [...image.pixels.subarray(y * 5, y * 5 + 5)]);
    const found = Array.from({ length: 8 * 6 }, (_, i) => [i % 8, Math.floor(i / 8)] as const).filter(([left, top]) =>
      rows.every((row, y) => row.every((value, x) => value === sample.image.pixels[(top + y) * 12 + left + x])),
    );
    expect(found.length).toBe(1);
    const [left, top] = found[0]!;
    const maskRows = [0, 1, 2, 3].flatMap((y) => [...sample.mask!.subarray((top + y) * 12 + left).subarray(0, 5)]);
    expect([...mask!]).toEqual(maskRows);
    expect(() => run({ name: "RandomCrop", width: 13 }, sample)).toThrow(/RandomCrop: width/);
  });

  test("RandomResizedCrop shows nothing from beside its part, and the middle where no part of the ratio fits", () => {
    const sample = noise(8, 8);
    const { image } = run({ name: "RandomResizedCrop", scale: [0.25, 0.25], ratio: [1, 1] }, sample);
    for (const corner of [0, 7, 56, 63]) expect([...sample.image.pixels]).toContain(image.pixels[corner]);
    const tall = noise(4, 10);
    const wide = run({ name: "RandomResizedCrop", scale: [1, 1], ratio: [2, 4], width: 4, height: 2 }, tall).image;
    expect(wide.pixels).toEqual(tall.image.pixels.slice(16, 24));
  });

  test("CropAndPad draws once or four times", () => {
    const image = { width: 100, height: 100, pixels: new Float32Array(10000).fill(1) };
    const margins = (sampleIndependently: boolean): number[] => {
      const { pixels } = run({ name: "CropAndPad", percent: [0.02, 0.9], sampleIndependently }, { image }).image;
      const row = [...pixels.subarray(5000, 5100)];
      const column = Array.from({ length: 100 }, (_, y) => pixels[y * 100 + 50]!);
      return [row, column].flatMap((line) => [line.findIndex((v) => v > 0.5), 99 - line.findLastIndex((v) => v > 0.5)]);
    };
    expect(Math.max(...margins(false)) - Math.min(...margins(false))).toBeLessThanOrEqual(1);
    expect(Math.max(...margins(true)) - Math.min(...margins(true))).toBeGreaterThan(3);
  });

  test("CropAndPad cuts the same margin off every side where it draws once", () => {
    const image = { width: 100, height: 100, pixels: new Float32Array(10000).fill(0.5) };
    const padded = run({ name: "CropAndPad", percent: [0.25, 0.25], sampleIndependently: false }, { image }).image;
    expect(padded.pixels.filter((value) => value > 0.25).length).toBe(66 * 66); // 100 of 150 pixels, drawn in 100
    const cropped = run({ name: "CropAndPad", percent: [-0.2, -0.2] }, shape(60, 60)).mask!;
    const whole = shape(60, 60).mask!;
    const share = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0) / mask.length;
    expect(share(cropped)).toBeGreaterThan(1.5 * share(whole));
  });

  test("RandomBrightnessContrast multiplies, adds and clips", () => {
    const image = { width: 4, height: 1, pixels: Float32Array.of(0, 0.25, 0.5, 1) };
    const settings = {
      name: "RandomBrightnessContrast",
      brightnessLimit: [0.125, 0.125],
      contrastLimit: [0.5, 0.5],
    } as const;
    expect([...run(settings, { image }).image.pixels]).toEqual([0.125, 0.5, 0.875, 1]);
    const byMean = run({ ...settings, brightnessByMax: false }, { image }).image.pixels;
    expect(byMean[0]).toBeCloseTo(0.125 * 0.4375, 7);
  });

  test("GaussNoise has the mean and the deviation it is told", () => {
    const image = { width: 100, height: 100, pixels: new Float32Array(10000).fill(0.4) };
    const { pixels } = run({ name: "GaussNoise", stdRange: [0.05, 0.05], meanRange: [0.1, 0.1] }, { image }).image;
    const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    const variance = pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(0.05, 2);
    expect(new Set(pixels).size).toBeGreaterThan(9900);
  });

  test("GaussianBlur with a kernel of 3 pixels reaches one pixel far", () => {
    const pixels = new Float32Array(81);
    pixels[40] = 1;
    const blurred = run({ name: "GaussianBlur", blurLimit: [3, 3] }, { image: { width: 9, height: 9, pixels } }).image;
    expect(blurred.pixels.filter((value) => value > 0).length).toBe(9);
    expect(blurred.pixels.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    const reached = Array.from({ length: 30 }, (_, seed) => {
      const image = { width: 9, height: 9, pixels };
      const drawn = run({ name: "GaussianBlur", blurLimit: [3, 6], sigmaLimit: [2, 2] }, { image }, seed).image.pixels;
      return drawn.filter((value) => value > 0).length;
    });
    expect(new Set(reached)).toEqual(new Set([9, 25, 49]));
  });

  test("ElasticTransform displaces by what a blurred noise must have", () => {
    const [width, height] = [128, 128];
    const pixels = Float32Array.from({ length: width * height }, (_, i) => (i % width) / width);
    const moved = run(
      { name: "ElasticTransform", alpha: 60, sigma: 4, noiseDistribution: "uniform" },
      { image: { width, height, pixels } },
    );
    let squares = 0;
    let count = 0;
    for (let y = 20; y < height - 20; y++) {
      for (let x = 20; x < width - 20; x++, count++) {
        squares += ((moved.image.pixels[y * width + x]! - pixels[y * width + x]!) * width) ** 2;
      }
    }
    // white noise of variance 1/3 under a Gaussian of sigma: variance divided by 4 pi sigma^2
    const expected = 60 * Math.sqrt(1 / 3 / (4 * Math.PI * 16));
    expect(Math.sqrt(squares / count) / expected).toBeGreaterThan(0.8);
    expect(Math.sqrt(squares / count) / expected).toBeLessThan(1.2);
  });

  test("ElasticTransform moves along both axes alike only where it is told to", () => {
    const [width, height] = [30, 30];
    const xOf = { width, height, pixels: Float32Array.from({ length: 900 }, (_, i) => (i % width) / width) };
    const yOf = { width, height, pixels: Float32Array.from({ length: 900 }, (_, i) => Math.floor(i / width) / width) };
    const difference = (sameDxdy: boolean): number => {
      const settings = { name: "ElasticTransform", alpha: 20, sigma: 3, sameDxdy } as const;
      const [x, y] = [run(settings, { image: xOf }).image.pixels, run(settings, { image: yOf }).image.pixels];
      const middle = 15 * width + 15; // where a row and a column have the same number
      return Math.abs(x[middle]! - y[middle]!) * width;
    };
    expect(difference(true)).toBeLessThan(1e-4);
    expect(difference(false)).toBeGreaterThan(0.01);
  });

  test("Affine shows the border where a place is no number or farther than any picture", () => {
    for (const borderMode of ["constant", "replicate", "reflect_101"] as const) {
      const sample = noise(6, 5);
      const settings = { name: "Affine", borderMode, fill: 0.5, fillMask: 4 } as const;
      const far = run({ ...settings, translatePercent: [1e30, 1e30] }, sample);
      expect(far.image.pixels).toEqual(new Float32Array(30).fill(0.5));
      expect(far.mask).toEqual(new Uint8Array(30).fill(4));
      const tiny = run({ ...settings, scale: [1e-200, 1e-200] }, sample); // the determinant is 0
      expect(tiny.image.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  test("GridDistortion stretches by its factor, and keeps the edges and the order where it is normalised", () => {
    const [width, height] = [53, 31];
    const ramp = {
      width,
      height,
      pixels: Float32Array.from({ length: width * height }, (_, i) => (i % width) / width),
    };
    const settings = { name: "GridDistortion", borderMode: "replicate" } as const;
    const row = (more: object, seed = 1): number[] =>
      [...run({ ...settings, ...more }, { image: ramp }, seed).image.pixels.subarray(0, width)].map(
        (value) => value * width,
      );
    const stretched = row({ distortLimit: [-0.25, -0.25], normalized: false });
    stretched.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.max(0, (i + 0.5) * 0.75 - 0.5), 4);
    });
    for (let seed = 0; seed < 10; seed++) {
      const places = row({ distortLimit: [-0.6, 0.6] }, seed);
      expect(places[0]).toBeLessThan(1);
      expect(places.at(-1)).toBeGreaterThan(width - 2);
      expect(places.every((place, i) => i === 0 || place >= places[i - 1]!)).toBe(true);
    }
  });

  test("OpticalDistortion as fisheye leaves the middle and shows more of the corners for a positive coefficient", () => {
    const [width, height] = [41, 31];
    const xOf = { width, height, pixels: Float32Array.from({ length: width * height }, (_, i) => (i % width) / width) };
    const settings = {
      name: "OpticalDistortion",
      mode: "fisheye",
      distortLimit: [0.4, 0.4],
      borderMode: "replicate",
    } as const;
    const { pixels } = run(settings, { image: xOf }).image;
    const place = (x: number, y: number): number => pixels[y * width + x]! * width - 20;
    expect(place(20, 15)).toBeCloseTo(0, 4);
    expect(place(30, 21)).toBeCloseTo(10 * (1 + (0.4 * (10 ** 2 + 6 ** 2)) / (20.5 ** 2 + 15.5 ** 2)), 4);
  });

  test("Perspective shows only what lies in the picture", () => {
    const image = { width: 40, height: 30, pixels: new Float32Array(1200).fill(1) };
    for (let seed = 0; seed < 10; seed++) {
      expect(run({ name: "Perspective", scale: [0.3, 0.3] }, { image }, seed).image).toEqual(image);
    }
  });

  test("MotionBlur spreads a pixel along its line", () => {
    const pixels = new Float32Array(11 * 11);
    pixels[60] = 1;
    const settings = { name: "MotionBlur", blurLimit: [5, 5], angleRange: [0, 0], allowShifted: false } as const;
    const lit = (more: { directionRange: Pair; blurLimit?: Pair; allowShifted?: boolean }, seed = 1): number[] => {
      const blurred = run({ ...settings, ...more }, { image: { width: 11, height: 11, pixels } }, seed).image.pixels;
      expect(blurred.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      return [...blurred.keys()].filter((i) => blurred[i]! > 0);
    };
    expect(lit({ directionRange: [0, 0] })).toEqual([58, 59, 60, 61, 62]);
    expect(lit({ directionRange: [0, 0], blurLimit: [4, 4] })).toEqual([58, 59, 60, 61, 62]);
    expect(lit({ directionRange: [1, 1] })).toEqual([58, 59, 60]);
    expect(lit({ directionRange: [-1, -1] })).toEqual([60, 61, 62]);
    const shifted = [1, 2, 3, 4, 5, 6].map((seed) => lit({ directionRange: [0, 0], allowShifted: true }, seed).join());
    expect(new Set(shifted).size).toBeGreaterThan(2);
  });

  test("CoarseDropout blanks as many rectangles as it is told, of the size it is told, the mask only on demand", () => {
    const sample = { ...noise(40, 40), mask: new Uint8Array(1600).fill(3) };
    const settings = {
      name: "CoarseDropout",
      numHolesRange: [1, 1],
      holeHeightRange: [5, 5],
      holeWidthRange: [7, 7],
    } as const;
    const { image, mask } = run(settings, sample);
    expect(image.pixels.filter((value) => value === 0).length).toBe(35);
    expect(mask).toEqual(sample.mask);
    const filled = run({ ...settings, fillMask: 9, fill: "random_uniform" }, sample);
    expect(filled.mask!.filter((value) => value === 9).length).toBe(35);
    const values = filled.image.pixels.filter((_, i) => filled.mask![i] === 9);
    expect(new Set(values).size).toBe(1);
    const pixel = run({ ...settings, holeHeightRange: [1, 1], holeWidthRange: [1, 1] }, sample).image.pixels;
    expect(pixel.filter((value) => value === 0).length).toBe(1);
    const counts = Array.from({ length: 30 }, (_, seed) => {
      const several = { ...settings, numHolesRange: [1, 3], holeHeightRange: [1, 1], holeWidthRange: [1, 1] } as const;
      return run(several, sample, seed).image.pixels.filter((value) => value === 0).length;
    });
    expect(new Set(counts)).toEqual(new Set([1, 2, 3]));
    const noisy = run({ ...settings, fillMask: 9, fill: "random" }, sample);
    expect(new Set(noisy.image.pixels.filter((_, i) => noisy.mask![i] === 9)).size).toBe(35);
  });
});

describe("TrivialAugmentWide", () => {
  const moving = ["ShearX", "ShearY", "TranslateX", "TranslateY", "Rotate"] as const;
  const still = ["Brightness", "Contrast", "Sharpness", "Posterize", "Solarize", "AutoContrast", "Equalize"] as const;

  test.each(moving)("%s moves the mask as the picture", (name) => {
    const magnitude = name.startsWith("Shear") ? 0.4 : -9;
    const { image, mask } = trivialOperation(shape(61, 47), name, magnitude);
    expect([...image.pixels]).toEqual([...mask!]);
    expect(mask).not.toEqual(shape(61, 47).mask);
  });

  test.each(still)("%s leaves the mask", (name) => {
    const sample = noise(30, 20);
    const { image, mask } = trivialOperation({ ...sample, image: dimmed(sample.image) }, name, 0.5);
    expect(mask).toBe(sample.mask);
    expect(image.pixels).not.toEqual(dimmed(sample.image).pixels);
  });

  test("draws every operation, both signs and every magnitude", () => {
    const sample = { image: dimmed(shape(40, 36).image) };
    const pixelsOf = ({ image }: Sample): string => image.pixels.join();
    const signed = { ShearX: 0.99, ShearY: 0.99, TranslateX: 32, TranslateY: 32, Rotate: 135 } as const;
    const grey = { Brightness: 0.99, Color: 0.99, Contrast: 0.99, Sharpness: 0.99 } as const;
    const unsigned = { Identity: 0, Posterize: 6, Solarize: 255, AutoContrast: 0, Equalize: 0 } as const;
    const expected = new Set<string>();
    for (const [name, strongest] of Object.entries({ ...signed, ...grey, ...unsigned })) {
      for (const magnitude of name in unsigned ? [0, strongest] : [0, strongest, -strongest]) {
        expected.add(pixelsOf(trivialOperation(sample, name as TrivialOperation, magnitude)));
      }
    }
    const seen = new Set<string>();
    for (let seed = 0; seed < 600; seed++) {
      seen.add(pixelsOf(run({ name: "TrivialAugmentWide", numMagnitudeBins: 2 }, sample, seed)));
    }
    expect(seen.size).toBeGreaterThan(14);
    expect(seen).toEqual(expected);
  });
});

describe("compose", () => {
  const sample = noise(16, 16);
  const noiseStep: TransformSettings = { name: "GaussNoise", p: 1, stdRange: [0.01, 0.02] };

  test("what one transform draws does not depend on whether another is applied", () => {
    const noisyAfter = (p: number): Float32Array => {
      const grey = { image: { width: 16, height: 16, pixels: new Float32Array(256).fill(0.5) } };
      return compose([{ name: "RandomGamma", p, gammaLimit: [100, 100] }, noiseStep])(grey, new Random(8)).image.pixels;
    };
    expect(noisyAfter(1)).toEqual(noisyAfter(0));
    expect(noisyAfter(0.5)).toEqual(noisyAfter(0));
  });

  test("two of a kind draw apart, and so do two streams", () => {
    const augment = compose([noiseStep]);
    const one = augment(sample, new Random(1)).image.pixels;
    expect(augment(sample, new Random(2)).image.pixels).not.toEqual(one);
    const flat = { image: { width: 16, height: 16, pixels: new Float32Array(256).fill(0.5) } };
    const once = compose([noiseStep])(flat, new Random(1)).image.pixels;
    const twice = compose([noiseStep, noiseStep])(flat, new Random(1)).image.pixels;
    const doubled = once.map((value) => 0.5 + 2 * (value - 0.5));
    expect(Math.max(...twice.map((value, i) => Math.abs(value - doubled[i]!)))).toBeGreaterThan(0.005);
  });

  test("a transform is applied as often as p says", () => {
    const flip = compose([{ name: "HorizontalFlip", p: 0.3 }]);
    let flipped = 0;
    for (let i = 0; i < 2000; i++) flipped += Number(flip(sample, new Random(4, i)) !== sample);
    expect(flipped / 2000).toBeCloseTo(0.3, 1);
  });

  test("no steps give the sample back", () => {
    expect(compose([])(sample, new Random(1))).toBe(sample);
  });

  test.each<[unknown, RegExp]>([
    [{ name: "GaussNoise", p: 1.5 }, /^GaussNoise: p is 1.5, but must be a number from 0 to 1\.$/],
    [{ name: "GaussNoise", p: Number.NaN }, /^GaussNoise: p is NaN/],
    [
      { name: "GaussNoise", stdRange: [-0.1, 0.1] },
      /^GaussNoise: stdRange is \[ -0.1, 0.1 \], but must be two numbers/,
    ],
    [{ name: "GaussNoise", stdRange: [0.2, 0.1] }, /stdRange/],
    [{ name: "GaussNoise", stdRange: 0.1 }, /stdRange/],
    [
      { name: "GaussNoise", std_range: [0, 0.1] },
      /^GaussNoise has no parameter std_range; it takes p, stdRange, meanRange\.$/,
    ],
    [{ name: "GaussNoise", toString: 1 }, /has no parameter toString/],
    [{ name: "GaussianBlur", sigmaLimit: [-1, 1] }, /^GaussianBlur: sigmaLimit/],
    [
      { name: "Affine", scale: [0, 1] },
      /^Affine: scale is \[ 0, 1 \], but must be two numbers above 0, the lower first, or \{ x, y \}/,
    ],
    [{ name: "Affine", shear: { x: [0, 0] } }, /^Affine: shear/],
    [{ name: "Affine", keepRatio: 1 }, /^Affine: keepRatio is 1, but must be true or false\.$/],
    [
      { name: "Rotate", borderMode: "wrap" },
      /^Rotate: borderMode is 'wrap', but must be one of "constant", "replicate"/,
    ],
    [
      { name: "Rotate", limit: [0, Number.POSITIVE_INFINITY] },
      /^Rotate: limit is \[ 0, Infinity \], but must be two numbers, the lower/,
    ],
    [{ name: "CLAHE", tileGridSize: [0, 8] }, /^CLAHE: tileGridSize/],
    [{ name: "CLAHE", bits: 12 }, /^CLAHE: bits is 12, but must be one of 8, 16\.$/],
    [{ name: "ElasticTransform", sigma: -3 }, /^ElasticTransform: sigma/],
    [{ name: "CoarseDropout", fill: "inpaint_ns" }, /^CoarseDropout: fill/],
    [{ name: "CropAndPad", percent: [-0.5, 0] }, /^CropAndPad: percent/],
    [{ name: "RandomResizedCrop", width: 0 }, /^RandomResizedCrop: width/],
    [{ name: "Solarise" }, /^There is no transform 'Solarise'; there are HorizontalFlip, /],
    [{ name: "constructor" }, /^There is no transform 'constructor'/],
  ])("refuses %j", (settings, sentence) => {
    const make = () => compose([settings as TransformSettings]);
    expect(make).toThrow(OsteonError);
    expect(make).toThrow(expect.objectContaining({ code: "bad-usage", message: expect.stringMatching(sentence) }));
  });

  test.each<[string, Sample, RegExp]>([
    ["an empty picture", { image: { width: 0, height: 4, pixels: new Float32Array(0) } }, /0 x 4 pixels/],
    [
      "a picture of other length",
      { image: { width: 2, height: 2, pixels: new Float32Array(3) } },
      /needs 4 values, but has 3/,
    ],
    ["a mask of other size", { ...noise(2, 2), mask: new Uint8Array(6) }, /as large as its picture: 4 pixels, not 6/],
    [
      "a standardised picture",
      { image: { width: 1, height: 1, pixels: Float32Array.of(-1.5) } },
      /one is -1.5: standardise/,
    ],
    ["a picture with NaN", { image: { width: 1, height: 1, pixels: Float32Array.of(Number.NaN) } }, /one is NaN/],
  ])("refuses %s", (_, bad, sentence) => {
    const use = () => compose([])(bad, new Random(1));
    expect(use).toThrow(OsteonError);
    expect(use).toThrow(sentence);
  });

  test("has every kind under its name, and takes its defaults as its own", () => {
    for (const name of names) {
      expect(transforms[name].name).toBe(name);
      const settings = {
        name,
        ...Object.fromEntries(
          Object.entries(transforms[name].fields).map(([key, field]) => [key, (field as { default: unknown }).default]),
        ),
      };
      expect(() => compose([settings as TransformSettings])).not.toThrow();
    }
  });
});

describe("presets", () => {
  test("the twelve are under their own names and each makes a transform that acts", () => {
    expect(Object.keys(lesionAugmentations).length).toBe(12);
    for (const [name, settings] of Object.entries(lesionAugmentations)) {
      expect(settings.name).toBe(name);
      const sample = noise(48, 48);
      expect(run(settings, sample).image.pixels).not.toEqual(sample.image.pixels);
    }
  });

  test.each([
    ["triage", triageAugmentation],
    ["precedents", precedentsAugmentation],
  ])("%s: three transforms, each three times in ten", (_, settings) => {
    expect(settings.map(({ p }) => p)).toEqual([0.3, 0.3, 0.3]);
    const augment = compose(settings);
    const sample = noise(8, 8);
    let untouched = 0;
    for (let i = 0; i < 1000; i++) untouched += Number(augment(sample, new Random(2, i)) === sample);
    expect(untouched / 1000).toBeCloseTo(0.7 ** 3, 1);
  });
});
