/** Draws one radiograph of a phantom patient: skeleton, tumour, camera, exposure, and what a detector stores. */
import type { Site } from "../clinic/sites.ts";
import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import { skeletonFor } from "./anatomy/index.ts";
import type { Bone, Place, Skeleton } from "./anatomy/skeleton.ts";
import { bodyScale } from "./body-scale.ts";
import { cameraRotation } from "./camera-rotation.ts";
import { collimate } from "./collimate.ts";
import { projectEnlarged } from "./enlarge.ts";
import { type Exposure, expose } from "./expose.ts";
import { add, cross, type Rotation, unit, type Vector } from "./geometry/vector.ts";
import { implantFor } from "./implants/implant-for.ts";
import { operate } from "./implants/operate.ts";
import { lesionOf } from "./lesions/index.ts";
import type { LesionSite } from "./lesions/lesion.ts";
import { drawMarker } from "./marker.ts";
import { maskBox } from "./mask-box.ts";
import { Noise } from "./noise.ts";
import type { PhantomPatient, View } from "./patient.ts";
import type { Camera, Tumour } from "./project.ts";

/** A radiograph as a detector stores it, with the truth about its tumour. */
export interface PhantomRadiograph {
  /** Row-major stored values, `bitsStored` bits each. */
  readonly stored: Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly bitsStored: number;
  readonly photometric: "MONOCHROME1" | "MONOCHROME2";
  /** 1 where a ray passes through tumour, else 0; same size as the picture. */
  readonly mask: Uint8Array;
  /** The smallest box around the mask: left, top, width, height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly pixelSpacingMm: number;
}

/** What may be left out, to see what it adds. */
export interface DrawOptions {
  /** Draws the same anatomy without the tumour; the mask stays the tumour's. */
  readonly withoutLesion?: boolean;
}

/** Size of the field on an adult in mm, across and down, by region. */
const fields: Readonly<Record<string, readonly [number, number]>> = {
  Ankle: [150, 190],
  Clavicula: [200, 160],
  Elbow: [140, 180],
  Femur: [170, 320],
  Finger: [80, 110],
  Foot: [125, 235],
  Forearm: [120, 250],
  Hand: [135, 190],
  Hip: [220, 260],
  Humerus: [150, 270],
  Knee: [175, 230],
  "Lower leg": [150, 310],
  "Lumbar spine": [200, 250],
  Patella: [160, 190],
  Pelvis: [300, 250],
  Sacrum: [240, 220],
  Shoulder: [200, 220],
  Wrist: [115, 160],
};

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

const kindOf = (site: Site, place: string): LesionSite["kind"] => {
  if (place === "calcaneus" || place === "patella") return "flat";
  if (site === "hand" || site === "foot") return "small";
  return ["ilium", "ischium", "pubis", "scapula", "sacrum", "spine"].includes(site) ? "flat" : "long";
};

const distanceTo = (bone: Bone, p: Vector): number =>
  Math.min(...bone.pieces.map((piece) => piece.shape.distance(p[0], p[1], p[2])));

/** Puts the patient's tumour on the skeleton; the same for every radiograph of the patient. */
const placeTumour = (patient: PhantomPatient, skeleton: Skeleton, noise: Noise): Tumour => {
  const place: Place | undefined = skeleton.places.get(patient.place);
  const bone = skeleton.bones.find((candidate) => candidate.name === place?.bone);
  if (!place || !bone) {
    throw new OsteonError("bad-input", `The skeleton has no place named "${patient.place}".`, { place: patient.place });
  }
  const random = new Random(patient.seed, "lesion");
  const along = unit(place.towardsJoint);
  // mostly to the side, where a frontal picture shows the outline
  const side = unit(cross(Math.abs(along[2]) > 0.9 ? [0, 1, 0] : [0, 0, 1], along));
  const front = cross(along, side);
  const angle = (random.chance(0.5) ? 0 : Math.PI) + clamp(random.normal(0, 0.5), -1.1, 1.1);
  const out = unit(add(add([0, 0, 0], side, Math.cos(angle)), front, Math.sin(angle)));
  let toSurface = 0;
  for (let i = 0; i < 60 && toSurface < 90; i++) {
    const d = distanceTo(bone, add(place.point, out, toSurface));
    if (d > -0.05) break;
    toSurface += Math.max(0.2, -0.7 * d);
  }
  const lesion = lesionOf(patient.entity, {
    random,
    noise,
    halfWidth: place.halfWidth,
    toEnd: place.toEnd,
    toSurface,
    kind: kindOf(patient.site, patient.place),
  });
  const shift = place.halfWidth > 9 ? random.uniform(-6, 6) : random.uniform(-2, 2);
  return {
    lesion,
    bone: place.bone,
    origin: add(place.point, along, patient.entity === "Giant cell tumour" ? 0 : shift),
    rotation: [along, out, cross(along, out)],
  };
};

const viewAngle: Readonly<Record<View, number>> = { AP: 0, lateral: Math.PI / 2, oblique: 0.7 };

const rotationOf = (patient: PhantomPatient, view: View, random: Random): Rotation => {
  const turn = viewAngle[view] + clamp(random.normal(0, 0.09), -0.2, 0.2);
  const upsideDown = ["Hand", "Finger", "Wrist", "Foot"].includes(patient.region) ? Math.PI : 0;
  const roll = upsideDown + clamp(random.normal(0, 0.07), -0.2, 0.2);
  const pitch = clamp(random.normal(0, 0.04), -0.1, 0.1);
  return cameraRotation({ turn, pitch, roll, mirrored: patient.side === "left" });
};

const drawExposure = (
  patient: PhantomPatient,
  camera: Camera,
  options: { scale: number; random: Random },
): Exposure => {
  const { scale, random } = options;
  const external = patient.origin === "external";
  return {
    width: camera.width,
    height: camera.height,
    pixelSpacingMm: camera.pixel * scale,
    scale,
    photons: external ? random.uniform(300, 900) : random.uniform(600, 2200),
    focusMm: external ? random.uniform(0.4, 0.75) : random.uniform(0.25, 0.5),
    flatten: external ? random.uniform(0.15, 0.45) : random.uniform(0.4, 0.7),
    sharpen: external ? 0 : random.uniform(0.3, 0.9),
    contrast: external ? random.uniform(4.5, 6.5) : random.uniform(3.8, 5.2),
    brightness: random.uniform(-0.06, 0.08),
  };
};

/**
 * Draws a radiograph; equal arguments give equal pixels.
 * @example
 * const [patient] = phantomPatients({ patients: 1, seed: 41 });
 * drawRadiograph(patient, 0).box; // where the tumour is
 * @throws OsteonError `not-found` where the patient has no such examination
 */
export const drawRadiograph = (
  patient: PhantomPatient,
  examinationIndex: number,
  options: DrawOptions = {},
): PhantomRadiograph => {
  const examination = patient.examinations[examinationIndex];
  if (!examination) {
    throw new OsteonError(
      "not-found",
      `The patient has ${patient.examinations.length} radiographs, there is none with index ${examinationIndex}.`,
      { index: examinationIndex },
    );
  }
  const person = new Random(patient.seed, "body");
  const noise = new Noise(new Random(patient.seed, "noise"));
  const elderly = clamp((patient.ageYears - 55) / 40, 0, 1);
  const build = {
    cortex: clamp(person.normal(1, 0.1), 0.8, 1.25) * (1 - 0.3 * elderly),
    soft: clamp(person.normal(1, 0.09), 0.85, 1.25),
  };
  const scale = bodyScale(patient.ageYears, patient.sex) * clamp(person.normal(1, 0.04), 0.9, 1.1);
  const skeleton = skeletonFor(patient.site, build, examination.view);
  const tumour = placeTumour(patient, skeleton, noise);

  const operated =
    examination.stage === "postoperative"
      ? operate({
          skeleton,
          tumour,
          halfWidth: skeleton.places.get(patient.place)?.halfWidth ?? 10,
          implant: examination.implant ?? implantFor(patient),
          stalked: patient.entity === "Osteochondroma",
          random: new Random(patient.seed, "operation"),
          noise,
        })
      : { skeleton, tumour };

  const random = new Random(patient.seed, "examination", examinationIndex);
  const [across, down] = fields[patient.region] ?? [200, 230];
  const zoom = random.uniform(0.92, 1.18);
  const longSide = 400 + random.integer(181);
  const pixel = (Math.max(across, down) * zoom) / longSide;
  const rotation = rotationOf(patient, examination.view, random);
  const [along, out, around] = tumour.rotation;
  const [ca, co, ct] = tumour.lesion.centre;
  const centre = add(add(add(tumour.origin, along, ca), out, co), around, ct);
  const shifted = add(
    add(centre, rotation[0], across * random.uniform(-0.12, 0.12)),
    rotation[1],
    down * random.uniform(-0.16, 0.16),
  );
  const camera: Camera = {
    width: Math.round((across * zoom) / pixel),
    height: Math.round((down * zoom) / pixel),
    pixel,
    centre: shifted,
    rotation,
  };
  const openPlates = clamp((patient.sex === "F" ? 15.5 : 17) - patient.ageYears + 0.5, 0, 1);
  const scene = { skeleton: operated.skeleton, camera, noise, openPlates };
  const lengths = projectEnlarged({ ...scene, ...(operated.tumour ? { tumour: operated.tumour } : {}) });
  const mask = new Uint8Array(camera.width * camera.height);
  for (let i = 0; i < mask.length; i++) mask[i] = lengths.member[i]! * scale > 0.8 ? 1 : 0;
  const shown = options.withoutLesion ? projectEnlarged(scene) : lengths;
  const exposure = drawExposure(patient, camera, { scale, random });
  const values = expose(shown, exposure, random.fork("exposure"));
  collimate(values, camera, random.fork("collimator"));
  if (patient.side && random.chance(0.65)) {
    drawMarker({ width: camera.width, height: camera.height, values }, patient.side === "left" ? "L" : "R", {
      x: camera.width * (random.chance(0.5) ? random.uniform(0.06, 0.12) : random.uniform(0.82, 0.88)),
      y: camera.height * random.uniform(0.06, 0.85),
      height: 9 / exposure.pixelSpacingMm,
      angle: random.normal(0, 0.1),
    });
  }
  const photometric = random.chance(patient.origin === "external" ? 0.35 : 0.12) ? "MONOCHROME1" : "MONOCHROME2";
  const bitsStored = random.chance(0.75) ? 12 : 16;
  const top = 2 ** bitsStored - 1;
  const [low, high] = [0.01 + 0.03 * random.next(), 0.9 + 0.08 * random.next()];
  const stored = new Uint16Array(values.length);
  for (let i = 0; i < stored.length; i++) {
    const level = low + (high - low) * clamp(values[i]!, 0, 1);
    stored[i] = Math.round(top * (photometric === "MONOCHROME1" ? 1 - level : level));
  }
  return {
    stored,
    width: camera.width,
    height: camera.height,
    bitsStored,
    photometric,
    mask,
    box: maskBox(mask, camera.width),
    pixelSpacingMm: exposure.pixelSpacingMm,
  };
};
