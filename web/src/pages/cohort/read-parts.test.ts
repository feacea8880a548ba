import { expect, test } from "vitest";
import { readParts } from "./read-parts.ts";

test("names and shares are read, decimals with a point or a comma", () => {
  expect(readParts("train=0.8, test=0.2")).toEqual([
    { name: "train", share: 0.8 },
    { name: "test", share: 0.2 },
  ]);
  expect(readParts("a = 0,5; b=0,5")).toEqual([
    { name: "a", share: 0.5 },
    { name: "b", share: 0.5 },
  ]);
});

test.each(["", "train=1", "train=0.8, test=0.3", "a=0.5, a=0.5", "a=0.5 b=0.5 c", "a=0, b=1"])(
  "%j is no split",
  (text) => {
    expect(readParts(text)).toBeUndefined();
  },
);
