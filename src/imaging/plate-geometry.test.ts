import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { findBorder } from "./borders.ts";
import type { GreyImage } from "./grey-image.ts";
import { isInside, type Outline, type Point } from "./outlines.ts";
import {
  describePlate,
  fromPlate,
  ofExposure,
  type PlateFacts,
  type PlateGeometry,
  toPlate,
} from "./plate-geometry.ts";
import { quarterTurns } from "./plate-rotation.ts";

const facts = ({ width, height }: GreyImage, more: Partial<PlateFacts> = {}): PlateFacts => ({
  width: 4 * width,
  height: 4 * height,
  colourfulness: 0,
  hasCamera: false,
  shutters: [],
  collimators: [],
  quarterTurns: null,
  secondaryCapture: null,
  ...more,
});

const random = new Random(5, "plates");
const grain = Float32Array.from({ length: 4099 }, () => random.normal(0, 0.01));

const draw = (width: number, height: number, at: (x: number, y: number) => number): GreyImage => {
  const pixels = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = Math.min(Math.max(at(x + 0.5, y + 0.5), 0), 1);
  }
  return { width, height, pixels };
};

/** A limb of two bones in air, bone bright; grain as of a detector. */
const limb =
  (centre: number, radius: number) =>
  (x: number, y: number): number => {
    const chord = (middle: number, r: number): number => Math.sqrt(Math.max(r * r - (x - middle) ** 2, 0)) / r;
    const soft = 0.3 * chord(centre, radius);
    const bone = 0.25 * chord(centre - 0.3 * radius, radius / 5) + 0.2 * chord(centre + 0.35 * radius, radius / 6);
    return 0.15 + soft + bone + 0.03 * Math.sin(y / 9) + grain[(Math.floor(x) * 61 + Math.floor(y) * 127) % 4099]!;
  };

const shuttered = (image: GreyImage, outline: Outline, grey = 0): GreyImage =>
  draw(image.width, image.height, (x, y) =>
    isInside(outline, { x, y }) ? image.pixels[Math.floor(y) * image.width + Math.floor(x)]! : grey,
  );

const plain = draw(256, 320, limb(128, 70));

const near = (a: Point, b: Point, distance: number): void =>
  expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThanOrEqual(distance);

describe("a plate without anything around it", () => {
  test("is a plate and nothing else", () => {
    expect(describePlate(plain, facts(plain))).toMatchObject({
      shown: { left: 0, top: 0, width: 1024, height: 1280 },
      border: null,
      field: null,
      exposures: [],
      inversionDoubted: false,
      photographOfFilm: [],
    });
  });
});

describe("a border", () => {
  test.each([
    ["white", 1],
    ["light grey", 0.9],
    ["black", 0],
  ])("of %s is found on the sides that have one", (_, grey) => {
    const framed = shuttered(plain, { shape: "rectangle", left: 20, top: 0, width: 200, height: 300 }, grey);
    const border = findBorder(framed)!;
    expect(border.inside).toEqual({ left: 20, top: 0, width: 200, height: 300 });
    expect(border.grey).toBeCloseTo(grey, 5);
  });

  test("is not the black air around a limb", () => {
    const silhouette = draw(256, 320, (x, y) => (Math.abs(x - 128) < 60 + y / 12 ? 0.3 + (x % 7) / 30 : 0));
    expect(findBorder(silhouette)).toBeNull();
    expect(describePlate(silhouette, facts(silhouette)).field).toBeNull();
  });
});

describe("a shutter", () => {
  const fieldOf = (outline: Outline): PlateGeometry["field"] => {
    const image = shuttered(plain, outline);
    return describePlate(image, facts(image)).field;
  };

  test("that is a rectangle", () => {
    const field = fieldOf({ shape: "rectangle", left: 40, top: 60, width: 150, height: 200 })!;
    expect(field).toMatchObject({ by: "shutter", tiltDegrees: 0, outline: { shape: "rectangle" } });
    const { left, top, width, height } = field.outline as Extract<Outline, { shape: "rectangle" }>;
    near({ x: left, y: top }, { x: 160, y: 240 }, 8);
    near({ x: width, y: height }, { x: 600, y: 800 }, 12);
  });

  test("that is a circle", () => {
    const field = fieldOf({ shape: "circle", centre: { x: 120, y: 150 }, radius: 90 })!;
    const { centre, radius } = field.outline as Extract<Outline, { shape: "circle" }>;
    near(centre, { x: 480, y: 600 }, 8);
    expect(Math.abs(radius - 360)).toBeLessThan(8);
  });

  test("that is a rectangle askew, and an octagon", () => {
    const turn = (8 * Math.PI) / 180;
    const askew = [
      [-70, -100],
      [70, -100],
      [70, 100],
      [-70, 100],
    ].map(([x, y]) => ({
      x: 128 + x! * Math.cos(turn) - y! * Math.sin(turn),
      y: 160 + x! * Math.sin(turn) + y! * Math.cos(turn),
    }));
    const field = fieldOf({ shape: "polygon", points: askew })!;
    const { points } = field.outline as Extract<Outline, { shape: "polygon" }>;
    for (const corner of askew) {
      const nearest = Math.min(...points.map(({ x, y }) => Math.hypot(x - 4 * corner.x, y - 4 * corner.y)));
      expect(nearest).toBeLessThan(16);
    }
    expect(field.tiltDegrees).toBeCloseTo(8, 0);
    const octagon = Array.from({ length: 8 }, (_, i) => ({
      x: 128 + 90 * Math.cos(((i + 0.5) * Math.PI) / 4),
      y: 160 + 90 * Math.sin(((i + 0.5) * Math.PI) / 4),
    }));
    expect(fieldOf({ shape: "polygon", points: octagon })).toMatchObject({ by: "shutter" });
  });

  test("is told beside what the file says of one", () => {
    const said: Outline = { shape: "rectangle", left: 1, top: 2, width: 3, height: 4 };
    const geometry = describePlate(plain, facts(plain, { shutters: [said], quarterTurns: 1 }));
    expect([geometry.shutters, geometry.field, geometry.quarterTurns]).toEqual([[said], null, 1]);
  });
});

