import { describe, expect, test } from "vitest";
import { patientId } from "../../clinic/ids.ts";
import { hammingDistance } from "../../numeric/hamming.ts";
import { matrixOfRows, rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { bitOf, codeOf } from "../binary-codes.ts";
import { Hashing, refuseFittedOn } from "./hashing.ts";
import { fitRandomHyperplanes, randomHyperplanes } from "./random-hyperplanes.ts";

const gaussian = (random: Random, length: number): Float32Array => Float32Array.from({ length }, () => random.normal());

/** Two vectors at the given angle, in a random plane. */
const pairAt = (random: Random, { angle, dimensions }: { angle: number; dimensions: number }): Float32Array[] => {
  const a = gaussian(random, dimensions);
  const b = gaussian(random, dimensions);
  const aa = a.reduce((sum, x) => sum + x * x, 0);
  const ab = a.reduce((sum, x, i) => sum + x * b[i], 0);
  const across = b.map((x, i) => x - (ab / aa) * a[i]);
  const scale = Math.sqrt(aa / across.reduce((sum, x) => sum + x * x, 0));
  return [a, a.map((x, i) => Math.cos(angle) * x + Math.sin(angle) * scale * across[i])];
};

describe("codes", () => {
  test.each([0.2, Math.PI / 4, Math.PI / 2, 2.5])("bits differ with probability angle / pi, at angle %d", (angle) => {
    const dimensions = 64;
    let differing = 0;
    let bits = 0;
    for (let trial = 0; trial < 40; trial++) {
      const hyperplanes = randomHyperplanes({ seed: trial, bits: 256, mean: new Float32Array(dimensions) });
      const [a, b] = pairAt(new Random(trial, "pair"), { angle, dimensions });
      differing += hammingDistance(hyperplanes.encode(a), hyperplanes.encode(b));
      bits += 256;
    }
    const p = angle / Math.PI;
    // Five standard errors of independent bits; those of one orthonormal block vary less.
    expect(Math.abs(differing / bits - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / bits));
  });

  test("equal settings make equal codes, another seed makes others", () => {
    const feature = gaussian(new Random(1), 20);
    const mean = new Float32Array(20).fill(0.1);
    const make = (seed: number) => randomHyperplanes({ seed, bits: 64, mean }).encode(feature);
    expect(make(5)).toEqual(make(5));
    expect(make(5)).not.toEqual(make(6));
  });

  test("a code depends on the direction from the mean alone", () => {
    const mean = gaussian(new Random(2), 12);
    const hyperplanes = randomHyperplanes({ seed: 1, bits: 96, mean });
    const offset = gaussian(new Random(3), 12);
    const code = hyperplanes.encode(mean.map((x, i) => x + offset[i]));
    expect(hyperplanes.encode(mean.map((x, i) => x + 7 * offset[i]))).toEqual(code);
    expect(hammingDistance(hyperplanes.encode(mean.map((x, i) => x - offset[i])), code)).toBe(96);
  });

  test("two hyperplanes of one block are orthogonal: a quarter turn in the plane changes exactly one of each two bits", () => {
    const random = new Random(9);
    const hyperplanes = randomHyperplanes({ seed: 9, bits: 64, mean: new Float32Array(2) });
    for (let trial = 0; trial < 50; trial++) {
      const [x, y] = gaussian(random, 2);
      const changed = hyperplanes.encode(Float32Array.of(x, y))[0] ^ hyperplanes.encode(Float32Array.of(-y, x))[0];
      for (let pair = 0; pair < 16; pair++) expect([1, 2]).toContain((changed >>> (2 * pair)) & 3);
    }
  });

  test("training features in the positive orthant use all bits once their mean is subtracted", () => {
    const random = new Random(4);
    const rows = Array.from({ length: 200 }, () => gaussian(random, 32).map((x) => Math.max(x + 1, 0)));
    const features = matrixOfRows(rows);
    const training = { features, patients: rows.map((_, i) => patientId(`P${i >> 1}`)) };
    const share = (hyperplanes: Hashing): number => {
      const a = hyperplanes.encode(rowOf(features, 0));
      let differing = 0;
      for (let i = 1; i < 200; i++) differing += hammingDistance(a, hyperplanes.encode(rowOf(features, i)));
      return differing / 199 / 256;
    };
    expect(share(fitRandomHyperplanes(training, { seed: 1, bits: 256 }))).toBeGreaterThan(0.45);
    expect(share(randomHyperplanes({ seed: 1, bits: 256, mean: new Float32Array(32) }))).toBeLessThan(0.35);
  });

  test("the codes of rows are the codes of each row, least significant bit first", () => {
    const random = new Random(6);
    const features = matrixOfRows([gaussian(random, 8), gaussian(random, 8)]);
    const hyperplanes = randomHyperplanes({ seed: 2, bits: 32, mean: new Float32Array(8) });
    const codes = hyperplanes.encodeDirections(features);
    expect(codeOf(codes, 1)).toEqual(hyperplanes.encode(rowOf(features, 1)));
    expect(bitOf(Uint32Array.of(0b10), 1)).toBe(true);
    expect(bitOf(Uint32Array.of(0, 1), 32)).toBe(true);
  });
});

test("what cannot be hashed is refused", () => {
  expect(() => randomHyperplanes({ seed: 1, bits: 100, mean: new Float32Array(4) })).toThrow("multiple of 32");
  const hyperplanes = randomHyperplanes({ seed: 1, bits: 32, mean: new Float32Array(4) });
  expect(() => hyperplanes.encode(new Float32Array(5))).toThrow("for 4 features and the vector has 5");
  expect(() => hyperplanes.encode(new Float32Array(4).fill(Number.NaN))).toThrow("not finite");
  const { parts } = hyperplanes;
  expect(() => new Hashing({ ...parts, normals: new Float32Array(127) })).toThrow("not 127 numbers");
  expect(() => hyperplanes.firstBits(64)).toThrow("no first 64 bits");
  expect(() => refuseFittedOn({ fittedOn: [patientId("P1"), patientId("P2")] }, [patientId("P2")])).toThrow("1 of the");
  expect(() => refuseFittedOn({ fittedOn: [patientId("P1")] }, [patientId("P2")])).not.toThrow();
});

describe("a fitted hashing", () => {
  const random = new Random(8);
  const features = matrixOfRows(Array.from({ length: 90 }, () => gaussian(random, 16).map((x) => x + 1)));
  const patients = Array.from({ length: 90 }, (_, i) => patientId(`P${(i * 7) % 30}`));
  const hashing = fitRandomHyperplanes({ features, patients }, { seed: 1, bits: 96 });

  test("says on whom it was fitted, each once", () => {
    expect(hashing.fittedOn).toEqual([...new Set(patients)].sort());
  });

  test("the first bits of its codes are the codes of its first bits", () => {
    const feature = gaussian(random, 16);
    expect(hashing.firstBits(32).encode(feature)).toEqual(hashing.encode(feature).subarray(0, 1));
    expect(hashing.firstBits(96).fingerprint).toBe(hashing.fingerprint);
    expect(hashing.firstBits(64).fingerprint).not.toBe(hashing.fingerprint);
  });

  test("through the medians sets each bit for half of the training features", () => {
    const halved = fitRandomHyperplanes({ features, patients }, { seed: 1, bits: 96, through: "median" });
    const codes = Array.from({ length: 90 }, (_, i) => halved.encode(rowOf(features, i)));
    for (let bit = 0; bit < 96; bit++) expect(codes.filter((code) => bitOf(code, bit))).toHaveLength(45);
  });
});
