/**
 * Radiographs that show another one again, at another size, contrast or coding, with a border, turned or mirrored. The
 * perceptual hash finds candidates, by a table of each quarter of it (multi-index hashing: Norouzi, Punjani and Fleet, 2012);
 * the detail of the small pictures decides, so that both knees of one patient are two radiographs.
 */

import type { ImageId } from "../../clinic/ids.ts";
import { withoutBorder } from "../../imaging/borders.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import {
  type HashBits,
  hashBits,
  hashDistance,
  type Orientation,
  orientations,
  orientedBits,
} from "../../imaging/perceptual-hash.ts";
import { detailLikeness, type PictureDetail, pictureDetail } from "../../imaging/picture-detail.ts";

/** A picture as it is compared. */
export interface ComparedPicture {
  readonly perceptualHash: string;
  readonly detail: PictureDetail;
}

/** Copies differ in no more bits; with two bits in each of the four quarters tried, none of them is missed. */
const mostBits = 11;
/** Different radiographs, also of both sides of one patient, are less alike in detail. */
const leastLikeness = 0.8;
/** Where many radiographs look alike, the nearest are compared in detail. */
const mostCompared = 16;
/** Details that are kept in memory: those of the last pictures, which may not be on the disk yet, among them. */
const detailsKept = 256;

/** Changes of up to two of 16 bits. */
const probes: readonly number[] = [
  0,
  ...Array.from({ length: 16 }, (_, a) => 1 << a),
  ...Array.from({ length: 16 }, (_, a) => Array.from({ length: a }, (__, b) => (1 << a) | (1 << b))).flat(),
];

const quartersOf = ([high, low]: HashBits): readonly [number, number, number, number] => [
  low & 0xffff,
  low >>> 16,
  high & 0xffff,
  high >>> 16,
];

/** The pictures of a home by what they look like. */
export class NearDuplicates {
  readonly #readPicture: (image: ImageId) => Promise<Uint8Array>;
  readonly #images: ImageId[] = [];
  readonly #hashes: HashBits[] = [];
  /** Positions by quarter, for each of the four quarters. */
  readonly #tables = Array.from({ length: 4 }, () => new Map<number, number[]>());
  readonly #details = new Map<ImageId, PictureDetail>();

  /** @param readPicture the small picture of an image, a PNG */
  constructor(readPicture: (image: ImageId) => Promise<Uint8Array>) {
    this.#readPicture = readPicture;
  }

  /** Files an image under its hash. */
  add(image: ImageId, perceptualHash: string, detail?: PictureDetail): void {
    const hash = hashBits(perceptualHash);
    const position = this.#images.push(image) - 1;
    this.#hashes.push(hash);
    quartersOf(hash).forEach((quarter, table) => {
      const bucket = this.#tables[table]!.get(quarter);
      if (bucket) bucket.push(position);
      else this.#tables[table]!.set(quarter, [position]);
    });
    if (detail) this.#keep(image, detail);
  }

  /** The image that a picture shows again, the most alike of several; undefined where there is none. */
  async find({ perceptualHash, detail }: ComparedPicture): Promise<ImageId | undefined> {
    let best: { image: ImageId; likeness: number } | undefined;
    for (const { position, orientation } of this.#candidates(hashBits(perceptualHash))) {
      const image = this.#images[position]!;
      const other = await this.#detailOf(image);
      const likeness = other ? detailLikeness(other, detail, orientation) : 0;
      if (likeness >= leastLikeness && likeness > (best?.likeness ?? 0)) best = { image, likeness };
    }
    return best?.image;
  }

  #candidates(query: HashBits): { position: number; orientation: Orientation }[] {
    const found: { position: number; orientation: Orientation; distance: number }[] = [];
    for (const orientation of orientations) {
      const turned = orientedBits(query, orientation);
      const seen = new Set<number>();
      quartersOf(turned).forEach((quarter, table) => {
        for (const probe of probes) {
          for (const position of this.#tables[table]!.get(quarter ^ probe) ?? []) {
            if (seen.has(position)) continue;
            seen.add(position);
            const distance = hashDistance(this.#hashes[position]!, turned);
            if (distance <= mostBits) found.push({ position, orientation, distance });
          }
        }
      });
    }
    return found.sort((a, b) => a.distance - b.distance || a.position - b.position).slice(0, mostCompared);
  }

  async #detailOf(image: ImageId): Promise<PictureDetail | undefined> {
    const kept = this.#details.get(image);
    if (kept) return kept;
    const png = await this.#readPicture(image).catch(() => undefined); // a picture that is missing is like no other
    if (!png) return undefined;
    const detail = pictureDetail(withoutBorder(await decodeGreyPng(png)));
    this.#keep(image, detail);
    return detail;
  }

  #keep(image: ImageId, detail: PictureDetail): void {
    this.#details.set(image, detail);
    if (this.#details.size > detailsKept) this.#details.delete(this.#details.keys().next().value!);
  }
}
