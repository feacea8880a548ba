/**
 * A skeleton after the operation: the tumour gone, bone cut where it was resected, and metal, cement or graft in place.
 * Metal attenuates like so many millimetres of bone mineral as follow from NIST's XCOM at about 60 keV.
 */
import type { Random } from "../../numeric/random.ts";
import type { Bone, FinePart, Skeleton } from "../anatomy/skeleton.ts";
import { carved, cut, slab, united } from "../geometry/composite.ts";
import { Shaft } from "../geometry/shaft.ts";
import { ellipsoid, type RodPoint, rod, type Shape } from "../geometry/shape.ts";
import { add, frameAlong, type Vector } from "../geometry/vector.ts";
import type { Noise } from "../noise.ts";
import type { Implant } from "../patient.ts";
import type { Tumour } from "../project.ts";
import { fillDefect } from "./fill-defect.ts";

/** What is operated on. */
export interface OperationOptions {
  readonly skeleton: Skeleton;
  readonly tumour: Tumour;
  /** Half the width of the bone where the tumour sat, mm. */
  readonly halfWidth: number;
  readonly implant: Implant;
  /** Whether the tumour grew on the bone by a stalk, so that its removal leaves the bone whole. */
  readonly stalked: boolean;
  readonly random: Random;
  readonly noise: Noise;
}

/** The skeleton after the operation; `tumour` is what fills the cavity, if anything does. */
export interface Operated {
  readonly skeleton: Skeleton;
  readonly tumour?: Tumour;
}

/** Mineral millimetres per millimetre. */
const titanium = 6;
const steel = 13;
const cobaltChromium = 15;

const metal = (shape: Shape, density: number): FinePart => ({ shape, density, like: "mineral" });

const reshaped = (skeleton: Skeleton, name: string, change: (shape: Shape) => Shape): Skeleton => ({
  ...skeleton,
  bones: skeleton.bones.map(
    (one): Bone =>
      one.name === name
        ? {
            ...one,
            plates: [],
            pieces: one.pieces
              .map((piece) => ({ ...piece, shape: change(piece.shape) }))
              .filter((piece) => piece.shape.balls.length > 0),
          }
        : one,
  ),
});

const withParts = (skeleton: Skeleton, parts: readonly FinePart[]): Skeleton => ({
  ...skeleton,
  fine: [...(skeleton.fine ?? []), ...parts],
});

/** From a point to the surface of a bone in a direction, mm. */
const toSurface = (bone: Bone, from: Vector, direction: Vector): number => {
  let far = 0;
  for (let i = 0; i < 60 && far < 70; i++) {
    const p = add(from, direction, far);
    const d = Math.min(...bone.pieces.map(({ shape }) => shape.distance(p[0], p[1], p[2])));
    if (d > -0.1) break;
    far += Math.max(0.3, -0.7 * d);
  }
  return far;
};

const boneOf = (options: OperationOptions): Bone =>
  options.skeleton.bones.find(({ name }) => name === options.tumour.bone)!;

const shaftOf = (bone: Bone): Shaft | undefined =>
  bone.pieces.map(({ shape }) => shape).find((shape): shape is Shaft => shape instanceof Shaft);

const filled = (options: OperationOptions, filling: "cement" | "chips"): Tumour => ({
  ...options.tumour,
  lesion: fillDefect({ ...options, filling }),
});

/** A straight plate on the side of the bone where the tumour was, with its screws. */
const plateAndScrews = (options: OperationOptions): FinePart[] => {
  const { tumour, halfWidth, random } = options;
  const bone = boneOf(options);
  const [along, out, around] = tumour.rotation;
  const small = halfWidth < 8;
  const pitch = small ? 6.5 : 15;
  const count = small ? 5 : 6 + 2 * random.integer(2);
  const density = random.chance(0.5) ? titanium : steel;
  const screw = small ? 0.9 : 1.9;
  const half: Vector = small ? [0.9, (count * pitch) / 2, 2.4] : [2, (count * pitch) / 2, 6.2];
  const places = Array.from({ length: count }, (_, k) => (k - (count - 1) / 2) * pitch - (small ? 0 : 14));
  const at = (place: number): Vector => add(tumour.origin, along, place);
  const height = Math.max(...places.map((place) => toSurface(bone, at(place), out)), 0.5 * halfWidth) + half[0];
  const middle = add(at(small ? 0 : -14), out, height);
  return [
    metal(slab(middle, half, [out, along, around]), density),
    ...places.map((place) => {
      const from = add(at(place), out, height + half[0]);
      const depth = toSurface(bone, at(place), add([0, 0, 0], out, -1));
      const to = add(at(place), out, -Math.max(depth, halfWidth * 0.7) - 1.5);
      return metal(
        rod([
          [...from, 2 * screw],
          [...add(from, out, -half[0] * 1.6), screw],
          [...to, screw * 0.85],
        ]),
        density,
      );
    }),
  ];
};

