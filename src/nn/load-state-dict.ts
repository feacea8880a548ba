/** Weights from a file into a network: by name, completely, or with one error that says all that does not fit. */

import type { FloatTensor, StateDict } from "../engine/tensor.ts";
import { OsteonError, shown } from "../errors.ts";
import { initialState } from "./network.ts";
import type { StateSpec } from "./scope.ts";

/** How names in the file become the network's, and what need not fit. */
export interface LoadOptions {
  /** Whether a tensor of the file that the network lacks is an error; true, as in PyTorch. */
  readonly strict?: boolean;
  /** Taken off the names in the file that begin so, such as `encoder.`; the others are then not looked at. */
  readonly prefix?: string;
  /**
   * Parts that begin anew, by the beginnings of their names: `["fc."]` to replace the head of a ResNet. The file's tensors of
   * these names are not looked at.
   */
  readonly newParts?: readonly string[];
  /** Seed of the parts that begin anew; 0. */
  readonly seed?: number;
}

/** PyTorch counts batches in batch normalisation, for a momentum that follows from the count, which no network here has. */
const isBatchCount = (name: string): boolean => /(^|\.)num_batches_tracked$/.test(name);

/**
 * The whole state of a network from the weights of a file, as torch.nn.Module.load_state_dict. PyTorch's
 * `num_batches_tracked` is passed over.
 *
 * @param specs of the network, by `stateSpecs`
 * @param weights as `readWeights` gives them
 * @throws OsteonError `shape-mismatch` that lists every tensor that is missing, unexpected or of another shape; its context
 *   holds the same as `missing`, `unexpected` and `wrongShape`
 * @example
 * const { tensors } = await readWeights("resnet18-f37072fd.pth");
 * const state = loadStateDict(stateSpecs(resNet18({ numClasses: 28 }), [1, 3, 224, 224]), tensors, { newParts: ["fc."] });
 */
export const loadStateDict = (
  specs: readonly StateSpec[],
  weights: StateDict,
  options: LoadOptions = {},
): StateDict => {
  const { strict = true, prefix = "", newParts = [], seed = 0 } = options;
  const isNew = (name: string): boolean => newParts.some((part) => name.startsWith(part));
  const given = new Map(
    [...weights]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor] as const),
  );
  const begun = initialState(
    specs.filter(({ name }) => isNew(name)),
    seed,
  );
  const known = new Set(specs.map(({ name }) => name));
  const isUnexpected = (name: string): boolean => !known.has(name) && !isNew(name) && !isBatchCount(name);
  const loaded = specs.filter(({ name }) => !isNew(name));
  const missing = loaded.filter(({ name }) => !given.has(name)).map(({ name }) => name);
  const unexpected = strict ? [...given.keys()].filter(isUnexpected) : [];
  const wrongShape = loaded.flatMap(({ name, shape }) => {
    const found = given.get(name);
    return found && found.shape.join() !== shape.join() ? [{ name, found: found.shape, expected: shape }] : [];
  });
  const idle = newParts.filter((part) => ![...known].some((name) => name.startsWith(part)));
  if (idle.length > 0) {
    throw new OsteonError(
      "bad-usage",
      `No part of the network is named ${idle.join(", ")}; no part can begin anew there.`,
    );
  }
  if (missing.length + unexpected.length + wrongShape.length > 0) {
    const shapes = wrongShape.map(
      ({ name, found, expected }) => `${plain(name)} [${found.join(", ")}] instead of [${expected.join(", ")}]`,
    );
    const complaints = [
      complaint("missing", missing.map(plain)),
      complaint("unexpected", unexpected.map(plain)),
      complaint("of another shape", shapes),
    ];
    throw new OsteonError(
      "shape-mismatch",
      `The weights do not fit the network: ${complaints.filter(Boolean).join("; ")}.`,
      {
        missing,
        unexpected,
        wrongShape,
      },
    );
  }
  return new Map(specs.map(({ name }): [string, FloatTensor] => [name, (begun.get(name) ?? given.get(name))!]));
};

/** A name of the network as it is; one that a stranger's file brought with more than such names hold, in quotes and short. */
const plain = (name: string): string => (/^[\w.:/-]{1,200}$/.test(name) ? name : shown(name));

/** So many names stand in the sentence; the error's context holds all of them. */
const mostNamed = 200;

const complaint = (what: string, names: readonly string[]): string =>
  names.length === 0
    ? ""
    : `${names.length} ${what} (${names.slice(0, mostNamed).join(", ")}${names.length > mostNamed ? ", ..." : ""})`;
