/**
 * Weights of a network for colour pictures, changed for pictures of another number of channels, as timm
 * (adapt_input_conv) and segmentation_models.pytorch (in_channels) do.
 */

import { sizeOf } from "../engine/shape-rules.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";

/**
 * The state with the first convolution changed to take `channels` channels; every other tensor is passed on as it is.
 *
 * One channel: the kernels of red, green and blue are added, so a grey picture gives what it gave when repeated on the
 * three channels. (That holds for equal values in the three; means and deviations that differ from channel to channel have
 * to be brought to one, or be folded into the weights, first.) Other numbers: the three kernels are repeated in turn and
 * multiplied by 3 / channels, so equal channels give the same result again where the number is a multiple of three.
 *
 * @param name the kernel, [K, 3, kh, kw]: `conv1.weight` of a residual network, `features.0.weight`, `sobel.0.weight`,
 *   `patch_embed.proj.weight`
 * @throws OsteonError `not-found` when the state has no such tensor, `shape-mismatch` when it is no kernel for three
 *   channels, `bad-usage` when `channels` is no positive whole number
 * @example
 * const grey = adaptInputChannels(published, "conv1.weight", 1);
 */
export const adaptInputChannels = (state: StateDict, name: string, channels: number): StateDict => {
  if (!(Number.isInteger(channels) && channels > 0))
    throw new OsteonError("bad-usage", `A picture has a positive whole number of channels, not ${channels}.`);
  const kernel = state.get(name);
  if (!kernel) throw new OsteonError("not-found", `The weights lack "${name}".`, { name });
  if (kernel.shape.length !== 4 || (kernel.shape[1] !== 3 && kernel.shape[1] !== channels)) {
    throw new OsteonError(
      "shape-mismatch",
      `Only kernels [K, 3, kh, kw] can be adapted; "${name}" has shape [${kernel.shape.join(", ")}].`,
      { name },
    );
  }
  if (kernel.shape[1] === channels) return state;
  return new Map(state).set(name, channels === 1 ? summed(kernel) : repeated(kernel, channels));
};

const summed = ({ shape, data }: FloatTensor): FloatTensor => {
  const [kernels, , height, width] = shape as readonly [number, number, number, number];
  const area = height * width;
  return floatTensor(
    [kernels, 1, height, width],
    Float32Array.from({ length: kernels * area }, (_, i) => {
      const red = Math.floor(i / area) * 3 * area + (i % area);
      return data[red]! + data[red + area]! + data[red + 2 * area]!;
    }),
  );
};

const repeated = ({ shape, data }: FloatTensor, channels: number): FloatTensor => {
  const [kernels, , height, width] = shape as readonly [number, number, number, number];
  const area = height * width;
  const adapted = new Float32Array(sizeOf([kernels, channels, area]));
  for (let i = 0; i < adapted.length; i++) {
    const [kernel, channel] = [Math.floor(i / (channels * area)), Math.floor(i / area) % channels];
    adapted[i] = data[(kernel * 3 + (channel % 3)) * area + (i % area)]! * (3 / channels);
  }
  return floatTensor([kernels, channels, height, width], adapted);
};