test("the edges of the beam are found where the plate beyond is bright, also a little askew", () => {
  const lean = Math.tan((3 * Math.PI) / 180);
  const image = draw(256, 320, (x, y) => {
    const beyond = x < 40 - lean * (y - 160) || x > 215 - lean * (y - 160) || y > 290 + lean * (x - 128);
    return beyond ? 0.9 + grain[(Math.floor(x) * 7 + Math.floor(y) * 31) % 4099]! : limb(128, 60)(x, y);
  });
  const { field } = describePlate(image, facts(image));
  expect(field).toMatchObject({ by: "edges", outline: { shape: "polygon" } });
  expect(field!.tiltDegrees).toBeGreaterThan(2);
  expect(field!.tiltDegrees).toBeLessThan(4);
  expect(isInside(field!.outline, { x: 4 * 60, y: 4 * 160 })).toBe(true);
  expect(isInside(field!.outline, { x: 4 * 25, y: 4 * 160 })).toBe(false);
  expect(isInside(field!.outline, { x: 4 * 128, y: 4 * 305 })).toBe(false);
});

describe("several exposures", () => {
  test("between bright strips are found from above and from the left", () => {
    const image = draw(320, 320, (x, y) => {
      if (Math.abs(x - 160) < 6 || (Math.abs(y - 160) < 6 && x > 160)) return 0.95;
      return x < 160 ? limb(80, 50)(x, y) : limb(240, 45)(x, y);
    });
    const { exposures } = describePlate(image, facts(image));
    expect(exposures.length).toBe(3);
    const [first, second, third] = exposures;
    near({ x: first!.left, y: first!.width }, { x: 0, y: 616 }, 16);
    near({ x: second!.left, y: second!.top }, { x: 664, y: 0 }, 16);
    near({ x: third!.left, y: third!.top }, { x: 664, y: 664 }, 16);
  });

  test("in fields of their own are found", () => {
    const field = (left: number): Outline => ({ shape: "rectangle", left, top: 40, width: 120, height: 240 });
    const image = draw(320, 320, (x, y) =>
      isInside(field(20), { x, y }) || isInside(field(180), { x, y }) ? limb(x < 160 ? 80 : 240, 40)(x, y) : 0,
    );
    const { exposures, field: only } = describePlate(image, facts(image));
    expect(exposures.map(({ left }) => Math.round(left / 40))).toEqual([2, 18]);
    expect(only).toBeNull();
  });

  test("are not the two legs of one exposure", () => {
    const legs = draw(320, 320, (x, y) => (x < 160 ? limb(80, 50)(x, y) : limb(240, 50)(x, y)));
    expect(describePlate(legs, facts(legs)).exposures).toEqual([]);
  });
});

test("a limb whose bone is dark is doubted, and one whose bone is bright is not", () => {
  const bent = (x: number, y: number): number => limb(128 + 25 * Math.sin(y / 60), 45 + y / 20)(x, y);
  const positive = draw(256, 320, bent);
  const negative = draw(256, 320, (x, y) => 1 - bent(x, y));
  expect(describePlate(negative, facts(negative)).inversionDoubted).toBe(true);
  expect(describePlate(positive, facts(positive)).inversionDoubted).toBe(false);
});

test("a camera's words, or two other signs, make a photograph of a film; one does not", () => {
  const signs = (more: Partial<PlateFacts>, image = plain) => describePlate(image, facts(image, more)).photographOfFilm;
  expect(signs({ hasCamera: true })).toEqual(["camera"]);
  expect(signs({ colourfulness: 0.03 })).toEqual([]);
  const onLightBox = draw(256, 320, (x, y) => {
    const inside = x > 40 + 0.06 * (y - 160) && x < 215 - 0.06 * (y - 160) && y > 30 && y < 295;
    return inside ? limb(128, 50)(x, y) : 0.85 + 0.0004 * x + grain[(Math.floor(x) + 53 * Math.floor(y)) % 4099]!;
  });
  expect(signs({ colourfulness: 0.03 }, onLightBox)).toEqual(["perspective", "light-box", "colour-cast"]);
});

test("points of the small picture and of the plate map to each other", () => {
  const shown = fc.record({
    left: fc.integer({ min: 0, max: 3000 }),
    top: fc.integer({ min: 0, max: 3000 }),
    width: fc.integer({ min: 1, max: 3000 }),
    height: fc.integer({ min: 1, max: 3000 }),
  });
  const point = fc.record({
    x: fc.double({ min: -10, max: 600, noNaN: true }),
    y: fc.double({ min: -10, max: 600, noNaN: true }),
  });
  fc.assert(
    fc.property(shown, point, (part, at) => {
      const geometry = ofExposure(describePlate(plain, facts(plain)), part);
      const picture = { width: 512, height: 384 };
      near(fromPlate(geometry, toPlate(geometry, at, picture), picture), at, 1e-6);
      near(toPlate(geometry, { x: 0, y: 0 }, picture), { x: part.left, y: part.top }, 1e-9);
    }),
    { numRuns: 20 },
  );
});

test("the directions of rows and columns say how a plate stands", () => {
  expect(
    [
      ["L", "F"],
      ["F", "L"],
      ["R", "H"],
      ["HL", "A"],
      ["A", "P"],
    ].map(quarterTurns),
  ).toEqual([0, 1, 2, 3, null]);
  expect(quarterTurns(undefined)).toBeNull();
});
