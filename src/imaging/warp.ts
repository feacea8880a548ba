/** Affine warps of square pictures with bilinear sampling: the geometric half of augmentation, and of averaged views. */

/** A square picture, row-major, `size * size` values. */
export interface SquarePixels {
  readonly pixels: Float32Array;
  readonly size: number;
}

/** How a picture is seen: turned, enlarged, stretched, shifted, mirrored, about its centre. */
export interface View {
  /** Counter-clockwise, in degrees. */
  readonly rotate?: number;
  /** Above 1 enlarges. */
  readonly scale?: number;
  /** Width over height is multiplied by its square. */
  readonly aspect?: number;
  /** As shares of the side. */
  readonly translateX?: number;
  readonly translateY?: number;
  readonly horizontalFlip?: boolean;
  readonly verticalFlip?: boolean;
}

/**
 * Draws a view of `source` into `target`, whose side may differ; what lies outside takes the value of the nearest edge.
 *
 * @example
 * warp({ pixels, size: 128 }, { pixels: new Float32Array(96 * 96), size: 96 }, { rotate: 10 });
 */
export const warp = (source: SquarePixels, target: SquarePixels, view: View): void => {
  const { rotate = 0, scale = 1, aspect = 1, translateX = 0, translateY = 0 } = view;
  const angle = (rotate * Math.PI) / 180;
  const perPixel = source.size / target.size / scale;
  const mirrorX = view.horizontalFlip ? -1 : 1;
  const mirrorY = view.verticalFlip ? -1 : 1;
  // One step right and one step down in the target, as steps in the source.
  const rightX = (Math.cos(angle) * perPixel * mirrorX) / aspect;
  const rightY = Math.sin(angle) * perPixel * mirrorX * aspect;
  const downX = (-Math.sin(angle) * perPixel * mirrorY) / aspect;
  const downY = Math.cos(angle) * perPixel * mirrorY * aspect;
  const centreX = source.size * (0.5 - translateX) - 0.5;
  const centreY = source.size * (0.5 - translateY) - 0.5;
  const last = source.size - 1;
  const from = 0.5 - target.size / 2;
  for (let row = 0; row < target.size; row++) {
    let x = centreX + from * rightX + (row + from) * downX;
    let y = centreY + from * rightY + (row + from) * downY;
    for (let column = 0; column < target.size; column++) {
      target.pixels[row * target.size + column] = sample(
        source,
        x < 0 ? 0 : Math.min(x, last),
        y < 0 ? 0 : Math.min(y, last),
      );
      x += rightX;
      y += rightY;
    }
  }
};

/** Bilinear interpolation at a point inside the picture. */
const sample = ({ pixels, size }: SquarePixels, x: number, y: number): number => {
  const left = x | 0;
  const top = y | 0;
  const right = left + 1 < size ? 1 : 0;
  const below = top + 1 < size ? size : 0;
  const shareX = x - left;
  const shareY = y - top;
  const at = top * size + left;
  const upper = pixels[at]! + (pixels[at + right]! - pixels[at]!) * shareX;
  const lower = pixels[at + below]! + (pixels[at + below + right]! - pixels[at + below]!) * shareX;
  return upper + (lower - upper) * shareY;
};
