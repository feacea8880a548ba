/** Reads an ONNX file back into plain data; refuses what Osteon's graphs never hold instead of dropping it silently. */

import { OsteonError } from "../errors.ts";
import type { Attribute, ElementType, OnnxInitializer, OnnxModel, OnnxNode, OnnxValue } from "./model.ts";
import { elementTypes } from "./model.ts";
import { WireReader, WireType } from "./wire.ts";

/**
 * Reads the bytes of an `.onnx` file; nothing in it is run.
 *
 * @throws OsteonError `bad-input` for a truncated or corrupt file, `unsupported` for dynamic shapes, other element types
 *   or tensors without raw data
 */
export const decodeModel = (bytes: Uint8Array): OnnxModel => {
  let graph: Omit<OnnxModel, "operatorSets" | "metadata"> | undefined;
  const operatorSets: Record<string, number> = {};
  const metadata: Record<string, string> = {};
  eachField(bytes, {
    7: (r) => {
      graph = decodeGraph(r.bytes());
    },
    8: (r) => {
      let domain = "";
      let version = 0;
      eachField(r.bytes(), {
        1: (s) => {
          domain = s.string();
        },
        2: (s) => {
          version = s.integer();
        },
      });
      operatorSets[domain] = version;
    },
    14: (r) => {
      let key = "";
      let value = "";
      eachField(r.bytes(), {
        1: (s) => {
          key = s.string();
        },
        2: (s) => {
          value = s.string();
        },
      });
      metadata[key] = value;
    },
  });
  if (!graph) throw new OsteonError("bad-input", "The file holds no ONNX graph; it is not an ONNX model.");
  return { ...graph, operatorSets, metadata };
};

const decodeGraph = (bytes: Uint8Array): Omit<OnnxModel, "operatorSets" | "metadata"> => {
  let graphName = "";
  const nodes: OnnxNode[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const initializers: OnnxInitializer[] = [];
  eachField(bytes, {
    1: (r) => nodes.push(decodeNode(r.bytes())),
    2: (r) => {
      graphName = r.string();
    },
    5: (r) => initializers.push(decodeTensor(r.bytes())),
    11: (r) => inputs.push(decodeValue(r.bytes())),
    12: (r) => outputs.push(decodeValue(r.bytes())),
  });
  return { graphName, nodes, inputs, outputs, initializers };
};

const decodeNode = (bytes: Uint8Array): OnnxNode => {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, Attribute> = {};
  let type = "";
  let domain = "";
  eachField(bytes, {
    1: (r) => inputs.push(r.string()),
    2: (r) => outputs.push(r.string()),
    4: (r) => {
      type = r.string();
    },
    5: (r) => {
      const [name, attribute] = decodeAttribute(r.bytes());
      attributes[name] = attribute;
    },
    7: (r) => {
      domain = r.string();
    },
  });
  return { type, domain, inputs, outputs, attributes };
};

const decodeAttribute = (bytes: Uint8Array): [string, Attribute] => {
  let name = "";
  let type = 0;
  let int = 0;
  let float = 0;
  let string = "";
  const ints: number[] = [];
  const floats: number[] = [];
  eachField(bytes, {
    1: (r) => {
      name = r.string();
    },
    2: (r) => {
      float = r.float32();
    },
    3: (r) => {
      int = r.integer();
    },
    4: (r) => {
      string = r.string();
    },
    7: (r, wireType) => eachPacked(r, wireType, (p) => floats.push(p.float32())),
    8: (r, wireType) => eachPacked(r, wireType, (p) => ints.push(p.integer())),
    20: (r) => {
      type = r.integer();
    },
  });
  switch (type) {
    case 1:
      return [name, { kind: "float", value: float }];
    case 2:
      return [name, { kind: "int", value: int }];
    case 3:
      return [name, { kind: "string", value: string }];
    case 6:
      return [name, { kind: "floats", value: floats }];
    case 7:
      return [name, { kind: "ints", value: ints }];
    default:
      throw new OsteonError(
        "unsupported",
        `The attribute "${name}" of the ONNX model has type ${type}, which is not read.`,
      );
  }
};

const decodeTensor = (bytes: Uint8Array): OnnxInitializer => {
  const shape: number[] = [];
  let type = 0;
  let name = "";
  let data: Uint8Array | undefined;
  eachField(bytes, {
    1: (r, wireType) => eachPacked(r, wireType, (p) => shape.push(p.integer())),
    2: (r) => {
      type = r.integer();
    },
    8: (r) => {
      name = r.string();
    },
    9: (r) => {
      data = r.bytes();
    },
  });
  if (!data) throw new OsteonError("unsupported", `The tensor "${name}" of the ONNX model holds no raw data.`);
  return { name, type: elementType(type, name), shape, data };
};

const decodeValue = (bytes: Uint8Array): OnnxValue => {
  let name = "";
  let type = 0;
  const shape: number[] = [];
  const dimension = (d: WireReader): void => {
    let size: number | undefined;
    eachField(d.bytes(), {
      1: (r) => {
        size = r.integer();
      },
    });
    if (size === undefined) {
      throw new OsteonError(
        "unsupported",
        `The tensor "${name}" of the ONNX model has a dynamic shape; only static ones are read.`,
      );
    }
    shape.push(size);
  };
  eachField(bytes, {
    1: (r) => {
      name = r.string();
    },
    2: (r) =>
      eachField(r.bytes(), {
        1: (t) =>
          eachField(t.bytes(), {
            1: (e) => {
              type = e.integer();
            },
            2: (s) => eachField(s.bytes(), { 1: dimension }),
          }),
      }),
  });
  return { name, type: elementType(type, name), shape };
};

const elementType = (type: number, name: string): ElementType => {
  for (const [key, value] of Object.entries(elementTypes)) if (value === type) return key as ElementType;
  throw new OsteonError(
    "unsupported",
    `The tensor "${name}" of the ONNX model has element type ${type}, which is not read.`,
  );
};

/** Reads one field's payload. */
export type FieldReader = (reader: WireReader, wireType: number) => unknown;

/** Hands each known field of a message to its reader, by the field's number, and passes over the others. */
export const eachField = (bytes: Uint8Array, fields: Readonly<Record<number, FieldReader>>): void => {
  const reader = new WireReader(bytes);
  while (!reader.atEnd) {
    const { field, type } = reader.tag();
    const read = fields[field];
    if (read) read(reader, type);
    else reader.skip(type);
  }
};

/** Repeated numbers come one by one or packed into one length-delimited field. */
export const eachPacked = (reader: WireReader, wireType: number, read: (reader: WireReader) => void): void => {
  const isPacked = wireType === WireType.lengthDelimited;
  if (!isPacked) read(reader);
  const packed = new WireReader(isPacked ? reader.bytes() : new Uint8Array());
  while (!packed.atEnd) read(packed);
};
