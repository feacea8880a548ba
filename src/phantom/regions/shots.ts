/** How each region is taken: which part of the body, from where, how large a field. Millimetres on an adult. */
import type { Random } from "../../numeric/random.ts";
import { arm, freeArm } from "../anatomy/arm.ts";
import { foot } from "../anatomy/foot.ts";
import { hand } from "../anatomy/hand.ts";
import { leg } from "../anatomy/leg.ts";
import { pelvis } from "../anatomy/pelvis.ts";
import type { Build, Skeleton } from "../anatomy/skeleton.ts";
import { head } from "../anatomy/skull.ts";
import { bothLegs, finger, fingerCentre, heel, kneeCapFromBelow } from "../anatomy/special-views.ts";
import { type TrunkOptions, trunk } from "../anatomy/trunk.ts";
import type { Vector } from "../geometry/vector.ts";
import type { Region } from "./regions.ts";

/** A projection; `axial` looks along the bone. */
export type RegionView = "AP" | "lateral" | "oblique" | "axial";

/** Of whom a radiograph is taken. */
export interface Subject {
  readonly build: Build;
  readonly sex: "F" | "M";
  readonly random: Random;
}

/** One usual radiograph of a region. */
export interface Shot {
  readonly view: RegionView;
  /** How often, beside the region's other shots. */
  readonly weight: number;
  readonly skeleton: (subject: Subject) => Skeleton;
  readonly centre: Vector | ((subject: Subject) => Vector);
  /** Across and down. */
  readonly field: readonly [number, number];
  /** Turn about the long axis, nodding, and turn in the picture's plane, radians. */
  readonly turn: number;
  readonly pitch?: number;
  readonly roll?: number;
  /** Whether the body part has a side. */
  readonly paired: boolean;
  /** How the exposure is adapted: for lungs, or by a filter that evens out trunk and ankles; for bone where absent. */
  readonly kind?: "lung" | "evened";
}

type ShotOptions = Partial<Pick<Shot, "turn" | "pitch" | "roll" | "weight" | "kind">> & { readonly single?: boolean };

const shot = (
  view: RegionView,
  skeleton: Shot["skeleton"],
  place: { readonly centre: Shot["centre"]; readonly field: Shot["field"] },
  options: ShotOptions = {},
): Shot => {
  const { single = false, weight = 1, ...rest } = options;
  const turn = { AP: 0, lateral: Math.PI / 2, oblique: 0.7, axial: 0 }[view];
  return { view, skeleton, ...place, weight, turn, paired: !single, ...rest };
};

const onBuild =
  (make: (build: Build) => Skeleton): Shot["skeleton"] =>
  ({ build }) =>
    make(build);

/** Only the bones whose names begin so. */
const only =
  (make: Shot["skeleton"], wanted: (name: string) => boolean): Shot["skeleton"] =>
  (subject) => {
    const whole = make(subject);
    return { ...whole, bones: whole.bones.filter(({ name }) => wanted(name)) };
  };

const body =
  (options: Partial<Omit<TrunkOptions, "build" | "random" | "sex">>): Shot["skeleton"] =>
  ({ build, sex, random }) =>
    trunk({ build, sex, random, ...options });

const curved: Shot["skeleton"] = ({ build, sex, random }) =>
  trunk({
    build,
    sex,
    random,
    arms: false,
    scoliosisMm: random.fork("curve").chance(0.6) ? random.fork("curve").normal(0, 22) : 0,
  });

const chestOnly = body({ pelvis: false });
const withoutArms = body({ arms: false, pelvis: false });
const fromLumbar = (name: string): boolean => !/^(C\d|dens|T[1-8]$|rib [1-8]( |$)|sternum|scapula|clavicle)/.test(name);
const withHead: Shot["skeleton"] = ({ build, random }) => head(build, random);
const upsideDown = { roll: Math.PI };
const someFinger = ({ random }: Subject): number => random.fork("finger").integer(5);

