/**
 * The 28 regions that SAM-X sorts radiographs into (Hinterwimmer et al., Eur Radiol 2023, table 1), in its order and spelling,
 * with a code of two letters, their German names and what else they are called. A centre may add regions of its own.
 */

import { type WordMatch, wordFinder } from "./find-word.ts";

/** A region of the body that a radiograph shows. */
export interface RegionTerm {
  /** As the paper spells it; for a region that a centre added, as the centre does. */
  readonly name: string;
  /** One or two letters, unique. */
  readonly code: string;
  /** The German name. */
  readonly de: string;
  /** Other names, in either language. */
  readonly synonyms: readonly string[];
}

/** The published regions. */
export const regionTerms = [
  { name: "Abdomen", code: "AB", de: "Abdomen", synonyms: ["belly", "Bauch"] },
  { name: "Ankle", code: "AN", de: "Sprunggelenk", synonyms: ["OSG", "oberes Sprunggelenk", "ankle joint"] },
  { name: "Calcaneus", code: "CA", de: "Kalkaneus", synonyms: ["heel", "Fersenbein"] },
  { name: "Cervical spine", code: "CS", de: "Halswirbelsäule", synonyms: ["HWS", "c-spine"] },
  { name: "Clavicula", code: "CL", de: "Klavikula", synonyms: ["clavicle", "collarbone", "Schlüsselbein"] },
  { name: "Elbow", code: "EL", de: "Ellenbogen", synonyms: ["Ellbogen"] },
  { name: "Femur", code: "FE", de: "Femur", synonyms: ["thigh", "Oberschenkel"] },
  { name: "Finger", code: "FI", de: "Finger", synonyms: ["thumb", "Daumen"] },
  { name: "Foot", code: "FO", de: "Fuß", synonyms: ["forefoot", "Vorfuß", "toes", "Zehen"] },
  { name: "Forearm", code: "FA", de: "Unterarm", synonyms: ["radius and ulna"] },
  { name: "Hand", code: "HA", de: "Hand", synonyms: ["Mittelhand"] },
  { name: "Hip", code: "HI", de: "Hüfte", synonyms: ["hip joint", "Hüftgelenk"] },
  { name: "Humerus", code: "HU", de: "Humerus", synonyms: ["upper arm", "Oberarm"] },
  { name: "Knee", code: "KN", de: "Knie", synonyms: ["Kniegelenk", "knee joint"] },
  { name: "Lower leg", code: "LL", de: "Unterschenkel", synonyms: ["tibia and fibula"] },
  { name: "Lumbar spine", code: "LS", de: "Lendenwirbelsäule", synonyms: ["LWS", "l-spine"] },
  { name: "Paranasal sinuses", code: "PS", de: "Nasennebenhöhlen", synonyms: ["paranasal sinus", "NNH"] },
  { name: "Patella", code: "PA", de: "Patella", synonyms: ["kneecap", "Kniescheibe"] },
  { name: "Pelvis", code: "PE", de: "Becken", synonyms: ["Beckenübersicht"] },
  { name: "Ribs", code: "RI", de: "Rippen", synonyms: ["rib", "Rippe"] },
  { name: "Sacrum", code: "SA", de: "Sakrum", synonyms: ["Kreuzbein"] },
  { name: "Shoulder", code: "SH", de: "Schulter", synonyms: ["Schultergelenk", "shoulder joint"] },
  { name: "Skull", code: "SK", de: "Schädel", synonyms: ["head", "Kopf"] },
  { name: "Spine", code: "SP", de: "Wirbelsäule", synonyms: ["whole spine", "Ganzwirbelsäule"] },
  { name: "Thoracic spine", code: "TS", de: "Brustwirbelsäule", synonyms: ["BWS", "t-spine"] },
  { name: "Thorax", code: "TH", de: "Thorax", synonyms: ["chest", "Brustkorb"] },
  { name: "Whole leg", code: "WL", de: "Ganzbein", synonyms: ["long leg", "Beinganzaufnahme"] },
  { name: "Wrist", code: "WR", de: "Handgelenk", synonyms: ["carpus", "Handwurzel"] },
] as const satisfies readonly RegionTerm[];

/** One of the 28. */
export type RegionName = (typeof regionTerms)[number]["name"];

/** The region of the 28 that a word means in either language, by its name, code or another name. */
export const findRegion: (text: string) => WordMatch<RegionName> | undefined = wordFinder(
  regionTerms.map(({ name, code, de, synonyms }) => ({ value: name, en: [code, ...synonyms], de: [de] })),
);
