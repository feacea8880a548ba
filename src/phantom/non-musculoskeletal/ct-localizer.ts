/** The scout view of a CT scan: trunk or head with the lines of the planned slices. */
import type { Random } from "../../numeric/random.ts";
import { blur } from "../blur.ts";
import { drawRegionRadiograph } from "../draw-region-radiograph.ts";
import { fillBox, resizePicture } from "../paint.ts";
import type { Picture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";
import { writeLines } from "./write-lines.ts";

/** Draws one scout view. */
export const ctLocalizer = (random: Random): OtherImage => {
  const region = random.pick(["Thorax", "Abdomen", "Skull", "Spine"] as const, [3, 3, 2, 1]);
  const drawn = drawRegionRadiograph({
    region,
    view: random.chance(region === "Abdomen" ? 1 : 0.6) ? "AP" : "lateral",
    seed: random.uint32(),
    ageYears: 20 + random.integer(60),
    sex: random.chance(0.5) ? "F" : "M",
  });
  const size = 320;
  const shown = resizePicture(drawn.picture, size, Math.round((size * drawn.picture.height) / drawn.picture.width));
  const values = blur(shown, 1.3, 0.6).map((value) => 0.08 + 0.8 * value);
  const picture: Picture = { width: shown.width, height: shown.height, values };
  const first = random.uniform(0.12, 0.3) * picture.height;
  const gap = random.uniform(5, 14);
  const count = 10 + random.integer(24);
  const [left, wide] = [0.12 * size, 0.76 * size];
  for (let k = 0; k < count && first + k * gap < 0.95 * picture.height; k++) {
    fillBox(picture, [left, first + k * gap, wide, 1], 0.95);
  }
  const burnedInText = writeLines(
    picture,
    [
      { text: "Topogramm 512", x: 8, y: 10 },
      { text: `kV ${random.pick([100, 120, 130])}  mA ${30 + random.integer(30)}`, x: 8, y: picture.height - 22 },
    ],
    { height: 9, lettering: "plotter", ink: 1 },
  );
  return { kind: "CT localizer", picture, burnedInText, pixelSpacingMm: drawn.pixelSpacingMm };
};
