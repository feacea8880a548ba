/**
 * From path lengths to a stored picture: Beer and Lambert's attenuation, scatter, focal blur, quantum noise, the
 * logarithmic detector of computed radiography with its flattening of large differences, and the film's S-curve.
 */
import type { Random } from "../numeric/random.ts";
import { blur, type Plane } from "./blur.ts";
import type { PathLengths } from "./project.ts";

/** How a picture is taken. */
export interface Exposure {
  readonly width: number;
  readonly height: number;
  /** Real size of a pixel, mm. */
  readonly pixelSpacingMm: number;
  /** Real millimetres per millimetre of the anatomy. */
  readonly scale: number;
  /** Photons that reach a pixel behind the middle of the body, as the automatic exposure sets it: more is less grain. */
  readonly photons: number;
  /** Standard deviation of the focal spot's blur, mm. */
  readonly focusMm: number;
  /** Share of the large differences that the processing takes away, 0 to 1. */
  readonly flatten: number;
  /** How much edges are enhanced, 0 (not) to about 1. */
  readonly sharpen: number;
  /** Steepness of the S-curve. */
  readonly contrast: number;
  /** Where the middle grey lies: above 0 brighter. */
  readonly brightness: number;
}

/** Linear attenuation at about 60 keV per mm: water-like tissue, and what compact bone adds (NIST XCOM, ICRU-44 tissues). */
const softAttenuation = 0.0205;
const mineralAttenuation = 0.04;

const quantile = (values: Float32Array, share: number): number => {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

/** A draw that is normal enough for grain, of variance 1: the sum of the four bytes of one random number. */
const grain = (random: Random): number => {
  const bits = random.uint32();
  return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8;
};

/** Trabeculae run mostly along the bone: noise that is longer down the picture than across it. */
const trabecularPattern = (exposure: Exposure, random: Random): Float32Array => {
  const { width, height, pixelSpacingMm } = exposure;
  const white: Plane = { width, height, values: new Float32Array(width * height) };
  for (let i = 0; i < white.values.length; i++) white.values[i] = grain(random);
  const fine = blur(white, 0.45 / pixelSpacingMm, 1.3 / pixelSpacingMm);
  let sum = 0;
  for (const value of fine) sum += value * value;
  const norm = 1 / Math.sqrt(sum / fine.length);
  for (let i = 0; i < fine.length; i++) fine[i]! *= norm;
  return fine;
};

/** The picture as grey values in [0, 1], bone bright. */
export const expose = (lengths: PathLengths, exposure: Exposure, random: Random): Float32Array => {
  const { width, height, pixelSpacingMm, scale } = exposure;
  const pixels = width * height;
  const pattern = trabecularPattern(exposure, random.fork("trabeculae"));
  const primary = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const trabecular = lengths.trabecular[i]!;
    const mineral = Math.max(0, lengths.mineral[i]! + 0.75 * Math.sqrt(trabecular * 0.9) * 0.62 * pattern[i]!);
    primary[i] = Math.exp(-scale * (softAttenuation * lengths.soft[i]! + mineralAttenuation * mineral));
  }
  const focused = blur({ width, height, values: primary }, exposure.focusMm / pixelSpacingMm);
  // scatter: a broad veil, computed on every fourth pixel
  const small: Plane = { width: Math.ceil(width / 4), height: Math.ceil(height / 4), values: new Float32Array(0) };
  const reduced = new Float32Array(small.width * small.height);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) reduced[y * small.width + x] = focused[4 * y * width + 4 * x]!;
  }
  const broad = (values: Float32Array, mm: number): Float32Array => blur({ ...small, values }, mm / pixelSpacingMm / 4);
  const veil = broad(
    reduced.map((value) => Math.min(value, 0.35)),
    14,
  );
  const exposed = quantile(
    reduced.filter((value) => value < 0.9),
    0.5,
  );
  const quanta = random.fork("quanta");
  const signal = new Float32Array(pixels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const scatter = 0.14 * veil[(y >> 2) * small.width + (x >> 2)]!;
      const intensity = focused[i]! + scatter;
      const sigma = Math.sqrt(exposed / (exposure.photons * intensity));
      // the logarithm of the noisy count, to first order
      signal[i] = -Math.log(intensity) + sigma * grain(quanta);
    }
  }
  // the processing of computed radiography enhances edges
  const softened = blur({ width, height, values: signal }, 1.1 / pixelSpacingMm);
  for (let i = 0; i < pixels; i++) signal[i]! += exposure.sharpen * (signal[i]! - softened[i]!);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) reduced[y * small.width + x] = signal[4 * y * width + 4 * x]!;
  }
  const skin = 0.12;
  const body = reduced.filter((value) => value > skin);
  const middle = body.length > 0 ? quantile(body, 0.5) : 1;
  // large structures are flattened inside the body, the empty field stays dark
  const large = broad(
    reduced.map((value) => (value > skin ? value : 0.35 * middle)),
    18,
  );
  const flat = new Float32Array(pixels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const weight = Math.min(1, Math.max(0, signal[i]! / (0.5 * middle)));
      flat[i] = signal[i]! - exposure.flatten * weight * (large[(y >> 2) * small.width + (x >> 2)]! - middle);
    }
  }
  const shown = reduced.slice();
  let count = 0;
  for (let i = 0; i < pixels; i += 17) if (signal[i]! > skin) shown[count++] = flat[i]!;
  const low = quantile(shown.subarray(0, count), 0.12);
  const high = quantile(shown.subarray(0, count), 0.985);
  const range = Math.max(0.2, high - low);
  for (let i = 0; i < pixels; i++) {
    const t = (flat[i]! - low) / range + exposure.brightness;
    flat[i] = 1 / (1 + Math.exp(-exposure.contrast * (t - 0.55)));
  }
  return flat;
};
