/** White or black margins around a picture, as film scanners and printers leave them. */
import type { Random } from "../../numeric/random.ts";
import { pastePicture } from "../paint.ts";
import { type Box, plainPicture } from "../picture.ts";
import type { Plate } from "./plate.ts";

/** Adds a margin of its own width on every side. */
export const addBorder = (plate: Plate, colour: "white" | "black", random: Random): Plate => {
  const { width, height } = plate.picture;
  const side = (length: number): number => Math.round(length * random.uniform(0.02, 0.11));
  const [left, right, top, bottom] = [side(width), side(width), side(height), side(height)];
  const picture = plainPicture(width + left + right, height + top + bottom, colour === "white" ? 1 : 0);
  pastePicture(picture, plate.picture, [left, top]);
  let mask: Uint8Array | undefined;
  if (plate.mask) {
    mask = new Uint8Array(picture.values.length);
    for (let y = 0; y < height; y++) {
      mask.set(plate.mask.subarray(y * width, (y + 1) * width), (y + top) * picture.width + left);
    }
  }
  const moved = (box: Box): Box => [box[0] + left, box[1] + top, box[2], box[3]];
  const { collimation, exposures, ...rest } = plate.truth;
  return {
    picture,
    ...(mask ? { mask } : {}),
    burnedInText: plate.burnedInText.map((text) => ({ ...text, box: moved(text.box) })),
    truth: {
      ...rest,
      ...(exposures ? { exposures: exposures.map(moved) } : {}),
      ...(collimation
        ? {
            collimation: {
              ...collimation,
              corners: collimation.corners.map(([x, y]) => [x + left, y + top] as const),
              box: moved(collimation.box),
            },
          }
        : {}),
      border: { colour, content: [left, top, width, height] },
    },
  };
};
