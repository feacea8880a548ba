/** One doubt: the row as it stood, what was read of it, by which rule, and what a person makes of it. */

import { type FormEvent, type Ref, useState } from "react";
import type { Doubt, DoubtDecision } from "../../../../../src/contract/doubts.ts";
import { useVocabulary } from "../../../parts/vocabulary.ts";
import { useFormats, useLanguage, useWords } from "../../../shell/language.tsx";
import { useValueName } from "../use-value-name.ts";
import { germanContradiction } from "./contradiction-sentences.ts";
import { useDoubt } from "./doubt-data.ts";
import { DoubtRows } from "./doubt-rows.tsx";
import { doubtWords, ruleName } from "./doubt-words.ts";
import styles from "./doubts.module.css";

interface DoubtDetailProps {
  readonly doubt: Doubt;
  /** The field of the correction. */
  readonly correction: Ref<HTMLInputElement>;
  readonly isBusy: boolean;
  readonly onDecide: (decision: DoubtDecision) => void;
}

export const DoubtDetail = ({ doubt, correction, isBusy, onDecide }: DoubtDetailProps) => {
  const words = useWords(doubtWords);
  const { time, number } = useFormats();
  const { data } = useDoubt(doubt.id);
  const { rule, decision, cell, contradiction } = doubt;
  return (
    <section aria-label={ruleName(words, rule)} className={styles.detail}>
      <header>
        <h2>{ruleName(words, rule)}</h2>
        {words.ruleSentences[rule] && <p className={styles.facts}>{words.ruleSentences[rule]}</p>}
      </header>
      {cell && (
        <dl className={styles.cell}>
          <dt>{words.place}</dt>
          <dd>
            {cell.table}, {words.line(number(cell.line))}
            {cell.column !== "" && <>, {cell.column}</>}
          </dd>
          <dt>{words.stands}</dt>
          <dd>
            <q>{cell.original}</q>
          </dd>
          <dt>{words.taken[cell.action]}</dt>
          <dd>{cell.value === null ? words.nothingTaken : <strong>{cell.value}</strong>}</dd>
        </dl>
      )}
      {contradiction && (
        <>
          <dl className={styles.cell}>
            <dt>{words.patient}</dt>
            <dd>
              {contradiction.patient}
              {contradiction.otherPatient !== null && <>, {contradiction.otherPatient}</>}
            </dd>
            {contradiction.case !== null && (
              <>
                <dt>{words.case}</dt>
                <dd>{contradiction.case}</dd>
              </>
            )}
          </dl>
          <ContradictionSentence detail={contradiction.detail} />
        </>
      )}
      <p role="status">
        {decision.state === "open"
          ? words.undecided
          : words.decidedBy(words.states[decision.state], decision.by ?? "", decision.at ? time(decision.at) : "")}
        {decision.value !== null && (
          <>
            : <q>{decision.value}</q>
          </>
        )}
      </p>
      <div className={styles.actions}>
        <button
          type="button"
          data-kind="main"
          disabled={isBusy || !decision.mayChange || decision.state === "accepted"}
          onClick={() => onDecide({ state: "accepted" })}
        >
          {contradiction ? words.acceptContradiction : words.accept} <kbd>a</kbd>
        </button>
        {cell && cell.column !== "" && (
          <CorrectionForm
            key={doubt.id}
            start={decision.value ?? cell.value ?? cell.original}
            field={correction}
            isBusy={isBusy || !decision.mayChange}
            onCorrect={(value) => onDecide({ state: "corrected", value })}
          />
        )}
        {decision.state !== "open" && (
          <button type="button" disabled={isBusy || !decision.mayChange} onClick={() => onDecide({ state: "open" })}>
            {words.reopen} <kbd>o</kbd>
          </button>
        )}
      </div>
      {contradiction && <p className={styles.facts}>{words.contradictionHint}</p>}
      {data && data.doubt.id === doubt.id && <DoubtRows rows={data.rows} doubted={cell?.column} />}
    </section>
  );
};

const ContradictionSentence = ({ detail }: { detail: string }) => {
  const { language } = useLanguage();
  const { entity, site } = useVocabulary();
  const word = useValueName();
  const german = language === "de" ? germanContradiction(detail, { entity, site, word }) : undefined;
  return german === undefined ? <p lang="en">{detail}</p> : <p>{german}</p>;
};

interface CorrectionFormProps {
  readonly start: string;
  readonly field: Ref<HTMLInputElement>;
  readonly isBusy: boolean;
  readonly onCorrect: (value: string) => void;
}

const CorrectionForm = ({ start, field, isBusy, onCorrect }: CorrectionFormProps) => {
  const words = useWords(doubtWords);
  const [value, setValue] = useState(start);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onCorrect(value);
  };
  return (
    <form className={styles.correction} onSubmit={send}>
      <label>
        {words.correction} <kbd>c</kbd>{" "}
        <input
          ref={field}
          value={value}
          maxLength={500}
          title={words.correctionHint}
          onFocus={({ target }) => target.select()}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          onChange={({ target }) => setValue(target.value)}
        />
      </label>
      <button type="submit" disabled={isBusy}>
        {words.correct}
      </button>
    </form>
  );
};
