/** The gradient of max pooling out of plain operators, for kernels that do not tell where the largest value was. */

import { type ConvolutionGeometry, tapsOf } from "./convolution-gradients.ts";
import type { Attributes, Value } from "./graph.ts";
import { concat, convTranspose2d, isGreater, multiply, reshape, subtract } from "./ops.ts";

/** Smaller than any value of a map; infinity itself is not promised by WebGPU's shading language. */
const lowest = -3.4028234663852886e38;

/**
 * Each window's gradient goes to the first of its largest values in row-major order, as in PyTorch: the taps are asked one
 * after another, and each takes what those before it left. One transposed convolution, whose kernels are the taps, then
 * adds the shares up where the taps lay.
 *
 * @param x what was pooled, [N, C, H, W]
 * @param y the largest value of each window, [N, C, H', W']
 * @param backward the gradient of `y`, and the attributes of the pooling
 * @returns the gradient of `x`
 */
export const maxPoolGradient = (
  x: Value,
  y: Value,
  { dy, attributes }: { readonly dy: Value; readonly attributes: Attributes },
): Value => {
  const { graph } = x;
  const { kernel_shape: kernel, strides, dilations, pads } = attributes as unknown as PoolAttributes;
  const [n, c, ...size] = x.shape as readonly [number, number, number, number];
  const places = [y.shape[2]!, y.shape[3]!] as const;
  const widths = graph.integers([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]]);
  const padded = pads.every((width) => width === 0) ? x : graph.apply("Pad", [x, widths, graph.scalar(lowest)]);
  let left = dy;
  const shares = tapsOf(padded, { kernel, places, strides, dilations }).map((tap) => {
    const isSmaller = isGreater(y, tap);
    const before = left;
    left = multiply(before, isSmaller);
    return reshape(subtract(before, left), [n * c, 1, ...places]);
  });
  const taps = kernel[0] * kernel[1];
  const ones = Array.from({ length: taps * taps }, (_, i) => (i % (taps + 1) === 0 ? 1 : 0));
  const summed = convTranspose2d(concat(shares, 1), graph.constant(ones, [taps, 1, ...kernel]), {
    stride: strides,
    padding: pads,
    dilation: dilations,
    outputSize: size,
  });
  return reshape(summed, x.shape);
};

interface PoolAttributes extends Pick<ConvolutionGeometry, "strides" | "dilations" | "pads"> {
  readonly kernel_shape: ConvolutionGeometry["strides"];
}
