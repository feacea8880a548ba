/** A neighbour: how near it is, the patient's other radiographs, what the reports say, and what became of the patient. */

import { Link } from "react-router";
import type { LinkNeighbour } from "../../../../src/contract/queries.ts";
import { CaseLines } from "../../parts/case-lines.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./neighbour-course.module.css";
import { NeighbourReports } from "./neighbour-reports.tsx";
import { OtherRadiographs } from "./other-radiographs.tsx";
import { useNeighbourFacts } from "./use-neighbour-facts.ts";
import { linkWords } from "./words.ts";

interface NeighbourCourseProps {
  /** The query's id. */
  readonly query: string;
  readonly neighbour: LinkNeighbour;
  /** The image of the patient that is looked at. */
  readonly shown: string;
  readonly onShow: (image: string) => void;
}

export const NeighbourCourse = ({ query, neighbour, shown, onShow }: NeighbourCourseProps) => {
  const words = useWords(linkWords);
  const facts = useNeighbourFacts();
  const { number } = useFormats();
  const closerThan = facts.closerThan(neighbour);
  const { rank, agrees, distance, cosineDistance, image, course } = neighbour;
  const closeness = [
    ...(agrees === null ? [] : [agrees ? words.answer.agrees : words.answer.differs]),
    ...(closerThan === null ? [] : [words.answer.closerThan(closerThan)]),
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
      <OtherRadiographs neighbour={neighbour} shown={shown} onShow={onShow} />
      {course.cases.length === 0 && course.reports.length === 0 && <p>{words.course.none}</p>}
      {course.cases.map((one) => (
        <CaseLines key={one.case} course={one} isAlone={course.cases.length === 1} />
      ))}
      <NeighbourReports query={query} image={image} counts={course.reports} />
      <p className={styles.facts}>
        {words.course.patient} {neighbour.patient} ·{" "}
        <Link to={`/archive?image=${encodeURIComponent(shown)}`}>{words.course.openInArchive}</Link>
      </p>
    </section>
  );
};
