/** A film on a light box, photographed by hand: perspective, a dark room around it, uneven light, a glare, a little blur. */
import type { Random } from "../../numeric/random.ts";
import { blur } from "../blur.ts";
import { addGrain } from "../paint.ts";
import type { Box } from "../picture.ts";
import { boxAround, cornersOf, type Plate, remapPlate } from "./plate.ts";

type Point = readonly [x: number, y: number];

/** The projective map that takes the unit square to four corners (Heckbert 1989, section 2.2.3). */
const squareToQuad = (corners: readonly Point[]): ((u: number, v: number) => Point) => {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners as [Point, Point, Point, Point];
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  const [a, b, d, e] = [x1 - x0 + g * x1, x3 - x0 + h * x3, y1 - y0 + g * y1, y3 - y0 + h * y3];
  return (u, v) => {
    const w = g * u + h * v + 1;
    return [(a * u + b * v + x0) / w, (d * u + e * v + y0) / w];
  };
};

/** The inverse, by Newton's method from a place near by: exact to a hundredth of a pixel after a few steps. */
const quadToSquare = (map: (u: number, v: number) => Point, start: Point, x: number, y: number): Point => {
  let [u, v] = start;
  for (let i = 0; i < 4; i++) {
    const [px, py] = map(u, v);
    const [ax, ay] = map(u + 1e-4, v);
    const [bx, by] = map(u, v + 1e-4);
    const [a, c, b, d] = [(ax - px) * 1e4, (ay - py) * 1e4, (bx - px) * 1e4, (by - py) * 1e4];
    const det = a * d - b * c;
    u += (d * (x - px) - b * (y - py)) / det;
    v += (a * (y - py) - c * (x - px)) / det;
  }
  return [u, v];
};

/** Photographs the plate; all boxes become those around their places in the photograph. */
export const photographFilm = (plate: Plate, random: Random): Plate => {
  const { width, height } = plate.picture;
  const [w, h] = [Math.round(width * 1.16), Math.round(height * 1.16)];
  const off = (length: number): number => length * random.uniform(0.02, 0.1);
  const corners: readonly Point[] = [
    [off(w), off(h)],
    [w - off(w), off(h)],
    [w - off(w), h - off(h)],
    [off(w), h - off(h)],
  ];
  const map = squareToQuad(corners);
  const warped = remapPlate(plate, {
    width: w,
    height: h,
    outside: -1,
    from: (x, y) => {
      const [u, v] = quadToSquare(map, [x / w, y / h], x + 0.5, y + 0.5);
      return u < 0 || u > 1 || v < 0 || v > 1 ? undefined : [u * width - 0.5, v * height - 0.5];
    },
  });
  const lightBox = random.chance(0.5);
  const [lx, ly] = [random.uniform(0.3, 0.7) * w, random.uniform(0.3, 0.7) * h];
  const glare = random.chance(0.5) ? random.uniform(0.1, 0.3) : 0;
  const [gx, gy, gr] = [random.uniform(0.15, 0.85) * w, random.uniform(0.15, 0.85) * h, 0.12 * Math.min(w, h)];
  const values = warped.picture.values;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x;
      const fall = 1 - 0.32 * (((x - lx) / w) ** 2 + ((y - ly) / h) ** 2) * 2;
      const shine = glare * Math.exp(-((x - gx) ** 2 + (y - gy) ** 2) / (2 * gr * gr));
      const grey = values[i]! < 0 ? (lightBox ? 0.93 : 0.07) : 0.1 + 0.76 * values[i]!;
      values[i] = Math.max(0, Math.min(1, grey * fall + shine));
    }
  }
  const picture = { width: w, height: h, values: blur(warped.picture, random.uniform(0.6, 1.1)) };
  addGrain(picture, random.uniform(0.006, 0.018), random.fork("grain"));
  const point = ([x, y]: Point): Point => map(x / width, y / height);
  const box = (one: Box): Box => boxAround(cornersOf(one).map(point));
  const { collimation, exposures, border, ...rest } = plate.truth;
  return {
    ...warped,
    picture,
    burnedInText: plate.burnedInText.map((text) => ({ ...text, box: box(text.box) })),
    truth: {
      ...rest,
      ...(exposures ? { exposures: exposures.map(box) } : {}),
      ...(collimation
        ? { collimation: { ...collimation, corners: collimation.corners.map(point), box: box(collimation.box) } }
        : {}),
      ...(border ? { border: { ...border, content: box(border.content) } } : {}),
      film: { corners: corners.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const) },
    },
  };
};
