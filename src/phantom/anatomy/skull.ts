/** The skull on the neck: vault, base, orbits, cheek bones, jaws with teeth; air in nose and sinuses. In the trunk's frame. */
import type { Random } from "../../numeric/random.ts";
import { carved, united } from "../geometry/composite.ts";
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, type RodPoint, rod, type Shape } from "../geometry/shape.ts";
import { type Bone, type Build, bone, type FinePart, type Skeleton, solid } from "./skeleton.ts";
import { vertebrae } from "./trunk.ts";

const sides = [-1, 1] as const;

/** The vault: compact bone around an empty inside, open below. */
const vault = (thick: number): Bone =>
  bone(
    "vault",
    [
      solid(ellipsoid([0, -815, -2], [74, 72, 93]), thick, 0),
      solid(ellipsoid([0, -778, -52], [52, 40, 40]), thick + 1, 0),
    ],
    { blend: 14, step: 1.8 },
  );

const base = (): Bone[] => [
  ...sides.map((side) =>
    bone(`petrous bone ${side}`, [
      solid(
        rod([
          [side * 64, -752, -12, 11],
          [side * 38, -756, 6, 9],
          [side * 14, -760, 24, 6],
        ]),
        4,
        1.6,
      ),
      solid(ellipsoid([side * 62, -734, -14], [9, 17, 12]), 1.2, 0.7),
    ]),
  ),
  bone("clivus", [
    solid(
      rod([
        [0, -738, 0, 6],
        [0, -758, 16, 7],
        [0, -770, 24, 6],
      ]),
      1.6,
      0.8,
    ),
    solid(
      rod([
        [-36, -772, 34, 2.5],
        [0, -770, 40, 3],
        [36, -772, 34, 2.5],
      ]),
      1.4,
      0.5,
    ),
    solid(
      rod([
        [0, -776, 44, 2],
        [0, -784, 72, 2.5],
      ]),
      1.4,
      0.5,
    ),
  ]),
];

/** A ring of rods. */
const ring = (points: readonly RodPoint[]): Shape => rod([...points, points[0]!]);

const face = (): Bone[] => [
  ...sides.map((side) =>
    bone(
      `orbit ${side}`,
      [
        solid(
          ring([
            [side * 14, -776, 80, 3],
            [side * 26, -790, 84, 4],
            [side * 44, -788, 76, 4],
            [side * 52, -772, 66, 4],
            [side * 46, -756, 72, 3.5],
            [side * 28, -752, 80, 3],
            [side * 15, -762, 82, 3],
          ]),
          2.4,
          0.5,
        ),
        solid(
          rod([
            [side * 48, -758, 70, 6],
            [side * 62, -750, 46, 3.6],
            [side * 68, -750, 22, 3.2],
            [side * 66, -752, 4, 4],
          ]),
          2,
          0.5,
        ),
        solid(
          rod([
            [side * 46, -754, 70, 6],
            [side * 36, -728, 66, 4],
          ]),
          2,
          0.4,
        ),
        solid(
          rod([
            [side * 10, -788, 84, 3],
            [side * 13, -758, 86, 2.4],
            [side * 16, -732, 82, 3.4],
          ]),
          1.8,
          0.5,
        ),
      ],
      { blend: 3, step: 1.2 },
    ),
  ),
  bone(
    "nose and palate",
    [
      solid(
        rod([
          [0, -786, 84, 2.2],
          [1, -760, 74, 1.2],
          [0, -732, 76, 1.6],
        ]),
        1.4,
        0.3,
      ),
      solid(
        rod([
          [0, -786, 88, 3.2],
          [0, -770, 98, 2],
        ]),
        1.6,
        0.4,
      ),
      solid(
        rod([
          [-20, -729, 58, 2.6],
          [0, -728, 70, 2.6],
          [20, -729, 58, 2.6],
        ]),
        1.6,
        0.4,
      ),
    ],
    { blend: 1, step: 1 },
  ),
];

/** The arch of a jaw at a height: from the right to the left molars. */
const arch = (t: number, y: number, radius: number): RodPoint => {
  const angle = Math.PI * (t - 0.5);
  return [
    27 * Math.sign(Math.sin(angle)) * Math.abs(Math.sin(angle)) ** 1.15,
    y,
    46 + 42 * Math.max(0, Math.cos(angle)) ** 0.8,
    radius,
  ];
};

