/**
 * Files of torch.save, `.pth` and `.pt`: since PyTorch 1.6 a zip archive of a pickle and one record per storage, before that
 * pickles followed by the storages. Strides, offsets and shared storages are honoured; what is no tensor is passed over.
 */

import { numberFormats, toFloat32 } from "../engine/number-formats.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError, shown } from "../errors.ts";
import { stateDictIn } from "./checkpoint-parts.ts";
import { legacyStart, type PytorchFile, readLegacyFile, readZipFile } from "./pytorch-containers.ts";
import type { PickledTensor } from "./pytorch-objects.ts";
import { ValueBudget } from "./value-budget.ts";

/** Which weights of a checkpoint. */
export interface PytorchOptions {
  /** The checkpoint's key, such as `model_ema`; if none is given, the usual ones, or the only one that there is. */
  readonly entry?: string;
}

/** Whether the file begins as torch.save's do, by the old format or as any zip archive. */
export const isPytorch = (file: Uint8Array): boolean => isZip(file) || isLegacy(file);

const isZip = (file: Uint8Array): boolean => [0x50, 0x4b, 3, 4].every((byte, i) => file[i] === byte);

const isLegacy = (file: Uint8Array): boolean => legacyStart.every((byte, i) => file[i] === byte);

/**
 * The weights of a file of torch.save as 32-bit floats; the `module.` of DataParallel is taken off their names.
 *
 * @throws OsteonError `bad-input` for a truncated or corrupt file and one without weights; `unsupported` for pickles that name
 *   Python objects other than tensors, for TorchScript and compressed archives; `bad-usage` where `entry` is needed
 * @example
 * const state = decodePytorch(await readFile("resnet50-0676ba61.pth"));
 */
export const decodePytorch = (file: Uint8Array, { entry }: PytorchOptions = {}): StateDict => {
  const budget = new ValueBudget(file.length);
  const opened = isLegacy(file) ? readLegacyFile(file, budget) : readZipFile(file, budget);
  const state = new Map<string, FloatTensor>();
  for (const [name, tensor] of stateDictIn(opened.root, entry)) {
    budget.take(1); // a name alone is work, too
    state.set(name, read(tensor, { name, opened, budget }));
  }
  return state;
};

interface Reading {
  readonly name: string;
  readonly opened: PytorchFile;
  readonly budget: ValueBudget;
}

const read = ({ storage, offset, shape, strides }: PickledTensor, { name, opened, budget }: Reading): FloatTensor => {
  const count = shape.reduce((product, size) => product * size, 1);
  budget.take(count);
  if (count === 0) return floatTensor(shape, new Float32Array(0));
  const bytes = opened.storage(storage.key);
  const { bytes: width } = numberFormats[storage.format];
  const last = shape.reduce((place, size, axis) => place + (size - 1) * strides[axis]!, offset);
  if ((last + 1) * width > bytes.length) {
    throw new OsteonError(
      "bad-input",
      `The PyTorch file is corrupt: the numbers of ${shown(name)} lie beyond their storage.`,
    );
  }
  if (last + 1 - offset === count && isRowMajor(shape, strides)) {
    return floatTensor(shape, toFloat32(bytes.subarray(offset * width, (last + 1) * width), storage.format));
  }
  return floatTensor(shape, gather(bytes, { storage, offset, shape, strides }));
};

/** Whether the numbers lie in the order of the indices; the stride of an axis of one place means nothing. */
const isRowMajor = (shape: readonly number[], strides: readonly number[]): boolean => {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
};

/** The numbers of a view in the order of their indices. */
const gather = (bytes: Uint8Array, { storage, offset, shape, strides }: PickledTensor): Float32Array => {
  const { bytes: width, read: readNumber } = numberFormats[storage.format];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const axes = shape.map((size, axis) => ({ size, stride: strides[axis]!, index: 0 }));
  const innerFirst = axes.filter(({ size }) => size > 1).reverse();
  let place = offset;
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = readNumber(view, place * width);
    for (const axis of innerFirst) {
      place += axis.stride;
      if (++axis.index < axis.size) break;
      place -= axis.size * axis.stride;
      axis.index = 0;
    }
  }
  return numbers;
};
