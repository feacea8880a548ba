import { expect, test } from "vitest";
import type { PixelDescription } from "../pixel-description.ts";
import { withoutUnusedBits } from "./unused-bits.ts";

const describe = (more: Partial<PixelDescription>): PixelDescription => ({
  ...{ Rows: 1, Columns: 1, SamplesPerPixel: 1, PhotometricInterpretation: "MONOCHROME2", NumberOfFrames: 1 },
  ...{ BitsAllocated: 16, BitsStored: 12, HighBit: 11, signed: false, planar: false },
  ...more,
});
const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);

test("bits above the sample go, and a sign above it stays", () => {
  expect(withoutUnusedBits(words(0xf123, 0x0fff), describe({}))).toEqual(words(0x0123, 0x0fff));
  const signed = describe({ signed: true });
  expect(withoutUnusedBits(words(0x8123, 0x0fff), signed)).toEqual(words(0x0123, 0xffff));
});

test("bits below the sample go too", () => {
  expect(withoutUnusedBits(words(0x123f), describe({ HighBit: 15 }))).toEqual(words(0x1230));
});

test("bytes and double words are looked at as well", () => {
  const bytes = Uint8Array.of(0xc5, 0x3f);
  expect(withoutUnusedBits(bytes, describe({ BitsAllocated: 8, BitsStored: 6, HighBit: 5 }))).toEqual(
    Uint8Array.of(0x05, 0x3f),
  );
  const double = describe({ BitsAllocated: 32, BitsStored: 24, HighBit: 23 });
  expect(withoutUnusedBits(Uint8Array.of(1, 2, 3, 4), double)).toEqual(Uint8Array.of(1, 2, 3, 0));
});

test("samples without anything beside them are handed on without a copy", () => {
  const plain = words(0, 1, 0x0fff);
  expect(withoutUnusedBits(plain, describe({}))).toBe(plain);
  const negative = words(0xffff, 0xf800, 0x07ff);
  expect(withoutUnusedBits(negative, describe({ signed: true }))).toBe(negative);
  expect(withoutUnusedBits(words(0xffff), describe({ BitsStored: 16, HighBit: 15 }))).toEqual(words(0xffff));
});
