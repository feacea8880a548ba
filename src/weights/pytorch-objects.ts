/** The few Python objects that a pickle of tensors names, and what they stand for here. */

import type { NumberFormat } from "../engine/number-formats.ts";
import { OsteonError } from "../errors.ts";
import { PickleGlobal, type PickleWorld } from "./pickle.ts";
import type { ValueBudget } from "./value-budget.ts";

/** Where a tensor's numbers lie: an array under a key in the file, or a part of one. */
export class PickledStorage {
  readonly key: string;
  readonly format: NumberFormat;
  /** The number at which this part begins. */
  readonly start: number;

  constructor(key: string, format: NumberFormat, start: number) {
    this.key = key;
    this.format = format;
    this.start = start;
  }
}

/** A view of a storage: the number at [i, j] is at `offset + i * strides[0] + j * strides[1]`. */
export class PickledTensor {
  readonly storage: PickledStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: PickledStorage, view: { offset: number; shape: readonly number[]; strides: readonly number[] }) {
    this.storage = storage;
    this.offset = storage.start + view.offset;
    this.shape = view.shape;
    this.strides = view.strides;
  }
}

const storageFormats: Readonly<Record<string, NumberFormat>> = {
  DoubleStorage: "float64",
  FloatStorage: "float32",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
};

const formatOf: ReadonlyMap<PickleGlobal, NumberFormat> = new Map(
  Object.entries(storageFormats).map(([name, format]) => [new PickleGlobal(`torch.${name}`), format]),
);

const broken = (why: string): OsteonError => new OsteonError("bad-input", `The PyTorch file is corrupt: ${why}.`);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const areCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= mostAxes && value.every(isCount);

/** PyTorch's own limit of a tensor's axes. */
const mostAxes = 64;

/** `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)`; the first version had four. */
const rebuildTensor = ([storage, offset, shape, strides]: readonly unknown[]): PickledTensor => {
  if (!(storage instanceof PickledStorage) || !isCount(offset) || !areCounts(shape) || !areCounts(strides))
    throw broken("it describes a tensor wrongly");
  if (shape.length !== strides.length) throw broken("it describes a tensor with a stride too many or too few");
  // Copies: the pickle's own lists may still change.
  return new PickledTensor(storage, { offset, shape: [...shape], strides: [...strides] });
};

/** `torch._utils._rebuild_parameter(tensor, requires_grad, hooks)`. */
const rebuildParameter = ([tensor]: readonly unknown[]): PickledTensor => {
  if (!(tensor instanceof PickledTensor)) throw broken("it describes a parameter wrongly");
  return tensor;
};

/** `collections.OrderedDict()`, or with a list of pairs as Python 2 pickled it. */
const orderedDict = ([pairs = []]: readonly unknown[], budget: ValueBudget): Map<unknown, unknown> => {
  if (!Array.isArray(pairs)) throw broken("it describes an OrderedDict wrongly");
  budget.take(pairs.length); // a thousand dicts may be made of one list
  if (!pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
    throw broken("it describes an OrderedDict wrongly");
  return new Map(pairs as [unknown, unknown][]);
};

/** The id of a storage: `("storage", type, key, device, count)`, in the old format with the part of it or None. */
const storageOf = (id: unknown): PickledStorage => {
  const [kind, type, key, , count, part = null] = Array.isArray(id) ? id : [];
  const format = formatOf.get(type);
  if (kind !== "storage" || !format || typeof key !== "string" || !isCount(count))
    throw broken("it names a storage wrongly");
  const [, start, partCount] = part === null ? [undefined, 0, count] : Array.isArray(part) ? part : [];
  if (!isCount(start) || !isCount(partCount) || start + partCount > count)
    throw broken("it names a part of a storage wrongly");
  return new PickledStorage(key, format, start);
};

/** What pickles of tensors may use; each storage named is told to `onStorage`. */
export const pytorchWorld = (
  budget: ValueBudget,
  onStorage: (storage: PickledStorage) => void = () => {},
): PickleWorld => {
  const globals = [
    new PickleGlobal("collections.OrderedDict", (args) => orderedDict(args, budget)),
    new PickleGlobal("torch._utils._rebuild_tensor_v2", rebuildTensor),
    new PickleGlobal("torch._utils._rebuild_tensor", rebuildTensor),
    new PickleGlobal("torch._utils._rebuild_parameter", rebuildParameter),
    ...formatOf.keys(),
  ];
  return {
    globals: new Map(globals.map((each) => [each.name, each])),
    persistent: (id) => {
      const storage = storageOf(id);
      onStorage(storage);
      return storage;
    },
  };
};
