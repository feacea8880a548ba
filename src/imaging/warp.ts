/** Affine warps of square pictures: the geometric half of augmentation, and of averaged views. */

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

/** A view and how it is sampled. */
export interface WarpOptions extends View {
  /** What lies outside the source: its nearest edge pixel (the default), or this value. */
  readonly border?: "replicate" | number;
  /** `nearest` invents no values, as masks need it; `bilinear` by default. */
  readonly interpolation?: "bilinear" | "nearest";
}

/**
 * Draws a view of `source` into `target`, whose side may differ. There is no low-pass filter: reduce by at most a half.
 *
 * @example
 * warp({ pixels, size: 128 }, { pixels: new Float32Array(96 * 96), size: 96 }, { rotate: 10 });
 */
export const warp = (source: SquarePixels, target: SquarePixels, options: WarpOptions): void => {
  const { rotate = 0, scale = 1, aspect = 1, translateX = 0, translateY = 0, border = "replicate" } = options;
  const sample = options.interpolation === "nearest" ? sampleNearest : sampleBilinear;
  const angle = (rotate * Math.PI) / 180;
  const perPixel = source.size / target.size / scale;
  const mirrorX = options.horizontalFlip ? -1 : 1;
  const mirrorY = options.verticalFlip ? -1 : 1;
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
      const outside = border !== "replicate" && (x < -0.5 || y < -0.5 || x > last + 0.5 || y > last + 0.5);
      target.pixels[row * target.size + column] = outside
        ? border
        : sample(source, x < 0 ? 0 : Math.min(x, last), y < 0 ? 0 : Math.min(y, last));
      x += rightX;
      y += rightY;
    }
  }
};

/** The pixel that a point inside the picture lies in. */
const sampleNearest = ({ pixels, size }: SquarePixels, x: number, y: number): number =>
  pixels[((y + 0.5) | 0) * size + ((x + 0.5) | 0)]!;

/** Bilinear interpolation at a point inside the picture. */
const sampleBilinear = ({ pixels, size }: SquarePixels, x: number, y: number): number => {
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
