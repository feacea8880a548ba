/** A radiograph of a patient of the centre as its file: clean, or disturbed and named as archives have them. */
import { Random } from "../numeric/random.ts";
import { disturb } from "./as-they-come/disturb.ts";
import type { Plate } from "./as-they-come/plate.ts";
import { drawRadiograph } from "./draw-radiograph.ts";
import { drawRegionRadiograph } from "./draw-region-radiograph.ts";
import { damagedFile, duplicateFile } from "./extra-files.ts";
import { bodyPartOf } from "./files/body-parts.ts";
import type { PlantedIdentifier } from "./files/identified-elements.ts";
import { drawIdentity } from "./files/identity.ts";
import { type ImageFileOptions, imageFile } from "./files/image-file.ts";
import { drawLook, type StoredLook } from "./files/store-picture.ts";
import type { ExtraFile, PictureTruth } from "./image-truth.ts";
import { implantFor } from "./implants/implant-for.ts";
import { maskBox } from "./mask-box.ts";
import type { PhantomPatient } from "./patient.ts";
import { radiographFile, sopInstanceUidOf } from "./radiograph-file.ts";
import { phantomPerson } from "./records/person.ts";
import type { Region } from "./regions/regions.ts";

/** Which radiograph, and how careless its archive is. */
export interface PatientImageOptions {
  readonly seed: number;
  readonly patient: PhantomPatient;
  readonly examinationIndex: number;
  /** Share of images that are disturbed as archives do, 0 to 1. Default 0. */
  readonly asTheyCome?: number;
  /** Whether headers name the patients. Default no. */
  readonly identifiers?: boolean;
}

/** The file with its mask (1 tumour, 0 none, the file's pixels) and the truth. */
export interface PatientImage {
  readonly file: Uint8Array;
  readonly mask: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly truth: PictureTruth;
  readonly planted: readonly PlantedIdentifier[];
  readonly extras: readonly ExtraFile[];
}

/**
 * Draws the radiograph; equal options give equal bytes, and what is not disturbed is the same as without disturbances.
 * @throws OsteonError `not-found` where the patient has no such examination
 */
export const drawPatientImage = (options: PatientImageOptions): PatientImage => {
  const { seed, patient, examinationIndex, asTheyCome = 0, identifiers = false } = options;
  const radiograph = drawRadiograph(patient, examinationIndex);
  const examination = patient.examinations[examinationIndex]!;
  const { stored, width, height, mask, photometric, bitsStored } = radiograph;
  const random = new Random(patient.seed, "as they come", examinationIndex);
  const disturbed = random.fork("whether").chance(asTheyCome);
  const sopInstanceUid = sopInstanceUidOf(options);
  const stage = examination.stage ?? "pre-therapy";
  const known = {
    patient: patient.id,
    ...(patient.case === undefined ? {} : { case: patient.case }),
    region: patient.region,
    date: examination.date,
    view: examination.view,
    ...(patient.side ? { side: patient.side } : {}),
    stage,
    ...(stage === "postoperative" ? { implant: examination.implant ?? implantFor(patient) } : {}),
    origin: patient.origin,
    entity: patient.entity,
    musculoskeletal: true,
    sopInstanceUid,
  } as const;
  if (!disturbed && !identifiers) {
    return {
      file: radiographFile({ seed, patient, examinationIndex, radiograph }),
      mask,
      width,
      height,
      planted: [],
      extras: [],
      truth: {
        ...known,
        box: radiograph.box,
        object: "CR",
        photometric,
        bitsStored: bitsStored as StoredLook["bitsStored"],
        voi: "window",
        shutter: false,
        width,
        height,
        burnedInText: [],
      },
    };
  }
  const top = 2 ** bitsStored - 1;
  const values = Float32Array.from(stored, (value) => (photometric === "MONOCHROME1" ? top - value : value) / top);
  let plate: Plate = { picture: { width, height, values }, mask, burnedInText: [], truth: {} };
  let look: StoredLook = { photometric, bitsStored: bitsStored as StoredLook["bitsStored"], voi: "none" };
  const person = phantomPerson(seed, patient);
  const identity = drawIdentity(person, { seed, patient: patient.id, study: String(examination.study) });
  let kind: "CR" | "SC" = "CR";
  if (disturbed) {
    plate = disturb(plate, {
      random: random.fork("disturb"),
      identity: {
        ...person,
        patientId: patient.id,
        date: examination.date,
        institution: identity.institution,
        sex: patient.sex,
      },
      second: () =>
        drawRegionRadiograph({
          region: patient.region as Region,
          seed: patient.seed,
          ageYears: patient.ageYears,
          sex: patient.sex,
          ...(patient.side ? { side: patient.side } : {}),
          origin: patient.origin,
        }).picture,
    }).plate;
    look = drawLook(random.fork("look"), patient.origin === "external");
    if (plate.truth.film || plate.truth.scanned) {
      kind = "SC";
      look = { ...look, bitsStored: 8, voi: "none" };
    }
  }
  const fileOptions: ImageFileOptions = {
    seed,
    kind,
    name: `${patient.id} ${examinationIndex}`,
    sopInstanceUid,
    patientId: patient.id,
    study: examination.study,
    instance: examinationIndex + 1,
    sex: patient.sex,
    ageYears: patient.ageYears,
    date: examination.date,
    bodyPart: bodyPartOf[patient.region as Region],
    view: { AP: "AP", lateral: "LL", oblique: "LAO" }[examination.view],
    ...(patient.side ? { side: patient.side } : {}),
    origin: patient.origin,
    pixelSpacingMm: radiograph.pixelSpacingMm,
    picture: plate.picture,
    look,
    truth: plate.truth,
    burnedIn: plate.burnedInText.length > 0,
    ...(identifiers ? { identity } : {}),
    random: random.fork("file"),
  };
  const made = imageFile(fileOptions);
  const truth: PictureTruth = {
    ...known,
    box: maskBox(plate.mask!, plate.picture.width),
    object: kind,
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
    const patientId = `D${patient.id.slice(1)}`;
    extras.push(duplicateFile(written, { patientId, random: more.fork("duplicate") }));
  }
  if (disturbed && more.chance(0.04)) extras.push(damagedFile(written, more.fork("damage")));
  return {
    file: made.file,
    mask: plate.mask!,
    width: plate.picture.width,
    height: plate.picture.height,
    truth,
    planted: made.planted,
    extras,
  };
};
