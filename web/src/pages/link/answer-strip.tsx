/**
 * The answer as in the publication's figures: the undiagnosed radiograph framed black (white on dark), beside it the
 * neighbours, those that vote for the answer framed green; grey monitors show the thickness, a check mark and the words.
 */

import { useEffect, useRef } from "react";
import type { LinkAnswer, LinkNeighbour, Query } from "../../../../src/contract/queries.ts";
import { Spoken } from "../../parts/spoken.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./answer-strip.module.css";
import { queryAddress } from "./queries.ts";
import { useNeighbourFacts } from "./use-neighbour-facts.ts";
import { linkWords } from "./words.ts";

interface AnswerStripProps {
  readonly query: Query;
  readonly answer: LinkAnswer;
  /** Rank of the neighbour that is looked at. */
  readonly chosen: number | null;
  readonly onChoose: (rank: number | null) => void;
}

export const AnswerStrip = ({ query, answer, chosen, onChoose }: AnswerStripProps) => {
  const words = useWords(linkWords).answer;
  return (
    <ol className={styles.strip} aria-label={words.neighbours}>
      <li>
        <button
          type="button"
          className={styles.card}
          data-frame="target"
          aria-pressed={chosen === null}
          onClick={() => onChoose(null)}
        >
          <span className={styles.picture}>
            <img src={`${queryAddress(query.id)}/thumbnail?size=384`} alt="" />
          </span>
          <span className={styles.title}>{words.undiagnosed}</span>
          <span className={styles.fact}>{words.compared[answer.compared]}</span>
        </button>
      </li>
      {answer.neighbours.map((neighbour) => (
        <NeighbourCard
          key={neighbour.rank}
          neighbour={neighbour}
          isChosen={neighbour.rank === chosen}
          onChoose={() => onChoose(neighbour.rank)}
        />
      ))}
    </ol>
  );
};

interface NeighbourCardProps {
  readonly neighbour: LinkNeighbour;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

const NeighbourCard = ({ neighbour, isChosen, onChoose }: NeighbourCardProps) => {
  const words = useWords(linkWords).answer;
  const { number } = useFormats();
  const facts = useNeighbourFacts();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isChosen]);
  const { behind } = useWords(linkWords).others;
  const { rank, image, agrees, distance, others } = neighbour;
  const closerThan = facts.closerThan(neighbour);
  return (
    <li ref={item}>
      <button
        type="button"
        className={styles.card}
        data-frame={agrees ? "agrees" : "differs"}
        data-rank={rank}
        aria-pressed={isChosen}
        onClick={onChoose}
      >
        <span className={styles.picture}>
          <Thumbnail image={image} size={384} alt="" />
          <span className={styles.rank}>{rank}</span>
          {agrees && <Check />}
        </span>
        <span className={styles.title}>
          {facts.name(neighbour)}
          {agrees !== null && <Spoken>, {agrees ? words.agrees : words.differs}</Spoken>}
        </span>
        {facts.lines(neighbour).map((fact) => (
          <span key={fact} className={styles.fact}>
            {fact}
          </span>
        ))}
        {others.length > 0 && <span className={styles.fact}>{behind(others.length, number(others.length))}</span>}
        <span className={styles.fact} {...(closerThan === null ? {} : { title: words.closerThan(closerThan) })}>
          {closerThan === null ? words.distance(number(distance, 3)) : words.closerThanShort(closerThan)}
        </span>
      </button>
    </li>
  );
};

const Check = () => (
  <svg className={styles.check} viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="8" />
    <path d="M4 8.5l3 3 5.5-6.5" />
  </svg>
);
