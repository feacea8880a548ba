/** The vote in a sentence, how often such votes were right, and among whom it was taken. */

import type { LinkAnswer, LinkVote } from "../../../../src/contract/queries.ts";
import { useReason } from "../../parts/reasons.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { Prediction } from "./prediction.tsx";
import { shortOfAll } from "./short-of-all.ts";
import { useLabelName } from "./use-label-name.ts";
import styles from "./verdict.module.css";
import { linkWords } from "./words.ts";

export const Verdict = ({ answer }: { answer: LinkAnswer }) => {
  const reasonOf = useReason();
  const words = useWords(linkWords);
  const labelName = useLabelName();
  const { number } = useFormats();
  const { known, reason, vote, archive, filters, comparedReason, past } = answer;
  const isFiltered = filters.ageYears !== null || filters.sex !== null || filters.site !== null;
  const voters = vote?.votes.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <div className={styles.verdict}>
      <h2>
        {!known ? words.answer.unknown : vote ? labelName(vote.label) : words.answer.noVote}
        {known && vote && (
          <span className={styles.votes}>
            {words.answer.votes(vote.votes.find(({ label }) => label === vote.label)?.count ?? 0, voters)}
            {vote.tie && `, ${words.answer.tie}`}
          </span>
        )}
      </h2>
      {!known && reason && <p>{reasonOf(reason)}</p>}
      {known && vote && <Certainty vote={vote} past={past} isFiltered={isFiltered} />}
      <Prediction answer={answer} />
      {comparedReason && <p>{reasonOf(comparedReason)}</p>}
      <References answer={answer} />
      <p className={styles.archive}>
        {words.answer.archive(number(archive.radiographs), number(archive.patients))}
        {isFiltered && ` · ${words.answer.matching(number(archive.matching))}`}
        {archive.notIndexed > 0 && ` · ${words.answer.notIndexed(number(archive.notIndexed))}`}
        {` · ${number(answer.ms)} ms`}
      </p>
    </div>
  );
};

/** Who counted as a past patient, and who did not. */
const References = ({ answer: { references } }: { answer: LinkAnswer }) => {
  const words = useWords(linkWords).references;
  const { number, date } = useFormats();
  const { before, final, leftOut } = references;
  const rules = [...(final ? [words.final] : []), ...(before === null ? [] : [words.before(date(before))])];
  const left = [
    ...(leftOut.open > 0 ? [words.open(leftOut.open, number(leftOut.open))] : []),
    ...(leftOut.later > 0 ? [words.later(leftOut.later, number(leftOut.later))] : []),
  ];
  const told = [rules.length === 0 ? words.all : words.only(rules), ...left];
  return <p className={styles.archive}>{told.join(" · ")}</p>;
};

interface CertaintyProps {
  readonly vote: LinkVote;
  readonly past: LinkAnswer["past"];
  readonly isFiltered: boolean;
}

const Certainty = ({ vote: { votes, certainty }, past, isFiltered }: CertaintyProps) => {
  const words = useWords(linkWords).answer;
  const labelName = useLabelName();
  const { percent, number } = useFormats();
  const voters = votes.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <ul className={styles.bar} aria-label={words.title}>
        {votes.map(({ label, count }, i) => (
          <li key={label} data-first={i === 0} style={{ flexGrow: count }} title={`${labelName(label)}: ${count}`}>
            <span>
              {labelName(label)} {count}/{voters}
            </span>
          </li>
        ))}
      </ul>
      <p>
        {certainty
          ? words.certainty(
              percent(shortOfAll(certainty.share)),
              `${percent(certainty.interval[0])}–${percent(shortOfAll(certainty.interval[1]))}`,
              number(certainty.patients),
            )
          : isFiltered
            ? words.noFilteredCertainty
            : words.noCertainty}
      </p>
      {certainty && past && <p className={styles.past}>{words.past[past.basis]}</p>}
    </>
  );
};
