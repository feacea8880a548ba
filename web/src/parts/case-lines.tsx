/** One tumour of a patient as the hospital's tables tell it: the diagnosis and what it rests on, treatments, follow-up. */

import type { CaseCourse } from "../../../src/contract/queries.ts";
import { useFormats, useWords, type Words } from "../shell/language.tsx";
import styles from "./case-lines.module.css";
import { clinicalWords } from "./clinical-words.ts";
import { useVocabulary } from "./vocabulary.ts";

interface CaseWords {
  readonly case: (number: string) => string;
  readonly diagnosis: string;
  readonly preliminary: string;
  readonly treatments: string;
  readonly followUps: string;
  readonly months: (months: number, written: string) => string;
}

const caseWords: Words<CaseWords> = {
  en: {
    case: (number) => `Case ${number}`,
    diagnosis: "Diagnosis",
    preliminary: "First thought to be",
    treatments: "Treatment",
    followUps: "Follow-up",
    months: (months, written) => (months === 1 ? "after 1 month" : `after ${written} months`),
  },
  de: {
    case: (number) => `Fall ${number}`,
    diagnosis: "Diagnose",
    preliminary: "Zuerst vermutet",
    treatments: "Therapie",
    followUps: "Nachsorge",
    months: (months, written) => (months === 1 ? "nach 1 Monat" : `nach ${written} Monaten`),
  },
};

/** @param isAlone whether it is the only one, which needs no number */
export const CaseLines = ({ course, isAlone }: { course: CaseCourse; isAlone: boolean }) => {
  const words = useWords(caseWords);
  const clinical = useWords(clinicalWords);
  const { site, position } = useVocabulary();
  const formatDate = usePartialDate();
  const { number } = useFormats();
  const place = [
    ...(course.site === null ? [] : [site(course.site)]),
    ...(course.side === null ? [] : [clinical.side[course.side]]),
    ...(course.position === null ? [] : [position(course.position)]),
    ...(course.occurrence === null ? [] : [clinical.occurrence[course.occurrence]]),
  ];
  return (
    <div className={styles.case}>
      {!isAlone && <h4>{words.case(course.case)}</h4>}
      {place.length > 0 && <p className={styles.facts}>{place.join(", ")}</p>}
      <dl className={styles.lines}>
        {course.final && <DiagnosisLines name={words.diagnosis} diagnosis={course.final} />}
        {course.preliminary && course.preliminary.entity !== course.final?.entity && (
          <DiagnosisLines name={words.preliminary} diagnosis={course.preliminary} />
        )}
        {course.treatments.length > 0 && (
          <>
            <dt>{words.treatments}</dt>
            {course.treatments.map(({ kind, detail, startDate, endDate }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of them may say the same
              <dd key={i}>
                {clinical.treatment[kind]}
                {detail && <span className={styles.more}> {detail}</span>}
                <span className={styles.more}>
                  {" "}
                  {startDate && formatDate(startDate)}
                  {endDate && ` – ${formatDate(endDate)}`}
                </span>
              </dd>
            ))}
          </>
        )}
        {course.followUps.length > 0 && (
          <>
            <dt>{words.followUps}</dt>
            {course.followUps.map(({ date, months, status }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of them may say the same
              <dd key={i}>
                {clinical.status[status]}
                <span className={styles.more}>
                  {" "}
                  {[
                    ...(months === null
                      ? []
                      : [words.months(months, number(months, Number.isInteger(months) ? 0 : 1))]),
                    ...(date === null ? [] : [formatDate(date)]),
                  ].join(", ")}
                </span>
              </dd>
            ))}
          </>
        )}
      </dl>
    </div>
  );
};

const DiagnosisLines = ({ name, diagnosis }: { name: string; diagnosis: NonNullable<CaseCourse["final"]> }) => {
  const clinical = useWords(clinicalWords);
  const { entity } = useVocabulary();
  const formatDate = usePartialDate();
  const { malignancy, confirmedBy, date } = diagnosis;
  const more = [
    ...(malignancy === null ? [] : [clinical.malignancy[malignancy]]),
    ...(confirmedBy === null ? [] : [clinical.confirmedBy[confirmedBy]]),
    ...(date === null ? [] : [formatDate(date)]),
  ];
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <strong>{entity(diagnosis.entity)}</strong>
        <span className={styles.more}> {more.join(", ")}</span>
      </dd>
    </>
  );
};

/** A day, a month or a year as the language writes it. */
const usePartialDate = (): ((date: string) => string) => {
  const { date: formatDay } = useFormats();
  return (date) => {
    const [year, month, day] = date.split("-");
    if (day) return formatDay(`${date}T12:00:00`);
    return month ? `${month}/${year}` : year!;
  };
};
