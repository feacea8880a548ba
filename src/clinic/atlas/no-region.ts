/** Why a picture belongs to no region that an atlas model knows: a code from a closed set, and a sentence for people. */

const details = {
  "like-discarded": "The picture looks like what readers of the atlas discarded.",
  "unlike-regions": "The picture is unlike the radiographs of every region that the atlas learned.",
  "unlike-archive": "The texture of the picture is unlike that of every radiograph the atlas learned.",
  "other-modality": "The file says that it is of a modality other than radiography.",
  "too-small": "The picture is too small to show anatomy.",
  "colour-photograph": "The picture is in colour, as no radiograph is.",
  blank: "The picture is blank.",
  noise: "The picture is noise, a fine pattern or text.",
  gradient: "The picture is a smooth gradient without any edge.",
  drawing: "The picture is made of areas of one grey each, as a drawing or a screen is.",
  document: "The picture looks like a page or a screen.",
} as const satisfies Readonly<Record<string, string>>;

/** One of the codes. */
export type NoRegionReason = keyof typeof details;

/** The sentence of a code. */
export const describeNoRegion = (reason: NoRegionReason): string => details[reason];
