/** The one door for weights: any file that is read, told by its content and not by its name. */

import { readFile } from "node:fs/promises";
import { decodeSafetensors } from "../engine/safetensors.ts";
import type { StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { decodeOnnxWeights } from "./onnx.ts";
import { decodePytorch, isPytorch, type PytorchOptions } from "./pytorch.ts";
import { decodeTfliteWeights, isTflite } from "./tflite.ts";

/** The formats that are read (docs/reference/weights.md). */
export type WeightsFormat = "pytorch" | "safetensors" | "onnx" | "tflite";

/** What a file of weights holds. */
export interface Weights {
  readonly format: WeightsFormat;
  /** By the names in the file; those of TFLite have TensorFlow's names and layout. */
  readonly tensors: StateDict;
}

/** Files that are often taken for weights, by how they begin. */
const lookAlikes: readonly (readonly [start: string, what: string])[] = [
  ["\x89HDF", "an HDF5 file, as Keras writes; convert it in Python"],
  ["\x93NUMPY", "an array of NumPy; save it as safetensors in Python"],
  ["version https://git-lfs", "a pointer of Git LFS to the real file; fetch that one"],
  ["<", "a web page; the download went wrong"],
  ["\x1f\x8b", "compressed by gzip; unpack it first"],
  ["\x80", "a pickle of Python, but not one that torch.save wrote"],
];

const refuse = (file: Uint8Array): never => {
  const start = Buffer.from(file.subarray(0, 32)).toString("latin1");
  const alike = file.length === 0 ? "empty" : lookAlikes.find(([beginning]) => start.startsWith(beginning))?.[1];
  const guess = alike === undefined ? "" : `; it is ${alike}`;
  const read = "Read are files of PyTorch (.pth, .pt), safetensors, ONNX and TFLite";
  throw new OsteonError("bad-input", `The file holds no weights in a format that is read${guess}. ${read}.`);
};

/** A JSON object after eight bytes of length. */
const isSafetensors = (file: Uint8Array): boolean => file[8] === 0x7b;

/** Protobuf's field 1, the version, which every ONNX model begins with. */
const isOnnx = (file: Uint8Array): boolean => file[0] === 0x08;

/**
 * The weights in the bytes of a file.
 *
 * @throws OsteonError as the format's own reader, and `bad-input` when the bytes are of none
 */
export const decodeWeights = (file: Uint8Array, options: PytorchOptions = {}): Weights => {
  if (isPytorch(file)) return { format: "pytorch", tensors: decodePytorch(file, options) };
  if (isTflite(file)) return { format: "tflite", tensors: decodeTfliteWeights(file) };
  if (isSafetensors(file)) return { format: "safetensors", tensors: decodeSafetensors(file).tensors };
  if (isOnnx(file)) return { format: "onnx", tensors: decodeOnnxWeights(file) };
  return refuse(file);
};

/**
 * The weights of a file, which is read whole: at most 2 GiB.
 *
 * @param source the file's path, or its bytes
 * @throws OsteonError `not-found` when there is no file to read; else as {@link decodeWeights}
 * @example
 * const { tensors } = await readWeights("resnet50-0676ba61.pth");
 */
export const readWeights = async (source: string | Uint8Array, options: PytorchOptions = {}): Promise<Weights> =>
  decodeWeights(typeof source === "string" ? await read(source) : source, options);

const read = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new OsteonError("not-found", `The file of weights ${path} cannot be read (${why}).`, { path }, cause);
  }
};
