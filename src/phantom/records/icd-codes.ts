/** Codes of a tumour at a site as a clinic writes them: ICD-10-GM with its fourth place by site, ICD-O-3 morphology. */
import type { Malignancy } from "../../clinic/records.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import { isWithin } from "../../clinic/vocabulary/sites.ts";

type Part =
  | "long arm"
  | "short arm"
  | "long leg"
  | "short leg"
  | "head"
  | "jaw"
  | "spine"
  | "thorax"
  | "abdomen"
  | "pelvis"
  | "trunk";

const partsOf: Readonly<Record<Part, readonly string[]>> = {
  "long arm": ["humerus", "radius", "ulna", "scapula", "shoulder", "upper arm", "forearm", "elbow"],
  "short arm": ["hand", "wrist"],
  "long leg": ["femur", "tibia", "fibula", "thigh", "lower leg", "hip", "knee"],
  "short leg": ["foot", "patella", "ankle"],
  jaw: ["mandible"],
  head: ["skull", "maxilla", "head-neck region"],
  spine: ["spine"],
  thorax: ["rib", "sternum", "clavicle", "thoracic wall"],
  abdomen: ["abdominal wall"],
  pelvis: ["pelvis", "gluteus", "groin"],
  trunk: ["dorsum"],
};

const partOf = (site: string): Part | undefined => {
  const exact = Object.entries(partsOf).find(([, names]) => names.includes(site));
  const within = Object.entries(partsOf).find(([, names]) => names.some((name) => isWithin(site, name)));
  return (exact ?? within)?.[0] as Part | undefined;
};

const fourthPlaces: Readonly<Record<string, Readonly<Partial<Record<Part, string>>>>> = {
  C40: { "long arm": "C40.0", "short arm": "C40.1", "long leg": "C40.2", "short leg": "C40.3" },
  C41: { head: "C41.0", jaw: "C41.1", spine: "C41.2", thorax: "C41.3", pelvis: "C41.4" },
  D16: {
    "long arm": "D16.0",
    "short arm": "D16.1",
    "long leg": "D16.2",
    "short leg": "D16.3",
    head: "D16.4",
    jaw: "D16.5",
    spine: "D16.6",
    thorax: "D16.7",
    pelvis: "D16.8",
  },
  C49: {
    head: "C49.0",
    jaw: "C49.0",
    "long arm": "C49.1",
    "short arm": "C49.1",
    "long leg": "C49.2",
    "short leg": "C49.2",
    thorax: "C49.3",
    abdomen: "C49.4",
    pelvis: "C49.5",
    spine: "C49.6",
    trunk: "C49.6",
  },
};

/** The ICD-10 code; undefined where the entity has no code that suits the site. */
export const icd10Of = (entity: string, malignancy: Malignancy, site: string | undefined): string | undefined => {
  const codes = entityTerm(entity)?.icd10 ?? [];
  if (entity === "Chondrosarcoma" && malignancy === "intermediate") return "D48.0";
  const part = site === undefined ? undefined : partOf(site);
  for (const code of codes) {
    const places = fourthPlaces[code];
    if (places === undefined) return code;
    const withPlace = part && places[part];
    if (withPlace) return withPlace;
  }
  return undefined;
};

/** The ICD-O-3 morphology with the behaviour that was found. */
export const morphologyOf = (entity: string, malignancy: Malignancy): string | undefined => {
  const wanted = { benign: "/0", intermediate: "/1", malignant: "/3" }[malignancy];
  const codes = entityTerm(entity)?.icdO3 ?? [];
  return codes.find((code) => code.endsWith(wanted)) ?? codes[0];
};
