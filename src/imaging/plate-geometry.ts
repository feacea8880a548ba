/**
 * What was found on a plate, kept as data: nothing is cropped, turned or inverted for it. Every outline is in pixels of the
 * plate, the upper left corner at (0, 0); {@link toPlate} brings masks and heat maps of the small picture back to it.
 */
import { type Border, findBorder } from "./borders.ts";
import { findCollimationEdges } from "./collimation-edges.ts";
import { findExposures } from "./exposures.ts";
import { isFilmPhotograph, type PhotographSign, photographSigns } from "./film-photograph.ts";
import type { GreyImage } from "./grey-image.ts";
import { looksInverted } from "./inversion.ts";
import { findMaskedFields } from "./masked-fields.ts";
import { boundsOf, type Outline, type Point, transformOutline } from "./outlines.ts";
import type { QuarterTurns } from "./plate-rotation.ts";
import { type Rectangle, resize } from "./resize.ts";

/** The field that the beam, or a shutter, left of a plate, by its pixels. */
export interface FieldOnPlate {
  readonly outline: Outline;
  /** A shutter of one grey around it, or the edges of the beam. */
  readonly by: "shutter" | "edges";
  /** By how much it stands askew, in degrees, clockwise; 0 for circles. */
  readonly tiltDegrees: number;
}

/** What is known of a plate. JSON. */
export interface PlateGeometry {
  readonly version: 1;
  /** Of the plate, in pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** The part of the plate that the small picture shows: all of it, or one exposure. */
  readonly shown: Rectangle;
  readonly border: Border | null;
  readonly field: FieldOnPlate | null;
  /** What the file says: display shutters and collimators. */
  readonly shutters: readonly Outline[];
  readonly shutterOverlayGroup?: number;
  readonly collimators: readonly Outline[];
  /** Several exposures on one plate, from above and from the left; empty for one. */
  readonly exposures: readonly Rectangle[];
  /** Quarter turns clockwise that would bring it upright, as the file says; null where it does not. */
  readonly quarterTurns: QuarterTurns | null;
  /** Whether bone may be dark; a person is to look. */
  readonly inversionDoubted: boolean;
  /** Signs of a photograph of a film, where they are enough. */
  readonly photographOfFilm: readonly PhotographSign[];
  /** How the file says that a secondary capture was made (PS3.3 C.8.6.1), or that it is one. */
  readonly secondaryCapture: string | null;
}

/** What a file says of its plate besides the pixels. */
export interface PlateFacts {
  /** Of the plate, in pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** Mean chroma in [0, 1]. */
  readonly colourfulness: number;
  readonly hasCamera: boolean;
  readonly shutters: readonly Outline[];
  readonly shutterOverlayGroup?: number;
  readonly collimators: readonly Outline[];
  readonly quarterTurns: QuarterTurns | null;
  readonly secondaryCapture: string | null;
}

/** Sides of the pictures that fields and exposures, and edges of the beam, are looked for in. */
const fieldSide = 256;
const edgeSide = 128;

/**
 * Looks at the picture of a whole plate.
 *
 * @param picture of at most some hundred pixels
 * @example
 * const geometry = describePlate(smallPicture(image), facts);
 */
