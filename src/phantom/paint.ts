/** Plain painting: boxes, tapered lines, discs, grain. Everything is cut off at the picture's edge. */
import type { Random } from "../numeric/random.ts";
import type { Box, Picture } from "./picture.ts";

type Point = readonly [x: number, y: number];

/** Sets every pixel of a box to one grey. */
export const fillBox = (picture: Picture, box: Box, grey: number): void => {
  const [left, top, width, height] = box.map(Math.round) as [number, number, number, number];
  const right = Math.min(picture.width, left + width);
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + height); y++) {
    for (let x = Math.max(0, left); x < right; x++) picture.values[y * picture.width + x] = grey;
  }
};

/** The four sides of a box, one pixel thick. */
export const frameBox = (picture: Picture, box: Box, grey: number): void => {
  const [x, y, width, height] = box;
  fillBox(picture, [x, y, width, 1], grey);
  fillBox(picture, [x, y + height - 1, width, 1], grey);
  fillBox(picture, [x, y, 1, height], grey);
  fillBox(picture, [x + width - 1, y, 1, height], grey);
};

/** How a line changes what is under it. */
export interface LineOptions {
  readonly from: Point;
  readonly to: Point;
  /** Half-widths at both ends, pixels. */
  readonly half: readonly [number, number];
  readonly grey: number;
  /** 1 covers what is under it. */
  readonly opacity?: number;
  /** Pixels over which the edge fades. Default 1. */
  readonly soft?: number;
}

/** A tapered line with round ends. */
export const drawLine = (picture: Picture, options: LineOptions): void => {
  const { from, to, half, grey, opacity = 1, soft = 1 } = options;
  const reach = Math.max(...half) + soft;
  const [ex, ey] = [to[0] - from[0], to[1] - from[1]];
  const squared = ex * ex + ey * ey;
  const bottom = Math.min(picture.height - 1, Math.max(from[1], to[1]) + reach);
  const right = Math.min(picture.width - 1, Math.max(from[0], to[0]) + reach);
  for (let y = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach)); x <= right; x++) {
      const [px, py] = [x - from[0], y - from[1]];
      const t = squared > 0 ? Math.max(0, Math.min(1, (px * ex + py * ey) / squared)) : 0;
      const distance = Math.hypot(px - t * ex, py - t * ey) - (half[0] + t * (half[1] - half[0]));
      const share = opacity * Math.max(0, Math.min(1, 0.5 - distance / soft));
      if (share === 0) continue;
      const i = y * picture.width + x;
      picture.values[i]! += share * (grey - picture.values[i]!);
    }
  }
};

/** A filled ellipse. */
export const drawDisc = (
  picture: Picture,
  disc: { readonly centre: Point; readonly half: Point; readonly grey: number; readonly opacity?: number },
): void => {
  const { centre, half, grey, opacity = 1 } = disc;
  const soft = 1 / Math.max(1, Math.min(...half));
  for (
    let y = Math.max(0, Math.floor(centre[1] - half[1] - 1));
    y <= Math.min(picture.height - 1, centre[1] + half[1] + 1);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(centre[0] - half[0] - 1));
      x <= Math.min(picture.width - 1, centre[0] + half[0] + 1);
      x++
    ) {
      const radius = Math.hypot((x - centre[0]) / half[0], (y - centre[1]) / half[1]);
      const share = opacity * Math.max(0, Math.min(1, (1 - radius) / soft + 0.5));
      const i = y * picture.width + x;
      picture.values[i]! += share * (grey - picture.values[i]!);
    }
  }
};

/** Adds grain of a standard deviation; one random number makes four pixels' worth of bytes. */
export const addGrain = (picture: Picture, deviation: number, random: Random): void => {
  for (let i = 0; i < picture.values.length; i++) {
    const bits = random.uint32();
    const normal = ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8;
    picture.values[i] = Math.max(0, Math.min(1, picture.values[i]! + deviation * normal));
  }
};

/** Puts one picture into another with its upper left corner at a point. */
export const pastePicture = (onto: Picture, picture: Picture, at: Point): void => {
  for (let y = 0; y < picture.height; y++) {
    const row = Math.round(at[1]) + y;
    if (row < 0 || row >= onto.height) continue;
    for (let x = 0; x < picture.width; x++) {
      const column = Math.round(at[0]) + x;
      if (column < 0 || column >= onto.width) continue;
      onto.values[row * onto.width + column] = picture.values[y * picture.width + x]!;
    }
  }
};

/** The picture in another size: the mean of what each new pixel covers when smaller, bilinear when larger. */
export const resizePicture = (picture: Picture, width: number, height: number): Picture => {
  const values = new Float32Array(width * height);
  const [stepX, stepY] = [picture.width / width, picture.height / height];
  const [tapsX, tapsY] = [Math.max(1, Math.round(stepX)), Math.max(1, Math.round(stepY))];
  const at = (x: number, y: number): number => {
    const px = Math.max(0, Math.min(picture.width - 1, x));
    const py = Math.max(0, Math.min(picture.height - 1, y));
    const [i, j] = [Math.min(picture.width - 2, Math.floor(px)), Math.min(picture.height - 2, Math.floor(py))];
    const [a, b] = [px - i, py - j];
    const o = j * picture.width + i;
    const v = picture.values;
    return (
      (v[o]! * (1 - a) + v[o + 1]! * a) * (1 - b) +
      (v[o + picture.width]! * (1 - a) + v[o + picture.width + 1]! * a) * b
    );
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let j = 0; j < tapsY; j++) {
        for (let i = 0; i < tapsX; i++) {
          sum += at((x + (i + 0.5) / tapsX) * stepX - 0.5, (y + (j + 0.5) / tapsY) * stepY - 0.5);
        }
      }
      values[y * width + x] = sum / (tapsX * tapsY);
    }
  }
  return { width, height, values };
};
