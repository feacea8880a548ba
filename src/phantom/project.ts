/** Integrates bone and soft tissue along parallel rays: how many millimetres of what the X-rays pass at every pixel. */
import type { Bone, BonePiece, FinePart, Skeleton, SoftPart } from "./anatomy/skeleton.ts";
import type { Ball } from "./geometry/shape.ts";
import { add, dot, type Rotation, rotate, rotateBack, type Vector } from "./geometry/vector.ts";
import type { Lesion, Sample } from "./lesions/lesion.ts";
import type { Noise } from "./noise.ts";
import { boneMineral, edge } from "./tissue.ts";

/** Where the picture is taken from, in the anatomy's millimetres. */
export interface Camera {
  readonly width: number;
  readonly height: number;
  /** Size of a pixel, mm. */
  readonly pixel: number;
  /** The point in the middle of the picture. */
  readonly centre: Vector;
  /** Rows: right in the picture, down in the picture, along the ray. */
  readonly rotation: Rotation;
}

/** A tumour in its place. */
export interface Tumour {
  readonly lesion: Lesion;
  readonly bone: string;
  readonly origin: Vector;
  /** Rows: along, out, around. */
  readonly rotation: Rotation;
}

/** What is projected, and how. */
export interface Projection {
  readonly skeleton: Skeleton;
  readonly camera: Camera;
  readonly noise: Noise;
  /** How open the growth plates are, 0 (closed) to 1. */
  readonly openPlates: number;
  readonly tumour?: Tumour;
}

/** Path lengths through the body, one value a pixel, in the anatomy's millimetres. */
export interface PathLengths {
  readonly mineral: Float32Array;
  /** The part of `mineral` that lies in trabeculae. */
  readonly trabecular: Float32Array;
  /** Water-like tissue. */
  readonly soft: Float32Array;
  /** Tumour. */
  readonly member: Float32Array;
}

const tile = 8;
const lesionBit = 1 << 30;

/** Which rays may meet a bone: for every tile of pixels the depths between which to look, and for which pieces. */
interface TileMap {
  readonly across: number;
  readonly near: Float32Array;
  readonly far: Float32Array;
  readonly pieces: Int32Array;
}

const mapTiles = (camera: Camera, balls: readonly { readonly ball: Ball; readonly bit: number }[]): TileMap => {
  const across = Math.ceil(camera.width / tile);
  const down = Math.ceil(camera.height / tile);
  const map: TileMap = {
    across,
    near: new Float32Array(across * down).fill(Infinity),
    far: new Float32Array(across * down).fill(-Infinity),
    pieces: new Int32Array(across * down),
  };
  for (const { ball, bit } of balls) {
    const [u, v, depth] = rotate(camera.rotation, add([ball[0], ball[1], ball[2]], camera.centre, -1));
    const x = u / camera.pixel + camera.width / 2;
    const y = v / camera.pixel + camera.height / 2;
    const reach = ball[3] / camera.pixel;
    const left = Math.max(0, Math.floor((x - reach) / tile));
    const right = Math.min(across - 1, Math.floor((x + reach) / tile));
    const top = Math.max(0, Math.floor((y - reach) / tile));
    const bottom = Math.min(down - 1, Math.floor((y + reach) / tile));
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const i = row * across + column;
        if (depth - ball[3] < map.near[i]!) map.near[i] = depth - ball[3];
        if (depth + ball[3] > map.far[i]!) map.far[i] = depth + ball[3];
        map.pieces[i]! |= bit;
      }
    }
  }
  return map;
};

/** Walks rays through one bone. A class, because a method called once a ray is compiled well, one long loop is not. */
class BoneRays {
  mineral = 0;
  trabecular = 0;
  soft = 0;
  member = 0;
  readonly #bone: Bone;
  readonly #camera: Camera;
  readonly #noise: Noise;
  readonly #plates: Bone["plates"];
  readonly #open: number;
  readonly #tumour: Tumour | undefined;
  /** The lesion's centre. */
  readonly #middle: Vector;
  readonly #sample: Sample;

