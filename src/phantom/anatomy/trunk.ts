/**
 * The trunk with neck: 24 vertebrae in their curves, ribs, breastbone, shoulder girdle and pelvis; lungs with vessels,
 * heart, diaphragm, bowel gas. Its frame is the leg's (y = 22 at the hip joints), moved so that the midline is x = 0.
 */
import type { Random } from "../../numeric/random.ts";
import { carved, placed, united } from "../geometry/composite.ts";
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, type RodPoint, rod, type Shape } from "../geometry/shape.ts";
import { add, frameAlong, unit, type Vector } from "../geometry/vector.ts";
import { arm } from "./arm.ts";
import { leg } from "./leg.ts";
import { hemipelvis, midline, sacrum } from "./pelvis.ts";
import { type Bone, type Build, bone, type FinePart, type Skeleton, solid } from "./skeleton.ts";
import { vertebra } from "./vertebra.ts";

/** What is drawn of the trunk; parts that cannot be seen cost time. */
export interface TrunkOptions {
  readonly build: Build;
  readonly random: Random;
  readonly sex: "F" | "M";
  /** Lateral deviation of the spine at its apex, mm. */
  readonly scoliosisMm?: number;
  readonly arms?: boolean;
  readonly pelvis?: boolean;
  readonly femora?: boolean;
  readonly bowel?: boolean;
}

const heights = [
  -710, -694, -676, -659, -642, -625, -607, -588, -569, -549, -528, -506, -483, -459, -434, -408, -381, -353, -324,
  -292, -258, -223, -187, -150,
];
const depths = [
  -14, -11, -8, -6, -6, -12, -20, -28, -36, -44, -50, -55, -58, -58, -55, -49, -40, -30, -18, -4, 6, 10, 4, -8,
];
const halfWidths = [
  11, 10, 10, 10.5, 11, 11.5, 12.5, 14, 14, 13.5, 13, 13.5, 14, 14.5, 15.5, 16.5, 18, 19, 20, 21.5, 22.5, 23.5, 25, 27,
];

/** The level's usual name: C1 to C7, T1 to T12, L1 to L5. */
const levelName = (index: number): string =>
  index < 7 ? `C${index + 1}` : index < 19 ? `T${index - 6}` : `L${index - 18}`;

/** How far the spine leaves the midline at a height: one or two curves. */
const sideways = (y: number, scoliosisMm: number): number =>
  scoliosisMm * Math.sin(((y + 150) / -440) * Math.PI) * (y < -640 ? 0.2 : 1);

/** The middles of the vertebral bodies from C1 to L5. */
const levels = (scoliosisMm: number): Vector[] => heights.map((y, i) => [sideways(y, scoliosisMm), y, depths[i]!]);

/** The bodies and arches from C2 to L5, and the atlas as a ring. */
export const vertebrae = (build: Build, scoliosisMm = 0): Bone[] => {
  const middles = levels(scoliosisMm);
  const bodies = middles.slice(1).map((centre, k): Bone => {
    const i = k + 1;
    const before = middles[i - 1]!;
    const after = middles[Math.min(i + 1, middles.length - 1)]!;
    const spacing = (after[1] - before[1]) / (i + 1 < middles.length ? 2 : 1);
    const disc = i < 7 ? 4 : i < 19 ? 4.4 : 9;
    const wide = halfWidths[i]!;
    const kind = i < 7 ? "cervical" : i < 19 ? "thoracic" : "lumbar";
    const deep = kind === "cervical" ? 0.75 * wide : kind === "thoracic" ? 0.92 * wide : 0.74 * wide;
    const axis = unit(add(after, before, -1));
    return vertebra({ name: levelName(i), centre, half: [wide, deep, (spacing - disc) / 2], axis, kind, build });
  });
  const [x, y, z] = middles[0]!;
  const ring: RodPoint[] = Array.from({ length: 9 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 8;
    return [x + 22 * Math.sin(angle), y, z - 10 + 20 * Math.cos(angle), Math.abs(Math.sin(angle)) > 0.6 ? 6.5 : 3.5];
  });
  const dens: RodPoint[] = [
    [x, middles[1]![1], middles[1]![2], 6],
    [x, y - 6, z, 4.5],
  ];
  return [
    bone("C1", [solid(rod(ring), 1.4, 0.6)], { step: 1.2 }),
    bone("dens", [solid(rod(dens), 1.4, 0.7)], { step: 1.2 }),
    ...bodies,
  ];
};

