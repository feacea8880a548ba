/** One vertebra: body, pedicles, laminae, spinous, transverse and articular processes, scaled to its level. */
import { shaft } from "../geometry/shaft.ts";
import { rod } from "../geometry/shape.ts";
import { add, type Vector } from "../geometry/vector.ts";
import { type Bone, type Build, bone, shaftPiece, solid } from "./skeleton.ts";

/** Where a vertebra lies and how big its body is, mm. */
export interface VertebraOptions {
  readonly name: string;
  /** The middle of the body. */
  readonly centre: Vector;
  /** Half the width, half the depth and half the height of the body. */
  readonly half: Vector;
  /** The body's axis, downwards. */
  readonly axis: Vector;
  readonly kind: "cervical" | "thoracic" | "lumbar";
  readonly build: Build;
}

/** Lengths of the transverse and spinous processes and how far the latter droops, as multiples of the body's half-width. */
const processes = {
  cervical: { transverse: 1.9, spinous: 2.5, droop: 0.55 },
  thoracic: { transverse: 2.1, spinous: 2.4, droop: 1.6 },
  lumbar: { transverse: 1.9, spinous: 2.2, droop: 0.5 },
} as const;

/** The bone of one vertebra. */
export const vertebra = (options: VertebraOptions): Bone => {
  const { name, centre, half, axis, kind, build } = options;
  const [wide, deep, tall] = half;
  const body = shaft(
    [
      { at: -tall, centre: [0, 0], half: [wide, 0.94 * deep], cortex: 1.3, spongy: 0.9 },
      { at: -0.8 * tall, centre: [0, 0], half: [1.05 * wide, deep], cortex: 1, spongy: 0.8 },
      { at: 0, centre: [0, 0], half: [0.88 * wide, 0.88 * deep], cortex: 1, spongy: 0.75 },
      { at: 0.8 * tall, centre: [0, 0], half: [1.05 * wide, deep], cortex: 1, spongy: 0.8 },
      { at: tall, centre: [0, 0], half: [wide, 0.94 * deep], cortex: 1.3, spongy: 0.9 },
    ],
    { origin: centre, direction: axis },
  );
  const { transverse, spinous, droop } = processes[kind];
  const size = wide / 22;
  const point = (x: number, y: number, z: number, radius: number) =>
    [...add(centre, [x, y, z]), radius] as readonly [number, number, number, number];
  const back = -deep;
  const pieces = [
    shaftPiece(body, build.cortex),
    solid(
      rod([
        point(0, 0.25 * tall, back - 0.75 * wide, 3.2 * Math.max(0.7, size)),
        point(0, droop * tall, back - (spinous - 0.5) * wide * 0.62, 4 * Math.max(0.7, size)),
      ]),
      1,
      0.5,
    ),
  ];
  for (const side of [-1, 1]) {
    pieces.push(
      solid(
        rod([
          point(side * 0.66 * wide, -0.3 * tall, back + 3, 5.4 * size),
          point(side * 0.7 * wide, -0.25 * tall, back - 0.55 * wide, 5.4 * size),
        ]),
        1.6,
        0.5,
      ),
      solid(
        rod([
          point(side * 0.8 * wide, -0.2 * tall, back - 0.45 * wide, 3.8 * size),
          point(side * transverse * wide, -0.35 * tall, back - 0.65 * wide, 3.2 * size),
        ]),
        1,
        0.4,
      ),
      solid(
        rod([
          point(side * 0.78 * wide, -1.1 * tall, back - 0.75 * wide, 4.6 * size),
          point(side * 0.62 * wide, 1.15 * tall, back - 0.8 * wide, 5.2 * size),
          point(0, 0.5 * tall, back - 0.95 * wide, 3.4 * size),
        ]),
        1.2,
        0.5,
      ),
    );
  }
  return bone(name, pieces, { blend: 3, step: kind === "cervical" ? 1.2 : 1.5 });
};