export const describePlate = (picture: GreyImage, facts: PlateFacts): PlateGeometry => {
  const medium = reduce(picture, fieldSide);
  const { colourfulness, hasCamera, shutterOverlayGroup, ...said } = facts;
  const border = findBorder(picture);
  const [masked, ...others] = findMaskedFields(medium);
  const edges = masked === undefined ? findCollimationEdges(reduce(medium, edgeSide)) : null;
  const field: FieldOnPlate | null =
    masked !== undefined && others.length === 0
      ? { outline: onPlate(masked, medium, facts), by: "shutter", tiltDegrees: tiltOf(masked) }
      : edges
        ? {
            outline: onPlate(edges.outline, reducedSize(picture, edgeSide), facts),
            by: "edges",
            tiltDegrees: edges.tiltDegrees,
          }
        : null;
  const signs = photographSigns(medium, { colourfulness, hasCamera, field: edges });
  const beam = field ? boundsOf(transformOutline(field.outline, scaleTo(medium, facts))) : undefined;
  return {
    version: 1,
    ...said,
    shown: { left: 0, top: 0, width: facts.width, height: facts.height },
    border: border && {
      ...border,
      inside: boundsOf(onPlate({ shape: "rectangle", ...border.inside }, picture, facts)),
    },
    field,
    ...(shutterOverlayGroup === undefined ? {} : { shutterOverlayGroup }),
    exposures: findExposures(medium).map((part) =>
      wholePixels(onPlate({ shape: "rectangle", ...part }, medium, facts), facts),
    ),
    inversionDoubted: looksInverted(medium, beam),
    photographOfFilm: isFilmPhotograph(signs) ? signs : [],
  };
};

interface Size {
  readonly width: number;
  readonly height: number;
}

const reducedSize = ({ width, height }: Size, side: number): Size => {
  const scale = Math.min(side / Math.max(width, height), 1);
  const length = (own: number): number => Math.max(Math.round(own * scale), 1);
  return { width: length(width), height: length(height) };
};

const reduce = (image: GreyImage, side: number): GreyImage => {
  const { width, height } = reducedSize(image, side);
  return resize(image, width, height);
};

const scaleTo = (to: Size, from: Size): Point => ({ x: to.width / from.width, y: to.height / from.height });

const onPlate = (outline: Outline, picture: Size, plate: Size): Outline =>
  transformOutline(outline, scaleTo(plate, picture));

const wholePixels = (outline: Outline, { width, height }: Size): Rectangle => {
  const bounds = boundsOf(outline);
  const left = Math.max(Math.floor(bounds.left), 0);
  const top = Math.max(Math.floor(bounds.top), 0);
  return {
    left,
    top,
    width: Math.min(Math.ceil(bounds.left + bounds.width), width) - left,
    height: Math.min(Math.ceil(bounds.top + bounds.height), height) - top,
  };
};

/** The direction of the longest side of a polygon, from the nearest axis, in degrees. */
const tiltOf = (outline: Outline): number => {
  if (outline.shape !== "polygon") return 0;
  let [longest, tilt] = [0, 0];
  outline.points.forEach((point, i) => {
    const next = outline.points[(i + 1) % outline.points.length]!;
    const length = Math.hypot(next.x - point.x, next.y - point.y);
    if (length <= longest) return;
    longest = length;
    const degrees = (Math.atan2(next.y - point.y, next.x - point.x) * 180) / Math.PI;
    tilt = degrees - 90 * Math.round(degrees / 90);
  });
  return tilt;
};

/**
 * Where a point of the small picture lies on the plate.
 *
 * @param picture the size of the small picture, in which the point is
 * @example
 * toPlate(geometry, { x: 10, y: 20 }, { width: 421, height: 512 }); // { x: 41.8, y: 83.6 }
 */
export const toPlate = ({ shown }: Pick<PlateGeometry, "shown">, { x, y }: Point, picture: Size): Point => ({
  x: shown.left + (x * shown.width) / picture.width,
  y: shown.top + (y * shown.height) / picture.height,
});

/** Where a point of the plate lies on the small picture; outside of it where the picture does not show it. */
export const fromPlate = ({ shown }: Pick<PlateGeometry, "shown">, { x, y }: Point, picture: Size): Point => ({
  x: ((x - shown.left) * picture.width) / shown.width,
  y: ((y - shown.top) * picture.height) / shown.height,
});

/** The geometry of one exposure of a plate: what lies on the plate is where it was, the small picture shows a part. */
export const ofExposure = (geometry: PlateGeometry, shown: Rectangle): PlateGeometry => ({ ...geometry, shown });
