import fc from "fast-check";
import { expect, test } from "vitest";
import { ImageLookup } from "./image-lookup.ts";

test("finds what was added, by sum and by whom one looks for, however many share a sum", () => {
  const batches = fc.array(fc.array(fc.nat(50), { maxLength: 900 }), { maxLength: 6 });
  fc.assert(
    fc.property(batches, fc.nat(60), (sums, wanted) => {
      const lookup = new ImageLookup();
      const all: number[] = [];
      for (const batch of sums) {
        lookup.add(Uint32Array.from(batch));
        all.push(...batch);
        const asked: number[] = [];
        expect(lookup.find(wanted, (position) => asked.push(position) < 0)).toBeUndefined();
        expect(asked.sort((a, b) => a - b)).toEqual(all.flatMap((sum, position) => (sum === wanted ? [position] : [])));
        const last = all.lastIndexOf(wanted);
        expect(lookup.find(wanted, (position) => position === last)).toBe(last < 0 ? undefined : last);
      }
    }),
    { numRuns: 30 },
  );
});
