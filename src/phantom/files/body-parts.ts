/** DICOM's words for the 28 regions (PS3.16 annex L), and which of them Laterality must not stand beside. */
import type { Region } from "../regions/regions.ts";

/** The value of BodyPartExamined. */
export const bodyPartOf: Readonly<Record<Region, string>> = {
  Abdomen: "ABDOMEN",
  Ankle: "ANKLE",
  Calcaneus: "CALCANEUS",
  "Cervical spine": "CSPINE",
  Clavicula: "CLAVICLE",
  Elbow: "ELBOW",
  Femur: "LEG",
  Finger: "FINGER",
  Foot: "FOOT",
  Forearm: "FOREARM",
  Hand: "HAND",
  Hip: "HIP",
  Humerus: "HUMERUS",
  Knee: "KNEE",
  "Lower leg": "LEG",
  "Lumbar spine": "LSPINE",
  "Paranasal sinuses": "SINUS",
  Patella: "PATELLA",
  Pelvis: "PELVIS",
  Ribs: "RIB",
  Sacrum: "SSPINE",
  Shoulder: "SHOULDER",
  Skull: "SKULL",
  Spine: "SPINE",
  "Thoracic spine": "TSPINE",
  Thorax: "CHEST",
  "Whole leg": "LEG",
  Wrist: "WRIST",
};

/** Body parts of which there is one: Laterality is absent beside them (PS3.3 C.7.3.1.1.1). */
export const unpairedBodyParts: ReadonlySet<string> = new Set([
  "ABDOMEN",
  "CHEST",
  "CSPINE",
  "LSPINE",
  "PELVIS",
  "SKULL",
  "SPINE",
  "SSPINE",
  "TSPINE",
]);
