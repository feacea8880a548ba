/**
 * Gradients of the two-dimensional convolution y = x * w (cross-correlation, as ONNX and PyTorch define it).
 *
 *   dx[n, c] = sum over k of dy[n, k] convolved with w[k, c] turned by 180 degrees
 *   dw[k, c, i, j] = sum over n, p, q of dy[n, k, p, q] * x[n, c, p * stride + i - padding, q * stride + j - padding]
 *
 * dx is a convolution again when the stride is 1, else a transposed convolution. dw is a matrix product of dy with shifted
 * copies of x; how those copies are laid out decides its speed (docs/decisions/003-weight-gradient.md).
 */

import type { TapeEntry, Value } from "./graph.ts";
import { add, concat, conv2d, gemm, matmulTransposedB, pad, reduceSum, reshape, slice, transpose } from "./ops.ts";

interface Geometry {
  readonly stride: number;
  readonly padding: number;
}

/** The geometry that `conv2d` wrote into the node; equal in both directions by construction. */
const geometryOf = (entry: TapeEntry): Geometry => ({
  stride: (entry.attributes.strides as readonly number[])[0]!,
  padding: (entry.attributes.pads as readonly number[])[0]!,
});

/** Below this many output positions in the batch, turning the kernels costs more than the faster convolution saves. */
const turnKernelsFromPositions = 8192;

/** Gradient with respect to the input x: [N, C, H, W]. */
export const convolutionInputGradient = (entry: TapeEntry, dy: Value): Value => {
  const [x, w] = entry.inputs as readonly [Value, Value];
  const { stride, padding } = geometryOf(entry);
  const [kernelHeight, kernelWidth] = [w.shape[2]!, w.shape[3]!];
  const positions = dy.shape[2]! * dy.shape[3]!;
  if (stride === 1 && positions <= scatterUpToPositions) return scatteredInputGradient(x, w, { dy, padding });
  const isTurnable = stride === 1 && kernelHeight === kernelWidth && padding < kernelHeight;
  if (isTurnable && dy.shape[0]! * positions >= turnKernelsFromPositions) {
    return conv2d(dy, turned(w), { padding: kernelHeight - 1 - padding });
  }
  const outputPadding = [0, 1].map((axis) => {
    const reached = stride * (dy.shape[axis + 2]! - 1) + w.shape[axis + 2]! - 2 * padding;
    return x.shape[axis + 2]! - reached;
  });
  return x.graph.apply("ConvTranspose", [dy, w], {
    kernel_shape: [kernelHeight, kernelWidth],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
    output_padding: outputPadding,
  });
};

/** Up to this many output positions per image, one matrix product over the batch beats a transposed convolution. */
const scatterUpToPositions = 64;