/** The twelve ribs of one side, each as pieces, so that a ray asks only those near it. */
const ribCage = (side: -1 | 1, scoliosisMm: number): Bone[] =>
  levels(scoliosisMm)
    .slice(7, 19)
    .map(([x, y, z], i) => {
      const reach = [62, 86, 103, 114, 122, 127, 130, 131, 130, 126, 105, 84][i]!;
      const drop = [22, 40, 58, 72, 84, 94, 102, 108, 106, 98, 62, 44][i]!;
      const front = [52, 78, 92, 98, 98, 96, 92, 84, 72, 58, -10, -30][i]!;
      const sweep = i < 10 ? 1 : i === 10 ? 0.72 : 0.5;
      const steps = 11;
      const points: RodPoint[] = Array.from({ length: steps + 1 }, (_, k) => {
        const t = (k / steps) * sweep;
        // behind, around the side, to the front
        const angle = -0.42 * Math.PI + t * 0.92 * Math.PI;
        const across = reach * Math.max(0, Math.cos(angle)) ** 0.8 + 10;
        const deep = z - 18 + (front - z + 18) * (0.5 + 0.5 * Math.sin(angle * 1.02));
        return [x * (1 - t) + side * (t === 0 ? 22 : Math.max(20, across)), y + drop * t ** 1.15 - 4, deep, 4.4];
      });
      const pieces = points.slice(1).map((point, k) => solid(rod([points[k]!, point]), 1.1, 0.35));
      return bone(`rib ${i + 1}${side < 0 ? "" : " of the other side"}`, pieces, { blend: 0.5, step: 1.6 });
    });

const sternum = (): Bone =>
  bone(
    "sternum",
    [
      solid(ellipsoid([0, -540, 72], [26, 24, 6]), 1, 0.6),
      solid(ellipsoid([0, -465, 94], [16, 56, 6]), 1, 0.6),
      solid(ellipsoid([0, -400, 98], [6, 14, 4]), 1, 0.5),
    ],
    { blend: 4, step: 1.8 },
  );

/** A bone elsewhere: mirrored, moved, renamed. */
const elsewhere = (from: Bone, name: string, placement: { readonly mirrorAt?: number; readonly by: Vector }): Bone => ({
  ...from,
  name,
  pieces: from.pieces.map((piece) => {
    const shape = placed(piece.shape, placement, piece.shaft);
    return { ...piece, shape, shaft: piece.shaft ? shape : undefined };
  }),
  plates: [],
});

/** Both of a paired bone: the right one moved into the trunk's frame, the left one mirrored at the midline. */
const both = (from: readonly Bone[], by: Vector): Bone[] =>
  from.flatMap((one) => [
    elsewhere(one, one.name, { by }),
    elsewhere(one, `${one.name} of the other side`, { mirrorAt: 0, by: [-by[0], by[1], by[2]] }),
  ]);

/** The trunk's soft tissue from the neck to the thighs, as one shape. */
const torso = (build: Build): Shape => {
  const wide = build.soft;
  const section = (at: number, x: number, z: number, forward = 0) => ({
    at,
    centre: [0, forward] as const,
    half: [x * wide, z * wide] as const,
  });
  return shaft([
    section(-740, 50, 52, 2),
    section(-660, 54, 54, -2),
    section(-622, 66, 58, -8),
    section(-600, 118, 70, -12),
    section(-565, 168, 88, -6),
    section(-480, 172, 106, 4),
    section(-380, 160, 110, 6),
    section(-250, 142, 100, 8),
    section(-60, 166, 100, 0),
    section(60, 176, 95, 0),
    section(150, 168, 80, 0),
  ]);
};

/** Lungs with their vessels, airways, the heart left out of them; the stomach's bubble. */
const chest = (random: Random): { readonly lungs: Shape[]; readonly fine: FinePart[] } => {
  const high = random.uniform(-14, 14);
  const size = random.uniform(0.88, 1.14);
  const heart = united([
    ellipsoid([20, -405 + high, 40], [56 * size, 50, 44], frameAlong([0.55, 0.8, 0.2])),
    rod([
      [4, -520, 20, 22],
      [2, -450, 24, 30],
    ]),
    rod([
      [18, -540, -10, 13],
      [22, -470, -30, 14],
      [10, -330, -30, 13],
    ]),
  ]);
  const lungs = ([-1, 1] as const).map((side) => {
    const x = side * 80;
    const lung = shaft([
      { at: -606, centre: [side * 44, -20], half: [10, 10] },
      { at: -590, centre: [side * 52, -18], half: [30, 32] },
      { at: -540, centre: [side * 66, -6], half: [50, 62] },
      { at: -460, centre: [x, 2], half: [61, 84] },
      { at: -380, centre: [side * 84, 2], half: [66, 90] },
      { at: -310, centre: [side * 86, -8], half: [66, 84] },
      { at: -296, centre: [side * 88, -20], half: [60, 70] },
    ]);
    const dome = ellipsoid([side * 76, -296 + high - (side < 0 ? 12 : 0), 8], [74, 70, 92]);
    return carved(lung, [dome, heart]);
  });
  const fine: FinePart[] = [];
  for (const side of [-1, 1]) {
    const root: Vector = [side * 30, -470, -2];
    const vessels = Array.from({ length: 13 }, (_, k) => {
      const up = -1 + (2 * k) / 12 + random.uniform(-0.1, 0.1);
      const to: Vector = [side * random.uniform(84, 124), -460 + up * 105, random.uniform(-60, 60)];
      const via = add(root, add(to, root, -1), 0.42);
      return rod([
        [...root, 6],
        [via[0], via[1] + random.uniform(-12, 12), via[2] + random.uniform(-12, 12), 3.2],
        [...to, 1],
      ]);
    });
    fine.push({ density: 0.7, like: "soft", shape: united(vessels) });
  }
  fine.push({
    density: -0.9,
    like: "soft",
    shape: rod([
      [0, -650, 18, 7],
      [0, -560, -8, 8.5],
      [2, -500, -20, 8],
    ]),
  });
  fine.push({
    density: -0.85,
    like: "soft",
    shape: ellipsoid([62 + random.uniform(-8, 8), -334 + high, 20], [random.uniform(18, 34), 13, 22]),
  });
  return { lungs, fine };
};

