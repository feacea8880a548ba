/** How the patient fared, as the hospital's tables say. */

import type { Course } from "../../../../src/contract/queries.ts";
import { clinicalWords } from "../../parts/clinical-words.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./image-panel.module.css";
import { archiveWords } from "./words.ts";

export const PatientCourse = ({ course: { cases } }: { course: Course }) => {
  const words = useWords(archiveWords);
  if (cases.length === 0) return <p className={styles.none}>{words.detail.noCourse}</p>;
  return cases.map((one) => <Case key={one.case} course={one} />);
};

const Case = ({ course }: { course: Course["cases"][number] }) => {
  const words = useWords(archiveWords);
  const clinical = useWords(clinicalWords);
  const { entity, site, position } = useVocabulary();
  const { number } = useFormats();
  const { final, preliminary, treatments, followUps } = course;
  const diagnosis = final ?? preliminary;
  const facts = [
    course.site && site(course.site),
    course.side && clinical.side[course.side],
    course.position && position(course.position),
    course.occurrence && clinical.occurrence[course.occurrence],
    diagnosis?.malignancy && clinical.malignancy[diagnosis.malignancy],
  ].filter(Boolean);
  const wasOther = final && preliminary && preliminary.entity !== final.entity;
  return (
    <div className={styles.case}>
      <p>
        <strong>{diagnosis ? entity(diagnosis.entity) : `${words.detail.case} ${course.case}`}</strong>
        {diagnosis?.confirmedBy && `, ${clinical.confirmedBy[diagnosis.confirmedBy]}`}
        {diagnosis?.date && ` (${diagnosis.date})`}
      </p>
      {wasOther && (
        <p className={styles.none}>
          {words.detail.preliminary} {entity(preliminary.entity)}
        </p>
      )}
      {facts.length > 0 && <p className={styles.none}>{facts.join(" · ")}</p>}
      {treatments.length > 0 && (
        <ul aria-label={words.detail.treatments}>
          {treatments.map(({ kind, detail, startDate }) => (
            <li key={`${kind} ${startDate} ${detail}`}>
              {[startDate, clinical.treatment[kind], detail].filter(Boolean).join(", ")}
            </li>
          ))}
        </ul>
      )}
      {followUps.length > 0 && (
        <ul aria-label={words.detail.followUps}>
          {followUps.map(({ date, months, status }) => (
            <li key={`${date} ${months} ${status}`}>
              {[date ?? (months === null ? null : words.detail.months(number(months, 0))), clinical.status[status]]
                .filter(Boolean)
                .join(": ")}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