/** The usual radiographs of every region. */
export const shots: Readonly<Record<Region, readonly Shot[]>> = {
  Abdomen: [
    shot(
      "AP",
      only(body({ arms: false, femora: true, bowel: true }), fromLumbar),
      { centre: [0, -150, 0], field: [330, 400] },
      { single: true },
    ),
  ],
  Ankle: [
    shot("AP", onBuild(leg), { centre: [15, 785, 0], field: [120, 165] }),
    shot("lateral", onBuild(heel), { centre: [17, 800, 0], field: [150, 180] }),
  ],
  Calcaneus: [
    shot("lateral", onBuild(heel), { centre: [17, 835, 8], field: [145, 115] }, { weight: 3 }),
    shot("axial", onBuild(heel), { centre: [17, 836, -20], field: [100, 120] }, { pitch: 0.75 }),
  ],
  "Cervical spine": [
    shot("AP", withHead, { centre: [0, -660, 0], field: [150, 200] }, { single: true }),
    shot("lateral", withHead, { centre: [0, -675, 10], field: [170, 220] }, { single: true, weight: 1.4 }),
    shot("oblique", withHead, { centre: [0, -665, 5], field: [160, 200] }, { single: true, weight: 0.4 }),
  ],
  Clavicula: [shot("AP", onBuild(arm), { centre: [75, -40, 0], field: [190, 140] })],
  Elbow: [
    shot("AP", onBuild(freeArm), { centre: [0, 305, 0], field: [130, 170] }),
    shot("lateral", onBuild(freeArm), { centre: [0, 310, 0], field: [130, 170] }),
  ],
  Femur: [
    shot("AP", onBuild(leg), { centre: [16, 220, 0], field: [175, 400] }),
    shot("lateral", onBuild(leg), { centre: [16, 280, 0], field: [160, 360] }, { weight: 0.8 }),
  ],
  Finger: [
    shot(
      "AP",
      (subject) => finger(subject.build, someFinger(subject)),
      {
        centre: (subject) => fingerCentre(subject.build, someFinger(subject)),
        field: [50, 105],
      },
      upsideDown,
    ),
    shot(
      "lateral",
      (subject) => finger(subject.build, someFinger(subject)),
      {
        centre: (subject) => fingerCentre(subject.build, someFinger(subject)),
        field: [50, 105],
      },
      upsideDown,
    ),
  ],
  Foot: [
    shot("AP", onBuild(foot), { centre: [4, 10, 5], field: [120, 250] }, upsideDown),
    shot(
      "oblique",
      onBuild(foot),
      { centre: [4, 10, 5], field: [120, 250] },
      { ...upsideDown, turn: 0.5, weight: 0.8 },
    ),
  ],
  Forearm: [
    shot("AP", onBuild(freeArm), { centre: [0, 435, 0], field: [115, 300] }),
    shot("lateral", onBuild(freeArm), { centre: [0, 435, 0], field: [115, 300] }),
  ],
  Hand: [
    shot("AP", onBuild(hand), { centre: [0, 75, 0], field: [150, 235] }, upsideDown),
    shot(
      "oblique",
      onBuild(hand),
      { centre: [0, 75, 0], field: [150, 235] },
      { ...upsideDown, turn: 0.6, weight: 0.7 },
    ),
  ],
  Hip: [
    shot("AP", onBuild(leg), { centre: [42, 48, 0], field: [200, 240] }),
    shot("lateral", onBuild(leg), { centre: [35, 60, 0], field: [190, 230] }, { turn: 0.9, weight: 0.5 }),
  ],
  Humerus: [
    shot("AP", onBuild(arm), { centre: [10, 150, 0], field: [150, 350] }),
    shot("lateral", onBuild(freeArm), { centre: [0, 160, 0], field: [140, 340] }, { weight: 0.7 }),
  ],
  Knee: [
    shot("AP", onBuild(leg), { centre: [20, 432, 0], field: [145, 200] }),
    shot("lateral", onBuild(leg), { centre: [20, 432, 0], field: [150, 200] }),
  ],
  "Lower leg": [
    shot("AP", onBuild(leg), { centre: [12, 625, 0], field: [150, 430] }),
    shot("lateral", onBuild(leg), { centre: [12, 625, 0], field: [150, 430] }, { weight: 0.8 }),
  ],
  "Lumbar spine": [
    shot(
      "AP",
      only(body({ arms: false, bowel: true }), fromLumbar),
      { centre: [0, -215, 0], field: [200, 290] },
      { single: true },
    ),
    shot(
      "lateral",
      only(body({ arms: false }), fromLumbar),
      { centre: [0, -210, -10], field: [190, 290] },
      { single: true, weight: 1.2 },
    ),
  ],
  "Paranasal sinuses": [
    shot("AP", withHead, { centre: [0, -745, 30], field: [180, 200] }, { pitch: -0.42, single: true }),
  ],
  Patella: [
    shot("axial", onBuild(kneeCapFromBelow), { centre: [0, 8, 0], field: [110, 100] }, { weight: 2 }),
    shot("lateral", onBuild(leg), { centre: [20, 415, 20], field: [110, 130] }),
    shot("AP", onBuild(leg), { centre: [20, 410, 0], field: [110, 120] }, { weight: 0.5 }),
  ],
  Pelvis: [shot("AP", onBuild(pelvis), { centre: [128, -15, 0], field: [350, 290] }, { single: true })],
  Ribs: [
    shot("AP", withoutArms, { centre: [-75, -445, 0], field: [190, 320] }),
    shot("oblique", withoutArms, { centre: [-70, -440, 0], field: [200, 320] }, { weight: 0.7 }),
  ],
  Sacrum: [
    shot("AP", onBuild(pelvis), { centre: [128, -60, 0], field: [180, 190] }, { single: true, pitch: 0.2 }),
    shot("lateral", onBuild(pelvis), { centre: [128, -60, -40], field: [160, 190] }, { single: true }),
  ],
  Shoulder: [
    shot("AP", onBuild(arm), { centre: [28, 12, 0], field: [180, 190] }),
    shot("oblique", onBuild(freeArm), { centre: [22, 20, 0], field: [170, 190] }, { turn: 0.95, weight: 0.5 }),
  ],
  Skull: [
    shot("AP", withHead, { centre: [0, -775, 0], field: [200, 250] }, { single: true, pitch: 0.05 }),
    shot("lateral", withHead, { centre: [0, -780, 5], field: [235, 240] }, { single: true }),
  ],
  Spine: [
    shot("AP", curved, { centre: [0, -360, 0], field: [310, 780] }, { single: true }),
    shot(
      "lateral",
      body({ arms: false }),
      { centre: [0, -360, -10], field: [290, 780] },
      { single: true, weight: 0.8 },
    ),
  ],
  "Thoracic spine": [
    shot("AP", withoutArms, { centre: [0, -455, 0], field: [160, 360] }, { single: true }),
    shot("lateral", withoutArms, { centre: [0, -455, -30], field: [190, 350] }, { single: true }),
  ],
  Thorax: [
    shot("AP", chestOnly, { centre: [0, -440, 0], field: [370, 400] }, { single: true, weight: 3, kind: "lung" }),
    shot("lateral", withoutArms, { centre: [0, -440, 5], field: [310, 390] }, { single: true, kind: "lung" }),
  ],
  "Whole leg": [
    shot("AP", onBuild(bothLegs), { centre: [128, 385, 0], field: [430, 1020] }, { single: true, kind: "evened" }),
  ],
  Wrist: [
    shot("AP", onBuild(hand), { centre: [0, 5, 0], field: [95, 135] }, upsideDown),
    shot("lateral", onBuild(hand), { centre: [0, 5, 0], field: [85, 135] }, upsideDown),
  ],
};
