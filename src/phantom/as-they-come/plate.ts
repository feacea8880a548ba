/** A picture on its way to a file, with everything that must move along with it. */
import type { BurnedInText } from "../non-musculoskeletal/other-image.ts";
import type { Box, Picture } from "../picture.ts";

/** What was done to a picture, in its final pixels: the truth that readers of images are tested against. */
export interface PlateTruth {
  /** A margin around the content: its colour, and the box of the content. */
  readonly border?: { readonly colour: "white" | "black"; readonly content: Box };
  /** How far the plate was turned clockwise: turned back by as much it stands upright. */
  readonly rotation?: 90 | 180 | 270;
  /** The boxes of several exposures on one plate, the one that was asked for first. */
  readonly exposures?: readonly Box[];
  /** The exposed field between the blades: corners clockwise from the upper left, its smallest box, its tilt, the outside. */
  readonly collimation?: {
    readonly corners: readonly (readonly [x: number, y: number])[];
    readonly box: Box;
    readonly angleDegrees: number;
    readonly outside: "white" | "black";
  };
  /** The corners of a photographed film, clockwise from its upper left. */
  readonly film?: { readonly corners: readonly (readonly [x: number, y: number])[] };
  /** A film that went through a scanner. */
  readonly scanned?: boolean;
}

/** The picture, the mask of its tumour (0 or 1), its texts and what was done. */
export interface Plate {
  readonly picture: Picture;
  readonly mask?: Uint8Array;
  readonly burnedInText: readonly BurnedInText[];
  readonly truth: PlateTruth;
}

/** A plate whose pixels come from elsewhere in another: `from` gives the source of a pixel or nothing, `outside` its grey. */
export const remapPlate = (
  plate: Plate,
  to: {
    readonly width: number;
    readonly height: number;
    readonly outside: number;
    readonly from: (x: number, y: number) => readonly [x: number, y: number] | undefined;
  },
): { readonly picture: Picture; readonly mask?: Uint8Array } => {
  const { width, height, outside, from } = to;
  const source = plate.picture;
  const values = new Float32Array(width * height).fill(outside);
  const mask = plate.mask ? new Uint8Array(width * height) : undefined;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = from(x, y);
      if (!at) continue;
      const px = Math.max(0, Math.min(source.width - 1, at[0]));
      const py = Math.max(0, Math.min(source.height - 1, at[1]));
      const i = Math.max(0, Math.min(source.width - 2, Math.floor(px)));
      const j = Math.max(0, Math.min(source.height - 2, Math.floor(py)));
      const [a, b] = [px - i, py - j];
      const o = j * source.width + i;
      const v = source.values;
      const right = i + 1 < source.width ? 1 : 0;
      const below = j + 1 < source.height ? source.width : 0;
      values[y * width + x] =
        (v[o]! * (1 - a) + v[o + right]! * a) * (1 - b) + (v[o + below]! * (1 - a) + v[o + below + right]! * a) * b;
      if (mask) mask[y * width + x] = plate.mask![Math.round(py) * source.width + Math.round(px)]!;
    }
  }
  return { picture: { width, height, values }, ...(mask ? { mask } : {}) };
};

/** The smallest box of whole pixels around points. */
export const boxAround = (points: readonly (readonly [x: number, y: number])[]): Box => {
  const left = Math.floor(Math.min(...points.map(([x]) => x)));
  const top = Math.floor(Math.min(...points.map(([, y]) => y)));
  const right = Math.ceil(Math.max(...points.map(([x]) => x)));
  const bottom = Math.ceil(Math.max(...points.map(([, y]) => y)));
  return [left, top, right - left, bottom - top];
};

/** The corners of a box, clockwise from the upper left. */
export const cornersOf = ([x, y, width, height]: Box): readonly (readonly [x: number, y: number])[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];
