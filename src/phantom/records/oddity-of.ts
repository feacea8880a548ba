/** What is odd about a patient and yet true, planted or by itself. */
import type { CentrePatient, Oddity } from "./centre-patient.ts";

/** The oddity; undefined for most. */
export const oddityOf = ({ oddity, record, cases }: CentrePatient): Oddity | undefined => {
  if (oddity) return oddity;
  if (cases.some(({ site, position }) => position && (site === "hand" || site === "foot"))) {
    return "position on a bone of hand or foot";
  }
  if (cases.some(({ final }) => final?.entity === "Chondrosarcoma" && final.malignancy === "intermediate")) {
    return "intermediate chondrosarcoma";
  }
  if (record.deathDate && cases.some(({ followUps }) => followUps.some(({ date }) => date === record.deathDate))) {
    return "died on the day of a visit";
  }
  return undefined;
};
