import fc from "fast-check";
import { expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { decodeModel } from "./decode-model.ts";
import { encodeModel } from "./encode-model.ts";
import { type ElementType, elementTypes, type OnnxModel } from "./model.ts";

const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text !== "__proto__");
const shape = fc.array(fc.nat(300), { maxLength: 4 });
const attribute = fc.oneof(
  fc.record({ kind: fc.constant("int" as const), value: fc.integer() }),
  fc.record({ kind: fc.constant("float" as const), value: fc.float({ noNaN: true }) }),
  fc.record({ kind: fc.constant("string" as const), value: fc.string() }),
  fc.record({ kind: fc.constant("ints" as const), value: fc.array(fc.integer(), { maxLength: 4 }) }),
  fc.record({ kind: fc.constant("floats" as const), value: fc.array(fc.float({ noNaN: true }), { maxLength: 4 }) }),
);
const type = fc.constantFrom(...(Object.keys(elementTypes) as ElementType[]));
const value = fc.record({ name, type, shape });
const model: fc.Arbitrary<OnnxModel> = fc.record({
  graphName: fc.string(),
  nodes: fc.array(
    fc.record({
      type: name,
      domain: fc.constantFrom("", "com.microsoft"),
      inputs: fc.array(fc.string(), { maxLength: 3 }),
      outputs: fc.array(name, { maxLength: 2 }),
      attributes: fc.dictionary(name, attribute, { maxKeys: 3, noNullPrototype: true }),
    }),
    { maxLength: 4 },
  ),
  inputs: fc.array(value, { maxLength: 3 }),
  outputs: fc.array(value, { maxLength: 3 }),
  initializers: fc.array(fc.record({ name, type, shape, data: fc.uint8Array({ maxLength: 64 }) }), { maxLength: 3 }),
  operatorSets: fc.constant({ "": 21, "com.microsoft": 1 }),
  metadata: fc.dictionary(name, fc.string(), { maxKeys: 3, noNullPrototype: true }),
});

test("what is written is what is read", () => {
  fc.assert(
    fc.property(model, (m) => {
      expect(decodeModel(encodeModel(m))).toEqual(m);
    }),
  );
});

test("a cut or damaged file gives a sentence, never a hang or another error", () => {
  fc.assert(
    fc.property(model, fc.nat(), fc.nat(255), (m, position, byte) => {
      const bytes = encodeModel(m);
      const damaged = bytes.slice();
      damaged[position % damaged.length] = byte;
      for (const broken of [bytes.slice(0, position % bytes.length), damaged]) {
        try {
          decodeModel(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(OsteonError);
        }
      }
    }),
  );
});

test("the element types carry the numbers of TensorProto.DataType", () => {
  expect(elementTypes).toMatchObject({ float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 });
});
