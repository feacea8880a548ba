/**
 * The constants of any ONNX file, whatever its operators and shapes: of the graph only the initialisers are looked at
 * (onnx.proto, TensorProto).
 */

import { OsteonError } from "../errors.ts";
import { eachField, eachPacked } from "./decode-model.ts";
import { WireType } from "./wire.ts";

/** A constant as the file has it. */
export interface StoredInitializer {
  readonly name: string;
  readonly shape: readonly number[];
  /** Its number in TensorProto.DataType: 1 is float, 10 float16, 11 double, 16 bfloat16. */
  readonly dataType: number;
  /** Little-endian, row-major. */
  readonly data: Uint8Array;
}

/** What a file says of itself beside its constants. */
export interface StoredInitializers {
  /** What wrote the file, "" where it does not say. */
  readonly producer: string;
  readonly initializers: readonly StoredInitializer[];
}

const externalLocation = 1;

/**
 * @throws OsteonError `bad-input` for a truncated or corrupt file; `unsupported` for constants that lie in another file
 */
export const decodeInitializers = (bytes: Uint8Array): StoredInitializers => {
  let graph: Uint8Array | undefined;
  let producer = "";
  eachField(bytes, {
    2: (r) => {
      producer = r.string();
    },
    7: (r) => {
      graph = r.bytes();
    },
  });
  if (!graph) throw new OsteonError("bad-input", "The file holds no ONNX graph; it is not an ONNX model.");
  const initializers: StoredInitializer[] = [];
  eachField(graph, { 5: (r) => initializers.push(decodeStored(r.bytes())) });
  return { producer, initializers };
};

/** Numbers come as raw bytes or, from older writers, in a field for their kind; narrow ones count as int32 there. */
const decodeStored = (bytes: Uint8Array): StoredInitializer => {
  const shape: number[] = [];
  const floats: number[] = [];
  const int32s: number[] = [];
  const int64s: number[] = [];
  let [dataType, location, name] = [0, 0, ""];
  let raw: Uint8Array | undefined;
  eachField(bytes, {
    1: (r, wireType) => eachPacked(r, wireType, (p) => shape.push(p.integer())),
    2: (r) => {
      dataType = r.integer();
    },
    4: (r, wireType) => eachPacked(r, wireType, (p) => floats.push(p.float32())),
    5: (r, wireType) => eachPacked(r, wireType, (p) => int32s.push(p.integer())),
    7: (r, wireType) => eachPacked(r, wireType, (p) => int64s.push(p.integer())),
    8: (r) => {
      name = r.string();
    },
    9: (r) => {
      raw = r.bytes();
    },
    10: (r, wireType) => {
      if (wireType !== WireType.lengthDelimited) throw unpackedDoubles();
      raw = r.bytes(); // doubles lie packed as they do raw
    },
    14: (r) => {
      location = r.integer();
    },
  });
  if (location === externalLocation) {
    const remedy = "Save the model as one file: onnx.save(onnx.load(path), other)";
    throw new OsteonError(
      "unsupported",
      `The tensor ${JSON.stringify(name)} of the ONNX model lies in another file, which is not opened. ${remedy}.`,
    );
  }
  return { name, shape, dataType, data: raw ?? packed(dataType, { floats, int32s, int64s }) };
};

const unpackedDoubles = (): OsteonError =>
  new OsteonError("unsupported", "The ONNX model stores doubles one by one, which is not read.");

interface Numbers {
  readonly floats: readonly number[];
  readonly int32s: readonly number[];
  readonly int64s: readonly number[];
}

/** The numbers of the typed fields as bytes, as they would lie raw. */
const packed = (dataType: number, { floats, int32s, int64s }: Numbers): Uint8Array => {
  if (floats.length > 0) return new Uint8Array(Float32Array.from(floats).buffer);
  if (int64s.length > 0) return new Uint8Array(BigInt64Array.from(int64s, BigInt).buffer);
  if (narrow16.has(dataType)) return new Uint8Array(Uint16Array.from(int32s).buffer);
  if (narrow8.has(dataType)) return Uint8Array.from(int32s);
  return new Uint8Array(Int32Array.from(int32s).buffer);
};

/** UINT16, INT16, FLOAT16 and BFLOAT16; UINT8, INT8 and BOOL. */
const narrow16: ReadonlySet<number> = new Set([4, 5, 10, 16]);
const narrow8: ReadonlySet<number> = new Set([2, 3, 9]);
