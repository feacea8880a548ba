/**
 * Grad-CAM (Selvaraju et al., 2017): where a convolutional network looks for a class. A layer's maps are summed, each weighed
 * by how much the class's score rises with it: the mean of its gradient over all positions.
 *
 * The score is the logit, before any softmax. Negative sums are cut off as in the paper (`reluAttributions`, captum's name;
 * captum's default keeps them). Summed without that, the map of a network that ends in global average pooling and one linear
 * layer is the class activation map (Zhou et al., 2016), whose sum is the logit less its bias.
 */

import { gradients } from "../engine/gradients.ts";
import { Graph, type Value } from "../engine/graph.ts";
import { multiply, reduceMean, reduceSum, relu } from "../engine/ops.ts";
import { Session } from "../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { type Network, stateTensor } from "../nn/network.ts";
import { Scope } from "../nn/scope.ts";

/** How much each place of a picture speaks for a class; row by row. */
export interface ClassMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** What is looked into, and how. */
export interface GradCamOptions {
  /** Every parameter and buffer of the network. */
  readonly state: StateDict;
  /** [N, C, H, W]. */
  readonly inputShape: readonly number[];
  /**
   * Whose maps: a layer that holds weights, such as `layer4.1.bn2`, by its own output; a part of several layers, such as
   * `layer3`, by the last map before the weights of the next part, ReLU and sum included. By default the network's last map,
   * which is what the paper takes. A map has several positions: pooled to one it shows nothing.
   */
  readonly layer?: string;
  /** Whether what speaks against the class is cut off; true as in the paper. */
  readonly reluAttributions?: boolean;
  /** Threads inside one operator; all cores by default. */
  readonly threads?: number;
}

/** A network ready to be asked where it looks. */
export class GradCam {
  readonly #session: Session;
  readonly #inputShape: readonly number[];
  readonly #classes: number;

  private constructor(session: Session, { inputShape, classes }: { inputShape: readonly number[]; classes: number }) {
    this.#session = session;
    this.#inputShape = inputShape;
    this.#classes = classes;
  }

  /**
   * @throws OsteonError `bad-usage` when the network has no such layer, or one that gives no maps or that the score does not
   *   depend on; `shape-mismatch` when the state is another network's
   */
  static async create(network: Network<"logits">, options: GradCamOptions): Promise<GradCam> {
    const { state, inputShape, layer, reluAttributions = true, threads } = options;
    const graph = new Graph();
    const weights = new Set<string>();
    const { logits } = network(
      new Scope({
        graph,
        training: false,
        resolve: (spec) => {
          weights.add(spec.name);
          return graph.initializer(spec.name, spec.shape, stateTensor(state, spec).data);
        },
        bufferUpdates: new Map(),
      }),
      graph.input("x", inputShape),
    );
    const maps = layer === undefined ? lastMapsOf(graph) : mapsOf(graph, layer, weights);
    const score = reduceSum(multiply(logits, graph.input("target", logits.shape)), [0, 1]);
    const [gradient] = gradients(score, [maps]);
    const sum = reduceSum(multiply(maps, reduceMean(gradient!, [2, 3], true)), [1]);
    const model = graph.toModel({ logits, map: reluAttributions ? relu(sum) : sum });
    const session = await Session.create(model, threads === undefined ? {} : { threads });
    return new GradCam(session, { inputShape, classes: logits.shape[1]! });
  }

