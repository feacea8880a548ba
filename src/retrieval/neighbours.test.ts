import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { hammingDistance } from "../numeric/hamming.ts";
import { matrixOfRows, rowOf } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { codeOf } from "./binary-codes.ts";
import { fitRandomHyperplanes } from "./hashing/random-hyperplanes.ts";
import { exactNeighbours, hashNeighbours, type NeighbourOptions, rerankedNeighbours, shortlist } from "./neighbours.ts";
import { buildPrecedentIndex, type PrecedentIndex, queryOf } from "./precedent-index.ts";
import { recallAgainst } from "./recall.ts";
import { openSharedIndex, shareIndex } from "./shared-index.ts";

const labels = ["osteochondroma", "enchondroma", "osteosarcoma"];

/** Patients with one to four radiographs around one centre for each label. */
const makeIndex = ({
  patients,
  dimensions = 24,
  seed = 1,
}: {
  patients: number;
  dimensions?: number;
  seed?: number;
}) => {
  const random = new Random(seed, "archive");
  const centres = labels.map(() => Array.from({ length: dimensions }, () => random.normal(0, 2)));
  const rows: number[][] = [];
  const entries = Array.from({ length: patients }, (_, p) => {
    const label = random.integer(labels.length);
    const own = centres[label].map((x) => x + random.normal(0, 1));
    return Array.from({ length: 1 + random.integer(4) }, (_, i) => {
      rows.push(own.map((x) => x + random.normal(0, 0.3)));
      return {
        image: imageId(`I${p}-${i}`),
        patient: patientId(`P${p}`),
        label: random.chance(0.1) ? null : labels[label],
      };
    });
  }).flat();
  const features = matrixOfRows(rows);
  const index = buildPrecedentIndex({
    modelId: "test",
    hashing: fitRandomHyperplanes({ features, patients: entries.map(({ patient }) => patient) }, { seed, bits: 256 }),
    entries,
    features,
  });
  return { index, features };
};

const { index, features } = makeIndex({ patients: 60 });
const searches = { hashNeighbours, exactNeighbours, rerankedNeighbours };

describe.each(Object.entries(searches))("%s", (_, search) => {
  test("never returns the query's own patient, and each patient once", () => {
    const units: readonly ("patient" | "image")[] = ["patient", "image"];
    fc.assert(
      fc.property(
        fc.nat(index.entries.length - 1),
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom(...units),
        (i, k, unit) => {
          const own = index.entries[i].patient;
          const found = search(index, queryOf(index, rowOf(features, i)), { k, excludePatients: new Set([own]), unit });
          expect(found.map(({ patient }) => patient)).not.toContain(own);
          const keys = found.map((neighbour) => neighbour[unit]);
          expect(new Set(keys).size).toBe(keys.length);
          const others = index.entries.filter(({ patient }) => patient !== own);
          expect(found.length).toBe(Math.min(k, new Set(others.map((entry) => entry[unit])).size));
          expect(found.map(({ rank }) => rank)).toEqual(found.map((_neighbour, n) => n + 1));
        },
      ),
    );
  });

  test("without an exclusion the query's own image comes first, at distance 0", () => {
    const [first] = search(index, queryOf(index, rowOf(features, 5)), { k: 3, excludePatients: new Set() });
    expect(first).toMatchObject({ rank: 1, image: index.entries[5].image, distance: 0 });
    expect(first.cosineDistance).toBeLessThan(1e-6);
  });

  test("the order of the archive does not matter", () => {
    const order = [...new Random(5).permutation(index.entries.length)];
    const shuffled = buildPrecedentIndex({
      modelId: "test",
      hashing: index.hashing,
      entries: order.map((i) => index.entries[i]),
      features: matrixOfRows(order.map((i) => rowOf(features, i))),
    });
    for (let i = 0; i < 20; i++) {
      const options: NeighbourOptions = { k: 7, excludePatients: new Set([index.entries[i].patient]) };
      const query = queryOf(index, rowOf(features, i));
      expect(search(shuffled, query, options)).toEqual(search(index, query, options));
    }
  });

  test("renaming the labels renames them in the answer and changes nothing else", () => {
    const renamed: PrecedentIndex = {
      ...index,
      entries: index.entries.map((entry) => ({ ...entry, label: entry.label === null ? null : `x${entry.label}` })),
    };
    const query = queryOf(index, rowOf(features, 9));
    const before = search(index, query, { k: 9, excludePatients: new Set() });
    const after = search(renamed, query, { k: 9, excludePatients: new Set() });
    expect(after).toEqual(before.map((n) => ({ ...n, label: n.label === null ? null : `x${n.label}` })));
  });

  test("k must be a positive whole number", () => {
    const query = queryOf(index, rowOf(features, 0));
    expect(() => search(index, query, { k: 0, excludePatients: new Set() })).toThrow("not 0");
    expect(() => search(index, query, { k: 1.5, excludePatients: new Set() })).toThrow("not 1.5");
  });
});

