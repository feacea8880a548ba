/** Two exposures side by side on one plate, as with film cassettes: the second of the same region, from another side. */
import type { Random } from "../../numeric/random.ts";
import { pastePicture, resizePicture } from "../paint.ts";
import { type Picture, plainPicture } from "../picture.ts";
import type { Plate } from "./plate.ts";

/** Puts a second picture beside the first, with a strip between them that lead kept unexposed. */
export const sharePlate = (plate: Plate, second: Picture, random: Random): Plate => {
  const first = plate.picture;
  const width = Math.round((second.width * first.height) / second.height);
  const other = resizePicture(second, Math.max(40, Math.min(width, Math.round(1.4 * first.width))), first.height);
  const gap = Math.round(first.width * random.uniform(0.025, 0.06));
  const margin = Math.round(first.width * random.uniform(0.015, 0.04));
  const grey = random.chance(0.6) ? 0.985 : 0.003;
  const firstLeft = random.chance(0.5);
  const total = first.width + other.width + gap + 2 * margin;
  const picture = plainPicture(total, first.height + 2 * margin, grey);
  const firstX = margin + (firstLeft ? 0 : other.width + gap);
  const otherX = margin + (firstLeft ? first.width + gap : 0);
  pastePicture(picture, first, [firstX, margin]);
  pastePicture(picture, other, [otherX, margin]);
  let mask: Uint8Array | undefined;
  if (plate.mask) {
    mask = new Uint8Array(picture.values.length);
    for (let y = 0; y < first.height; y++) {
      const row = plate.mask.subarray(y * first.width, (y + 1) * first.width);
      mask.set(row, (y + margin) * total + firstX);
    }
  }
  const { collimation, ...rest } = plate.truth;
  return {
    picture,
    ...(mask ? { mask } : {}),
    burnedInText: plate.burnedInText.map((text) => ({
      ...text,
      box: [text.box[0] + firstX, text.box[1] + margin, text.box[2], text.box[3]],
    })),
    truth: {
      ...rest,
      ...(collimation
        ? {
            collimation: {
              ...collimation,
              corners: collimation.corners.map(([x, y]) => [x + firstX, y + margin] as const),
              box: [
                collimation.box[0] + firstX,
                collimation.box[1] + margin,
                collimation.box[2],
                collimation.box[3],
              ] as const,
            },
          }
        : {}),
      exposures: [
        [firstX, margin, first.width, first.height],
        [otherX, margin, other.width, other.height],
      ],
    },
  };
};
