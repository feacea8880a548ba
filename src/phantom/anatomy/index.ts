/** Which part of the body shows which bone. */
import type { Site } from "../../clinic/sites.ts";
import type { View } from "../patient.ts";
import { arm, freeArm } from "./arm.ts";
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
  radius: freeArm,
  sacrum: pelvis,
  scapula: arm,
  spine,
  tibia: leg,
  ulna: freeArm,
};

/** The part of the body that is drawn for a tumour at the site; from the side the arm is held away from the trunk. */
export const skeletonFor = (site: Site, build: Build, view: View = "AP"): Skeleton =>
  (site === "humerus" && view !== "AP" ? freeArm : bySite[site])(build);
