/**
 * Where two pictures are alike: their similarity taken apart over the places of one of them (Stylianou, Souvenir and Pless,
 * Visualizing deep similarity networks, WACV 2019). Features that are averages over a map's places make the dot product with
 * another picture's features a sum over these places, exactly.
 */

import type { FloatTensor } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { dot, type Reals } from "../numeric/matrix.ts";

/** The last maps of one network, [views, channels, rows, columns], of which its features are the mean over views and places. */
export interface NetworkMaps {
  readonly maps: FloatTensor;
}

/** What each place of one view adds to the similarity. */
export interface Contributions {
  readonly rows: number;
  readonly columns: number;
  /** Row by row; all of them of all views of all networks sum to the similarity. */
  readonly values: Float64Array;
}

/**
 * Takes the similarity of a picture with another apart. The picture's features are those of its networks, each scaled to
 * length 1, joined; their direction is what they are less the mean, scaled to length 1.
 *
 * @param networks the maps of the picture by each network, in the order of the features
 * @param other the direction of the other picture
 * @param mean what is taken off the features
 * @returns for each network and each view
 * @throws OsteonError `shape-mismatch` when the lengths do not agree
 */
export const contributionsTo = (
  networks: readonly NetworkMaps[],
  { other, mean }: { readonly other: Float32Array; readonly mean: Float32Array },
): Contributions[][] => {
  const pooled = networks.map(({ maps }) => poolMaps(maps));
  const length = pooled.reduce((sum, { length }) => sum + length, 0);
  if (other.length !== length || mean.length !== length) {
    const message = `The networks make ${length} features; the other picture has ${other.length}, the mean ${mean.length}.`;
    throw new OsteonError("shape-mismatch", message);
  }
  const lengths = pooled.map(lengthOf);
  const joined = pooled.flatMap((features, i) => Array.from(features, (value) => value / lengths[i]!));
  const centred = Float64Array.from(joined, (value, j) => value - mean[j]!);
  const scale = 1 / lengthOf(centred);
  let from = 0;
  return networks.map(({ maps }, i) => {
    const [views, channels, rows, columns] = maps.shape as [number, number, number, number];
    const own = other.subarray(from, from + channels);
    const ofMean = dot(mean.subarray(from, from + channels), own);
    from += channels;
    const places = rows * columns;
    return Array.from({ length: views }, (_, view) => {
      const values = new Float64Array(places);
      for (let channel = 0; channel < channels; channel++) {
        const at = (view * channels + channel) * places;
        for (let place = 0; place < places; place++) values[place]! += maps.data[at + place]! * own[channel]!;
      }
      return {
        rows,
        columns,
        values: values.map((product) => ((product / lengths[i]! - ofMean) * scale) / (views * places)),
      };
    });
  });
};

/** Never 0: what is divided by the length of nothing stays nothing. */
const lengthOf = (vector: Reals): number => Math.sqrt(dot(vector, vector)) || 1;

/** The mean of the maps over views and places. */
const poolMaps = ({ shape, data }: FloatTensor): Float64Array => {
  const [views, channels, rows, columns] = shape as [number, number, number, number];
  const places = rows * columns;
  const features = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) {
    features[Math.floor(i / places) % channels]! += data[i]! / (views * places);
  }
  return features;
};

/** Where on a square a view looks: it shows the square about its centre, enlarged by `scale`. */
export interface DrawnView extends Contributions {
  readonly scale: number;
}

/** A part of the square, in shares of its side. */
export interface SquarePart {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws what places add on one grid over a part of the square that all views look at: the sum of their densities, between
 * places bilinear; the largest is 1, and what adds nothing or takes away is 0.
 */
export const drawContributions = (
  views: readonly DrawnView[],
  part: SquarePart,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Float32Array => {
  const drawn = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const y = part.top + ((row + 0.5) / rows) * part.height;
    for (let column = 0; column < columns; column++) {
      const x = part.left + ((column + 0.5) / columns) * part.width;
      let sum = 0;
      for (const view of views) sum += densityAt(view, x, y);
      drawn[row * columns + column] = Math.max(sum, 0);
    }
  }
  const largest = drawn.reduce((a, b) => Math.max(a, b), 0);
  return largest > 0 ? drawn.map((value) => value / largest) : drawn;
};

/** What a view adds at a point of the square, for each unit of area; nothing where it does not look. */
const densityAt = ({ rows, columns, values, scale }: DrawnView, x: number, y: number): number => {
  const u = 0.5 + (x - 0.5) * scale;
  const v = 0.5 + (y - 0.5) * scale;
  if (u < 0 || v < 0 || u > 1 || v > 1) return 0;
  const across = Math.min(Math.max(u * columns - 0.5, 0), columns - 1);
  const down = Math.min(Math.max(v * rows - 0.5, 0), rows - 1);
  const [left, top] = [Math.floor(across), Math.floor(down)];
  const [right, below] = [Math.min(left + 1, columns - 1), Math.min(top + 1, rows - 1)];
  const [shareX, shareY] = [across - left, down - top];
  const at = (row: number, column: number): number => values[row * columns + column]!;
  const upper = at(top, left) * (1 - shareX) + at(top, right) * shareX;
  const lower = at(below, left) * (1 - shareX) + at(below, right) * shareX;
  return (upper * (1 - shareY) + lower * shareY) * rows * columns * scale * scale;
};
