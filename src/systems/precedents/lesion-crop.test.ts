import { expect, test } from "vitest";
import { imageId } from "../../clinic/ids.ts";
import type { ImageAnnotations } from "../../store/index.ts";
import { boxesOf, cropLesion, isInside, lesionBoxes, withMargin } from "./lesion-crop.ts";

const picture = { width: 100, height: 50 };

test("the crop is the box and 15 % of it beyond each side, as far as the picture reaches", () => {
  expect(withMargin({ x: 20, y: 10, width: 20, height: 20 }, picture)).toEqual({ x: 17, y: 7, width: 26, height: 26 });
  expect(withMargin({ x: 0, y: 0, width: 100, height: 50 }, picture)).toEqual({ x: 0, y: 0, width: 100, height: 50 });
  const { x, y, width, height } = withMargin({ x: 90, y: 40, width: 40, height: 40 }, picture);
  expect([x + width, y + height]).toEqual([100, 50]);
});

test("a crop is taken from the small picture in the radiograph's own pixels, and is never too small to be seen", () => {
  const small = { width: 20, height: 10, pixels: Float32Array.from({ length: 200 }, (_, i) => (i % 20) / 20) };
  const crop = cropLesion(small, { x: 50, y: 10, width: 20, height: 20 }, picture); // a fifth of the radiograph's size
  expect([crop.width, crop.height]).toEqual([6, 6]); // 47 to 73 of 100: pixels 9 to 15
  expect(crop.pixels[0]).toBeCloseTo(9 / 20, 6);
  const dot = cropLesion(small, { x: 99.5, y: 49.5, width: 0.4, height: 0.4 }, picture);
  expect([dot.width, dot.height]).toEqual([4, 4]);
});

test("a box lies in a picture where its middle does", () => {
  expect(isInside({ x: 90, y: 10, width: 18, height: 10 }, picture)).toBe(true);
  expect(isInside({ x: 95, y: 10, width: 20, height: 10 }, picture)).toBe(false);
});

test("boxes of people here come before those of others, polygons count by the box around them, views do not count", () => {
  const image = imageId("a");
  const marks: ImageAnnotations[] = [
    {
      image,
      source: "btxrd",
      annotations: [
        {
          kind: "polygon",
          label: "tumour",
          corners: [
            [3, 4],
            [9, 2],
            [5, 8],
          ],
        },
      ],
    },
    { image, source: "labels", annotations: [{ kind: "view", label: "frontal" }] },
    {
      image,
      source: "user:1",
      annotations: [
        { kind: "box", label: "lesion", box: [1, 1, 3, 3] },
        { kind: "box", label: "lesion", box: [10, 10, 30, 20] },
      ],
    },
  ];
  expect(boxesOf(marks)).toEqual([
    { x: 1, y: 1, width: 2, height: 2 },
    { x: 10, y: 10, width: 20, height: 10 },
    { x: 3, y: 2, width: 6, height: 6 },
  ]);
  expect(lesionBoxes(marks).get(image)).toEqual({ x: 10, y: 10, width: 20, height: 10 });
  expect(lesionBoxes(marks.slice(0, 2)).get(image)).toEqual({ x: 3, y: 2, width: 6, height: 6 });
  expect(lesionBoxes(marks.slice(1, 2)).size).toBe(0);
});
