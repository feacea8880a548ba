/**
 * The graph under construction: every operator applied becomes one ONNX node with a known static shape, and one entry on
 * the tape that `gradients` walks backwards. Nothing here runs anything.
 */

import { createHash } from "node:crypto";
import { OsteonError } from "../errors.ts";
import type { Attribute, ElementType, OnnxInitializer, OnnxModel, OnnxNode, OnnxValue } from "../onnx/model.ts";
import { type OperatorType, type OutputShape, shapeRules, sizeOf } from "./shape-rules.ts";

/** A tensor of the graph: a name with an element type and a static shape. It holds no numbers; a `Session` computes them. */
export interface Value extends OnnxValue {
  readonly graph: Graph;
  /** The numbers of an integer constant, such as axes or a target shape, which shape inference reads. */
  readonly integers?: readonly number[];
}

/** Attributes as the caller writes them; whether a number is an integer or a float follows from its name. */
export type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/** Given the gradient of each output, the gradient of each input; `undefined` where none flows. */
export type GradientRule = (
  entry: TapeEntry,
  outputGradients: readonly (Value | undefined)[],
) => readonly (Value | undefined)[];

/** What `gradients` needs to know of one application. */
export interface TapeEntry {
  readonly type: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
  /** Set where a composite brings a rule of its own; else the rule of `type` in the gradient table is used. */
  readonly gradient?: GradientRule;
}

/** The version of the ONNX operator set that the graphs are written in. */
export const operatorSetVersion = 21;

const floatAttributes: ReadonlySet<string> = new Set(["epsilon", "alpha", "beta", "momentum", "cubic_coeff_a"]);
const microsoftOperators: ReadonlySet<string> = new Set(["FusedMatMul"]);

/** Builds one static ONNX graph. */
export class Graph {
  /** What was applied, in order, for `gradients` to walk back along. */
  readonly tape: TapeEntry[] = [];
  /** Stands where an operator's optional input is left out. */
  readonly none: Value = { graph: this, name: "", type: "float32", shape: [0] };
  readonly #nodes: OnnxNode[] = [];
  readonly #inputs: OnnxValue[] = [];
  readonly #initializers: OnnxInitializer[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #names = new Set<string>();
  readonly #shapes = new Map<string, readonly number[]>();
  #counter = 0;
  #taping = true;

  /**
   * A tensor fed at each run under this name.
   *
   * @throws OsteonError `bad-usage` when the graph has a tensor of that name
   */
  input(name: string, shape: readonly number[], type: ElementType = "float32"): Value {
    this.#claim(name);
    this.#inputs.push({ name, type, shape });
    this.#shapes.set(name, shape);
    return { graph: this, name, type, shape };
  }

  /**
   * A named constant that travels inside the model, such as a weight in a deployable graph.
   *
   * @throws OsteonError `bad-usage` when the graph has a tensor of that name
   */
  initializer(name: string, shape: readonly number[], data: Float32Array): Value {
    this.#claim(name);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#initializers.push({ name, type: "float32", shape, data: bytes });
    return { graph: this, name, type: "float32", shape };
  }

  /**
   * A small float constant; equal ones are stored once.
   *
   * @throws OsteonError `shape-mismatch` when the shape does not hold as many values as there are
   */
  constant(values: readonly number[], shape: readonly number[]): Value {
    if (values.length !== sizeOf(shape)) {
      const found = `${values.length} values are given for a constant of shape [${shape.join(", ")}]`;
      throw new OsteonError("shape-mismatch", `${found}; it needs ${sizeOf(shape)}.`);
    }
    return this.#shared("float32", shape, new Uint8Array(Float32Array.from(values).buffer));
  }

  /** A float constant without dimensions. */
  scalar(value: number): Value {
    return this.constant([value], []);
  }

