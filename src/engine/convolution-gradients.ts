/**
 * Gradients of the two-dimensional convolution y = x * w (cross-correlation, as ONNX and PyTorch define it), with stride s,
 * dilation d, padding p and groups:
 *
 *   dx[n, c] = sum over k of dy[n, k] convolved with w[k, c] turned by 180 degrees
 *   dw[k, c, i, j] = sum over n, u, v of dy[n, k, u, v] * x[n, c, u s + i d - p, v s + j d - p]
 *
 * dx is a convolution again when the stride is 1, else a transposed convolution. dw is a matrix product of dy with shifted
 * copies of x; how those copies are laid out decides its speed (docs/decisions/003-weight-gradient.md).
 */

import type { Attributes, Value } from "./graph.ts";
import {
  add,
  concat,
  conv2d,
  convTranspose2d,
  gather,
  gemm,
  matmulTransposedB,
  multiply,
  pad,
  reduceSum,
  reshape,
  slice,
  transpose,
} from "./ops.ts";
import { sizeOf } from "./shape-rules.ts";

type Pair = readonly [down: number, across: number];

/** How the kernels move over the picture. */
export interface ConvolutionGeometry {
  readonly strides: Pair;
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: Pair;
  readonly group: number;
}

/** The geometry as `conv2d` and `convTranspose2d` write it into a node. */
export const geometryOf = (attributes: Attributes): ConvolutionGeometry => ({
  strides: attributes.strides as unknown as Pair,
  pads: attributes.pads as unknown as ConvolutionGeometry["pads"],
  dilations: attributes.dilations as unknown as Pair,
  group: attributes.group as number,
});

interface Backward {
  readonly dy: Value;
  readonly geometry: ConvolutionGeometry;
}

/** Positions between the first and the last tap of a kernel. */
const reachOf = (w: Value, { dilations }: ConvolutionGeometry): Pair => [
  dilations[0] * (w.shape[2]! - 1),
  dilations[1] * (w.shape[3]! - 1),
];

/** Below this many output positions in the batch, turning the kernels costs more than the faster convolution saves. */
const turnKernelsFromPositions = 1500;

/** Up to this many output positions per image, one matrix product over the batch beats a transposed convolution. */
const scatterUpToPositions = 64;

/** Gradient with respect to the input x: [N, C, H, W]. */
export const convolutionInputGradient = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const { strides, pads, dilations, group } = geometry;
  const reach = reachOf(w, geometry);
  const positions = dy.shape[2]! * dy.shape[3]!;
  const isDense = strides[0] === 1 && strides[1] === 1;
  const isWithin = pads.every((width, side) => width <= reach[side % 2]!);
  // A transposed convolution works through its groups one by one.
  if (group > 1 && isWithin) return turnedInputGradient(x, w, { dy, geometry });
  if (isDense && group === 1 && positions <= scatterUpToPositions)
    return scatteredInputGradient(x, w, { dy, geometry });
  const isPointwise = w.shape[2] === 1 && w.shape[3] === 1; // nothing to turn, and no columns to fold back
  if (isDense && isWithin && (isPointwise || dy.shape[0]! * positions >= turnKernelsFromPositions)) {
    return turnedInputGradient(x, w, { dy, geometry });
  }
  return convTranspose2d(dy, w, {
    stride: strides,
    padding: pads,
    dilation: dilations,
    groups: group,
    outputSize: [x.shape[2]!, x.shape[3]!],
  });
};

/** One convolution of dy, its rows and columns spread by the stride, with the kernels turned by 180 degrees. */
const turnedInputGradient = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const { strides, pads, dilations, group } = geometry;
  const spread = spreadOut(dy, strides);
  const reach = reachOf(w, geometry);
  const [top, left] = [reach[0] - pads[0], reach[1] - pads[1]];
  // What the last stride did not reach gets no gradient, which padding stands for.
  const bottom = x.shape[2]! - spread.shape[2]! - top + reach[0];
  const right = x.shape[3]! - spread.shape[3]! - left + reach[1];
  return conv2d(spread, turned(w, group), { padding: [top, left, bottom, right], dilation: dilations, groups: group });
};

