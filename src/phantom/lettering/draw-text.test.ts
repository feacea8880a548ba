import fc from "fast-check";
import { expect, test } from "vitest";
import { plainPicture } from "../picture.ts";
import { hasDot } from "./dot-matrix-font.ts";
import { drawText, letterings, textWidth } from "./draw-text.ts";
import { strokesOf } from "./stroke-font.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ÄÖÜäöüßçşğıİé.,:-/()+'_=";

test("every character of both fonts has ink of its own", () => {
  const seen = new Map<string, string>();
  for (const character of alphabet) {
    const dots = Array.from({ length: 35 }, (_, i) => (hasDot(character, i % 5, Math.floor(i / 5)) ? "1" : "0")).join(
      "",
    );
    expect(dots, character).toContain("1");
    expect(seen.get(dots), character).toBe(undefined);
    seen.set(dots, character);
    expect(strokesOf(character).length, character).toBeGreaterThan(0);
  }
});

test("the box holds all ink and touches it on every side", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...letterings),
      fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 7, max: 24 }),
      fc.integer({ min: -30, max: 120 }),
      fc.integer({ min: -20, max: 70 }),
      fc.constantFrom<0 | 1>(0, 1),
      (lettering, characters, height, x, y, quarters) => {
        const picture = plainPicture(140, 80, 0.2);
        const box = drawText(picture, characters.join(""), { x, y, height, lettering, quarters });
        const [columns, rows] = [new Set<number>(), new Set<number>()];
        picture.values.forEach((value, i) => {
          if (value < 0.2 + 0.02 * 0.8) return;
          columns.add(i % 140);
          rows.add(Math.floor(i / 140));
        });
        if (!box) {
          expect(columns.size).toBe(0);
          return;
        }
        const found = [Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)];
        const told = [box[0], box[1], box[0] + box[2] - 1, box[1] + box[3] - 1];
        // ink of just a fiftieth may be counted by one and not by the other
        for (const [i, edge] of told.entries()) expect(Math.abs(found[i]! - edge)).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 200, seed: 41 },
  );
});

test.each(letterings)("the ink of %s is as wide as promised", (lettering) => {
  const picture = plainPicture(400, 60, 0);
  const box = drawText(picture, "Müller 1961", { x: 5, y: 20, height: 16, lettering })!;
  const promised = textWidth("Müller 1961", { height: 16, lettering });
  expect(box[2]).toBeLessThanOrEqual(promised);
  expect(box[2]).toBeGreaterThan(0.85 * promised);
});
