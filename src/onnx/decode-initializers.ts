/**
 * The constants of any ONNX file, whatever its operators and shapes: of the graph only the initialisers are looked at
 * (onnx.proto, TensorProto).
 */

import { OsteonError, shown } from "../errors.ts";
import { eachField, eachPacked } from "./decode-model.ts";
import { WireReader, WireType } from "./wire.ts";

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
  const floats: Uint8Array[] = [];
  const int32s: Uint8Array[] = [];
  const int64s: Uint8Array[] = [];
  let [dataType, location, name] = [0, 0, ""];
  let raw: Uint8Array | undefined;
  eachField(bytes, {
    1: (r, wireType) =>
      eachPacked(r, wireType, (p) => {
        if (shape.push(p.integer()) > mostAxes)
          throw new OsteonError("bad-input", "A tensor of the ONNX file is corrupt.");
      }),
    2: (r) => {
      dataType = r.integer();
    },
    4: (r, wireType) => floats.push(packedPart(r, wireType)),
    5: (r, wireType) => int32s.push(packedPart(r, wireType)),
    7: (r, wireType) => int64s.push(packedPart(r, wireType)),
    8: (r) => {
      name = r.string();
    },
    9: (r) => {
      raw = r.bytes();
    },
    10: (r, wireType) => {
      raw = packedPart(r, wireType); // doubles lie packed as they do raw
    },
    14: (r) => {
      location = r.integer();
    },
  });
  if (location === externalLocation) {
    const remedy = "Save the model as one file: onnx.save(onnx.load(path), other)";
    throw new OsteonError(
      "unsupported",
      `The tensor ${shown(name)} of the ONNX model lies in another file, which is not opened. ${remedy}.`,
    );
  }
  return { name, shape, dataType, data: raw ?? packed(dataType, { floats, int32s, int64s }) };
};

/** No framework's tensors have more. */
const mostAxes = 64;

/** The bytes of a packed field: lists of numbers are taken as they lie, because a file can hold a hundred million of them. */
const packedPart = (reader: WireReader, wireType: number): Uint8Array => {
  if (wireType === WireType.lengthDelimited) return reader.bytes();
  throw new OsteonError("unsupported", "The ONNX model stores the numbers of a tensor one by one, which is not read.");
};

/** The parts of packed fields. */
interface Numbers {
  readonly floats: readonly Uint8Array[];
  readonly int32s: readonly Uint8Array[];
  readonly int64s: readonly Uint8Array[];
}

/** The variable-length integers of packed parts; each ends with the one byte below 128. */
const integersOf = (parts: readonly Uint8Array[]): Float64Array => {
  let count = 0;
  for (const part of parts) for (const byte of part) if (byte < 0x80) count++;
  const integers = new Float64Array(count);
  let at = 0;
  for (const part of parts) {
    const reader = new WireReader(part);
    while (!reader.atEnd) integers[at++] = reader.integer();
  }
  return integers;
};

/** The numbers of the typed fields as bytes, as they would lie raw. */
const packed = (dataType: number, { floats, int32s, int64s }: Numbers): Uint8Array => {
  if (floats.length > 0) return floats.length === 1 ? floats[0]! : Buffer.concat(floats);
  if (int64s.length > 0) {
    const integers = integersOf(int64s);
    const wide = new BigInt64Array(integers.length);
    for (let i = 0; i < wide.length; i++) wide[i] = BigInt(integers[i]!);
    return new Uint8Array(wide.buffer);
  }
  const integers = integersOf(int32s);
  if (narrow16.has(dataType)) return new Uint8Array(new Uint16Array(integers).buffer);
  return narrow8.has(dataType) ? new Uint8Array(integers) : new Uint8Array(new Int32Array(integers).buffer);
};

/** UINT16, INT16, FLOAT16 and BFLOAT16; UINT8, INT8 and BOOL. */
const narrow16: ReadonlySet<number> = new Set([4, 5, 10, 16]);
const narrow8: ReadonlySet<number> = new Set([2, 3, 9]);