/** [N, C, H, W] with stride - 1 zeros between neighbours. */
const spreadOut = (dy: Value, [down, across]: Pair): Value => {
  if (down === 1 && across === 1) return dy;
  const [n, c, height, width] = dy.shape as readonly [number, number, number, number];
  const apart = pad(reshape(dy, [n, c, height, 1, width, 1]), [0, 0, 0, 0, 0, 0, 0, 0, 0, down - 1, 0, across - 1]);
  const spread = reshape(apart, [n, c, height * down, width * across]);
  return slice(spread, { axes: [2, 3], starts: [0, 0], ends: [(height - 1) * down + 1, (width - 1) * across + 1] });
};

/** [K, C / groups, kh, kw] to [C, K / groups, kh, kw] with every kernel turned by 180 degrees. */
const turned = (w: Value, groups: number): Value => {
  const [k, c, kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const grouped = reshape(w, [groups, k / groups, c, kernelHeight, kernelWidth]);
  const swapped = reshape(transpose(grouped, [0, 2, 1, 3, 4]), [groups * c, k / groups, kernelHeight, kernelWidth]);
  if (kernelHeight === 1 && kernelWidth === 1) return swapped;
  return slice(swapped, { axes: [2, 3], starts: [-1, -1], ends: [-1e9, -1e9], steps: [-1, -1] });
};

/** Stride 1 on small maps: one matrix product gives every tap's share, and the shares are added where the taps lay. */
const scatteredInputGradient = (x: Value, w: Value, { dy, geometry: { pads, dilations } }: Backward): Value => {
  const [n, c, inputHeight, inputWidth] = x.shape as readonly [number, number, number, number];
  const [k, , kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const [height, width] = [dy.shape[2]!, dy.shape[3]!];
  const taps = kernelHeight * kernelWidth;
  const gradient = reshape(transpose(dy, [1, 0, 2, 3]), [k, n * height * width]);
  const shares = reshape(gemm(reshape(w, [k, c * taps]), gradient, { transA: true }), [c, taps, n * height * width]);

  let sum: Value | undefined;
  for (let tap = 0; tap < taps; tap++) {
    const [i, j] = [Math.floor(tap / kernelWidth) * dilations[0], (tap % kernelWidth) * dilations[1]];
    const share = reshape(slice(shares, { axes: [1], starts: [tap], ends: [tap + 1] }), [c, n, height, width]);
    const [below, right] = [inputHeight + pads[0] + pads[2] - height - i, inputWidth + pads[1] + pads[3] - width - j];
    const placed = pad(share, [0, 0, i, j, 0, 0, below, right]); // [C, N, padded H, padded W]
    sum = sum ? add(sum, placed) : placed;
  }
  const inner = slice(sum!, {
    axes: [2, 3],
    starts: [pads[0], pads[1]],
    ends: [pads[0] + inputHeight, pads[1] + inputWidth],
  });
  return transpose(inner, [1, 0, 2, 3]);
};

/** Above this many output positions per image, shifting flat rows beats gathering columns (measured; see the decision). */
const flatShiftsFromPositions = 1024;

/** Gradient with respect to the kernels w: [K, C / groups, kh, kw]. */
export const convolutionWeightGradient = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const { strides, pads, group } = geometry;
  const isDense = strides[0] === 1 && strides[1] === 1;
  const isLarge = dy.shape[2]! * dy.shape[3]! >= flatShiftsFromPositions;
  const isPointwise = w.shape[2] === 1 && w.shape[3] === 1 && pads.every((width) => width === 0);
  if (group > 1 && w.shape[1] === 1 && w.shape[0] === group) return depthwiseWeightGradient(x, w, { dy, geometry });
  if (group === 1 && isDense && isLarge) {
    return isPointwise ? pointwiseWeightGradient(x, w, dy) : flatShiftWeightGradient(x, w, { dy, geometry });
  }
  return group > 1 ? groupedWeightGradient(x, w, { dy, geometry }) : gatheredWeightGradient(x, w, { dy, geometry });
};

/** A 1 x 1 kernel needs no shifts: one matrix product per image, summed over the images. */
const pointwiseWeightGradient = (x: Value, w: Value, dy: Value): Value => {
  const rows = (t: Value): Value => reshape(t, [t.shape[0]!, t.shape[1]!, t.shape[2]! * t.shape[3]!]);
  return reshape(reduceSum(matmulTransposedB(rows(dy), rows(x)), [0]), w.shape);
};

/**
 * Stride 1 on large maps. When dy is padded on the right to the row length of the padded x, a shift by (i, j) is one
 * contiguous offset i * W + j of the flattened rows: each of the kh * kw copies is a plain block, and no columns are joined.
 */
const flatShiftWeightGradient = (x: Value, w: Value, { dy, geometry: { pads, dilations } }: Backward): Value => {
  const [n, c] = [x.shape[0]!, x.shape[1]!];
  const [k, , kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const [height, width] = [dy.shape[2]!, dy.shape[3]!];
  const rowLength = x.shape[3]! + pads[1] + pads[3];
  const length = height * rowLength - (rowLength - width); // up to the last true output position

  const padded = padAround(x, pads);
  const flat = reshape(padded, [n, c, padded.shape[2]! * rowLength]);
  const widened = reshape(pad(dy, [0, 0, 0, 0, 0, 0, 0, rowLength - width]), [n, k, height * rowLength]);
  const gradient = slice(widened, { axes: [2], starts: [0], ends: [length] });

  const taps: Value[] = [];
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) {
      const offset = i * dilations[0] * rowLength + j * dilations[1];
      const shifted = slice(flat, { axes: [2], starts: [offset], ends: [offset + length] });
      taps.push(reshape(reduceSum(matmulTransposedB(gradient, shifted), [0]), [1, k, c])); // [1, K, C]
    }
  }
  return reshape(transpose(concat(taps, 0), [1, 2, 0]), w.shape);
};