/** A nail down the marrow with two locking bolts at either end. */
const nail = (axis: Shaft): FinePart[] => {
  const [start, end] = axis.range;
  const length = end - start;
  const at = (share: number): number => start + share * length;
  const thin = Math.min(...[0.35, 0.5, 0.65].map((share) => axis.halfWidth(at(share))));
  const radius = Math.max(1.6, Math.min(5.5, 0.42 * thin));
  const points: RodPoint[] = Array.from({ length: 16 }, (_, k) => [
    ...axis.axisPoint(at(0.06 + (0.86 * k) / 15)),
    radius,
  ]);
  const bolt = (share: number, direction: Vector): FinePart => {
    const middle = axis.axisPoint(at(share));
    const half = axis.halfWidth(at(share)) + 3;
    return metal(
      rod([
        [...add(middle, direction, -half), 2.2],
        [...add(middle, direction, half), 2.2],
      ]),
      titanium,
    );
  };
  return [
    metal(rod(points), titanium),
    bolt(0.12, [0.8, 0.6, 0]),
    bolt(0.17, [0.8, 0.6, 0]),
    bolt(0.84, [1, 0, 0]),
    bolt(0.89, [1, 0, 0]),
  ];
};

/** Below the knee's line in the leg's frame the tray, above it the condyles; resected bone is replaced by a stout body. */
const kneeProsthesis = (options: OperationOptions): Operated => {
  const { skeleton, tumour } = options;
  const thigh = shaftOf(skeleton.bones.find(({ name }) => name === "femur")!);
  const shin = shaftOf(skeleton.bones.find(({ name }) => name === "tibia")!);
  if (!thigh || !shin) return { skeleton };
  const y = tumour.origin[1];
  const femurCut = tumour.bone === "femur" ? Math.min(360, y - 55) : 402;
  const tibiaCut = tumour.bone === "tibia" ? Math.max(500, y + 55) : 447;
  let after = reshaped(skeleton, "femur", (shape) => cut(shape, [0, femurCut, 0], [0, 1, 0]));
  after = reshaped(after, "tibia", (shape) => cut(shape, [0, tibiaCut, 0], [0, -1, 0]));
  const stem = (axis: Shaft, from: number, to: number, radius: number): Shape =>
    rod([
      [...axis.axisPoint(from), radius * 1.15],
      [...axis.axisPoint((from + to) / 2), radius],
      [...axis.axisPoint(to), radius * 0.8],
    ]);
  const condyles = united([
    ellipsoid([42, 408, -6], [15, 20, 27]),
    ellipsoid([3, 407, -5], [15, 19, 27]),
    slab([22, 402, 6], [24, 10, 14], frameAlong([0, 1, 0])),
    stem(thigh, femurCut - 4, femurCut - (tumour.bone === "femur" ? 135 : 60), 6),
    ...(tumour.bone === "femur"
      ? [
          rod([
            [...thigh.axisPoint(femurCut), 13.5],
            [...thigh.axisPoint(femurCut + 6), 12.5],
            [21, 398, 0, 14],
          ]),
        ]
      : []),
  ]);
  const top = 440;
  const tray = united([
    slab([20, top + 4, -4], [35, 3.2, 23], frameAlong([0, 1, 0])),
    stem(shin, tibiaCut - 4, tibiaCut + (tumour.bone === "tibia" ? 125 : 60), 5.5),
    rod([
      [20, top, -3, 8],
      [20, tibiaCut, -3, tumour.bone === "tibia" ? 12.5 : 8],
    ]),
  ]);
  return { skeleton: withParts(after, [metal(condyles, cobaltChromium), metal(tray, titanium + 2)]) };
};

