/**
 * Whether a picture is a radiograph like those of the archive. Two questions, neither of which the trained network answers,
 * because a network gives every picture a neighbour: can it be a radiograph at all (imaging/plausibility.ts), and is its
 * texture like the archive's (retrieval/novelty.ts)?
 */

import { OsteonError } from "../../errors.ts";
import { describeTexture, TEXTURE_DIMENSIONS } from "../../imaging/describe-texture.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { assessPlausibility } from "../../imaging/plausibility.ts";
import { fitNovelty, type NoveltyModel, noveltyOf } from "../../retrieval/novelty.ts";
import type { StoredImage } from "../../store/index.ts";

/** What is usual in an archive; null where it has too few patients to tell. */
export interface Familiarity {
  readonly texture: NoveltyModel | null;
}

/** Fewer patients than this cannot say what is usual. */
const fewestPatients = 20;

/** Learns what is usual from the textures of an archive's radiographs, in the order of `images`. */
export const fitFamiliarity = (
  images: readonly Pick<StoredImage, "patient">[],
  textures: readonly Float64Array[],
  seed: number,
): Familiarity => {
  const groups = images.map(({ patient }) => patient as string);
  if (new Set(groups).size < fewestPatients) return { texture: null };
  const values = new Float64Array(textures.length * TEXTURE_DIMENSIONS);
  textures.forEach((texture, i) => {
    values.set(texture, i * TEXTURE_DIMENSIONS);
  });
  return { texture: fitNovelty({ rows: textures.length, columns: TEXTURE_DIMENSIONS, values }, { seed, groups }) };
};

/** Why a picture cannot be told: a code from a closed set, and a sentence. */
export interface UnknownReason {
  readonly code: string;
  readonly detail: string;
}

/** What a picture looks like, whatever the archive is like. */
export interface Appearance {
  /** Why it can be no radiograph; null where it can. */
  readonly implausible: UnknownReason | null;
  /** See describe-texture.ts. */
  readonly texture: readonly number[];
}

/** Looks at a small picture once, before any archive is asked. */
export const appearanceOf = (picture: GreyImage, colourfulness: number): Appearance => {
  const plausibility = assessPlausibility(picture, colourfulness);
  return {
    implausible: plausibility.plausible ? null : plausibility.reason,
    texture: [...describeTexture(picture)],
  };
};

/** Why a picture is no radiograph or unlike the archive; null where it is neither. */
export const unfamiliarity = ({ texture }: Familiarity, appearance: Appearance): UnknownReason | null => {
  if (appearance.implausible) return appearance.implausible;
  if (texture === null) return null;
  const { novel, ratio } = noveltyOf(texture, Float64Array.from(appearance.texture));
  if (!novel) return null;
  const detail = `The picture is unlike every radiograph of the archive (${ratio.toFixed(1)} times the usual limit).`;
  return { code: "unlike-archive", detail };
};

/** As JSON text. */
export const encodeFamiliarity = ({ texture }: Familiarity): string =>
  JSON.stringify({
    texture: texture && {
      ...texture,
      mean: [...texture.mean],
      scale: [...texture.scale],
      lower: { ...texture.lower, values: [...texture.lower.values] },
    },
  });

/**
 * Reads what {@link encodeFamiliarity} wrote.
 *
 * @throws OsteonError `corrupt-store` when the text is anything else
 */
export const decodeFamiliarity = (text: string): Familiarity => {
  try {
    const { texture } = JSON.parse(text) as { texture: NoveltyModel | null };
    if (texture === null) return { texture };
    const { mean, scale, lower } = texture;
    return {
      texture: {
        ...texture,
        mean: Float64Array.from(mean),
        scale: Float64Array.from(scale),
        lower: { ...lower, values: Float64Array.from(lower.values) },
      },
    };
  } catch (cause) {
    throw new OsteonError(
      "corrupt-store",
      "What the index knows of usual radiographs is damaged; build it anew with `osteon precedents index`.",
      {},
      cause,
    );
  }
};