/** One kernel per channel: each tap's gradient is a plain sum of products. */
const depthwiseWeightGradient = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const taps = shiftedCopies(padAround(x, geometry.pads), w, { dy, geometry }).map((shifted) =>
    reshape(reduceSum(multiply(dy, shifted), [0, 2, 3]), [x.shape[1]!, 1]),
  );
  return reshape(concat(taps, 1), w.shape);
};

/**
 * Small maps and strides above 1. The batch joins the contraction: x is laid out channels last, one Gather (which runs on
 * all threads, as Slice and Concat do not) lays the taps of every position side by side to rows [N * P, kh * kw * C], and
 * one matrix product does the rest.
 */
const gatheredWeightGradient = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const [k, c, kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const positions = dy.shape[0]! * dy.shape[2]! * dy.shape[3]!;
  const gradient = reshape(transpose(dy, [1, 0, 2, 3]), [k, positions]);
  const isPointwise = kernelHeight === 1 && kernelWidth === 1 && positions === sizeOf(x.shape) / c;
  if (isPointwise) {
    const rows = reshape(transpose(x, [1, 0, 2, 3]), [c, positions]);
    return reshape(gemm(gradient, rows, { transB: true }), w.shape);
  }
  const rows = tapsSideBySide(x, w, { dy, geometry });
  const byTap = reshape(gemm(gradient, rows), [k, kernelHeight * kernelWidth, c]);
  return reshape(transpose(byTap, [0, 2, 1]), w.shape);
};

/** With fewer channels than this, the copies of a Gather are too short; those of a row of taps are longer. */
const gatherRowsBelowChannels = 16;