describe("hashNeighbours", () => {
  test("orders by Hamming, then cosine, then image id", () => {
    const tiny = makeIndex({ patients: 40, dimensions: 3, seed: 3 });
    const query = queryOf(tiny.index, rowOf(tiny.features, 0));
    const found = hashNeighbours(tiny.index, query, { k: 500, excludePatients: new Set(), unit: "image" });
    const sorted = [...found].sort(
      (a, b) => a.distance - b.distance || a.cosineDistance - b.cosineDistance || (a.image < b.image ? -1 : 1),
    );
    expect(found).toEqual(sorted);
    expect(new Set(found.map(({ distance }) => distance)).size).toBeLessThan(found.length); // there were ties
  });

  test("two images of equal features are ordered by id", () => {
    const entries = ["b", "a", "c"].map((id) => ({ image: imageId(id), patient: patientId(id), label: null }));
    const features = matrixOfRows([
      [1, 2],
      [1, 2],
      [-3, 1],
    ]);
    const patients = entries.map(({ patient }) => patient);
    const hashing = fitRandomHyperplanes({ features, patients }, { seed: 1, bits: 32 });
    const twins = buildPrecedentIndex({ modelId: "m", hashing, entries, features });
    const found = hashNeighbours(twins, queryOf(twins, rowOf(features, 0)), { k: 2, excludePatients: new Set() });
    expect(found.map(({ image }) => image)).toEqual(["a", "b"]);
  });

  test("one mask over all codes changes nothing", () => {
    const mask = Uint32Array.from({ length: 8 }, (_, w) => new Random(2, w).uint32());
    const masked = {
      ...index,
      codes: { ...index.codes, values: index.codes.values.map((word, i) => word ^ mask[i % 8]) },
    };
    const query = queryOf(index, rowOf(features, 11));
    const options: NeighbourOptions = { k: 12, excludePatients: new Set([patientId("P3")]) };
    const maskedQuery = { ...query, code: query.code.map((word, i) => word ^ mask[i]) };
    expect(hashNeighbours(masked, maskedQuery, options)).toEqual(hashNeighbours(index, query, options));
  });

  test("more bits find more of the true neighbours, and what they find is nearly as near", () => {
    const archive = makeIndex({ patients: 400, seed: 5 });
    const outcome = (bits: number) => {
      const patients = archive.index.entries.map(({ patient }) => patient);
      const hashing = fitRandomHyperplanes({ features: archive.features, patients }, { seed: 1, bits });
      const hashed = buildPrecedentIndex({ ...archive.index, hashing, features: archive.features });
      let recall = 0;
      let exactSum = 0;
      let hashSum = 0;
      for (let i = 0; i < 60; i++) {
        const query = queryOf(hashed, rowOf(archive.features, i));
        const options: NeighbourOptions = { k: 5, excludePatients: new Set([hashed.entries[i].patient]) };
        const exact = exactNeighbours(hashed, query, options);
        const found = hashNeighbours(hashed, query, options);
        recall += recallAgainst(exact, found) / 60;
        for (const { cosineDistance } of exact) exactSum += cosineDistance;
        for (const { cosineDistance } of found) hashSum += cosineDistance;
      }
      return { recall, excess: hashSum / exactSum };
    };
    const [few, usual, many] = [32, 256, 4096].map(outcome);
    expect(usual.recall).toBeGreaterThan(few.recall);
    expect(many.recall).toBeGreaterThan(usual.recall);
    expect(many.recall).toBeGreaterThan(0.75);
    expect(usual.excess).toBeLessThan(few.excess);
    expect(many.excess).toBeLessThan(1.05);
  });

  test("candidates narrow a search to a part of the archive", () => {
    const archive = makeIndex({ patients: 400, seed: 5 });
    const { entries } = archive.index;
    const every = Uint32Array.from(entries.keys());
    const part = every.filter((i) => i % 3 > 0);
    const images = new Set([...part].map((i) => entries[i].image));
    for (let i = 0; i < 100; i++) {
      const query = queryOf(archive.index, rowOf(archive.features, i));
      const options: NeighbourOptions = { k: 5, excludePatients: new Set([entries[i].patient]) };
      const all = hashNeighbours(archive.index, query, options);
      expect(hashNeighbours(archive.index, query, { ...options, candidates: every })).toEqual(all);
      const among = hashNeighbours(archive.index, query, { ...options, candidates: part });
      expect(among.every(({ image }) => images.has(image))).toBe(true);
      const there = all.filter(({ image }) => images.has(image)).map(({ image }) => image);
      expect(among.map(({ image }) => image)).toEqual(expect.arrayContaining(there));
    }
  });

  test("an image id cannot stand where a patient id is wanted", () => {
    expectTypeOf<ReadonlySet<ImageId>>().not.toExtend<NeighbourOptions["excludePatients"]>();
    expectTypeOf<ReadonlySet<string>>().not.toExtend<NeighbourOptions["excludePatients"]>();
    expectTypeOf<ReadonlySet<PatientId>>().toExtend<NeighbourOptions["excludePatients"]>();
  });
});

