/** What became of a past patient: the diagnosis and what it rests on, treatments, follow-up. */

import { Link } from "react-router";
import type { CaseCourse, LinkNeighbour } from "../../../../src/contract/queries.ts";
import { clinicalWords } from "../../parts/clinical-words.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./neighbour-course.module.css";
import { useNeighbourFacts } from "./use-neighbour-facts.ts";
import { linkWords } from "./words.ts";

export const NeighbourCourse = ({ neighbour }: { neighbour: LinkNeighbour }) => {
  const words = useWords(linkWords);
  const facts = useNeighbourFacts();
  const { number, percent } = useFormats();
  const { rank, label, agrees, closerThan, distance, cosineDistance, image, course } = neighbour;
  const closeness = [
    ...(label === null ? [] : [agrees ? words.answer.agrees : words.answer.differs]),
    ...(closerThan === null ? [] : [words.answer.closerThan(percent(closerThan))]),
    words.answer.distance(number(distance, 3)),
    words.answer.cosineDistance(number(cosineDistance, 3)),
  ];
  return (
    <section className={styles.course} aria-label={words.answer.neighbour(rank)}>
      <h3>
        {rank}. {facts.name(neighbour)}
      </h3>
      <p className={styles.facts}>{facts.lines(neighbour).join(" · ")}</p>
      <p className={styles.facts}>{closeness.join(" · ")}</p>
      {course.cases.length === 0 && course.reports.length === 0 && <p>{words.course.none}</p>}
      {course.cases.map((one) => (
        <Case key={one.case} course={one} isAlone={course.cases.length === 1} />
      ))}
      {course.reports.length > 0 && (
        <p className={styles.facts}>
          {words.course.reports}:{" "}
          {course.reports
            .map(({ kind, count }) => `${words.course.reportKinds[kind ?? "other"]} ${number(count)}`)
            .join(", ")}
        </p>
      )}
      <p className={styles.facts}>
        {words.course.patient} {neighbour.patient} ·{" "}
        <Link to={`/archive?image=${encodeURIComponent(image)}`}>{words.course.openInArchive}</Link>
      </p>
    </section>
  );
};

/** One tumour of the patient. */
export const Case = ({ course, isAlone }: { course: CaseCourse; isAlone: boolean }) => {
  const words = useWords(linkWords).course;
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
      <dl>
        {course.final && <DiagnosisLines name={words.diagnosis} diagnosis={course.final} />}
        {course.preliminary && course.preliminary.entity !== course.final?.entity && (
          <DiagnosisLines name={words.preliminary} diagnosis={course.preliminary} />
        )}
        {course.treatments.length > 0 && (
          <>
            <dt>{words.treatments}</dt>
            {course.treatments.map(({ kind, detail, startDate, endDate }) => (
              <dd key={`${kind} ${startDate} ${detail}`}>
                {clinical.treatment[kind]}
                {detail && <span className={styles.more}> {detail}</span>}
                <span className={styles.more}>
                  {" "}
                  {[startDate, endDate].flatMap((date) => (date ? [formatDate(date)] : [])).join(" – ")}
                </span>
              </dd>
            ))}
          </>
        )}
        {course.followUps.length > 0 && (
          <>
            <dt>{words.followUp}</dt>
            {course.followUps.map(({ date, months, status }) => (
              <dd key={`${date} ${months} ${status}`}>
                {clinical.status[status]}
                <span className={styles.more}>
                  {" "}
                  {months !== null ? words.months(number(months)) : date ? formatDate(date) : ""}
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
