import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Entity, entities } from "../clinic/entities.ts";
import { type Site, sites } from "../clinic/sites.ts";
import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import { skeletonFor } from "./anatomy/index.ts";
import { drawRadiograph, type PhantomRadiograph } from "./draw-radiograph.ts";
import type { PhantomPatient, View } from "./patient.ts";
import { phantomPatient } from "./phantom-patients.ts";
import { places } from "./places.ts";

const usualSite: Readonly<Record<Entity, Site>> = {
  "Aneurysmal bone cyst": "tibia",
  Chondroblastoma: "femur",
  Chondrosarcoma: "femur",
  Enchondroma: "hand",
  "Ewing sarcoma": "femur",
  "Fibrous dysplasia": "tibia",
  "Giant cell tumour": "femur",
  "Non ossifying fibroma": "tibia",
  Osteochondroma: "humerus",
  Osteosarcoma: "femur",
};

const patientWith = (of: { entity: Entity; site: Site }, seed: number, view: View = "AP"): PhantomPatient => ({
  ...phantomPatient("T0001", of, new Random(seed, "test")),
  examinations: [{ date: "2010-05-05", study: 1, view }],
});

/** Every radiograph's mask lies in the picture and in its box, and the box touches it on all sides. */
const expectSound = (radiograph: PhantomRadiograph): void => {
  const { mask, width, height, box, stored, bitsStored } = radiograph;
  expect(stored.length).toBe(width * height);
  expect(mask.length).toBe(width * height);
  const [x, y, w, h] = box;
  expect(x >= 0 && y >= 0 && w > 2 && h > 2 && x + w <= width && y + h <= height).toBe(true);
  const rows = new Set<number>();
  const columns = new Set<number>();
  let largest = 0;
  for (let i = 0; i < mask.length; i++) {
    if (stored[i]! > largest) largest = stored[i]!;
    if (!mask[i]) continue;
    rows.add(Math.floor(i / width));
    columns.add(i % width);
  }
  expect([Math.min(...columns), Math.max(...columns)]).toEqual([x, x + w - 1]);
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([y, y + h - 1]);
  expect(largest).toBeLessThan(2 ** bitsStored);
};

describe.each(entities)("$entity", ({ entity }) => {
  const patient = patientWith({ entity, site: usualSite[entity] }, 3);
  const drawn = drawRadiograph(patient, 0);

  test("has a mask within the picture and its box", () => {
    expectSound(drawn);
  });

  test("changes the picture within its mask far more than outside", () => {
    const without = drawRadiograph(patient, 0, { withoutLesion: true });
    expect(without.mask).toEqual(drawn.mask);
    const sums = [0, 0];
    const counts = [0, 0];
    for (let i = 0; i < drawn.mask.length; i++) {
      const side = drawn.mask[i]!;
      sums[side]! += Math.abs(drawn.stored[i]! - without.stored[i]!);
      counts[side]! += 1;
    }
    const top = 2 ** drawn.bitsStored - 1;
    const inside = sums[1]! / counts[1]! / top;
    const outside = sums[0]! / counts[0]! / top;
    // a per cent of the full scale is more than the grain of any exposure moves a mean
    expect(inside).toBeGreaterThan(0.012);
    expect(inside).toBeGreaterThan(2.5 * outside);
  });
});

test("every place of every bone lies in or on that bone", () => {
  for (const { site } of sites) {
    const skeleton = skeletonFor(site, { cortex: 1, soft: 1 });
    for (const { place } of places[site]) {
      const { bone, point } = skeleton.places.get(place)!;
      const pieces = skeleton.bones.find(({ name }) => name === bone)!.pieces;
      expect(
        Math.min(...pieces.map(({ shape }) => shape.distance(...(point as [number, number, number])))),
        place,
      ).toBeLessThan(0);
    }
  }
});

test("whatever the seed, entity, bone and view, the mask is there and sound", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...entities.map(({ entity }) => entity)),
      fc.constantFrom(...sites.map(({ site }) => site)),
      fc.integer({ min: 0, max: 100_000 }),
      fc.constantFrom<View>("AP", "lateral", "oblique"),
      (entity, site, seed, view) => {
        expectSound(drawRadiograph(patientWith({ entity, site }, seed, view), 0));
      },
    ),
    { numRuns: 25, seed: 41 },
  );
}, 60_000);

test("equal arguments give equal pixels", () => {
  const patient = patientWith({ entity: "Osteosarcoma", site: "tibia" }, 11);
  expect(drawRadiograph(patient, 0)).toEqual(drawRadiograph(patient, 0));
});

test("an examination that does not exist is refused", () => {
  const patient = patientWith({ entity: "Osteosarcoma", site: "tibia" }, 11);
  expect(() => drawRadiograph(patient, 1)).toThrow(OsteonError);
});
