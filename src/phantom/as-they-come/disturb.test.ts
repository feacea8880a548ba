import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import type { Box, Picture } from "../picture.ts";
import { burnInText } from "./burn-in-text.ts";
import { type Disturbance, disturb } from "./disturb.ts";
import type { Plate } from "./plate.ts";

const identity = {
  familyName: "Großmann",
  givenName: "Käthe",
  patientId: "P0012",
  birthDate: "1961-04-02",
  date: "2012-05-06",
  institution: "Klinikum am Fluss",
  sex: "F" as const,
};

/** Grey noise with a block of tumour, so that nothing of it is by chance black or white. */
const clean = (seed: number, width = 150, height = 190): Plate => {
  const random = new Random(seed);
  const values = Float32Array.from({ length: width * height }, () => random.uniform(0.35, 0.55));
  const mask = new Uint8Array(width * height);
  for (let y = 80; y < 110; y++) mask.fill(1, y * width + 60, y * width + 90);
  return { picture: { width, height, values }, mask, burnedInText: [], truth: {} };
};

const disturbed = (seed: number, only: readonly Disturbance[]): Plate =>
  disturb(clean(seed), {
    random: new Random(seed, "disturb"),
    identity,
    second: () => clean(seed + 1).picture,
    only,
  }).plate;

const valuesIn = (picture: Picture, [x, y, width, height]: Box): number[] => {
  const found: number[] = [];
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) found.push(picture.values[row * picture.width + column]!);
  }
  return found;
};

const seeds = Array.from({ length: 12 }, (_, i) => i);
const area = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0);

test.each(seeds)("a border is of one colour outside of its content (%i)", (seed) => {
  const { picture, mask, truth } = disturbed(seed, ["border"]);
  const { colour, content } = truth.border!;
  const grey = colour === "white" ? 1 : 0;
  const outside = picture.values.filter((value) => value === grey).length;
  expect(outside).toBe(picture.values.length - content[2] * content[3]);
  expect(valuesIn(picture, content).every((value) => value !== grey)).toBe(true);
  expect(area(mask!)).toBe(900);
});

test.each(seeds)("a turned plate turned back is the plate (%i)", (seed) => {
  const { picture, mask, truth } = disturbed(seed, ["rotation"]);
  const before = clean(seed);
  const { width, height } = before.picture;
  for (let y = 0; y < height; y += 7) {
    for (let x = 0; x < width; x += 7) {
      const [u, v] = { 90: [height - 1 - y, x], 180: [width - 1 - x, height - 1 - y], 270: [y, width - 1 - x] }[
        truth.rotation!
      ] as [number, number];
      const [from, to] = [y * width + x, v * picture.width + u];
      expect(picture.values[to]).toBeCloseTo(before.picture.values[from]!, 5);
      expect(mask![to]).toBe(before.mask![from]);
    }
  }
});

test.each(seeds)("the first of two exposures is the one asked for, and its box holds the tumour (%i)", (seed) => {
  const { picture, mask, truth } = disturbed(seed, ["exposures"]);
  const [first, second] = truth.exposures!;
  expect(Float32Array.from(valuesIn(picture, first!))).toEqual(clean(seed).picture.values);
  const inside = valuesIn({ ...picture, values: Float32Array.from(mask!) }, first!).reduce((a, b) => a + b, 0);
  expect([inside, area(mask!)]).toEqual([900, 900]);
  const gap = picture.values.filter((value) => value < 0.3 || value > 0.6).length;
  expect(gap).toBe(picture.values.length - first![2] * first![3] - second![2] * second![3]);
});

test.each(seeds)("the blades leave the field within their box and nothing outside (%i)", (seed) => {
  const { picture, truth } = disturbed(seed, ["collimation"]);
  const { box, outside, angleDegrees } = truth.collimation!;
  expect(Math.abs(angleDegrees)).toBeGreaterThan(0.9);
  const [x, y, width, height] = box;
  let wrong = 0;
  picture.values.forEach((value, i) => {
    const [column, row] = [i % picture.width, Math.floor(i / picture.width)];
    const within = column >= x - 2 && row >= y - 2 && column <= x + width + 1 && row <= y + height + 1;
    if (!within && !(outside === "black" ? value < 0.01 : value > 0.98)) wrong++;
  });
  expect(wrong).toBe(0);
  const exposed = valuesIn(picture, box).filter((value) => value > 0.3 && value < 0.6).length;
  expect(exposed / (width * height)).toBeGreaterThan(0.6);
});

test("texts lie within their boxes: nothing changes outside them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
      const { picture } = clean(seed);
      const before = picture.values.slice();
      const texts = burnInText(picture, identity, new Random(seed, "text"));
      expect(texts.length).toBeGreaterThan(1);
      const names = texts.map(({ text }) => text.toLowerCase()).join(" ");
      expect(names).toMatch(/gro|käthe/);
      const isBright = texts.every(({ box }) => {
        const inside = valuesIn(picture, box);
        return Math.max(...inside) - Math.min(...inside) > 0.25;
      });
      expect(isBright).toBe(true);
      let label = 0;
      picture.values.forEach((value, i) => {
        if (value === before[i]) return;
        const [x, y] = [i % picture.width, Math.floor(i / picture.width)];
        const inBox = texts.some(({ box }) => x >= box[0] && y >= box[1] && x < box[0] + box[2] && y < box[1] + box[3]);
        // paper, its rim and dark plates lie outside of the ink's box
        if (!inBox && Math.abs(value - before[i]!) > 0.02)
          label += Math.abs(value - 0.97) < 0.01 || value === 0 || Math.abs(value - 0.4) < 0.01 ? 0 : 1;
      });
      expect(label).toBe(0);
    }),
    { numRuns: 40, seed: 41 },
  );
});

test("a photographed film keeps the tumour on the film", () => {
  for (const seed of seeds) {
    const { mask, picture, truth } = disturbed(seed, ["text", "photograph"]);
    const share = area(mask!) / (truth.film ? 900 : 0);
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(1.4);
    for (const [x, y] of truth.film!.corners) {
      expect(x >= 0 && y >= 0 && x <= picture.width && y <= picture.height).toBe(true);
    }
  }
});
