import { expect, test } from "vitest";
import { halveSamples } from "./halve-samples.ts";

test("every two by two pixels become their mean, rounded", () => {
  const samples = Uint16Array.of(0, 4, 60000, 65535, 8, 12, 65535, 65535);
  expect([...halveSamples(samples, { width: 4, height: 2 })]).toEqual([6, 64151]);
});

test("an odd edge is the mean of what is there", () => {
  const samples = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90);
  expect([...halveSamples(samples, { width: 3, height: 3 })]).toEqual([30, 45, 75, 90]);
});
