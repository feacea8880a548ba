import { expect, test } from "vitest";
import { patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import { signFlipTest } from "./sign-flip-test.ts";

const pOf = (gains: readonly number[], patientOf = (i: number): number => i): number =>
  signFlipTest(
    gains.map((_, i) => patientId(`P${patientOf(i)}`)),
    gains,
    new Random(1, "sign flips"),
  );
const ones = (count: number): number[] => new Array(count).fill(1);

test("of gains of one size it is the exact McNemar test", () => {
  expect(pOf(ones(6))).toBeCloseTo(2 / 2 ** 6, 12);
  expect(pOf([...ones(4), ...new Array(26).fill(0)])).toBeCloseTo(0.125, 12);
  expect(pOf([...ones(9), -1])).toBeCloseTo((2 * (1 + 10)) / 2 ** 10, 12); // of Binomial(10, 1/2) at most 1, two-sided
});

test("Fisher's own example: Darwin's pairs of cross- and self-fertilised maize", () => {
  const heights = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  expect(pOf(heights)).toBeCloseTo(1726 / 32768, 12); // Fisher: 863 of 32768 in each direction
});

test("no difference is no evidence, whichever way it comes about", () => {
  expect(pOf([])).toBe(1);
  expect(pOf([0, 0, 0])).toBe(1);
  expect(pOf([1, -1, 1, -1])).toBe(1);
  expect(pOf([0.1, 0.2, -0.3], () => 0)).toBe(1);
});

test("many radiographs of one patient are one patient", () => {
  expect(pOf(ones(20), () => 0)).toBe(1);
  expect(pOf(ones(20), (i) => i % 5)).toBeCloseTo(2 / 2 ** 5, 12);
});

test("drawn flips come to what all of them say", () => {
  const gains = [...ones(15), -1, -1, -1, -1, -1];
  const exact = (2 * (1 + 20 + 190 + 1140 + 4845 + 15504)) / 2 ** 20; // of Binomial(20, 1/2) at most 5, two-sided
  expect(pOf(gains)).toBeCloseTo(exact, 2);
  expect(pOf(ones(40))).toBeCloseTo(1 / 10_001, 12); // never 0
});
