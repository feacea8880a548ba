/** Points, directions and rotations in three dimensions, in millimetres. */

/** A point or a direction. */
export type Vector = readonly [x: number, y: number, z: number];

/** A rotation: three rows, each the direction of a new axis in the old frame. */
export type Rotation = readonly [Vector, Vector, Vector];

/** The sum of two vectors, the second first multiplied by `factor`. */
export const add = (a: Vector, b: Vector, factor = 1): Vector => [
  a[0] + factor * b[0],
  a[1] + factor * b[1],
  a[2] + factor * b[2],
];

/** The scalar product. */
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The vector product. */
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The vector of length 1 in the same direction; a zero vector stays zero. */
export const unit = (a: Vector): Vector => {
  const length = Math.hypot(a[0], a[1], a[2]) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** A rotation whose second axis (y) is `axis`, and whose first axis is as near to x as can be. */
export const frameAlong = (axis: Vector): Rotation => {
  const y = unit(axis);
  const z = unit(cross(Math.abs(y[0]) > 0.95 ? [0, 1, 0] : [1, 0, 0], y));
  return [cross(y, z), y, z];
};

/** The same point in a rotated frame. */
export const rotate = (rotation: Rotation, p: Vector): Vector => [
  dot(rotation[0], p),
  dot(rotation[1], p),
  dot(rotation[2], p),
];

/** The point whose image under `rotate` is `p`. */
export const rotateBack = (rotation: Rotation, p: Vector): Vector =>
  add(add([p[0] * rotation[0][0], p[0] * rotation[0][1], p[0] * rotation[0][2]], rotation[1], p[1]), rotation[2], p[2]);
