import { expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { floatsOf, initializer } from "./initializer.ts";

test("a constant holds its values in little-endian bytes", () => {
  const { data } = initializer({ name: "b", type: "int32", shape: [2] }, Int32Array.of(1, -2));
  expect([...data]).toEqual([1, 0, 0, 0, 254, 255, 255, 255]);
});

test("floats come back as a copy, wherever they lie in a file", () => {
  const bytes = new Uint8Array(11);
  bytes.set(initializer({ name: "w", type: "float32", shape: [2] }, Float32Array.of(1.5, -2)).data, 3);
  const values = floatsOf({ name: "w", type: "float32", shape: [2], data: bytes.subarray(3) });
  expect([...values]).toEqual([1.5, -2]);
  values[0] = 0;
  expect(bytes[5]).not.toBe(0);
});

test("a constant of another type or size is refused by name", () => {
  const short = { name: "w", type: "float32" as const, shape: [3], data: new Uint8Array(8) };
  expect(() => floatsOf(short)).toThrow('"w" of the ONNX model should hold 3 floats and holds 8 bytes of float32');
  expect(() => floatsOf({ ...short, type: "int8", shape: [8] })).toThrow(OsteonError);
});
