/** Where in a checkpoint the weights are: training scripts store epochs, options and optimisers beside them. */

import { OsteonError, shown } from "../errors.ts";
import { PickledTensor } from "./pytorch-objects.ts";

/** The keys under which training scripts store a state dict, the first found counts: torchvision, timm, DeepCluster, MAE. */
const usualEntries: readonly string[] = ["state_dict", "model_state_dict", "model"];

/** Entries that an error names. */
const mostListed = 10;

const holdsTensors = (value: unknown): value is Map<unknown, unknown> =>
  value instanceof Map &&
  value.entries().some(([key, each]) => typeof key === "string" && each instanceof PickledTensor);

/** The tensors of a state dict by name; other values, such as a network's extra state, are passed over. */
const tensorsIn = (dict: Map<unknown, unknown>): ReadonlyMap<string, PickledTensor> =>
  new Map(
    [...dict].filter(
      (pair): pair is [string, PickledTensor] => typeof pair[0] === "string" && pair[1] instanceof PickledTensor,
    ),
  );

/**
 * The state dict inside what torch.save was given: the object itself, or one of its entries.
 *
 * @param entry the key of the state dict; if none is given, the usual ones, or the only one that there is
 * @throws OsteonError `bad-input` when there is none; `bad-usage` when there are several, or none under `entry`
 */
export const stateDictIn = (root: unknown, entry?: string): ReadonlyMap<string, PickledTensor> => {
  const dict = root instanceof Map ? root : new Map<unknown, unknown>();
  const withTensors = new Set([...new Set(dict.values())].filter(holdsTensors)); // each asked once: all may be the same
  const candidates = [...dict]
    .filter(([key, value]) => typeof key === "string" && withTensors.has(value as Map<unknown, unknown>))
    .map(([key]) => key as string);
  const list = candidates.slice(0, mostListed).map(shown).join(", ");
  if (entry !== undefined) {
    const chosen = dict.get(entry);
    if (holdsTensors(chosen)) return withoutDataParallel(tensorsIn(chosen));
    const found = candidates.length === 0 ? "no entry with tensors" : `tensors under ${list}`;
    throw new OsteonError("bad-usage", `The checkpoint has no weights under ${shown(entry)}; it has ${found}.`);
  }
  const usual = usualEntries.find((key) => candidates.includes(key));
  // A usual entry first: training scripts also store tensors that are no weights, such as the best accuracy, beside it.
  if (usual === undefined && holdsTensors(dict)) return withoutDataParallel(tensorsIn(dict));
  const chosen = usual ?? candidates[0];
  if (chosen === undefined) {
    throw new OsteonError("bad-input", "The file of torch.save holds no weights: no dict of tensors by their names.");
  }
  if (candidates.length > 1 && usual === undefined) {
    throw new OsteonError("bad-usage", `The checkpoint has several sets of weights; say which entry: ${list}.`);
  }
  return withoutDataParallel(tensorsIn(dict.get(chosen) as Map<unknown, unknown>));
};

const wrapper = "module.";

/**
 * Takes off the `module` that torch.nn.DataParallel puts around a network, or around a part of it as DeepCluster does
 * (`features.module.0.weight`): a part of that name with no part beside it.
 */
const withoutDataParallel = <T>(tensors: ReadonlyMap<string, T>): ReadonlyMap<string, T> => {
  const partOf = (name: string): string => name.slice(0, name.indexOf(".") + 1);
  const names = [...tensors.keys()].filter((name) => name.includes(".")); // a moving average counts its steps beside them
  if (names.every((name) => name.startsWith(wrapper)))
    return new Map([...tensors].map(([name, tensor]) => [name.replace(/^module\./, ""), tensor]));
  const besides = new Set(names.filter((name) => !name.startsWith(wrapper, partOf(name).length)).map(partOf));
  return new Map(
    [...tensors].map(([name, tensor]) => {
      const part = partOf(name);
      return [besides.has(part) ? name : part + name.slice(part.length + wrapper.length), tensor];
    }),
  );
};