  /** A one-dimensional integer constant, such as the axes of a reduction. */
  integers(values: readonly number[]): Value {
    const data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return { ...this.#shared("int64", [values.length], data), integers: values };
  }

  /** Positions for a Gather, as 32-bit integers: a gradient may hold millions of them. */
  positions(values: Int32Array): Value {
    return this.#shared("int32", [values.length], new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /**
   * Applies an ONNX operator with one output; the functions of `ops` are written with it.
   *
   * @throws OsteonError `shape-mismatch` when the operator does not take inputs of these shapes
   */
  apply(type: OperatorType, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.applyMany(type, inputs, attributes)[0] as Value;
  }

  /** Applies an operator and returns all of its outputs; else as `apply`. */
  applyMany(type: OperatorType, inputs: readonly Value[], attributes: Attributes = {}): readonly Value[] {
    const inferred: readonly OutputShape[] = shapeRules[type](inputs, attributes);
    const outputs = inferred.map(
      ({ shape, type: elementType = "float32" }): Value => ({
        graph: this,
        name: `${type}_${++this.#counter}`,
        shape,
        type: elementType,
      }),
    );
    for (const { name, shape } of outputs) this.#shapes.set(name, shape);
    this.#nodes.push({
      type,
      domain: microsoftOperators.has(type) ? "com.microsoft" : "",
      inputs: inputs.map((value) => value.name),
      outputs: outputs.map((value) => value.name),
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [name, toAttribute(name, value)]),
      ),
    });
    if (this.#taping) this.tape.push({ type, inputs, outputs, attributes });
    return outputs;
  }

  /**
   * Several operators that count as one on the tape, with a gradient of their own: batch normalisation, say, whose
   * derivative has a closed form far cheaper than that of its parts.
   */
  composite(
    type: string,
    inputs: readonly Value[],
    rules: { build: () => readonly Value[]; gradient: GradientRule },
  ): readonly Value[] {
    const outputs = this.untaped(rules.build);
    if (this.#taping) this.tape.push({ type, inputs, outputs, attributes: {}, gradient: rules.gradient });
    return outputs;
  }

  /** Runs `build` without recording on the tape: no gradient flows through what it makes. */
  untaped<T>(build: () => T): T {
    const before = this.#taping;
    this.#taping = false;
    try {
      return build();
    } finally {
      this.#taping = before;
    }
  }

  /**
   * The graph as an ONNX model that computes the given outputs; nodes that none of them needs are left out.
   *
   * @param outputs the public name of each output and the tensor behind it
   * @param metadata free text that is written into the file
   * @throws OsteonError `bad-usage` when an output is called as another tensor of the graph already is
   */
  toModel(outputs: Readonly<Record<string, Value>>, metadata: Readonly<Record<string, string>> = {}): OnnxModel {
    const publicNames = this.#publicNames(outputs);
    const copies = Object.entries(outputs)
      .filter(([name, value]) => publicNames.get(value.name) !== name)
      .map(
        ([name, value]): OnnxNode => ({
          type: "Identity",
          domain: "",
          inputs: [value.name],
          outputs: [name],
          attributes: {},
        }),
      );
    const needed = new Set(Object.values(outputs).map((value) => value.name));
    const nodes: OnnxNode[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => needed.has(output))) continue;
      for (const input of node.inputs) needed.add(input);
      nodes.push({ ...node, outputs: withoutUnused(node, needed) });
    }
    const rename = (name: string): string => publicNames.get(name) ?? name;
    return {
      graphName: "osteon",
      nodes: [...nodes.reverse(), ...copies].map((node) => ({
        ...node,
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      })),
      inputs: this.#inputs.filter((input) => needed.has(input.name)),
      outputs: Object.entries(outputs).map(([name, { type, shape }]) => ({ name, type, shape })),
      initializers: this.#initializers.filter((initializer) => needed.has(initializer.name)),
      operatorSets: { "": operatorSetVersion, "com.microsoft": 1 },
      metadata,
      shapes: new Map([...this.#shapes].map(([name, shape]) => [rename(name), shape])),
    };
  }

  /** The public name of each tensor that a node makes; inputs, constants and second names need a copy instead. */
  #publicNames(outputs: Readonly<Record<string, Value>>): ReadonlyMap<string, string> {
    const made = new Set(this.#nodes.flatMap((node) => node.outputs));
    const names = new Map<string, string>();
    for (const [name, value] of Object.entries(outputs)) {
      if (this.#names.has(name) || made.has(name)) {
        throw new OsteonError(
          "bad-usage",
          `The graph already has a tensor named "${name}"; name the output otherwise.`,
          { name },
        );
      }
      if (made.has(value.name) && !names.has(value.name)) names.set(value.name, name);
    }
    return names;
  }

  #claim(name: string): void {
    if (this.#names.has(name)) {
      throw new OsteonError("bad-usage", `The graph already has a tensor named "${name}".`, { name });
    }
    this.#names.add(name);
  }

  #shared(type: ElementType, shape: readonly number[], data: Uint8Array): Value {
    const key = `${type}:${shape.join("x")}:${createHash("sha256").update(data).digest("base64")}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const value: Value = { graph: this, name: `constant_${this.#constants.size + 1}`, type, shape };
    this.#initializers.push({ name: value.name, type, shape, data });
    this.#constants.set(key, value);
    return value;
  }
}

/**
 * Unneeded trailing outputs are dropped: a MaxPool asked for its indices runs slower and cannot be fused. The parts of a Split
 * are counted, so all of them stay.
 */
const withoutUnused = ({ type, outputs }: OnnxNode, needed: ReadonlySet<string>): readonly string[] =>
  type === "Split" ? outputs : outputs.slice(0, outputs.findLastIndex((output) => needed.has(output)) + 1);

const toAttribute = (name: string, value: number | string | readonly number[]): Attribute => {
  if (typeof value === "string") return { kind: "string", value };
  if (typeof value === "number") return { kind: floatAttributes.has(name) ? "float" : "int", value };
  return { kind: "ints", value };
};
