import fc from "fast-check";
import { expect, test } from "vitest";
import { activationScale, integerWeights } from "./int8.ts";

const float = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(Math.fround);

test("an activation scale holds zero exactly and both ends within a step", () => {
  fc.assert(
    fc.property(float, float, (a, b) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      const { scale, zeroPoint } = activationScale({ min, max });
      expect(Number.isInteger(zeroPoint)).toBe(true);
      expect((0 - zeroPoint) * scale).toBeLessThan(Math.min(min, 0) + scale);
      expect((255 - zeroPoint) * scale).toBeGreaterThan(Math.max(max, 0) - scale);
    }),
  );
});

test("what follows a ReLU uses all 256 steps above zero; zeros alone have a scale too", () => {
  expect(activationScale({ min: 0, max: 51 })).toEqual({ scale: Math.fround(0.2), zeroPoint: 0 });
  expect(activationScale({ min: 3, max: 51 }).zeroPoint).toBe(0);
  expect(activationScale({ min: -1, max: -0.5 })).toEqual({ scale: Math.fround(1 / 255), zeroPoint: 255 });
  expect(activationScale({ min: 0, max: 0 })).toEqual({ scale: 1, zeroPoint: 0 });
});

test("each channel of weights has its own scale, and its bias the scale of the products", () => {
  const options = { inputScale: 0.5, largest: 127 };
  const { scales, weight, bias } = integerWeights(Float32Array.of(1, -127, 2, 0.5), Float32Array.of(3, -4), options);
  expect([...scales]).toEqual([1, 2 / 127].map(Math.fround));
  expect([...weight]).toEqual([1, -127, 127, 32]);
  expect([...bias]).toEqual([6, -508]);
});

test("the reduced range keeps weights within 64", () => {
  const { weight } = integerWeights(Float32Array.of(-3, 1.5), Float32Array.of(0), { inputScale: 1, largest: 64 });
  expect([...weight]).toEqual([-64, 32]);
});

test("a large bias beside tiny or no weights still fits into 32 bits", () => {
  const bias = Float32Array.of(1000, 1000, 0);
  const made = integerWeights(Float32Array.of(1e-12, 0, 0), bias, { inputScale: 1e-3, largest: 127 });
  const restored = [...made.bias].map((value, k) => value * 1e-3 * made.scales[k]!);
  restored.forEach((value, k) => {
    expect(value).toBeCloseTo(bias[k]!, 3);
  });
  expect(Math.max(...made.bias)).toBeLessThanOrEqual(2 ** 30 + 64);
});