/** Stride 1 on small maps: one matrix product gives every tap's share, and the shares are added where the taps lay. */
const scatteredInputGradient = (x: Value, w: Value, { dy, padding }: { dy: Value; padding: number }): Value => {
  const [n, c, inputHeight, inputWidth] = x.shape as readonly [number, number, number, number];
  const [k, , kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const [height, width] = [dy.shape[2]!, dy.shape[3]!];
  const taps = kernelHeight * kernelWidth;
  const gradient = reshape(transpose(dy, [1, 0, 2, 3]), [k, n * height * width]);
  const shares = reshape(gemm(reshape(w, [k, c * taps]), gradient, { transA: true }), [c, taps, n * height * width]);

  let sum: Value | undefined;
  for (let tap = 0; tap < taps; tap++) {
    const [i, j] = [Math.floor(tap / kernelWidth), tap % kernelWidth];
    const share = reshape(slice(shares, { axes: [1], starts: [tap], ends: [tap + 1] }), [c, n, height, width]);
    const [below, right] = [inputHeight + 2 * padding - height - i, inputWidth + 2 * padding - width - j];
    const placed = pad(share, [0, 0, i, j, 0, 0, below, right]); // [C, N, H + 2 padding, W + 2 padding]
    sum = sum ? add(sum, placed) : placed;
  }
  const inner = slice(sum!, {
    axes: [2, 3],
    starts: [padding, padding],
    ends: [padding + inputHeight, padding + inputWidth],
  });
  return transpose(inner, [1, 0, 2, 3]);
};

/** [K, C, kh, kw] to [C, K, kh, kw] with every kernel turned by 180 degrees. */
const turned = (w: Value): Value => {
  const swapped = transpose(w, [1, 0, 2, 3]);
  if (w.shape[2] === 1 && w.shape[3] === 1) return swapped;
  return slice(swapped, { axes: [2, 3], starts: [-1, -1], ends: [-1e9, -1e9], steps: [-1, -1] });
};

/** Above this many output positions per image, shifting flat rows beats gathering columns (measured; see the decision). */
const flatShiftsFromPositions = 1024;

/** Gradient with respect to the kernels w: [K, C, kh, kw]. */
export const convolutionWeightGradient = (entry: TapeEntry, dy: Value): Value => {
  const [x, w] = entry.inputs as readonly [Value, Value];
  const { stride, padding } = geometryOf(entry);
  const positions = dy.shape[2]! * dy.shape[3]!;
  const isPointwise = w.shape[2] === 1 && w.shape[3] === 1 && stride === 1 && padding === 0;
  if (isPointwise && positions >= flatShiftsFromPositions) return pointwiseWeightGradient(x, w, dy);
  if (stride === 1 && positions >= flatShiftsFromPositions) return flatShiftWeightGradient(x, w, { dy, padding });
  return gatheredWeightGradient(x, w, { dy, padding, stride });
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
const flatShiftWeightGradient = (x: Value, w: Value, { dy, padding }: { dy: Value; padding: number }): Value => {
  const [n, c] = [x.shape[0]!, x.shape[1]!];
  const [k, , kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const [height, width] = [dy.shape[2]!, dy.shape[3]!];
  const rowLength = x.shape[3]! + 2 * padding;
  const length = height * rowLength - (rowLength - width); // up to the last true output position

  const padded = pad(x, [0, 0, padding, padding, 0, 0, padding, padding]);
  const flat = reshape(padded, [n, c, padded.shape[2]! * rowLength]);
  const widened = reshape(pad(dy, [0, 0, 0, 0, 0, 0, 0, rowLength - width]), [n, k, height * rowLength]);
  const gradient = slice(widened, { axes: [2], starts: [0], ends: [length] });

  const taps: Value[] = [];
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) {
      const offset = i * rowLength + j;
      const shifted = slice(flat, { axes: [2], starts: [offset], ends: [offset + length] });
      taps.push(reshape(reduceSum(matmulTransposedB(gradient, shifted), [0]), [1, k, c])); // [1, K, C]
    }
  }
  return reshape(transpose(concat(taps, 0), [1, 2, 0]), w.shape);
};

/**
 * Small maps and strides above 1. The batch joins the contraction: x and dy are laid out channel-major, the shifted
 * (and strided) copies are stacked to columns [C, kh * kw, N * P] in the kernels' own order, and one matrix product does
 * the rest.
 */
const gatheredWeightGradient = (x: Value, w: Value, { dy, padding, stride }: Geometry & { dy: Value }): Value => {
  const [n, c] = [x.shape[0]!, x.shape[1]!];
  const [k, , kernelHeight, kernelWidth] = w.shape as readonly [number, number, number, number];
  const [height, width] = [dy.shape[2]!, dy.shape[3]!];
  const [taps, positions] = [kernelHeight * kernelWidth, n * height * width];

  const padded = pad(transpose(x, [1, 0, 2, 3]), [0, 0, padding, padding, 0, 0, padding, padding]); // [C, N, H, W]
  const columns: Value[] = [];
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) {
      const shifted = slice(padded, {
        axes: [2, 3],
        starts: [i, j],
        ends: [i + stride * (height - 1) + 1, j + stride * (width - 1) + 1],
        ...(stride === 1 ? {} : { steps: [stride, stride] }),
      });
      columns.push(reshape(shifted, [c, 1, positions]));
    }
  }
  const stacked = reshape(taps === 1 ? columns[0]! : concat(columns, 1), [c * taps, positions]);
  const gradient = reshape(transpose(dy, [1, 0, 2, 3]), [k, positions]);
  return reshape(gemm(gradient, stacked, { transB: true }), w.shape);
};
