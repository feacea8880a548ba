/** Pictures that are read without fault and are no radiographs: by what the file says of itself, and by what they show. */

import type { GreyImage } from "../../imaging/grey-image.ts";
import { assessPlausibility, type ImplausibleCode } from "../../imaging/plausibility.ts";
import type { QuarantineReason } from "./read-radiograph.ts";

/**
 * Modalities of projection radiography (PS3.3 C.7.3.1.1.1), and two that say nothing: OT (other) and SC (secondary capture),
 * under which digitised films come. Mammography is projection radiography too, but of no bone.
 */
const radiography: ReadonlySet<string> = new Set("CR DX RG RF XA PX IO OT SC".split(" "));

/** The other modalities that a picture archive holds, as they are said. */
const otherModalities: Readonly<Record<string, string>> = {
  BI: "biomagnetic imaging",
  BMD: "bone densitometry by ultrasound",
  CT: "computed tomography",
  DG: "diaphanography",
  ES: "endoscopy",
  GM: "general microscopy",
  IVOCT: "intravascular optical coherence tomography",
  IVUS: "intravascular ultrasound",
  LS: "a laser surface scan",
  MG: "mammography",
  MR: "magnetic resonance",
  NM: "nuclear medicine",
  OCT: "optical coherence tomography",
  OP: "ophthalmic photography",
  OPT: "ophthalmic tomography",
  PT: "positron emission tomography",
  RTDOSE: "a radiotherapy dose",
  RTIMAGE: "a radiotherapy image",
  SEG: "a segmentation",
  SM: "slide microscopy",
  TG: "thermography",
  US: "ultrasound",
  XC: "a photograph",
};

const notARadiograph = (detail: string): QuarantineReason => ({ code: "not-a-radiograph", detail });

/**
 * Why a file of this modality is no radiograph, or null where it can be one, as without a modality.
 *
 * @param modality the DICOM attribute (0008,0060)
 * @example
 * modalityProblem("CT"); // { code: "not-a-radiograph", detail: "The file is no radiograph but computed tomography (CT)." }
 */
export const modalityProblem = (modality: string | undefined): QuarantineReason | null => {
  const code = modality?.trim().toUpperCase() ?? "";
  if (code === "" || radiography.has(code)) return null;
  // Only terms of the standard are repeated: whatever else stands there could be about the patient.
  const name = Object.hasOwn(otherModalities, code) ? otherModalities[code] : undefined;
  return notARadiograph(
    name === undefined
      ? "The file is no radiograph: it says that it is of another modality."
      : `The file is no radiograph but ${name} (${code}).`,
  );
};

/** Of what a picture shows, an import judges what no radiograph can look like; the rest is told when it is linked. */
const certainlyNone: ReadonlySet<ImplausibleCode> = new Set(["colour-photograph", "blank", "document"]);

/**
 * Why a picture is certainly no radiograph - a colour photograph, a blank, a page of text - or null where it may be one.
 *
 * @param colourfulness mean chroma in [0, 1] of the picture before it became grey
 */
export const pictureProblem = (picture: GreyImage, colourfulness: number): QuarantineReason | null => {
  const verdict = assessPlausibility(picture, colourfulness);
  if (verdict.plausible || !certainlyNone.has(verdict.reason.code)) return null;
  return notARadiograph(verdict.reason.detail);
};
