/**
 * Where a tumour sits: the sixteen bones of the recommender study (Hinterwimmer et al., Eur Radiol 2024, table 1), the
 * five positions on a bone of the metadata study (BMC Musculoskelet Disord 2024) and the regions of SAM-X that show them.
 */

/** A bone, in English; the study prints some of them in Latin. */
export type Site =
  | "clavicle"
  | "spine"
  | "femur"
  | "fibula"
  | "humerus"
  | "hand"
  | "ilium"
  | "ischium"
  | "pubis"
  | "sacrum"
  | "patella"
  | "foot"
  | "radius"
  | "scapula"
  | "tibia"
  | "ulna";

/** Where on a long bone; short and flat bones have none. */
export type Position = "epiphyseal" | "epi-metaphyseal" | "metaphyseal" | "meta-diaphyseal" | "diaphyseal";

/** What is known of a site. */
export interface SiteFacts {
  readonly site: Site;
  /** The name in the study's table 1. */
  readonly publishedName: string;
  /** Patients of 809 in table 1 of the study. */
  readonly publishedPatients: number;
  /** Whether a right and a left one exist. */
  readonly paired: boolean;
}

/** The sixteen sites in the order of the study's table 1. */
export const sites: readonly SiteFacts[] = [
  { site: "clavicle", publishedName: "Clavicula", publishedPatients: 7, paired: true },
  { site: "spine", publishedName: "Columna vertebralis", publishedPatients: 4, paired: false },
  { site: "femur", publishedName: "Femur", publishedPatients: 297, paired: true },
  { site: "fibula", publishedName: "Fibula", publishedPatients: 42, paired: true },
  { site: "humerus", publishedName: "Humerus", publishedPatients: 124, paired: true },
  { site: "hand", publishedName: "Manus", publishedPatients: 62, paired: true },
  { site: "ilium", publishedName: "Os ilium", publishedPatients: 24, paired: true },
  { site: "ischium", publishedName: "Os ischii", publishedPatients: 8, paired: true },
  { site: "pubis", publishedName: "Os pubis", publishedPatients: 11, paired: true },
  { site: "sacrum", publishedName: "Os sacrum", publishedPatients: 1, paired: false },
  { site: "patella", publishedName: "Patella", publishedPatients: 7, paired: true },
  { site: "foot", publishedName: "Pes", publishedPatients: 42, paired: true },
  { site: "radius", publishedName: "Radius", publishedPatients: 12, paired: true },
  { site: "scapula", publishedName: "Scapula", publishedPatients: 17, paired: true },
  { site: "tibia", publishedName: "Tibia", publishedPatients: 146, paired: true },
  { site: "ulna", publishedName: "Ulna", publishedPatients: 5, paired: true },
];

/**
 * The facts of one site.
 * @example
 * siteFacts("hand").publishedName; // "Manus"
 */
export const siteFacts = (site: Site): SiteFacts => sites.find((facts) => facts.site === site)!;
