/** Files that archives have besides: the same picture at another size under another patient, and files that broke. */
import type { Random } from "../numeric/random.ts";
import { type ImageFileOptions, imageFile } from "./files/image-file.ts";
import type { StoredLook } from "./files/store-picture.ts";
import type { Damage, ExtraFile, PictureTruth } from "./image-truth.ts";
import { resizePicture } from "./paint.ts";

/** The main picture as it was written. */
export interface WrittenPicture {
  readonly options: ImageFileOptions;
  readonly file: Uint8Array;
  readonly truth: PictureTruth;
}

/** A copy at another size, re-encoded, of a patient with another number. */
export const duplicateFile = (
  written: WrittenPicture,
  of: { readonly patientId: string; readonly random: Random },
): ExtraFile => {
  const { options, truth } = written;
  const { patientId, random } = of;
  const factor = random.uniform(0.4, 0.92);
  const scaled = (value: number): number => Math.max(1, Math.round(value * factor));
  const picture = resizePicture(options.picture, scaled(options.picture.width), scaled(options.picture.height));
  const look: StoredLook = {
    photometric: random.chance(0.25) ? "MONOCHROME1" : "MONOCHROME2",
    bitsStored: random.chance(0.7) ? 8 : 12,
    voi: random.chance(0.5) ? "none" : "window",
  };
  const box = (one: readonly number[]): readonly [number, number, number, number] =>
    one.map((value) => Math.round(value * factor)) as unknown as readonly [number, number, number, number];
  const points = (corners: readonly (readonly [number, number])[]) =>
    corners.map(([x, y]) => [x * factor, y * factor] as const);
  const moved = {
    ...(truth.border ? { border: { ...truth.border, content: box(truth.border.content) } } : {}),
    ...(truth.exposures ? { exposures: truth.exposures.map(box) } : {}),
    ...(truth.collimation
      ? {
          collimation: {
            ...truth.collimation,
            corners: points(truth.collimation.corners),
            box: box(truth.collimation.box),
          },
        }
      : {}),
    ...(truth.film ? { film: { corners: points(truth.film.corners) } } : {}),
  };
  const { collimation: _, ...withoutBlades } = truth;
  const { identity: __, sopInstanceUid: ___, ...rest } = options;
  const made = imageFile({
    ...rest,
    kind: "SC",
    name: `${options.name} again`,
    patientId,
    picture,
    look,
    truth: {},
    random: random.fork("file"),
    ...(options.identity ? { identity: options.identity } : {}),
  });
  return {
    role: "duplicate",
    file: made.file,
    planted: made.planted,
    truth: {
      ...withoutBlades,
      ...moved,
      patient: patientId,
      object: "SC",
      ...look,
      shutter: false,
      sopInstanceUid: made.sopInstanceUid,
      width: picture.width,
      height: picture.height,
      ...(truth.box ? { box: box(truth.box) } : {}),
      burnedInText: truth.burnedInText.map((text) => ({ ...text, box: box(text.box) })),
    },
  };
};

const damages: readonly Damage[] = ["truncated", "empty", "no DICOM", "damaged header"];

/** A copy of the file that broke on its way. */
export const damagedFile = ({ file, truth }: WrittenPicture, random: Random): ExtraFile => {
  const damage = random.pick(damages, [4, 1, 1, 2]);
  const broken = (): Uint8Array => {
    if (damage === "empty") return new Uint8Array(0);
    if (damage === "truncated") return file.slice(0, Math.round(file.length * random.uniform(0.05, 0.95)));
    if (damage === "no DICOM") return new TextEncoder().encode("<html><body>503 Service Unavailable</body></html>\n");
    const copy = file.slice();
    for (let i = 132; i < 360; i++) if (random.chance(0.4)) copy[i] = random.integer(256);
    return copy;
  };
  return { role: "damaged", file: broken(), truth: { ...truth, damage, burnedInText: [] }, planted: [] };
};
