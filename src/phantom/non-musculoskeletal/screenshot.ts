/** A stored screen of a viewer: tool bar, list of series, two radiographs side by side. */
import type { Random } from "../../numeric/random.ts";
import { drawRegionRadiograph } from "../draw-region-radiograph.ts";
import { fillBox, frameBox, pastePicture, resizePicture } from "../paint.ts";
import { plainPicture } from "../picture.ts";
import { regions } from "../regions/regions.ts";
import type { OtherImage } from "./other-image.ts";
import { writeLines } from "./write-lines.ts";

/** Draws one screen. */
export const screenshot = (random: Random): OtherImage => {
  const [width, height] = [460, 345];
  const light = random.chance(0.4);
  const picture = plainPicture(width, height, light ? 0.85 : 0.16);
  const line = light ? 0.55 : 0.4;
  fillBox(picture, [0, 0, width, 16], light ? 0.35 : 0.28);
  for (let k = 0; k < 14; k++) frameBox(picture, [90 + 18 * k, 20, 14, 14], line);
  for (let k = 0; k < 6; k++) {
    fillBox(picture, [6, 44 + 48 * k, 74, 42], light ? 0.7 : 0.08);
    frameBox(picture, [6, 44 + 48 * k, 74, 42], line);
  }
  const one = drawRegionRadiograph({
    region: random.pick(regions).region,
    seed: random.uint32(),
    ageYears: 18 + random.integer(60),
    sex: random.chance(0.5) ? "F" : "M",
  }).picture;
  for (const k of [0, 1]) {
    fillBox(picture, [88 + 186 * k, 42, 180, 292], 0.01);
    const scale = Math.min(172 / one.width, 280 / one.height) * (k === 0 ? 1 : random.uniform(0.5, 0.95));
    const small = resizePicture(one, Math.round(one.width * scale), Math.round(one.height * scale));
    pastePicture(picture, small, [178 + 186 * k - small.width / 2, 188 - small.height / 2]);
    frameBox(picture, [88 + 186 * k, 42, 180, 292], line);
  }
  const burnedInText = writeLines(
    picture,
    [
      { text: random.pick(["Datei  Bearbeiten  Ansicht  Hilfe", "File  Edit  View  Tools  Help"]), x: 6, y: 4 },
      ...Array.from({ length: 6 }, (_, k) => ({ text: `Serie ${k + 1}`, x: 10, y: 76 + 48 * k })),
      { text: `W ${500 + random.integer(3000)} L ${200 + random.integer(1500)}`, x: 94, y: 322 },
    ],
    { height: 7, lettering: "bold", ink: light ? 0.05 : 0.85 },
  );
  return { kind: "screenshot", picture, burnedInText };
};
