/** The rotation of a camera from how the patient is turned. */
import { add, cross, type Rotation, unit, type Vector } from "./geometry/vector.ts";

/** Angles in radians: about the long axis, nodding, in the picture's plane; the left side is the right one in a mirror. */
export interface CameraAngles {
  readonly turn: number;
  readonly pitch: number;
  readonly roll: number;
  readonly mirrored: boolean;
}

/** Rows: right in the picture, down in the picture, along the ray. */
export const cameraRotation = (angles: CameraAngles): Rotation => {
  const { turn, pitch, roll, mirrored } = angles;
  const right: Vector = [Math.cos(turn), 0, Math.sin(turn)];
  const ray: Vector = [-Math.sin(turn), 0, Math.cos(turn)];
  const down: Vector = [0, 1, 0];
  const tiltedDown = unit(add(down, ray, Math.tan(pitch)));
  const tiltedRay = unit(cross(right, tiltedDown));
  const across = add(add([0, 0, 0], right, Math.cos(roll)), tiltedDown, Math.sin(roll));
  const below = add(add([0, 0, 0], tiltedDown, Math.cos(roll)), right, -Math.sin(roll));
  return [mirrored ? [-across[0], -across[1], -across[2]] : across, below, tiltedRay];
};
