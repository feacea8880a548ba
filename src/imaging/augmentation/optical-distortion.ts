/** The distortion of a lens. */
import { borderFields } from "./border.ts";
import { choice, range } from "./fields.ts";
import { type CoordinateMap, emptyMap, remap } from "./remap.ts";
import { defineTransform } from "./transform.ts";

/** A lens that moves a place away from the middle by a factor of 1 + k1 r^2 + k2 r^4. */
interface Lens {
  /** How many pixels r = 1 is, along each axis. */
  readonly focalX: number;
  readonly focalY: number;
  readonly k1: number;
  readonly k2: number;
}

/** Brown's radial distortion in a camera with the picture's width and height as its focal lengths. */
const cameraLens = (width: number, height: number, k: number): Lens => ({
  focalX: width,
  focalY: height,
  k1: k,
  k2: k,
});

/** r is 1 in the corners. */
const fisheyeLens = (width: number, height: number, k: number): Lens => {
  const corner = Math.hypot(width / 2, height / 2);
  return { focalX: corner, focalY: corner, k1: k, k2: 0 };
};

const lensMap = (width: number, height: number, { focalX, focalY, k1, k2 }: Lens): CoordinateMap => {
  const map = emptyMap(width, height);
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0, i = 0; row < height; row++) {
    const y = row - centreY;
    for (let column = 0; column < width; column++, i++) {
      const x = column - centreX;
      const square = (x / focalX) ** 2 + (y / focalY) ** 2;
      const factor = 1 + square * (k1 + square * k2);
      map.x[i] = x * factor + centreX;
      map.y[i] = y * factor + centreY;
    }
  }
  return map;
};

/** A lens: barrel (k above 0) or pincushion (below). */
export const opticalDistortion = defineTransform({
  name: "OpticalDistortion",
  p: 0.5,
  fields: {
    /** The coefficient k. */
    distortLimit: range([-0.05, 0.05], { from: -1, to: 1 }),
    /** The model of the lens. */
    mode: choice("camera", ["camera", "fisheye"]),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const lensOf = values.mode === "camera" ? cameraLens : fisheyeLens;
    const lens = lensOf(width, height, random.uniform(...values.distortLimit));
    return remap(sample, lensMap(width, height, lens), values);
  },
});