const hipProsthesis = (options: OperationOptions): Operated => {
  const { skeleton, tumour, random } = options;
  const thigh = shaftOf(skeleton.bones.find(({ name }) => name === "femur")!);
  if (!thigh) return { skeleton };
  const level = tumour.origin[1] + 38;
  const after = reshaped(skeleton, "femur", (shape) => cut(shape, [0, level, 0], [0, -1, 0]));
  const head: Vector = [40, 22, 2];
  const cup = cut(carved(ellipsoid(head, [28, 28, 28]), [ellipsoid(head, [23.5, 23.5, 23.5])]), head, [-0.66, 0.75, 0]);
  const body = united([
    ellipsoid(head, [15, 15, 15]),
    rod([
      [40, 22, 2, 7],
      [12, 48, 0, 8],
      [2, 62, 0, 13],
      [...thigh.axisPoint(level), 12.5],
      [...thigh.axisPoint(level + 5), 7.5],
      [...thigh.axisPoint(level + 65), 6.5],
      [...thigh.axisPoint(level + 130), 5],
    ]),
  ]);
  const screws = random.chance(0.6)
    ? [
        metal(
          rod([
            [50, 2, 4, 2.2],
            [58, -34, -8, 2],
          ]),
          titanium,
        ),
      ]
    : [];
  return { skeleton: withParts(after, [metal(cup, titanium), metal(body, cobaltChromium), ...screws]) };
};

const shoulderProsthesis = (options: OperationOptions): Operated => {
  const { skeleton, tumour } = options;
  const arm = shaftOf(skeleton.bones.find(({ name }) => name === "humerus")!);
  if (!arm) return { skeleton };
  const level = Math.max(45, tumour.origin[1] + 40);
  const after = reshaped(skeleton, "humerus", (shape) => cut(shape, [0, level, 0], [0, -1, 0]));
  const body = united([
    cut(ellipsoid([10, -2, 0], [23, 23, 23]), [6, 2, 0], [-0.75, 0.66, 0]),
    rod([
      [8, 0, 0, 9],
      [0, 18, 0, 10],
      [...arm.axisPoint(level), 10],
      [...arm.axisPoint(level + 4), 6],
      [...arm.axisPoint(level + 100), 4],
    ]),
  ]);
  return { skeleton: withParts(after, [metal(body, cobaltChromium)]) };
};

/** A piece of bone taken out and not replaced. */
const resected = (options: OperationOptions): Operated => {
  const { skeleton, tumour, halfWidth, random, stalked } = options;
  if (stalked) return { skeleton };
  const [along, out, around] = tumour.rotation;
  const half = Math.max(8, Math.min(34, halfWidth * random.uniform(1.6, 2.6)));
  const gap = slab(tumour.origin, [80, half, 80], [out, along, around]);
  const clips = Array.from({ length: 3 + random.integer(5) }, () => {
    const at = add(
      add(add(tumour.origin, along, random.uniform(-half, half)), out, random.uniform(-1.6, 1.6) * halfWidth),
      around,
      random.uniform(-1, 1) * halfWidth,
    );
    return metal(
      rod([
        [...at, 0.6],
        [...add(at, along, random.uniform(2, 4)), 0.6],
      ]),
      steel,
    );
  });
  return {
    skeleton: withParts(
      reshaped(skeleton, tumour.bone, (shape) => carved(shape, [gap])),
      clips,
    ),
  };
};

/**
 * Takes the tumour out and puts the implant in. An implant that does not fit the bone becomes the filling that does: where
 * no joint of the kind is near, an endoprosthesis becomes a resection; where the bone has no shaft, a nail becomes a plate.
 */
export const operate = (options: OperationOptions): Operated => {
  const { skeleton, implant, tumour } = options;
  const names = new Set(skeleton.bones.map(({ name }) => name));
  switch (implant) {
    case "plate":
      return { skeleton: withParts(skeleton, plateAndScrews(options)), tumour: filled(options, "chips") };
    case "intramedullary nail": {
      const axis = shaftOf(boneOf(options));
      const parts = axis && options.halfWidth > 5 ? nail(axis) : plateAndScrews(options);
      return { skeleton: withParts(skeleton, parts), tumour: filled(options, "chips") };
    }
    case "bone cement":
      return { skeleton, tumour: filled(options, "cement") };
    case "bone graft":
      return { skeleton, tumour: filled(options, "chips") };
    case "knee endoprosthesis":
      return names.has("tibia") && (tumour.bone === "femur" || tumour.bone === "tibia")
        ? kneeProsthesis(options)
        : resected(options);
    case "hip endoprosthesis":
      return tumour.bone === "femur" && names.has("ilium") ? hipProsthesis(options) : resected(options);
    case "shoulder endoprosthesis":
      return tumour.bone === "humerus" ? shoulderProsthesis(options) : resected(options);
    case "resection":
      return resected(options);
  }
};
