/**
 * MURA, 40,561 radiographs of the arm, study by study normal or abnormal (Rajpurkar et al., 2017, arXiv 1712.06957). What is
 * known of a picture stands in its path: `XR_ELBOW/patient00011/study1_negative/image1.png`.
 */

import { patientId } from "../ids.ts";
import { imageKey, type LabelFacts, type LabelsRow, type LabelsTable } from "../labels-table.ts";

const regions: Readonly<Record<string, string>> = {
  XR_ELBOW: "Elbow",
  XR_FINGER: "Finger",
  XR_FOREARM: "Forearm",
  XR_HAND: "Hand",
  XR_HUMERUS: "Humerus",
  XR_SHOULDER: "Shoulder",
  XR_WRIST: "Wrist",
};
const pattern = /(?:^|\/)(XR_[A-Z]+)\/(patient\d+)\/(study\d+)_(positive|negative)\/[^/]+$/;

/** What a path says; undefined where it is none of MURA's. */
export const muraFacts = (path: string): LabelFacts | undefined => {
  const [, part, patient, , finding] = pattern.exec(imageKey(path)) ?? [];
  const region = part === undefined ? undefined : regions[part];
  if (region === undefined || patient === undefined) return undefined;
  return {
    patient: patientId(`MURA-${patient}`),
    region,
    label: finding === "positive" ? "abnormal" : "normal",
    origin: "external",
  };
};

/** The labels of all files whose paths are MURA's. */
export const muraLabels = (paths: readonly string[]): LabelsTable => {
  const rows = new Map<string, LabelsRow>();
  paths.forEach((path, i) => {
    const facts = muraFacts(path);
    if (facts !== undefined) rows.set(imageKey(path), { line: i + 1, facts });
  });
  return { rows, problems: [] };
};
