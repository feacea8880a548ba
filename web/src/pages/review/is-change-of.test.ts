import { expect, test } from "vitest";
import { isChangeOf } from "./is-change-of.ts";

const box = { x: 10, y: 20, width: 100, height: 30 };

test("a moved or resized box is the same one", () => {
  expect(isChangeOf(box, { ...box, x: 300, y: 5 })).toBe(true);
  expect(isChangeOf(box, { ...box, x: 40, width: 70 })).toBe(true);
  expect(isChangeOf(box, { ...box, width: 200, height: 60 })).toBe(true);
});

test("a box that was drawn beside it is another one", () => {
  expect(isChangeOf(box, { x: 300, y: 200, width: 90, height: 25 })).toBe(false);
  expect(isChangeOf(box, { x: 10, y: 200, width: 90, height: 25 })).toBe(false);
});
