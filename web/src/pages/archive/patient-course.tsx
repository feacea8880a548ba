/** How the patient fared, as the hospital's tables say. */

import type { Course } from "../../../../src/contract/queries.ts";
import { CaseLines } from "../../parts/case-lines.tsx";
import { useWords } from "../../shell/language.tsx";
import styles from "./image-panel.module.css";
import { archiveWords } from "./words.ts";

export const PatientCourse = ({ course: { cases } }: { course: Course }) => {
  const words = useWords(archiveWords).detail;
  if (cases.length === 0) return <p className={styles.none}>{words.noCourse}</p>;
  return cases.map((one) => <CaseLines key={one.case} course={one} isAlone={cases.length === 1} />);
};
