/** Draws a radiograph of any of the 28 regions of SAM-X, without a tumour: the rest of an archive. */
import { entities } from "../clinic/entities.ts";
import { sites } from "../clinic/sites.ts";
import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import type { Skeleton } from "./anatomy/skeleton.ts";
import { bodyScale } from "./body-scale.ts";
import { cameraRotation } from "./camera-rotation.ts";
import { collimate } from "./collimate.ts";
import { projectEnlarged } from "./enlarge.ts";
import { type Exposure, expose } from "./expose.ts";
import { add, cross, dot, unit, type Vector } from "./geometry/vector.ts";
import { implantFor } from "./implants/implant-for.ts";
import { type Operated, operate } from "./implants/operate.ts";
import { drawMarker } from "./marker.ts";
import { Noise } from "./noise.ts";
import type { Implant } from "./patient.ts";
import type { Picture } from "./picture.ts";
import { places } from "./places.ts";
import type { Camera, Tumour } from "./project.ts";
import type { Region } from "./regions/regions.ts";
import { type RegionView, type Shot, shots } from "./regions/shots.ts";

/** Which radiograph. */
export interface RegionRadiographOptions {
  readonly region: Region;
  /** By the usual shares of the region where absent. */
  readonly view?: RegionView;
  readonly seed: number;
  readonly ageYears: number;
  readonly sex: "F" | "M";
  /** Drawn where absent and the region has a side. */
  readonly side?: "left" | "right";
  /** External pictures have another detector's contrast, grain and sharpness. Default `internal`. */
  readonly origin?: "internal" | "external";
  /** Draws the bone in the middle of the picture after an operation of a tumour, where the region has such a bone. */
  readonly operated?: boolean;
}