describe("rerankedNeighbours", () => {
  const archive = makeIndex({ patients: 800, seed: 6 });
  const { entries } = archive.index;

  test("finds the exact neighbours by the features of a twentieth of the archive", () => {
    let recall = 0;
    for (let i = 0; i < 100; i++) {
      const query = queryOf(archive.index, rowOf(archive.features, i * 7));
      const options: NeighbourOptions = { k: 10, excludePatients: new Set([entries[i * 7]!.patient]) };
      expect(shortlist(archive.index, query, options).length).toBeLessThanOrEqual(0.05 * entries.length);
      const found = rerankedNeighbours(archive.index, query, options);
      recall += recallAgainst(exactNeighbours(archive.index, query, options), found) / 100;
    }
    expect(recall).toBeGreaterThan(0.95);
  });

  test("is the exact search where everything is ranked", () => {
    const query = queryOf(archive.index, rowOf(archive.features, 3));
    const options = { k: 20, excludePatients: new Set<PatientId>(), ranked: entries.length };
    expect(rerankedNeighbours(archive.index, query, options)).toEqual(exactNeighbours(archive.index, query, options));
  });

  test("looks on where the shortlist holds too few patients", () => {
    const query = queryOf(index, rowOf(features, 0));
    const found = rerankedNeighbours(index, query, { k: 40, excludePatients: new Set(), ranked: 5 });
    expect(found).toHaveLength(40);
  });

  test("searches by a scanner in a thread's memory as it does without", () => {
    const shared = openSharedIndex(shareIndex(archive.index));
    expect(shared.scanner).toBeDefined();
    for (let i = 0; i < 10; i++) {
      const query = queryOf(shared, rowOf(archive.features, i));
      const candidates = Uint32Array.from({ length: entries.length >> 1 }, (_, n) => 2 * n);
      for (const search of Object.values(searches)) {
        for (const asked of [{}, { candidates }]) {
          const options = { k: 8, excludePatients: new Set([entries[i]!.patient]), ...asked };
          expect(search(shared, query, options)).toEqual(search(archive.index, query, options));
        }
      }
    }
  });

  test("tells the angle, which random hyperplanes estimate", () => {
    const query = queryOf(archive.index, rowOf(archive.features, 9));
    const [first, ...others] = rerankedNeighbours(archive.index, query, { k: 30, excludePatients: new Set() });
    expect(first!.distance).toBe(0);
    for (const { distance, cosineDistance, image } of others) {
      expect(distance).toBeCloseTo(Math.acos(1 - cosineDistance) / Math.PI, 5);
      const code = codeOf(
        archive.index.codes,
        entries.findIndex((entry) => entry.image === image),
      );
      // Five standard errors of 256 independent bits; orthonormal ones vary less.
      expect(Math.abs(hammingDistance(code, query.code) / 256 - distance)).toBeLessThan(5 * Math.sqrt(0.25 / 256));
    }
  });
});

test("features and entries of different number are refused", () => {
  const source = { modelId: "m", hashing: index.hashing, entries: index.entries.slice(1), features };
  expect(() => buildPrecedentIndex(source)).toThrow("feature vectors for");
});

test("recall of an empty answer is 1", () => {
  expect(recallAgainst([], [])).toBe(1);
  expect(recallAgainst([{ image: "a" }, { image: "b" }], [{ image: "b" }])).toBe(0.5);
});
