import { expect, test } from "vitest";
import { distancesToCodes } from "./binary-codes.ts";

const codes = { bits: 64, count: 3, values: Uint32Array.of(0, 0, 0b1011, 0, 0xffffffff, 0x80000000) };

test("the distance to each code, by hand", () => {
  expect([...distancesToCodes(codes, Uint32Array.of(0b11, 0))]).toEqual([2, 1, 31]);
});

test("a query of another length is refused", () => {
  expect(() => distancesToCodes(codes, new Uint32Array(8))).toThrow("64 bits and the query has 256");
});
