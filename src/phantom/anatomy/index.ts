/** Which part of the body shows which bone. */
import type { Site } from "../../clinic/sites.ts";
import { arm } from "./arm.ts";
import { foot } from "./foot.ts";
import { hand } from "./hand.ts";
import { leg } from "./leg.ts";
import { pelvis } from "./pelvis.ts";
import type { Build, Skeleton } from "./skeleton.ts";
import { spine } from "./spine.ts";

const bySite: Readonly<Record<Site, (build: Build) => Skeleton>> = {
  clavicle: arm,
  fibula: leg,
  femur: leg,
  foot,
  hand,
  humerus: arm,
  ilium: pelvis,
  ischium: pelvis,
  patella: leg,
  pubis: pelvis,
  radius: arm,
  sacrum: pelvis,
  scapula: arm,
  spine,
  tibia: leg,
  ulna: arm,
};

/** The part of the body that is drawn for a tumour at the site. */
export const skeletonFor = (site: Site, build: Build): Skeleton => bySite[site](build);
