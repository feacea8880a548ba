/** Projects on fewer rays than the picture has pixels and enlarges the result: half the sharpness of the focal spot's blur. */
import { type PathLengths, type Projection, project } from "./project.ts";

/** Pixels of the picture for each ray, across and down. */
const usualRaySpacing = 2;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Weights of Catmull and Rom's cubic for the four samples around a place. */
const cubic = (t: number): readonly [number, number, number, number] => [
  0.5 * t * (-1 + t * (2 - t)),
  0.5 * (2 + t * t * (3 * t - 5)),
  0.5 * t * (1 + t * (4 - 3 * t)),
  0.5 * t * t * (t - 1),
];

const enlargeRows = (values: Float32Array, from: Size, width: number): Float32Array => {
  const result = new Float32Array(width * from.height);
  for (let x = 0; x < width; x++) {
    const place = ((x + 0.5) * from.width) / width - 0.5;
    const left = Math.floor(place);
    const [a, b, c, d] = cubic(place - left);
    const last = from.width - 1;
    const i0 = Math.max(0, left - 1);
    const i1 = Math.max(0, left);
    const i2 = Math.min(last, left + 1);
    const i3 = Math.min(last, left + 2);
    for (let y = 0, row = 0; y < from.height; y++, row += from.width) {
      result[y * width + x] =
        a * values[row + i0]! + b * values[row + i1]! + c * values[row + i2]! + d * values[row + i3]!;
    }
  }
  return result;
};

const transpose = (values: Float32Array, size: Size): Float32Array => {
  const result = new Float32Array(values.length);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) result[x * size.height + y] = values[y * size.width + x]!;
  }
  return result;
};

const enlarge = (values: Float32Array, from: Size, to: Size): Float32Array => {
  const wide = enlargeRows(values, from, to.width);
  const turned = transpose(wide, { width: to.width, height: from.height });
  const tall = enlargeRows(turned, { width: from.height, height: to.width }, to.height);
  const result = transpose(tall, { width: to.height, height: to.width });
  for (let i = 0; i < result.length; i++) if (result[i]! < 0) result[i] = 0;
  return result;
};

/** The path lengths at every pixel of the camera, from a smaller projection. */
export const projectEnlarged = (projection: Projection, raySpacing = usualRaySpacing): PathLengths => {
  const { camera } = projection;
  const from: Size = {
    width: Math.round(camera.width / raySpacing),
    height: Math.round(camera.height / raySpacing),
  };
  const pixel = (camera.pixel * camera.height) / from.height;
  const small = project({ ...projection, camera: { ...camera, ...from, pixel } });
  const large = (values: Float32Array): Float32Array => enlarge(values, from, camera);
  return {
    mineral: large(small.mineral),
    trabecular: large(small.trabecular),
    soft: large(small.soft),
    member: large(small.member),
  };
};
