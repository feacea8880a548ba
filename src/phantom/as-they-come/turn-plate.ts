/** A plate that was put into the reader the wrong way round: quarter turns. */
import type { Box } from "../picture.ts";
import { boxAround, cornersOf, type Plate, remapPlate } from "./plate.ts";

/** Turns the plate clockwise by 90, 180 or 270 degrees. */
export const turnPlate = (plate: Plate, degrees: 90 | 180 | 270): Plate => {
  const { width, height } = plate.picture;
  const [w, h] = degrees === 180 ? [width, height] : [height, width];
  const from = (x: number, y: number): readonly [number, number] =>
    degrees === 90 ? [y, height - 1 - x] : degrees === 180 ? [width - 1 - x, height - 1 - y] : [width - 1 - y, x];
  const point = ([x, y]: readonly [number, number]): readonly [number, number] =>
    degrees === 90 ? [height - y, x] : degrees === 180 ? [width - x, height - y] : [y, width - x];
  const box = (one: Box): Box => boxAround(cornersOf(one).map(point));
  const { collimation, exposures, ...rest } = plate.truth;
  return {
    ...remapPlate(plate, { width: w, height: h, outside: 0, from }),
    burnedInText: plate.burnedInText.map((text) => ({ ...text, box: box(text.box) })),
    truth: {
      ...rest,
      rotation: degrees,
      ...(exposures ? { exposures: exposures.map(box) } : {}),
      ...(collimation
        ? {
            collimation: {
              ...collimation,
              corners: collimation.corners.map(point),
              box: box(collimation.box),
            },
          }
        : {}),
    },
  };
};
