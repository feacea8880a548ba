import fc from "fast-check";
import { expect, test } from "vitest";
import { selectNearest } from "./select-nearest.ts";

test("selecting is sorting, grouping and cutting, whatever the values", () => {
  const row = fc.record({
    distance: fc.integer({ min: 0, max: 6 }),
    group: fc.constantFrom("a", "b", "c", "d", null),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (rows, k) => {
      const expected: number[] = [];
      const seen = new Set<string>();
      const order = rows.map((_, i) => i).sort((i, j) => rows[i].distance - rows[j].distance || j - i);
      for (const i of order) {
        const { group } = rows[i];
        if (group === null || seen.has(group) || expected.length === k) continue;
        seen.add(group);
        expected.push(i);
      }
      const distances = rows.map(({ distance }) => distance);
      expect(selectNearest({ k, distances, breakTie: (i, j) => j - i, groupOf: (i) => rows[i].group })).toEqual(
        expected,
      );
    }),
  );
});
