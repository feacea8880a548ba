/** However a file of weights is damaged: read, or refused in a sentence; never another error, never more memory than it has bytes for. */

import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { FlatTable } from "./flatbuffer.ts";
import { decodeWeights } from "./read-weights.ts";
import { tfliteLayers } from "./tflite.ts";

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../test/fixtures/weights/${name}`, import.meta.url));
const tflite = "../shared/data/weights/mobilenet_v1_0.25_224_quant.tflite";
const files: readonly (readonly [string, Uint8Array])[] = [
  ...["tensors.pth", "tensors-before-1.6.pth", "checkpoint.pth", "tensors.safetensors", "network.onnx"].map(
    (name) => [name, fixture(name)] as const,
  ),
  ...(existsSync(tflite) ? [["a TFLite model", new Uint8Array(readFileSync(tflite))] as const] : []),
];

/** Runs it; an error for users may be its end, any other is thrown on. */
const attempt = (run: () => unknown): void => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof OsteonError)) throw error;
  }
};

describe.each(files)("%s", (_, file) => {
  const runs = file.length > 100_000 ? 40 : 400;

  const whole = decodeWeights(file);

  test("cut anywhere: refused, or only what follows the weights is lost", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), (length) => {
        attempt(() => expect(decodeWeights(file.subarray(0, length))).toEqual(whole));
      }),
      { numRuns: runs, seed: 1 },
    );
  });

  test("with some bytes changed", () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const damaged = new Uint8Array(file);
        for (const [at, byte] of changes) damaged[at] = byte;
        attempt(() => decodeWeights(damaged));
      }),
      { numRuns: runs, seed: 2 },
    );
  });
});

test("the tables of a TFLite model point anywhere and are never followed beyond the file", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 96 }), (bytes) => {
      const file = Uint8Array.from([...bytes.subarray(0, 4), ...Buffer.from("TFL3"), ...bytes.subarray(4)]);
      attempt(() => tfliteLayers(file));
      attempt(() => FlatTable.root(file).text(1));
    }),
    { numRuns: 2000, seed: 3 },
  );
});

test("a header that declares more than the file holds is refused before memory is taken", () => {
  const text = JSON.stringify({ weight: { dtype: "F32", shape: [1e6, 1e6], data_offsets: [0, 4e12] } });
  const file = new Uint8Array(8 + text.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(Buffer.from(text), 8);
  expect(() => decodeWeights(file)).toThrow(/truncated/);
});