  constructor(bone: Bone, projection: Projection) {
    this.#bone = bone;
    this.#camera = projection.camera;
    this.#noise = projection.noise;
    this.#open = projection.openPlates;
    this.#plates = projection.openPlates > 0 ? bone.plates : [];
    const tumour = projection.tumour?.bone === bone.name ? projection.tumour : undefined;
    this.#tumour = tumour;
    this.#middle = tumour ? add(tumour.origin, rotateBack(tumour.rotation, tumour.lesion.centre)) : [0, 0, 0];
    this.#sample = {
      along: 0.5,
      out: 0.5,
      around: 0.5,
      bare: 0.5,
      distance: 0.5,
      cortex: 0.5,
      spongy: 0.5,
      step: 0.5,
      mineral: 0.5,
      trabecular: 0.5,
      soft: 0.5,
      member: 0.5,
    };
  }

  /** The tiles that this bone, or the tumour on it, may darken. */
  tiles(): TileMap {
    const lesion = this.#tumour?.lesion;
    // around a tumour, pieces of the bone matter even where they are some way off
    const margin = lesion ? 26 : 2;
    const balls = this.#bone.pieces.flatMap((piece, i) =>
      piece.shape.balls.map(([x, y, z, radius]): { ball: Ball; bit: number } => ({
        ball: [x, y, z, radius + margin],
        bit: 1 << i,
      })),
    );
    if (lesion) balls.push({ ball: [...this.#middle, lesion.reach], bit: lesionBit });
    return mapTiles(this.#camera, balls);
  }

  /** Compact or cancellous bone, with the growth plates. */
  #bonePlain(x: number, y: number, z: number): void {
    const s = this.#sample;
    s.mineral = boneMineral(s);
    s.trabecular = 1;
    for (const plate of this.#plates) {
      const px = x - plate.centre[0];
      const py = y - plate.centre[1];
      const pz = z - plate.centre[2];
      if (px * px + py * py + pz * pz > plate.radius * plate.radius) continue;
      let q = px * plate.normal[0] + py * plate.normal[1] + pz * plate.normal[2];
      if (q > 8 || q < -8) continue;
      q += 2.2 * this.#noise.at(x / 14, y / 14, z / 14);
      const gap = this.#open * Math.exp(-q * q * 0.9);
      const chalk = this.#open * 0.2 * Math.exp(-((Math.abs(q) - 2.4) ** 2));
      s.mineral = (s.mineral + (s.distance < 0 ? chalk : 0)) * (1 - gap);
    }
  }

  /** Adds up what the ray from `(ox, oy, oz)` meets between two depths; the sums are in the public fields. */
  walk(origin: Float64Array, depths: Float64Array, pieces: readonly BonePiece[]): void {
    const { blend, step: boneStep } = this.#bone;
    const [rx, ry, rz] = this.#camera.rotation[2];
    const ox = origin[0]!;
    const oy = origin[1]!;
    const oz = origin[2]!;
    const far = depths[1]!;
    const s = this.#sample;
    const tumour = this.#tumour;
    const lesion = tumour?.lesion;
    let enter = Infinity;
    let leave = -Infinity;
    if (lesion) {
      const mx = this.#middle[0] - ox;
      const my = this.#middle[1] - oy;
      const mz = this.#middle[2] - oz;
      const nearest = mx * rx + my * ry + mz * rz;
      const half = lesion.reach * lesion.reach - (mx * mx + my * my + mz * mz - nearest * nearest);
      if (half > 0) {
        enter = nearest - Math.sqrt(half);
        leave = nearest + Math.sqrt(half);
      }
    }
    const first = pieces[0]!;
    let mineral = 0;
    let trabecular = 0;
    let soft = 0;
    let member = 0;
    for (let depth = depths[0]!; depth < far; ) {
      let x = ox + depth * rx;
      let y = oy + depth * ry;
      let z = oz + depth * rz;
      const inLesion = depth >= enter && depth <= leave;
      if (tumour && inLesion) {
        const [along, out, around] = tumour.rotation;
        const dx = x - this.#middle[0];
        const dy = y - this.#middle[1];
        const dz = z - this.#middle[2];
        s.along = dx * along[0] + dy * along[1] + dz * along[2];
        s.out = dx * out[0] + dy * out[1] + dz * out[2];
        s.around = dx * around[0] + dy * around[1] + dz * around[2];
        if (lesion?.bow) {
          const bent = lesion.bow(s.along);
          x -= bent * out[0];
          y -= bent * out[1];
          z -= bent * out[2];
          s.out -= bent;
        }
      }
      let nearest = first;
      let distance = first.shape.distance(x, y, z);
      let closest = distance;
      for (let i = 1; i < pieces.length; i++) {
        const piece = pieces[i]!;
        const d = piece.shape.distance(x, y, z);
        if (d < closest) {
          closest = d;
          nearest = piece;
        }
        const h = blend - Math.abs(distance - d);
        if (d < distance) distance = d;
        if (h > 0) distance -= (h * h) / (4 * blend);
      }
      let step = boneStep;
      if (!inLesion && distance > step) {
        step = Math.max(step, 0.8 * distance);
        if (depth < enter && depth + step > enter) step = Math.max(boneStep, enter - depth);
        depth += step;
        continue;
      }
      if (inLesion) step = 0.85 * boneStep;
      s.bare = distance;
      s.distance = distance;
      s.step = step;
      s.soft = 0;
      s.member = 0;
      s.cortex = nearest.cortex;
      s.spongy = nearest.spongy;
      if (nearest.shaft) {
        const row = nearest.shaft.rowAt(x, y, z);
        s.cortex *= nearest.shaft.cortexOf(row);
        s.spongy *= nearest.shaft.spongyOf(row);
      }
      if (inLesion && lesion) {
        if (lesion.reshape) s.distance = lesion.reshape(s);
        const clear = lesion.clearance ? Math.min(s.distance, lesion.clearance(s)) : s.distance;
        if (clear > 2 * step) {
          depth += 0.7 * clear;
          continue;
        }
        this.#bonePlain(x, y, z);
        lesion.change(s);
      } else {
        const deep = -distance - s.cortex - 2 * step;
        if (deep > 2 * step) {
          // deep in the marrow nothing changes quickly
          step = Math.min(deep, 5 * step);
          if (depth < enter && depth + step > enter) step = Math.max(boneStep, enter - depth);
        }
        this.#bonePlain(x, y, z);
      }
      mineral += s.mineral * step;
      if (s.distance < -s.cortex) trabecular += s.trabecular * s.mineral * step;
      soft += s.soft * step;
      member += s.member * step;
      depth += step;
    }
    this.mineral = mineral;
    this.trabecular = trabecular;
    this.soft = soft;
    this.member = member;
  }
}

/** How much denser tumour is than the tissue it displaces, as a share of water. */
const tumourDensity = 0.22;

const projectBone = (bone: Bone, projection: Projection, into: PathLengths): void => {
  const { camera } = projection;
  const rays = new BoneRays(bone, projection);
  const tiles = rays.tiles();
  const byMask = new Map<number, readonly BonePiece[]>();
  const piecesOf = (mask: number): readonly BonePiece[] => {
    let pieces = byMask.get(mask);
    if (!pieces) {
      pieces = bone.pieces.filter((_, i) => mask & (1 << i));
      if (pieces.length === 0) pieces = bone.pieces;
      byMask.set(mask, pieces);
    }
    return pieces;
  };
  const [right, down] = camera.rotation;
  const origin = new Float64Array(3);
  const depths = new Float64Array(2);
  for (let t = 0; t < tiles.pieces.length; t++) {
    const mask = tiles.pieces[t]!;
    if (mask === 0) continue;
    const pieces = piecesOf(mask);
    const left = (t % tiles.across) * tile;
    const top = Math.floor(t / tiles.across) * tile;
    depths[1] = tiles.far[t]!;
    for (let row = top; row < Math.min(top + tile, camera.height); row++) {
      const v = (row + 0.5 - camera.height / 2) * camera.pixel;
      for (let column = left; column < Math.min(left + tile, camera.width); column++) {
        const u = (column + 0.5 - camera.width / 2) * camera.pixel;
        for (let k = 0; k < 3; k++) origin[k] = camera.centre[k]! + u * right[k]! + v * down[k]!;
        // a different start on each ray turns rings of equal depth into grain
        depths[0] = tiles.near[t]! + (((row * 7 + column * 13) % 17) / 17) * bone.step;
        rays.walk(origin, depths, pieces);
        const i = row * camera.width + column;
        into.mineral[i]! += rays.mineral;
        into.trabecular[i]! += rays.trabecular;
        into.soft[i]! += tumourDensity * rays.soft;
        into.member[i]! += rays.member;
      }
    }
  }
};

/** Metal, cement, vessels, gas: the length of each ray inside each part. */
const projectFine = (parts: readonly FinePart[], camera: Camera, into: PathLengths): void => {
  const [right, down, ray] = camera.rotation;
  const step = Math.max(0.5, 0.6 * camera.pixel);
  for (const { shape, density, like } of parts) {
    const tiles = mapTiles(
      camera,
      shape.balls.map(([x, y, z, radius]) => ({ ball: [x, y, z, radius + 1], bit: 1 })),
    );
    const plane = like === "mineral" ? into.mineral : into.soft;
    for (let t = 0; t < tiles.pieces.length; t++) {
      if (tiles.pieces[t] === 0) continue;
      const left = (t % tiles.across) * tile;
      const top = Math.floor(t / tiles.across) * tile;
      for (let row = top; row < Math.min(top + tile, camera.height); row++) {
        const v = (row + 0.5 - camera.height / 2) * camera.pixel;
        for (let column = left; column < Math.min(left + tile, camera.width); column++) {
          const u = (column + 0.5 - camera.width / 2) * camera.pixel;
          const ox = camera.centre[0] + u * right[0] + v * down[0];
          const oy = camera.centre[1] + u * right[1] + v * down[1];
          const oz = camera.centre[2] + u * right[2] + v * down[2];
          let length = 0;
          for (let depth = tiles.near[t]!; depth < tiles.far[t]!; ) {
            const d = shape.distance(ox + depth * ray[0], oy + depth * ray[1], oz + depth * ray[2]);
            const advance = Math.max(step, 0.8 * Math.abs(d));
            if (d < step) length += advance * edge(-d, 2 * step);
            depth += advance;
          }
          const i = row * camera.width + column;
          plane[i] = Math.max(0, plane[i]! + density * length);
        }
      }
    }
  }
};

const stride = 6;

/** Soft tissue is smooth: every sixth ray in every sixth row, the rest by interpolation. */
const projectSoft = (parts: readonly SoftPart[], camera: Camera, into: Float32Array): void => {
  const width = Math.ceil(camera.width / stride) + 1;
  const height = Math.ceil(camera.height / stride) + 1;
  const coarse = new Float32Array(width * height);
  const [right, down, ray] = camera.rotation;
  const step = 4;
  for (const part of parts.filter((candidate) => candidate.density > 0 || candidate.density < 0)) {
    const depths = part.shape.balls.map((ball) => {
      const depth = dot(ray, add([ball[0], ball[1], ball[2]], camera.centre, -1));
      return [depth - ball[3], depth + ball[3]] as const;
    });
    const near = Math.min(...depths.map(([first]) => first));
    const far = Math.max(...depths.map(([, last]) => last));
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const u = (column * stride + 0.5 - camera.width / 2) * camera.pixel;
        const v = (row * stride + 0.5 - camera.height / 2) * camera.pixel;
        const ox = camera.centre[0] + u * right[0] + v * down[0];
        const oy = camera.centre[1] + u * right[1] + v * down[1];
        const oz = camera.centre[2] + u * right[2] + v * down[2];
        let length = 0;
        let depth = near;
        while (depth < far) {
          const d = part.shape.distance(ox + depth * ray[0], oy + depth * ray[1], oz + depth * ray[2]);
          const advance = Math.max(step, Math.abs(d) * 0.7);
          // the skin and the fat beneath it attenuate less than muscle
          if (d < step) length += Math.min(advance, far - depth) * edge(-d, step) * (d > -7 ? 0.86 : 1);
          depth += advance;
        }
        coarse[row * width + column]! += length * part.density;
      }
    }
  }
  for (let row = 0; row < camera.height; row++) {
    const y = row / stride;
    const j = y | 0;
    const b = y - j;
    for (let column = 0; column < camera.width; column++) {
      const x = column / stride;
      const i = x | 0;
      const a = x - i;
      const o = j * width + i;
      const upper = coarse[o]! * (1 - a) + coarse[o + 1]! * a;
      const lower = coarse[o + width]! * (1 - a) + coarse[o + width + 1]! * a;
      into[row * camera.width + column]! += Math.max(0, upper * (1 - b) + lower * b);
    }
  }
};

/** Projects a skeleton, its soft tissue and the tumour in it. */
export const project = (projection: Projection): PathLengths => {
  const { camera, skeleton } = projection;
  const pixels = camera.width * camera.height;
  const lengths: PathLengths = {
    mineral: new Float32Array(pixels),
    trabecular: new Float32Array(pixels),
    soft: new Float32Array(pixels),
    member: new Float32Array(pixels),
  };
  projectSoft(skeleton.soft, camera, lengths.soft);
  for (const bone of skeleton.bones) projectBone(bone, projection, lengths);
  if (skeleton.fine) projectFine(skeleton.fine, camera, lengths);
  return lengths;
};
