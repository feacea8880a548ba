import { expect, test } from "vitest";
import type { Picture } from "../../../src/contract/pictures.ts";
import {
  greyRange,
  halvingsOf,
  panBy,
  placementOf,
  pointAt,
  type Shown,
  showsInverted,
  wholePicture,
  windowBy,
  zoomBy,
} from "./view.ts";

const picture: Picture = {
  width: 1000,
  height: 2000,
  bits: 16,
  window: { center: 2000, width: 1000 },
  smallest: 0,
  largest: 4095,
  inverted: false,
  pixelSpacingMm: null,
};
const shown: Shown = { picture, size: { width: 500, height: 400 }, density: 2 };

test("the whole picture fits into its part of the page, in the middle", () => {
  expect(placementOf(wholePicture, shown)).toEqual({ left: 150, top: 0, scaleX: 0.2, scaleY: 0.2 });
});

test("pixels that are twice as high as wide are drawn so", () => {
  const { scaleX, scaleY } = placementOf(wholePicture, {
    ...shown,
    picture: { ...picture, pixelSpacingMm: [0.4, 0.2] },
  });
  expect(scaleY / scaleX).toBe(2);
});

test("one to one is one pixel of the picture on one of the screen", () => {
  expect(placementOf({ ...wholePicture, zoom: "actual" }, shown).scaleY).toBeCloseTo(0.5);
});

test("zooming keeps what is under the pointer, panning moves by what the pointer moved", () => {
  const position = { x: 200, y: 100 };
  const kept = pointAt(placementOf(wholePicture, shown), position);
  const zoomed = zoomBy(wholePicture, 2.5, shown, position);
  const after = pointAt(placementOf(zoomed, shown), position);
  expect(after.x).toBeCloseTo(kept.x);
  expect(after.y).toBeCloseTo(kept.y);
  const moved = placementOf(panBy(zoomed, { x: 10, y: -4 }, shown), shown);
  expect(moved.left - placementOf(zoomed, shown).left).toBeCloseTo(10);
  expect(moved.top - placementOf(zoomed, shown).top).toBeCloseTo(-4);
});

test("the window is the file's own at first, wider to the right, and never of no width", () => {
  expect(greyRange(wholePicture, picture)).toEqual({ lower: 1500, upper: 2500 });
  const wider = greyRange(windowBy(wholePicture, { x: 0.5, y: 0 }), picture);
  expect(wider.upper - wider.lower).toBe(2000);
  const darker = greyRange(windowBy(wholePicture, { x: 0, y: 0.1 }), picture);
  expect(darker.lower).toBe(1600);
  let narrow = wholePicture;
  for (let i = 0; i < 50; i += 1) narrow = windowBy(narrow, { x: -1, y: 0 });
  const { lower, upper } = greyRange(narrow, { ...picture, window: { center: 10, width: 20 } });
  expect(upper - lower).toBeGreaterThanOrEqual(1);
});

test("inverting a picture whose smallest value is white shows the smallest value black", () => {
  expect(showsInverted({ ...wholePicture, inverted: true }, { ...picture, inverted: true })).toBe(false);
});

test("a picture that is shown much smaller is halved first, never below the screen's pixels", () => {
  const of = (scale: number) => halvingsOf({ left: 0, top: 0, scaleX: scale, scaleY: scale }, 1);
  expect([2, 1, 0.6, 0.5, 0.3, 0.25, 0.1].map(of)).toEqual([0, 0, 0, 0, 1, 1, 3]);
});
