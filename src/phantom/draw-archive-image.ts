/** Image i of an archive: one of the 28 regions by the published shares, or something that shows no bone to be judged. */
import { Random } from "../numeric/random.ts";
import { disturb } from "./as-they-come/disturb.ts";
import type { Plate } from "./as-they-come/plate.ts";
import { drawRegionRadiograph } from "./draw-region-radiograph.ts";
import { damagedFile, duplicateFile } from "./extra-files.ts";
import { bodyPartOf } from "./files/body-parts.ts";
import type { PlantedIdentifier } from "./files/identified-elements.ts";
import { drawIdentity, drawStranger } from "./files/identity.ts";
import { type ImageFileOptions, imageFile, type ObjectKind } from "./files/image-file.ts";
import { drawLook, type StoredLook } from "./files/store-picture.ts";
import type { ExtraFile, PictureTruth } from "./image-truth.ts";
import { drawOtherImage } from "./non-musculoskeletal/draw-other-image.ts";
import type { OtherKind } from "./non-musculoskeletal/other-image.ts";
import { publishedNonMusculoskeletalShare, regions } from "./regions/regions.ts";

/** Which image, and how careless its archive is. */
export interface ArchiveImageOptions {
  readonly seed: number;
  readonly index: number;
  /** Share of images that are disturbed as archives do, 0 to 1. */
  readonly asTheyCome: number;
  /** Whether headers name the patients. */
  readonly identifiers: boolean;
}

/** A drawn image as its file, with the truth and what comes with it. */
export interface ArchiveImage {
  readonly file: Uint8Array;
  readonly truth: PictureTruth;
  readonly planted: readonly PlantedIdentifier[];
  readonly extras: readonly ExtraFile[];
}

const objects: Readonly<Record<OtherKind, ObjectKind>> = {
  "barium study": "RF",
  mammography: "MG",
  angiography: "XA",
  "dental panoramic": "PX",
  "CT localizer": "CT",
  "dose table": "SC",
  "text page": "SC",
  "quality plate": "CR",
  screenshot: "SC",
  "clinical photograph": "SC",
  ultrasound: "US",
};

/** What the standard lets an object of the kind store. */
const usualLook = (object: ObjectKind, kind: OtherKind | undefined, random: Random): StoredLook => {
  switch (object) {
    case "CR":
      return {
        photometric: random.chance(0.12) ? "MONOCHROME1" : "MONOCHROME2",
        bitsStored: random.pick([12, 16] as const, [3, 1]),
        voi: random.chance(0.5) ? "window" : "none",
      };
    case "MG":
    case "PX":
      return { photometric: "MONOCHROME2", bitsStored: 12, voi: "window" };
    case "CT":
      return { photometric: "MONOCHROME2", bitsStored: 12, voi: "window" };
    case "XA":
    case "RF":
      return { photometric: "MONOCHROME2", bitsStored: random.pick([8, 10, 12] as const), voi: "none" };
    case "US":
      return { photometric: "MONOCHROME2", bitsStored: 8, voi: "none" };
    case "SC": {
      const colour = (kind === "screenshot" || kind === "clinical photograph") && random.chance(0.6);
      return { photometric: colour ? "RGB" : "MONOCHROME2", bitsStored: 8, voi: "none" };
    }
  }
};

const views = { AP: "AP", lateral: "LL", oblique: "LAO", axial: "" } as const;

/** The number of the patient whose image it is: two images each. */
export const archivePatientId = (index: number): string => `A${String(Math.floor(index / 2) + 1).padStart(5, "0")}`;

/**
 * Draws the image; equal options give equal bytes.
 * @example
 * drawArchiveImage({ seed: 41, index: 0, asTheyCome: 0.2, identifiers: false }).truth.region;
 */