  /**
   * The map of each picture for its class, beside the logits [N, classes].
   *
   * @param x [N, C, H, W], prepared as for training
   * @param targets the class of each picture whose score is asked about
   * @throws OsteonError `bad-usage` for a class that the network does not have, `shape-mismatch` for another number of pictures
   */
  async attribute(
    x: FloatTensor,
    targets: readonly number[],
  ): Promise<{ readonly maps: readonly ClassMap[]; readonly logits: FloatTensor }> {
    const [pictures] = this.#inputShape as readonly [number];
    if (targets.length !== pictures) {
      throw new OsteonError(
        "shape-mismatch",
        `There are ${pictures} pictures and ${targets.length} classes to explain.`,
      );
    }
    const oneHot = new Float32Array(pictures * this.#classes);
    targets.forEach((target, i) => {
      if (!(Number.isInteger(target) && target >= 0 && target < this.#classes)) {
        throw new OsteonError("bad-usage", `The network has ${this.#classes} classes, and none at ${target}.`);
      }
      oneHot[i * this.#classes + target] = 1;
    });
    const { map, logits } = await this.#session.run({ x, target: floatTensor([pictures, this.#classes], oneHot) });
    const [, rows, columns] = map!.shape as readonly [number, number, number];
    const area = rows * columns;
    const values = map!.data as Float32Array;
    return {
      maps: targets.map((_, i) => ({ columns, rows, values: values.slice(i * area, (i + 1) * area) })),
      logits: logits as FloatTensor,
    };
  }

  /** Frees the network's memory. */
  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** What has a place: pooled to one position, it has none. */
const isMap = ({ shape }: Value): boolean => shape.length === 4 && shape[2]! * shape[3]! > 1;

const lastMapsOf = ({ tape }: Graph): Value => {
  const last = tape.map(({ outputs }) => outputs[0]!).findLast(isMap);
  if (last) return last;
  throw new OsteonError("bad-usage", "The network makes no maps of several positions: there is nothing to look into.");
};

const mapsOf = ({ tape }: Graph, layer: string, weights: ReadonlySet<string>): Value => {
  const usesOf = (names: ReadonlySet<string>): readonly number[] =>
    tape.flatMap(({ inputs }, at) => (inputs.some(({ name }) => names.has(name)) ? [at] : []));
  const own = [...weights].filter((name) => name.startsWith(`${layer}.`));
  const uses = usesOf(new Set(own));
  if (uses.length === 0) throw new OsteonError("bad-usage", `The network has no layer named "${layer}".`, { layer });
  const isOneLayer = own.every((name) => !name.slice(layer.length + 1).includes("."));
  const last = uses.at(-1)!;
  const next = usesOf(weights.difference(new Set(own))).find((at) => at > last) ?? tape.length;
  const entries = isOneLayer ? [tape[last]!] : tape.slice(last, next);
  const maps = entries.map(({ outputs }) => outputs[0]!).findLast(isMap);
  if (maps) return maps;
  throw new OsteonError(
    "bad-usage",
    `The layer "${layer}" gives no maps of several positions; name an earlier, convolutional one.`,
    { layer },
  );
};

/**
 * The mean of maps that several networks (folds, or members with inputs of several sizes) made of one picture, at a common
 * size. Each is first scaled to a peak of 1, so that the network with the steepest scores does not speak alone; one that is
 * nowhere positive counts as it is.
 */
export const averageClassMaps = (
  maps: readonly ClassMap[],
  { columns, rows }: Pick<ClassMap, "columns" | "rows">,
): ClassMap => {
  const values = new Float32Array(columns * rows);
  for (const map of maps) {
    const peak = Math.max(...map.values);
    const factor = 1 / ((peak > 0 ? peak : 1) * maps.length);
    for (const [i, value] of enlargeClassMap(map, { columns, rows }).values.entries()) values[i]! += value * factor;
  }
  return { columns, rows, values };
};

/** The map at the size of the picture it explains: bilinear between the middles of its cells, as PyTorch without aligned corners. */
export const enlargeClassMap = (map: ClassMap, { columns, rows }: Pick<ClassMap, "columns" | "rows">): ClassMap => {
  const across = neighbouringCells(map.columns, columns);
  const down = neighbouringCells(map.rows, rows);
  const values = new Float32Array(columns * rows);
  down.forEach(({ from: top, to: bottom, share: below }, row) => {
    across.forEach(({ from: left, to: right, share: rightwards }, column) => {
      const along = (line: number): number => {
        const [a, b] = [map.values[line * map.columns + left]!, map.values[line * map.columns + right]!];
        return a + (b - a) * rightwards;
      };
      values[row * columns + column] = along(top) + (along(bottom) - along(top)) * below;
    });
  });
  return { columns, rows, values };
};

/** For each position of the larger side, the two cells it lies between and how far from the first. */
const neighbouringCells = (cells: number, positions: number): { from: number; to: number; share: number }[] =>
  Array.from({ length: positions }, (_, position) => {
    const place = Math.min(Math.max(((position + 0.5) * cells) / positions - 0.5, 0), cells - 1);
    const from = Math.floor(place);
    return { from, to: Math.min(from + 1, cells - 1), share: place - from };
  });
