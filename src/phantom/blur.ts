/** Gaussian blur of a picture by three box blurs in each direction (Wells 1986), in time that does not grow with its width. */

/** A picture's values with its width and height. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

const acrossRows = (from: Float32Array, to: Float32Array, size: { width: number; height: number; radius: number }) => {
  const { width, height, radius } = size;
  const norm = 1 / (2 * radius + 1);
  const last = width - 1;
  for (let row = 0; row < height * width; row += width) {
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += from[row + (i < 0 ? 0 : Math.min(i, last))]!;
    for (let x = 0; x < width; x++) {
      to[row + x] = sum * norm;
      const enter = x + radius + 1;
      const leave = x - radius;
      sum += from[row + Math.min(enter, last)]! - from[row + Math.max(leave, 0)]!;
    }
  }
};

/** Down the columns, but row by row, so that memory is read in order. */
const downColumns = (from: Float32Array, to: Float32Array, size: { width: number; height: number; radius: number }) => {
  const { width, height, radius } = size;
  const norm = 1 / (2 * radius + 1);
  const last = height - 1;
  const sums = new Float64Array(width);
  const rowAt = (y: number): number => (y < 0 ? 0 : Math.min(y, last)) * width;
  for (let y = -radius; y <= radius; y++) {
    for (let x = 0, row = rowAt(y); x < width; x++) sums[x]! += from[row + x]!;
  }
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const enter = rowAt(y + radius + 1);
    const leave = rowAt(y - radius);
    for (let x = 0; x < width; x++) {
      to[here + x] = sums[x]! * norm;
      sums[x]! += from[enter + x]! - from[leave + x]!;
    }
  }
};

/** Blurs by standard deviations in pixels across and down; below about 0.5 pixels a direction is left as it is. */
export const blur = (plane: Plane, across: number, down = across): Float32Array => {
  const { width, height } = plane;
  let values = plane.values.slice();
  let other = new Float32Array(values.length);
  // three boxes of this half-width have together the variance asked for
  const radius = (sigma: number): number => Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
  for (let round = 0; round < 3; round++) {
    if (radius(across) > 0) {
      acrossRows(values, other, { width, height, radius: radius(across) });
      [values, other] = [other, values];
    }
    if (radius(down) > 0) {
      downColumns(values, other, { width, height, radius: radius(down) });
      [values, other] = [other, values];
    }
  }
  return values;
};
