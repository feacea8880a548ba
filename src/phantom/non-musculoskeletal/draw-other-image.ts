/** Any non-musculoskeletal image of an archive, by kind or by how often the kinds come. */
import { Random } from "../../numeric/random.ts";
import { angiography } from "./angiography.ts";
import { bariumStudy } from "./barium-study.ts";
import { ctLocalizer } from "./ct-localizer.ts";
import { dentalPanoramic } from "./dental-panoramic.ts";
import { mammography } from "./mammography.ts";
import type { OtherImage, OtherKind } from "./other-image.ts";
import { doseTable, textPage } from "./pages.ts";
import { clinicalPhotograph, ultrasound } from "./photographs.ts";
import { qualityPlate } from "./quality-plate.ts";
import { screenshot } from "./screenshot.ts";

const generators: Readonly<
  Record<OtherKind, { readonly weight: number; readonly draw: (random: Random) => OtherImage }>
> = {
  "barium study": { weight: 3, draw: bariumStudy },
  mammography: { weight: 2, draw: mammography },
  angiography: { weight: 3, draw: angiography },
  "dental panoramic": { weight: 1, draw: dentalPanoramic },
  "CT localizer": { weight: 1.5, draw: ctLocalizer },
  "dose table": { weight: 1, draw: doseTable },
  "text page": { weight: 1, draw: textPage },
  "quality plate": { weight: 1, draw: qualityPlate },
  screenshot: { weight: 1, draw: screenshot },
  "clinical photograph": { weight: 0.7, draw: clinicalPhotograph },
  ultrasound: { weight: 1.5, draw: ultrasound },
};

/** The kinds, in a fixed order. */
export const otherKinds = Object.keys(generators) as OtherKind[];

/** Which kind the image of a seed is, by how often the kinds come. */
export const otherKindOf = (seed: number): OtherKind =>
  new Random(seed, "other image").pick(
    otherKinds,
    otherKinds.map((one) => generators[one].weight),
  );

/**
 * Draws one; equal arguments give equal pixels.
 * @example
 * drawOtherImage(41, "mammography").picture;
 */
export const drawOtherImage = (seed: number, kind: OtherKind = otherKindOf(seed)): OtherImage =>
  generators[kind].draw(new Random(seed, "other image", kind));
