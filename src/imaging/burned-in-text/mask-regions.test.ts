import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskRegions } from "./mask-regions.ts";

const ramp = (width: number, height: number, channels = 1) => ({
  width,
  height,
  channels,
  values: Uint16Array.from({ length: width * height * channels }, (_, i) => 100 + i),
});

describe("maskRegions", () => {
  test("fills with the darkest value as shown, and leaves the rest and the original alone", () => {
    const samples = ramp(20, 10);
    const region = { x: 5, y: 4, width: 3, height: 2 };
    const masked = maskRegions(samples, [region], { margin: 0 });
    const inverted = maskRegions(samples, [region], { margin: 0, photometric: "MONOCHROME1" });
    for (let i = 0; i < 200; i++) {
      const [x, y] = [i % 20, Math.floor(i / 20)];
      const isInside = x >= 5 && x < 8 && y >= 4 && y < 6;
      expect(masked.values[i]).toBe(isInside ? 100 : 100 + i);
      expect(inverted.values[i]).toBe(isInside ? 299 : 100 + i);
      expect(samples.values[i]).toBe(100 + i);
    }
  });

  test("takes a margin of its own where none is given", () => {
    const masked = maskRegions(ramp(60, 60), [{ x: 20, y: 20, width: 30, height: 20 }]);
    expect(masked.values[16 * 60 + 16]).toBe(100);
    expect(masked.values[15 * 60 + 16]).toBe(100 + 15 * 60 + 16);
  });

  test("fills every channel of a colour picture; asks for the background of a palette", () => {
    const masked = maskRegions(ramp(4, 4, 3), [{ x: 1, y: 1, width: 1, height: 1 }], { margin: 0, photometric: "RGB" });
    expect([...masked.values.slice(15, 18)]).toEqual([100, 101, 102]);
    const palette = () => maskRegions(ramp(4, 4), [], { photometric: "PALETTE COLOR" });
    expect(palette).toThrow(/background/);
    expect(() => maskRegions(ramp(4, 4), [], { background: [1, 2] })).toThrow(/1 background/);
    expect(() => maskRegions({ ...ramp(4, 4), width: 5 }, [])).toThrow(/20 values, not 16/);
  });

  test("what is masked depends on nothing that stood there", () => {
    const number = fc.integer({ min: -10, max: 40 });
    const size = fc.integer({ min: 0, max: 30 });
    const rectangle = fc.record({ x: number, y: number, width: size, height: size });
    const hidden = fc.array(fc.integer({ min: 50, max: 4000 }), { minLength: 400, maxLength: 400 });
    fc.assert(
      fc.property(rectangle, hidden, fc.constantFrom("MONOCHROME1", "MONOCHROME2"), (region, values, photometric) => {
        const make = (from: (i: number) => number) => {
          const samples = {
            width: 20,
            height: 20,
            channels: 1,
            values: Int16Array.from({ length: 400 }, (_, i) => from(i)),
          };
          samples.values[0] = 10;
          samples.values[399] = 5000;
          return samples;
        };
        const isInside = (i: number): boolean => {
          const [x, y] = [i % 20, Math.floor(i / 20)];
          const { x: left, y: top, width, height } = region;
          return x >= left && x < left + width && y >= top && y < top + height;
        };
        const plain = make((i) => 100 + i);
        const written = make((i) => (isInside(i) ? values[i]! : 100 + i));
        const masked = maskRegions(written, [region], { margin: 0, photometric });
        expect(masked.values).toEqual(maskRegions(plain, [region], { margin: 0, photometric }).values);
      }),
    );
  });
});
