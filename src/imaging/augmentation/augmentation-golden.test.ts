/** The transforms against scipy, torchvision and OpenCV (test/fixtures/augmentation/make_golden.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import type { GreyImage } from "../grey-image.ts";
import type { BorderMode } from "./border.ts";
import { compose, type TransformSettings } from "./index.ts";
import { type Corners, perspectiveMap } from "./perspective.ts";
import { type CoordinateMap, emptyMap, remap } from "./remap.ts";
import { type TrivialOperation, trivialOperation } from "./trivial-augment-wide.ts";

interface Expected {
  readonly image: readonly number[];
  readonly mask?: readonly number[];
}

interface Golden {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly number[];
  readonly mask: readonly number[];
  readonly cases: readonly (Expected & { readonly settings: TransformSettings })[];
  readonly remaps: Readonly<Partial<Record<BorderMode, Expected>>>;
  readonly perspective: {
    readonly corners: readonly (readonly [number, number])[];
    readonly x: readonly number[];
    readonly y: readonly number[];
  };
  readonly operations: readonly {
    readonly name: TrivialOperation;
    readonly magnitude: number;
    readonly levels: string;
  }[];
  readonly claheLevels: readonly (readonly number[])[];
  readonly clahe: readonly {
    readonly width: number;
    readonly height: number;
    readonly settings: TransformSettings & { readonly bits: number };
    readonly equalised: readonly number[];
  }[];
}

const path = new URL("../../../test/fixtures/augmentation/golden.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(path, "utf8"));
const { width, height } = golden;
const sample = {
  image: { width, height, pixels: Float32Array.from(golden.levels, (level) => level / 255) },
  mask: Uint8Array.from(golden.mask),
};

/** The golden has four digits. */
const tolerance = 1e-4;

const largestDifference = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(actual.length).toBe(expected.length);
  return Array.from(actual, (value, i) => Math.abs(value - expected[i]!)).reduce((a, b) => Math.max(a, b), 0);
};

const expectEqual = ({ image, mask }: { image: GreyImage; mask?: Uint8Array }, expected: Expected): void => {
  expect(largestDifference(image.pixels, expected.image)).toBeLessThan(tolerance);
  if (expected.mask) expect([...mask!]).toEqual(expected.mask);
};

describe("the published definitions", () => {
  test.each(golden.cases)("$settings", ({ settings, ...expected }) => {
    expectEqual(compose([settings])(sample, new Random(1)), expected);
  });

  test.each(Object.entries(golden.remaps))("a given displacement, border %s", (borderMode, expected) => {
    const map = emptyMap(width, height);
    for (let i = 0; i < map.x.length; i++) {
      const [column, row] = [i % width, Math.floor(i / width)];
      map.x[i] = column + 3 * Math.sin(0.7 * column + 0.3 * row);
      map.y[i] = row + 4 * Math.cos(0.2 * column - 0.5 * row);
    }
    const border = { borderMode: borderMode as BorderMode, fill: 0, fillMask: 0 };
    expectEqual(remap(sample, map, border), expected);
  });

  test("the perspective of four corners", () => {
    const { corners, x, y } = golden.perspective;
    const [topLeft, topRight, bottomRight, bottomLeft] = corners as unknown as [
      Corners["topLeft"],
      Corners["topRight"],
      Corners["bottomRight"],
      Corners["bottomLeft"],
    ];
    const map: CoordinateMap = perspectiveMap(12, 9, { topLeft, topRight, bottomRight, bottomLeft });
    expect(largestDifference(map.x, x)).toBeLessThan(tolerance);
    expect(largestDifference(map.y, y)).toBeLessThan(tolerance);
  });

  test.each(golden.clahe)("CLAHE of $width x $height pixels, $settings", (expected) => {
    const levels = golden.claheLevels.slice(0, expected.height).flatMap((row) => row.slice(0, expected.width));
    const pixels = Float32Array.from(levels, (level) => level / 255);
    const image = { width: expected.width, height: expected.height, pixels };
    const equalised = compose([expected.settings])({ image }, new Random(1)).image.pixels;
    const top = 2 ** expected.settings.bits - 1;
    expect(Array.from(equalised, (value) => Math.round(value * top))).toEqual(expected.equalised);
  });

  test.each(golden.operations)("TrivialAugmentWide: $name of $magnitude", ({ name, magnitude, levels }) => {
    const dim = golden.levels.map((level) => (level >> 1) + 40);
    const rows = Array.from({ length: height }, (_, y) => dim.slice(y * width, (y + 1) * width));
    // twice beside itself and three times below, as there
    const many = name === "Equalize" ? [rows, rows, rows].flat().map((row) => [...row, ...row]) : rows;
    const pixels = Float32Array.from(many.flat(), (level) => level / 255);
    const image = { width: many[0]!.length, height: many.length, pixels };
    const changed = trivialOperation({ image }, name, magnitude).image.pixels;
    expect(Buffer.from(changed.map((value) => Math.round(value * 255))).toString("hex")).toBe(levels);
  });
});
