/** An ONNX model as plain immutable data: what `encodeModel` writes and `decodeModel` reads (onnx.proto, IR version 10). */

/** Element types that Osteon's graphs use, with their number in TensorProto.DataType. */
export const elementTypes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 } as const;

/** An element type by name. */
export type ElementType = keyof typeof elementTypes;

/** Values of a node's attribute; integers are marked so that `1` and `1.0` stay apart. */
export type Attribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "floats"; readonly value: readonly number[] };

/** One operator of a graph; an empty string among the inputs stands for an omitted optional input. */
export interface OnnxNode {
  readonly type: string;
  /** Written where it is given, and not read. */
  readonly name?: string;
  /** "" for the ONNX operators, "com.microsoft" for ONNX Runtime's own. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor's name, element type and static shape. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** A constant that travels inside the model; `data` is little-endian, row-major. */
export interface OnnxInitializer extends OnnxValue {
  readonly data: Uint8Array;
}

/** A whole model: one graph, the operator sets it needs, and free metadata. */
export interface OnnxModel {
  readonly graphName: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxInitializer[];
  /** Domain to version; "" is the ONNX operator set. */
  readonly operatorSets: Readonly<Record<string, number>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The shapes of all tensors by their names, where the model was built here; they are not written. */
  readonly shapes?: ReadonlyMap<string, readonly number[]>;
}
