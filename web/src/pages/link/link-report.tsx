/** The answer on paper or as a PDF: shown to the printer alone, which is asked as soon as the pictures are there. */

import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { LinkAnswer, LinkNeighbour, Query } from "../../../../src/contract/queries.ts";
import { CaseLines } from "../../parts/case-lines.tsx";
import { thumbnailAddress } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { shellWords } from "../../shell/words.ts";
import styles from "./link-report.module.css";
import { queryAddress } from "./queries.ts";
import { useNeighbourFacts } from "./use-neighbour-facts.ts";
import { Verdict } from "./verdict.tsx";
import { linkWords } from "./words.ts";

interface LinkReportProps {
  readonly query: Query;
  readonly answer: LinkAnswer;
  /** Told when the printer's dialog is closed. */
  readonly onPrinted: () => void;
}

export const LinkReport = ({ query, answer, onPrinted }: LinkReportProps) => {
  const words = useWords(linkWords);
  const { disclaimer } = useWords(shellWords);
  const { time } = useFormats();
  const report = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isWanted = true;
    const print = async (): Promise<void> => {
      await Promise.allSettled([...report.current!.querySelectorAll("img")].map((image) => image.decode()));
      if (!isWanted) return;
      window.print();
      onPrinted();
    };
    void print();
    return () => {
      isWanted = false;
    };
  }, [onPrinted]);
  return createPortal(
    <div ref={report} className={styles.report}>
      <header>
        <h1>{words.print.title}</h1>
        <p>
          {query.name} · {words.print.made(time(answer.at))} · {answer.archive.model}
        </p>
      </header>
      <Verdict answer={answer} />
      <div className={styles.pictures}>
        <figure data-frame="target">
          <img src={`${queryAddress(query.id)}/thumbnail?size=384`} alt="" />
          <figcaption>
            <strong>{words.answer.undiagnosed}</strong>
            <span>{words.answer.compared[answer.compared]}</span>
          </figcaption>
        </figure>
        {answer.neighbours.map((neighbour) => (
          <ReportNeighbour key={neighbour.rank} neighbour={neighbour} />
        ))}
      </div>
      <footer>{disclaimer}</footer>
    </div>,
    document.body,
  );
};

const ReportNeighbour = ({ neighbour }: { neighbour: LinkNeighbour }) => {
  const words = useWords(linkWords).answer;
  const { number } = useFormats();
  const facts = useNeighbourFacts();
  const { rank, agrees, image, distance, patient, course } = neighbour;
  const closerThan = facts.closerThan(neighbour);
  return (
    <figure data-frame={agrees ? "agrees" : "differs"}>
      <img src={thumbnailAddress(image, 384)} alt="" />
      <figcaption>
        <strong>
          {rank}. {agrees && "✓ "}
          {facts.name(neighbour)}
        </strong>
        {facts.lines(neighbour).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        <span>
          {words.distance(number(distance, 3))}
          {closerThan !== null && `, ${words.closerThan(closerThan)}`}
        </span>
        <span>{patient}</span>
        {course.cases.map((one) => (
          <CaseLines key={one.case} course={one} isAlone={course.cases.length === 1} />
        ))}
      </figcaption>
    </figure>
  );
};