/** For every output position, what each tap saw: [N * P, kh * kw * C]. */
const tapsSideBySide = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const { strides, dilations, pads } = geometry;
  const { graph } = x;
  const [n, height, width] = [dy.shape[0]!, dy.shape[2]!, dy.shape[3]!];
  const [kernelHeight, kernelWidth] = [w.shape[2]!, w.shape[3]!];
  const [top, left, bottom, right] = pads;
  const c = x.shape[1]!;
  const last = transpose(x, [0, 2, 3, 1]);
  const padded = top + left + bottom + right === 0 ? last : pad(last, [0, top, left, 0, 0, bottom, right, 0]);
  const [paddedHeight, paddedWidth] = [padded.shape[1]!, padded.shape[2]!];
  const rowsOf = (perRow: number, columnOf: (column: number, tap: number) => number, taps: number): Value => {
    const places = new Int32Array(n * height * width * kernelHeight * taps);
    let at = 0;
    for (let image = 0; image < n; image++)
      for (let y = 0; y < height; y++)
        for (let column = 0; column < width; column++)
          for (let i = 0; i < kernelHeight; i++) {
            const row = (image * paddedHeight + y * strides[0] + i * dilations[0]) * perRow;
            for (let tap = 0; tap < taps; tap++) places[at++] = row + columnOf(column, tap);
          }
    return graph.positions(places);
  };
  const columnOf = (column: number, tap: number): number => column * strides[1] + tap * dilations[1];
  const shape = [n * height * width, kernelHeight * kernelWidth * c];
  if (c >= gatherRowsBelowChannels) {
    const pixels = reshape(padded, [n * paddedHeight * paddedWidth, c]);
    return reshape(gather(pixels, rowsOf(paddedWidth, columnOf, kernelWidth)), shape);
  }
  const columns = Int32Array.from({ length: width * kernelWidth }, (_, i) =>
    columnOf(Math.floor(i / kernelWidth), i % kernelWidth),
  );
  const wide = gather(padded, graph.positions(columns), 2); // [N, H, W' * kw, C]
  const tapRows = reshape(wide, [n * paddedHeight * width, kernelWidth * c]);
  return reshape(
    gather(
      tapRows,
      rowsOf(width, (column) => column, 1),
    ),
    shape,
  );
};

/** Groups: the shifted (and strided) copies are stacked to columns [C, kh * kw, N * P], one matrix product per group. */
const groupedWeightGradient = (x: Value, w: Value, { dy, geometry }: Backward): Value => {
  const { group, pads } = geometry;
  const c = x.shape[1]!;
  const [k, , kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const [taps, positions] = [kernelHeight * kernelWidth, dy.shape[0]! * dy.shape[2]! * dy.shape[3]!];
  const padded = padAround(transpose(x, [1, 0, 2, 3]), pads); // [C, N, H, W]
  const columns = shiftedCopies(padded, w, { dy, geometry }).map((shifted) => reshape(shifted, [c, 1, positions]));
  const stacked = reshape(taps === 1 ? columns[0]! : concat(columns, 1), [group, (c / group) * taps, positions]);
  const rows = reshape(transpose(dy, [1, 0, 2, 3]), [group, k / group, positions]);
  return reshape(matmulTransposedB(rows, stacked), w.shape);
};

/** How a window of taps moves over a padded map. */
export interface TapWindow {
  /** Height and width of the window, in taps. */
  readonly kernel: Pair;
  /** How many places it takes, down and across. */
  readonly places: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
}

/** For each tap of a window in row-major order, what it saw at every place: [.., .., ...places]. */
export const tapsOf = (padded: Value, { kernel, places, strides, dilations }: TapWindow): Value[] => {
  const copies: Value[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const [top, left] = [i * dilations[0], j * dilations[1]];
      copies.push(
        slice(padded, {
          axes: [2, 3],
          starts: [top, left],
          ends: [top + strides[0] * (places[0] - 1) + 1, left + strides[1] * (places[1] - 1) + 1],
          steps: strides,
        }),
      );
    }
  }
  return copies;
};

/** For each tap of the kernels in their order, what it saw: [.., .., H, W] of dy's height and width. */
const shiftedCopies = (padded: Value, w: Value, { dy, geometry: { strides, dilations } }: Backward): Value[] =>
  tapsOf(padded, {
    kernel: [w.shape[2]!, w.shape[3]!],
    places: [dy.shape[2]!, dy.shape[3]!],
    strides,
    dilations,
  });

const padAround = (x: Value, [top, left, bottom, right]: ConvolutionGeometry["pads"]): Value =>
  top + left + bottom + right === 0 ? x : pad(x, [0, 0, top, left, 0, 0, bottom, right]);
