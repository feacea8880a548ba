/** The named places of the skeletons: which bone, which position on it, which region of SAM-X shows it, how often it is hit. */
import type { Position, Site } from "../clinic/sites.ts";

/** A place a tumour may sit. */
export interface PlaceFacts {
  readonly place: string;
  readonly position?: Position;
  /** One of the 28 regions of SAM-X (Hinterwimmer et al., Eur Radiol 2023, table 1). */
  readonly region: string;
  readonly weight: number;
}

const on = (place: string, position: Position, region: string, weight: number): PlaceFacts => ({
  place,
  position,
  region,
  weight,
});
const at = (place: string, region: string, weight = 1): PlaceFacts => ({ place, region, weight });

/** The places of every bone. */
export const places: Readonly<Record<Site, readonly PlaceFacts[]>> = {
  clavicle: [at("clavicle middle", "Clavicula"), at("clavicle lateral", "Clavicula")],
  spine: [at("third lumbar vertebra", "Lumbar spine"), at("fourth lumbar vertebra", "Lumbar spine")],
  femur: [
    on("femur proximal metaphysis", "metaphyseal", "Hip", 0.8),
    on("femur proximal meta-diaphysis", "meta-diaphyseal", "Hip", 0.7),
    on("femur diaphysis", "diaphyseal", "Femur", 1),
    on("femur distal meta-diaphysis", "meta-diaphyseal", "Femur", 1),
    on("femur distal metaphysis", "metaphyseal", "Knee", 2.4),
    on("femur distal epi-metaphysis", "epi-metaphyseal", "Knee", 1.2),
    on("femur distal epiphysis", "epiphyseal", "Knee", 1),
  ],
  fibula: [
    on("fibula proximal metaphysis", "metaphyseal", "Knee", 2),
    on("fibula diaphysis", "diaphyseal", "Lower leg", 1),
    on("fibula distal metaphysis", "metaphyseal", "Ankle", 1),
  ],
  foot: [
    on("metatarsal 1", "diaphyseal", "Foot", 1),
    on("metatarsal 2", "diaphyseal", "Foot", 0.6),
    on("metatarsal 3", "diaphyseal", "Foot", 0.6),
    on("metatarsal 4", "diaphyseal", "Foot", 0.6),
    on("metatarsal 5", "diaphyseal", "Foot", 0.8),
    on("toe 1", "diaphyseal", "Foot", 0.8),
    at("calcaneus", "Foot", 1),
  ],
  hand: ["thumb", "index", "middle", "ring", "little"].flatMap((finger) => [
    on(`metacarpal ${finger}`, "diaphyseal", "Hand", 0.8),
    on(`proximal phalanx ${finger}`, "diaphyseal", "Hand", 1.2),
    ...(finger === "thumb" ? [] : [on(`middle phalanx ${finger}`, "diaphyseal", "Finger", 0.7)]),
  ]),
  humerus: [
    on("humerus proximal epiphysis", "epiphyseal", "Shoulder", 1),
    on("humerus proximal epi-metaphysis", "epi-metaphyseal", "Shoulder", 1),
    on("humerus proximal metaphysis", "metaphyseal", "Shoulder", 2.4),
    on("humerus proximal meta-diaphysis", "meta-diaphyseal", "Shoulder", 1),
    on("humerus diaphysis", "diaphyseal", "Humerus", 1),
    on("humerus distal metaphysis", "metaphyseal", "Elbow", 0.4),
  ],
  ilium: [at("iliac wing", "Pelvis"), at("ilium above the hip", "Pelvis")],
  ischium: [at("ischium", "Pelvis")],
  patella: [at("patella", "Patella")],
  pubis: [at("pubis", "Pelvis")],
  radius: [
    on("radius diaphysis", "diaphyseal", "Forearm", 1),
    on("radius distal metaphysis", "metaphyseal", "Wrist", 1),
    on("radius distal epi-metaphysis", "epi-metaphyseal", "Wrist", 1),
  ],
  sacrum: [at("sacrum", "Sacrum")],
  scapula: [at("scapula body", "Shoulder"), at("scapula neck", "Shoulder")],
  tibia: [
    on("tibia proximal epiphysis", "epiphyseal", "Knee", 1),
    on("tibia proximal epi-metaphysis", "epi-metaphyseal", "Knee", 1),
    on("tibia proximal metaphysis", "metaphyseal", "Knee", 2),
    on("tibia proximal meta-diaphysis", "meta-diaphyseal", "Lower leg", 0.8),
    on("tibia diaphysis", "diaphyseal", "Lower leg", 1),
    on("tibia distal meta-diaphysis", "meta-diaphyseal", "Lower leg", 0.6),
    on("tibia distal metaphysis", "metaphyseal", "Ankle", 0.8),
    on("tibia distal epi-metaphysis", "epi-metaphyseal", "Ankle", 0.5),
  ],
  ulna: [on("ulna diaphysis", "diaphyseal", "Forearm", 1), on("ulna distal metaphysis", "metaphyseal", "Wrist", 1)],
};
