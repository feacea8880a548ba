import { describe, expect, test } from "vitest";
import { drawOtherImage, otherKindOf, otherKinds } from "./draw-other-image.ts";

describe.each(otherKinds)("%s", (kind) => {
  test("is drawn the same for the same seed, otherwise for another, with texts inside the picture", () => {
    const first = drawOtherImage(3, kind);
    expect(first.kind).toBe(kind);
    expect(drawOtherImage(3, kind)).toEqual(first);
    expect(drawOtherImage(4, kind).picture).not.toEqual(first.picture);
    const { width, height, values } = first.picture;
    expect(values).toHaveLength(width * height);
    expect(values.every((value) => value > -0.2 && value < 1.2)).toBe(true);
    for (const { box } of first.burnedInText) {
      expect(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= width && box[1] + box[3] <= height).toBe(true);
      let [low, high] = [1, 0];
      for (let y = box[1]; y < box[1] + box[3]; y++) {
        for (let x = box[0]; x < box[0] + box[2]; x++) {
          low = Math.min(low, values[y * width + x]!);
          high = Math.max(high, values[y * width + x]!);
        }
      }
      expect(high - low).toBeGreaterThan(0.2);
    }
  });
});

test("all kinds come", () => {
  const seen = new Set(Array.from({ length: 200 }, (_, seed) => otherKindOf(seed)));
  expect([...seen].sort()).toEqual([...otherKinds].sort());
});
