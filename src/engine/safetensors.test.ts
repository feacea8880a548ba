import fc from "fast-check";
import { expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { floatTensor } from "./tensor.ts";

const file = {
  tensors: new Map([
    ["conv1.weight", floatTensor([2, 1, 1, 2], Float32Array.of(1, -2.5, 3e-8, 4))],
    ["bias", floatTensor([1], Float32Array.of(Number.NEGATIVE_INFINITY))],
    ["scalar", floatTensor([], Float32Array.of(7))],
  ]),
  metadata: { epoch: "3" },
};

test("what is written is what is read", () => {
  expect(decodeSafetensors(encodeSafetensors(file))).toEqual(file);
  // As `readFile` gives it: a Buffer somewhere inside a larger piece of memory.
  const inPool = Buffer.concat([Buffer.from("abc"), encodeSafetensors(file)]).subarray(3);
  expect(decodeSafetensors(inPool)).toEqual(file);
});

test("every cut and every damaged header byte is either refused with a sentence or reads as a file", () => {
  const bytes = encodeSafetensors(file);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (position, byte) => {
      expect(() => decodeSafetensors(bytes.slice(0, position))).toThrow(OsteonError);
      const damaged = bytes.slice();
      damaged[position] = byte;
      try {
        decodeSafetensors(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(OsteonError);
      }
    }),
  );
});

test("a header that is JSON but describes no tensors is refused", () => {
  const header = (text: string): Uint8Array => {
    const file = Buffer.alloc(8 + text.length);
    file.writeBigUInt64LE(BigInt(text.length));
    file.write(text, 8);
    return file;
  };
  for (const text of [
    "null",
    "[]",
    '{"__metadata__": null}',
    '{"__metadata__": {"epoch": 3}}',
    '{"w": null}',
    '{"w": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 0]}}',
    '{"w": {"dtype": "F32", "shape": "1", "data_offsets": [0]}}',
  ]) {
    expect(() => decodeSafetensors(header(text)), text).toThrow(/corrupt/);
  }
});