const jaws = (): Bone[] => {
  const along = (y: number, radius: number): RodPoint[] =>
    Array.from({ length: 9 }, (_, k) => arch(0.04 + (0.92 * k) / 8, y, radius));
  const teeth = (name: string, gum: number, tip: number): Bone =>
    bone(
      name,
      Array.from({ length: 14 }, (_, k) => {
        const t = 0.03 + (0.94 * k) / 13;
        const molar = Math.abs(t - 0.5) > 0.26;
        const [x, , z] = arch(t, 0, 1);
        const r = molar ? 4.6 : 3;
        return solid(
          rod([
            [x, gum - (tip - gum) * 0.9, z, r * 0.45],
            [x, gum, z, r * 0.85],
            [x, tip, z, r],
          ]),
          2.2,
          1.6,
        );
      }),
      { blend: 0.3, step: 1 },
    );
  return [
    bone("maxilla", [solid(rod(along(-719, 6)), 1.4, 0.8)], { step: 1.3 }),
    teeth("upper teeth", -714, -704),
    teeth("lower teeth", -688, -698),
    bone(
      "mandible",
      [
        solid(rod(along(-680, 7.5)), 2.6, 0.7),
        ...sides.map((side) =>
          solid(
            rod([
              [side * 28, -680, 46, 7],
              [side * 44, -682, 20, 8.5],
              [side * 47, -702, 8, 8],
              [side * 50, -726, 6, 6],
              [side * 52, -744, 4, 5.5],
            ]),
            2.4,
            0.5,
          ),
        ),
        ...sides.map((side) =>
          solid(
            rod([
              [side * 46, -704, 18, 6.5],
              [side * 48, -738, 26, 3],
            ]),
            1.8,
            0.4,
          ),
        ),
      ],
      { blend: 4, step: 1.4 },
    ),
    bone(
      "hyoid",
      [
        solid(
          ring([
            [-18, -656, 22, 2],
            [-12, -655, 40, 2.4],
            [0, -655, 46, 3],
            [12, -655, 40, 2.4],
            [18, -656, 22, 2],
          ]),
          1.2,
          0.5,
        ),
      ],
      { step: 1 },
    ),
  ];
};

/** Air spaces: maxillary, frontal, sphenoid sinuses, ethmoid, nasal cavity, pharynx, windpipe, mastoid cells. */
const air = (random: Random): FinePart[] => {
  const size = random.uniform(0.8, 1.15);
  const gas = (shape: Shape, density = -0.95): FinePart => ({ shape, density, like: "soft" });
  const opaque = random.chance(0.15) ? random.pick(sides) : 0; // a sinus full of fluid
  return [
    ...sides
      .filter((side) => side !== opaque)
      .map((side) => gas(ellipsoid([side * 29, -742, 58], [13.5 * size, 15 * size, 17]))),
    ...sides.map((side) =>
      gas(
        united([
          ellipsoid([side * 12, -800, 80], [11 * size, 9 * size, 5]),
          ellipsoid([side * 20, -797, 78], [8 * size, 6, 4]),
        ]),
      ),
    ),
    gas(ellipsoid([0, -766, 34], [13, 9, 11])),
    ...sides.map((side) => gas(ellipsoid([side * 8, -768, 62], [5, 11, 17]), -0.6)),
    ...sides.map((side) =>
      gas(
        carved(ellipsoid([side * 8, -744, 62], [6.5, 16, 26]), [
          ellipsoid([side * 8, -742, 64], [3, 4, 18]),
          ellipsoid([side * 8, -733, 64], [3.5, 4, 18]),
        ]),
      ),
    ),
    gas(
      rod([
        [0, -742, 28, 9],
        [0, -706, 20, 7],
        [0, -670, 14, 8],
        [0, -640, 22, 6.5],
        [0, -590, 4, 8],
      ]),
    ),
    ...sides.flatMap((side) =>
      Array.from({ length: 6 }, () =>
        gas(
          ellipsoid(
            [side * 62 + random.uniform(-5, 5), -744 + random.uniform(-12, 10), -14 + random.uniform(-8, 8)],
            [3.2, 3.2, 3.2],
          ),
        ),
      ),
    ),
  ];
};

/** Head and neck as one shape. */
const flesh = (build: Build): Shape =>
  united([
    ellipsoid([0, -813, -2], [79, 78, 99]),
    ellipsoid([0, -742, 38], [62, 70, 62]),
    ellipsoid([0, -690, 50], [46, 30, 48]),
    ellipsoid([0, -758, 98], [9, 16, 12]),
    shaft([
      { at: -760, centre: [0, -6], half: [54, 58] },
      { at: -660, centre: [0, -4], half: [54 * build.soft, 54 * build.soft] },
      { at: -620, centre: [0, -8], half: [70 * build.soft, 62 * build.soft] },
      { at: -596, centre: [0, -12], half: [140, 80] },
      { at: -540, centre: [0, -8], half: [172, 92] },
    ]),
  ]);

/** The head with the cervical spine and the uppermost thoracic vertebrae. */
export const head = (build: Build, random: Random): Skeleton => ({
  bones: [
    vault(5 * build.cortex),
    ...base(),
    ...face(),
    ...jaws(),
    ...vertebrae(build).filter((one) => one.name === "dens" || /^(C|T[1-4]$)/.test(one.name)),
  ],
  soft: [{ density: 1, shape: flesh(build) }],
  fine: air(random.fork("air")),
  places: new Map(),
});