/** Gas in the bowel: a colon with haustra, some loops of small bowel, the rectum. */
const bowelGas = (random: Random): FinePart[] => {
  const colon: readonly (readonly Vector[])[] = [
    [
      [-98, -70, 20],
      [-104, -140, 15],
      [-100, -205, 10],
    ],
    [
      [-92, -222, 30],
      [-30, -196 + random.uniform(-14, 20), 50],
      [40, -204 + random.uniform(-14, 14), 50],
      [98, -250, 20],
    ],
    [
      [106, -240, 0],
      [110, -170, 0],
      [102, -90, 5],
    ],
    [
      [92, -70, 10],
      [52, -40, 10],
      [18, -62, -10],
      [4, -20, -40],
    ],
  ];
  const parts: FinePart[] = [];
  for (const path of colon) {
    if (random.chance(0.25)) continue;
    const points: RodPoint[] = [];
    const from = random.uniform(0, 0.3);
    const to = random.uniform(0.6, 1);
    for (let k = 0; k <= 12; k++) {
      const t = (from + ((to - from) * k) / 12) * (path.length - 1);
      const i = Math.min(path.length - 2, Math.floor(t));
      const at = add(path[i]!, add(path[i + 1]!, path[i]!, -1), t - i);
      points.push([...at, (k % 2 === 0 ? 15 : 10) * random.uniform(0.75, 1.15)]);
    }
    parts.push({ density: -0.75, like: "soft", shape: rod(points) });
  }
  for (let k = 0; k < 14; k++) {
    const centre: Vector = [random.normal(0, 50), -120 + random.normal(0, 45), 40 + random.uniform(-15, 20)];
    const long = random.uniform(6, 20);
    parts.push({
      density: -0.6,
      like: "soft",
      shape: ellipsoid(
        centre,
        [long, random.uniform(5, 9), 10],
        frameAlong([random.uniform(-1, 1), random.uniform(-1, 1), 0]),
      ),
    });
  }
  return parts;
};

/** The trunk, of which the parts asked for are drawn. */
export const trunk = (options: TrunkOptions): Skeleton => {
  const { build, random, sex, scoliosisMm = 0 } = options;
  const { lungs, fine } = chest(random.fork("chest"));
  const fill = (shape: Shape) => solid(shape, 2.4, 0.7);
  const girdle = arm(build).bones.filter(({ name }) => name === "scapula" || name === "clavicle");
  const upperArm = arm(build).bones.filter(({ name }) => name === "humerus");
  const thigh = leg(build).bones.filter(({ name }) => name === "femur");
  const hips: Vector = [-midline, 0, 0];
  const shoulders: Vector = [-172, -556, -10];
  const breasts =
    sex === "F"
      ? [-1, 1].map((side) => ({ density: 0.55, shape: ellipsoid([side * 84, -420, 96], [58, 60, 44 * build.soft]) }))
      : [];
  return {
    bones: [
      ...vertebrae(build, scoliosisMm),
      ...ribCage(-1, scoliosisMm),
      ...ribCage(1, scoliosisMm),
      sternum(),
      ...both(options.arms === false ? girdle : [...girdle, ...upperArm], shoulders),
      ...(options.pelvis === false ? [] : both(hemipelvis(fill), hips)),
      ...(options.pelvis === false ? [] : [elsewhere(sacrum(), "sacrum", { by: hips })]),
      ...(options.femora ? both(thigh, hips) : []),
    ],
    soft: [
      { density: 1, shape: torso(build) },
      ...(options.arms === false
        ? []
        : ([-1, 1] as const).map((side) => ({
            density: 0.8,
            shape: shaft(
              [
                { at: -30, centre: [0, 0], half: [30, 30] },
                { at: 10, centre: [0, 0], half: [52 * build.soft, 50] },
                { at: 90, centre: [0, 0], half: [46 * build.soft, 46] },
                { at: 300, centre: [0, 0], half: [42 * build.soft, 40] },
              ],
              { origin: [side * 182, -570, -10] },
            ),
          }))),
      ...lungs.map((shape) => ({ density: -0.74, shape })),
      ...breasts,
    ],
    fine: [...fine, ...(options.bowel ? bowelGas(random.fork("bowel")) : [])],
    places: new Map(),
  };
};
