import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageId, patientId } from "../../../clinic/ids.ts";
import { Random } from "../../../numeric/random.ts";
import type { StoredImage } from "../../../store/index.ts";
import { hashingLoss } from "./hashing-loss.ts";
import { linkQueries, searches } from "./link-rows.ts";
import type { StudyItem } from "./study-split.ts";

const dimensions = 24;

/** Radiographs of patients in pairs, both near each other, and their features. */
const archive = (patients: number, seed: number) => {
  const random = new Random(seed, "archive");
  const items: StudyItem[] = [];
  const features = new Map<number, Float32Array>();
  for (let p = 0; p < patients; p++) {
    const centre = Array.from({ length: dimensions }, () => random.normal());
    for (let i = 0; i < 2; i++) {
      features.set(
        items.length,
        Float32Array.from(centre, (value) => value + 0.1 * random.normal()),
      );
      const image = { id: imageId(`i${p}-${i}`), patient: patientId(`P${p}`) } as StoredImage;
      items.push({ image, patient: image.patient, label: p % 2 === 0 ? "a" : "b" });
    }
  }
  return { items, features };
};

const how = { bits: 256, tables: { tables: 8, keyBits: 4 }, seed: 3 };

describe("neighbours of a study", () => {
  test("are never of the query's own patient, unless they are allowed, and then the sibling comes first", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 6, max: 14 }), (seed, patients) => {
        const { items, features } = archive(patients, seed);
        const queries = [0, 1, 5];
        const all = [...items.keys()];
        const learned = all.filter(
          (position) => !queries.some((at) => items[at]!.patient === items[position]!.patient),
        );
        for (const { position, lists, siblingRank } of linkQueries({
          ...how,
          items,
          features,
          learned,
          references: all,
          queries,
        })) {
          const { patient } = items[position]!;
          for (const search of searches) {
            const own = lists[search].filter(([at]) => items[at]!.patient === patient);
            expect(own.map(([at]) => at)).toEqual(search === "own allowed" ? [position ^ 1] : []);
            const distances = lists[search].map(([, distance]) => distance);
            expect(distances).toEqual(distances.toSorted((a, b) => a - b));
          }
          const ofPatients = lists["hashed patients"].map(([at]) => items[at]!.patient);
          expect(new Set(ofPatients).size).toBe(ofPatients.length);
          expect(siblingRank).toBe(1);
          expect(lists["own allowed"][0]![0]).toBe(position ^ 1);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("exact neighbours of images are those of least angle, and codes find most of them", () => {
    const { items, features } = archive(40, 8);
    const references = [...items.keys()].slice(2);
    const [query] = linkQueries({ ...how, items, features, learned: references, references, queries: [0] });
    const mean = Array.from({ length: dimensions }, (_, d) =>
      references.reduce((sum, at) => sum + features.get(at)![d]! / references.length, 0),
    );
    const cosineTo = (at: number): number => {
      const [a, b] = [0, at].map((one) => Array.from(features.get(one)!, (value, d) => value - mean[d]!)) as [
        number[],
        number[],
      ];
      const dot = a.reduce((sum, value, d) => sum + value * b[d]!, 0);
      return dot / Math.hypot(...a) / Math.hypot(...b);
    };
    const nearest = references.toSorted((a, b) => cosineTo(b) - cosineTo(a)).slice(0, 7);
    expect(query!.lists["exact images"].map(([at]) => at)).toEqual(nearest);
    expect(query!.siblingRank).toBeNull();
    const { recallOfCodes, recallOfTables, candidates } = hashingLoss([query!]);
    expect(recallOfCodes).toBeGreaterThan(0.5);
    expect(recallOfTables).toBeLessThanOrEqual(1);
    expect(candidates).toBeLessThanOrEqual(1);
  });

  test("whoever is tested may not be among those whom the hyperplanes were fitted on", () => {
    const { items, features } = archive(6, 1);
    const all = [...items.keys()];
    expect(() => linkQueries({ ...how, items, features, learned: all, references: all, queries: [0] })).toThrow(
      "fitted on 1 of the patients",
    );
  });
});
