/** The 28 regions of SAM-X with their numbers of images (Hinterwimmer et al., Eur Radiol 2023, table 1), in its order. */

/** A region's name as the paper spells it, and how many of its 29,433 images showed it. */
export interface RegionFacts {
  readonly region: string;
  readonly publishedImages: number;
}

/** The regions. */
export const regions = [
  { region: "Abdomen", publishedImages: 495 },
  { region: "Ankle", publishedImages: 1033 },
  { region: "Calcaneus", publishedImages: 177 },
  { region: "Cervical spine", publishedImages: 3521 },
  { region: "Clavicula", publishedImages: 100 },
  { region: "Elbow", publishedImages: 186 },
  { region: "Femur", publishedImages: 4270 },
  { region: "Finger", publishedImages: 288 },
  { region: "Foot", publishedImages: 904 },
  { region: "Forearm", publishedImages: 192 },
  { region: "Hand", publishedImages: 345 },
  { region: "Hip", publishedImages: 1529 },
  { region: "Humerus", publishedImages: 811 },
  { region: "Knee", publishedImages: 3815 },
  { region: "Lower leg", publishedImages: 1406 },
  { region: "Lumbar spine", publishedImages: 564 },
  { region: "Paranasal sinuses", publishedImages: 257 },
  { region: "Patella", publishedImages: 269 },
  { region: "Pelvis", publishedImages: 2134 },
  { region: "Ribs", publishedImages: 88 },
  { region: "Sacrum", publishedImages: 96 },
  { region: "Shoulder", publishedImages: 1577 },
  { region: "Skull", publishedImages: 79 },
  { region: "Spine", publishedImages: 821 },
  { region: "Thoracic spine", publishedImages: 814 },
  { region: "Thorax", publishedImages: 3209 },
  { region: "Whole leg", publishedImages: 212 },
  { region: "Wrist", publishedImages: 241 },
] as const satisfies readonly RegionFacts[];

/** One of the 28. */
export type Region = (typeof regions)[number]["region"];

/** Images that SAM-X set aside as non-musculoskeletal: 13,175 of 42,608. */
export const publishedNonMusculoskeletalShare = 13_175 / 42_608;