/** A drawn radiograph. */
export interface RegionRadiograph {
  readonly picture: Picture;
  readonly view: RegionView;
  readonly side?: "left" | "right";
  readonly pixelSpacingMm: number;
  /** What the operation left, if there was one. */
  readonly implant?: Implant;
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

const pickShot = (options: RegionRadiographOptions, random: Random): Shot => {
  const { region, view } = options;
  const candidates = shots[region]?.filter((shot) => view === undefined || shot.view === view) ?? [];
  if (candidates.length === 0) {
    throw new OsteonError(
      "bad-usage",
      view
        ? `No radiograph of the region "${region}" is usual in the ${view} view.`
        : `No region "${region}" is known.`,
      { region },
    );
  }
  return random.pick(
    candidates,
    candidates.map(({ weight }) => weight),
  );
};

const exposureFor = (
  shot: Shot,
  of: { readonly camera: Camera; readonly scale: number; readonly external: boolean; readonly random: Random },
): Exposure => {
  const { camera, scale, external, random } = of;
  const lung = shot.kind === "lung";
  const evened = shot.kind === "evened";
  return {
    width: camera.width,
    height: camera.height,
    pixelSpacingMm: camera.pixel * scale,
    scale,
    photons: external ? random.uniform(300, 900) : random.uniform(700, 2400),
    focusMm: external ? random.uniform(0.4, 0.75) : random.uniform(0.25, 0.5),
    flatten: evened
      ? random.uniform(0.74, 0.86)
      : lung
        ? random.uniform(0.15, 0.35)
        : external
          ? random.uniform(0.15, 0.45)
          : random.uniform(0.4, 0.7),
    sharpen: external ? 0 : random.uniform(0.3, 0.9),
    contrast: external ? random.uniform(4.5, 6.5) : random.uniform(3.8, 5.2),
    brightness: lung ? random.uniform(0, 0.1) : random.uniform(-0.06, 0.08),
  };
};

/** Operates on the place that lies nearest to the middle of the picture; nothing where none lies in it. */
const operateOn = (
  skeleton: Skeleton,
  at: { readonly camera: Camera; readonly noise: Noise; readonly random: Random },
): (Operated & { readonly implant: Implant }) | undefined => {
  const { camera, noise, random } = at;
  const reach = 0.42 * Math.min(camera.width, camera.height) * camera.pixel;
  const near = [...skeleton.places].filter(([, place]) => {
    const off = add(place.point, camera.centre, -1);
    const inPicture = Math.hypot(dot(off, camera.rotation[0]), dot(off, camera.rotation[1])) < reach;
    return inPicture && skeleton.bones.some(({ name }) => name === place.bone);
  });
  if (near.length === 0) return undefined;
  const [name, place] = random.pick(near);
  const site = sites.map((facts) => facts.site).find((one) => places[one].some((facts) => facts.place === name));
  if (!site) return undefined;
  const { entity } = random.pick(entities);
  const implant = implantFor({ entity, site, place: name, seed: random.uint32() });
  const along = unit(place.towardsJoint);
  const side = unit(cross(Math.abs(along[2]) > 0.9 ? [0, 1, 0] : [0, 0, 1], along));
  const out: Vector = random.chance(0.5) ? side : [-side[0], -side[1], -side[2]];
  const { halfWidth } = place;
  const tumour: Tumour = {
    lesion: { centre: [0, 0, 0], reach: 1, change() {} },
    bone: place.bone,
    origin: place.point,
    rotation: [along, out, cross(along, out)],
  };
  return { ...operate({ skeleton, tumour, halfWidth, implant, stalked: false, random, noise }), implant };
};

/**
 * Draws the radiograph; equal options give equal pixels.
 * @example
 * drawRegionRadiograph({ region: "Thorax", view: "AP", seed: 41, ageYears: 60, sex: "F" }).picture;
 * @throws OsteonError `bad-usage` for a view that the region does not have
 */
export const drawRegionRadiograph = (options: RegionRadiographOptions): RegionRadiograph => {
  const { region, seed, ageYears, sex, origin = "internal" } = options;
  const random = new Random(seed, "region radiograph", region);
  const shot = pickShot(options, random);
  const elderly = clamp((ageYears - 55) / 40, 0, 1);
  const person = random.fork("body");
  const build = {
    cortex: clamp(person.normal(1, 0.1), 0.8, 1.25) * (1 - 0.3 * elderly),
    soft: clamp(person.normal(1, 0.1), 0.82, 1.3),
  };
  const subject = { build, sex, random: random.fork("subject") };
  const isHead = ["Skull", "Paranasal sinuses", "Cervical spine"].includes(region);
  // a child's head is nearly as large as an adult's
  const stature = bodyScale(ageYears, sex) ** (isHead ? 0.35 : 1);
  const scale = stature * clamp(person.normal(1, 0.04), 0.9, 1.1);
  const side = options.side ?? (random.chance(0.5) ? "left" : "right");
  const rotation = cameraRotation({
    turn: shot.turn + clamp(random.normal(0, 0.07), -0.18, 0.18),
    pitch: (shot.pitch ?? 0) + clamp(random.normal(0, 0.04), -0.1, 0.1),
    roll: (shot.roll ?? 0) + clamp(random.normal(0, 0.05), -0.15, 0.15),
    mirrored: shot.paired ? side === "left" : shot.view !== "AP" && random.chance(0.3),
  });
  const [across, down] = shot.field;
  const zoom = random.uniform(0.92, 1.15);
  const longSide = 320 + random.integer(121);
  const pixel = (Math.max(across, down) * zoom) / longSide;
  const middle = typeof shot.centre === "function" ? shot.centre(subject) : shot.centre;
  const shifted: Vector = add(
    add(middle, rotation[0], across * random.uniform(-0.07, 0.07)),
    rotation[1],
    down * random.uniform(-0.06, 0.06),
  );
  const camera: Camera = {
    width: Math.round((across * zoom) / pixel),
    height: Math.round((down * zoom) / pixel),
    pixel,
    centre: shifted,
    rotation,
  };
  const whole = shot.skeleton(subject);
  const noise = new Noise(random.fork("noise"));
  const operation = options.operated
    ? operateOn(whole, { camera, noise, random: random.fork("operation") })
    : undefined;
  const skeleton = operation?.skeleton ?? whole;
  const openPlates = clamp((sex === "F" ? 15.5 : 17) - ageYears + 0.5, 0, 1);
  const filling = operation?.tumour ? { tumour: operation.tumour } : {};
  const lengths = projectEnlarged({ skeleton, camera, noise, openPlates, ...filling });
  const exposure = exposureFor(shot, { camera, scale, external: origin === "external", random });
  const values = expose(lengths, exposure, random.fork("exposure"));
  collimate(values, camera, random.fork("collimator"));
  const picture = { width: camera.width, height: camera.height, values };
  if (random.chance(0.6)) {
    drawMarker(picture, shot.paired && side === "left" ? "L" : "R", {
      x: camera.width * (random.chance(0.5) ? random.uniform(0.05, 0.1) : random.uniform(0.83, 0.88)),
      y: camera.height * random.uniform(0.05, 0.8),
      height: Math.max(10, 9 / exposure.pixelSpacingMm),
      angle: random.normal(0, 0.1),
    });
  }
  return {
    picture,
    view: shot.view,
    ...(shot.paired ? { side } : {}),
    ...(operation ? { implant: operation.implant } : {}),
    pixelSpacingMm: exposure.pixelSpacingMm,
  };
};
