/**
 * How a radiograph is looked at. Everything is told in relation to the picture itself (its fit, its own window), so that one
 * view serves two pictures of different size and depth side by side.
 */

import type { Picture } from "../../../src/contract/pictures.ts";

export interface View {
  /** 1 shows all of the picture; `actual` shows one of its pixels on one of the screen's. */
  readonly zoom: number | "actual";
  /** What is in the middle, as shares of the picture's width and height. */
  readonly middle: readonly [number, number];
  /** Factor on the width of the picture's own window. */
  readonly spread: number;
  /** Shift of the window's centre, in widths of the picture's own window. */
  readonly shift: number;
  /** Whether black and white are exchanged. */
  readonly inverted: boolean;
}

/** All of the picture in its own window. */
export const wholePicture: View = { zoom: 1, middle: [0.5, 0.5], spread: 1, shift: 0, inverted: false };

/** What the mouse's main button, and the arrow keys in a radiograph, do. */
export const tools = ["window", "zoom", "pan", "ruler", "box"] as const;
export type Tool = (typeof tools)[number];

/** A part of the page, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the picture lies in its part of the page: the position of its left upper corner, and CSS pixels per pixel. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** A position in pixels of the picture; 0, 0 is its left upper corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How many times as wide as high a pixel of the picture is. */
const pixelAspect = ({ pixelSpacingMm }: Picture): number =>
  pixelSpacingMm ? pixelSpacingMm[1] / pixelSpacingMm[0] : 1;

const fitScale = (picture: Picture, size: Size): number =>
  Math.min(size.width / (picture.width * pixelAspect(picture)), size.height / picture.height);

/** A picture and the part of the page that it is shown in. */
export interface Shown {
  readonly picture: Picture;
  readonly size: Size;
  /** Pixels of the screen per CSS pixel. */
  readonly density: number;
}

/** The zoom as a factor on the fit. */
export const zoomFactor = (view: View, { picture, size, density }: Shown): number =>
  view.zoom === "actual" ? 1 / density / fitScale(picture, size) : view.zoom;

/** Where a view puts the picture. */
export const placementOf = (view: View, shown: Shown): Placement => {
  const { picture, size } = shown;
  const scaleY = fitScale(picture, size) * zoomFactor(view, shown);
  const scaleX = scaleY * pixelAspect(picture);
  return {
    left: size.width / 2 - view.middle[0] * picture.width * scaleX,
    top: size.height / 2 - view.middle[1] * picture.height * scaleY,
    scaleX,
    scaleY,
  };
};

/** The picture's point at a position of its part of the page. */
export const pointAt = ({ left, top, scaleX, scaleY }: Placement, position: Point): Point => ({
  x: (position.x - left) / scaleX,
  y: (position.y - top) / scaleY,
});

const farthest = 40;

/** How often the picture is halved before it is drawn, so that no two of its pixels fall on one of the screen's. */
export const halvingsOf = ({ scaleX, scaleY }: Placement, density: number): number =>
  Math.max(0, Math.min(5, Math.floor(-Math.log2(Math.min(1, Math.max(scaleX, scaleY) * density * 1.0001)))));

/** Zooms by a factor, keeping what is at a position (or else the middle) where it is. */
export const zoomBy = (view: View, factor: number, shown: Shown, position?: Point): View => {
  const before = placementOf(view, shown);
  const zoom = Math.min(farthest, Math.max(0.2, zoomFactor(view, shown) * factor));
  const zoomed: View = { ...view, zoom };
  if (!position) return zoomed;
  const kept = pointAt(before, position);
  const after = placementOf(zoomed, shown);
  return panBy(
    zoomed,
    { x: position.x - (after.left + kept.x * after.scaleX), y: position.y - (after.top + kept.y * after.scaleY) },
    shown,
  );
};

/** Moves the picture by CSS pixels; its middle never leaves the page's part entirely. */
export const panBy = (view: View, by: Point, shown: Shown): View => {
  const { scaleX, scaleY } = placementOf(view, shown);
  const { width, height } = shown.picture;
  return {
    ...view,
    middle: [within(view.middle[0] - by.x / scaleX / width), within(view.middle[1] - by.y / scaleY / height)],
  };
};

const within = (share: number): number => Math.min(1, Math.max(0, share));

/** Changes the window: to the right is wider, downwards darker, as in every radiology viewer. One is the window's own width. */
export const windowBy = (view: View, { x, y }: Point): View => ({
  ...view,
  spread: Math.min(20, Math.max(0.005, view.spread * 2 ** (x * 2))),
  shift: Math.min(3, Math.max(-3, view.shift + y * Math.max(0.1, Math.min(1, view.spread)))),
});

/** The grey values shown as black and as white. */
export const greyRange = (view: View, { window: own }: Picture): { readonly lower: number; readonly upper: number } => {
  const centre = own.center + view.shift * own.width;
  const half = Math.max(0.5, (own.width * view.spread) / 2);
  return { lower: centre - half, upper: centre + half };
};

/** Whether white stands for the smallest value. */
export const showsInverted = (view: View, picture: Picture): boolean => view.inverted !== picture.inverted;

/** Where a rectangle of the picture lies in its part of the page, as CSS. */
export const placementStyle = (
  { left, top, scaleX, scaleY }: Placement,
  { x, y, width, height }: Point & Size,
): { left: number; top: number; width: number; height: number } => ({
  left: left + x * scaleX,
  top: top + y * scaleY,
  width: width * scaleX,
  height: height * scaleY,
});