export const drawArchiveImage = (options: ArchiveImageOptions): ArchiveImage => {
  const { seed, index, asTheyCome, identifiers } = options;
  const patientId = archivePatientId(index);
  const person = new Random(seed, "archive", "patient", patientId);
  const sex = person.chance(0.5) ? "F" : "M";
  const ageYears = person.chance(0.25) ? 3 + person.integer(15) : 18 + person.integer(70);
  const date = new Date(Date.UTC(2002, 0, 1) + person.integer(7000) * 86_400_000).toISOString().slice(0, 10);
  const origin = person.chance(0.15) ? "external" : "internal";
  const who = drawStranger(person, { sex, ageYears, date });
  const random = new Random(seed, "archive", "image", index);
  const musculoskeletal = !random.chance(publishedNonMusculoskeletalShare);
  const drawingSeed = random.uint32();
  const region = random.pick(
    regions.map((facts) => facts.region),
    regions.map((facts) => facts.publishedImages),
  );
  const operated = random.chance(0.1);
  const draw = (turn: number) =>
    drawRegionRadiograph({ region, seed: drawingSeed + turn, ageYears, sex, origin, operated: operated && turn === 0 });
  const drawn = musculoskeletal ? draw(0) : undefined;
  const other = musculoskeletal ? undefined : drawOtherImage(drawingSeed);
  const identity = drawIdentity(who, { seed, patient: patientId, study: "1" });
  let plate: Plate = {
    picture: drawn?.picture ?? other!.picture,
    burnedInText: other?.burnedInText ?? [],
    truth: {},
  };
  const object: ObjectKind = other ? objects[other.kind] : "CR";
  let kind = object;
  let look = usualLook(object, other?.kind, random.fork("look"));
  const disturbed = object === "CR" && random.fork("whether").chance(asTheyCome);
  if (disturbed) {
    const done = disturb(plate, {
      random: random.fork("disturb"),
      identity: { ...who, patientId, date, institution: identity.institution, sex },
      second: () => draw(1).picture,
    });
    plate = done.plate;
    look = drawLook(random.fork("look again"), origin === "external");
    if (plate.truth.film || plate.truth.scanned) {
      kind = "SC";
      look = { ...look, bitsStored: 8, voi: "none" };
    }
  }
  const view = drawn ? views[drawn.view] : "";
  const spacing = drawn?.pixelSpacingMm ?? other?.pixelSpacingMm;
  const fileOptions: ImageFileOptions = {
    seed,
    kind,
    name: `archive ${index}`,
    patientId,
    study: 1,
    instance: (index % 2) + 1,
    sex,
    ageYears,
    date,
    bodyPart: drawn ? bodyPartOf[region] : "",
    view,
    ...(drawn?.side ? { side: drawn.side } : {}),
    origin,
    ...(spacing !== undefined ? { pixelSpacingMm: spacing } : {}),
    picture: plate.picture,
    look,
    truth: plate.truth,
    burnedIn: plate.burnedInText.length > 0,
    ...(identifiers ? { identity } : {}),
    random: random.fork("file"),
  };
  const made = imageFile(fileOptions);
  const truth: PictureTruth = {
    patient: patientId,
    ...(drawn ? { region, view: drawn.view } : {}),
    date,
    ...(drawn?.side ? { side: drawn.side } : {}),
    ...(drawn?.implant ? { stage: "postoperative", implant: drawn.implant } : {}),
    origin,
    musculoskeletal,
    ...(other ? { kind: other.kind } : {}),
    object: kind,
    sopInstanceUid: made.sopInstanceUid,
    ...look,
    shutter: made.shutter,
    width: plate.picture.width,
    height: plate.picture.height,
    ...plate.truth,
    burnedInText: plate.burnedInText,
  };
  const extras: ExtraFile[] = [];
  const written = { options: fileOptions, file: made.file, truth };
  const more = random.fork("extras");
  if (disturbed && more.chance(0.12)) {
    extras.push(duplicateFile(written, { patientId: patientId.replace("A", "B"), random: more.fork("duplicate") }));
  }
  if (disturbed && more.chance(0.04)) extras.push(damagedFile(written, more.fork("damage")));
  return { file: made.file, truth, planted: made.planted, extras };
};
