/** The question: the lesion's box, how many neighbours, and among whom. */

import type { FormEvent } from "react";
import type { Box } from "../../../../src/contract/pictures.ts";
import type { Query } from "../../../../src/contract/queries.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { BoxNumbers } from "./box-numbers.tsx";
import { coverages, type Question } from "./question.ts";
import styles from "./question-panel.module.css";
import { linkWords } from "./words.ts";

interface QuestionPanelProps {
  readonly query: Query;
  readonly question: Question;
  readonly onQuestion: (question: Question) => void;
  readonly onBox: (box: Box | null) => void;
  readonly onDraw: () => void;
  readonly onLink: () => void;
  readonly problem: Error | null;
}

/** The form's id, for a button that stands elsewhere. */
export const questionForm = "link-question";

const sexes = ["female", "male", "other"] as const;

export const QuestionPanel = (props: QuestionPanelProps) => {
  const { question, onQuestion, onLink, problem } = props;
  const words = useWords(linkWords).question;
  const { sex, site, vocabulary } = useVocabulary();
  const { percent } = useFormats();
  const set = (part: Partial<Question>): void => onQuestion({ ...question, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onLink();
  };
  return (
    <form id={questionForm} className={styles.panel} aria-label={words.title} onSubmit={submit}>
      <Lesion {...props} />
      <div className={styles.pair}>
        <Field label={words.k}>
          <input
            type="number"
            min={1}
            max={50}
            required
            value={question.k}
            onChange={({ target }) => set({ k: target.valueAsNumber || 1 })}
          />
        </Field>
        <label className={styles.check}>
          <input type="checkbox" checked={question.exact} onChange={({ target }) => set({ exact: target.checked })} />
          {words.exact}
        </label>
      </div>
      <fieldset className={styles.filters}>
        <legend>{words.filters}</legend>
        <div className={styles.pair}>
          <Field label={words.ageFrom}>
            <input
              type="number"
              min={0}
              max={150}
              value={question.ageFrom}
              onChange={({ target }) => set({ ageFrom: target.value })}
            />
          </Field>
          <Field label={words.ageTo}>
            <input
              type="number"
              min={0}
              max={150}
              value={question.ageTo}
              onChange={({ target }) => set({ ageTo: target.value })}
            />
          </Field>
        </div>
        <div className={styles.pair}>
          <Field label={words.sex}>
            <select value={question.sex} onChange={({ target }) => set({ sex: target.value })}>
              <option value="">{words.any}</option>
              {sexes.map((one) => (
                <option key={one} value={one}>
                  {sex(one)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.site}>
            <select value={question.site} onChange={({ target }) => set({ site: target.value })}>
              <option value="">{words.any}</option>
              {vocabulary?.sites.map(({ name }) => (
                <option key={name} value={name}>
                  {site(name)}
                </option>
              ))}
            </select>
          </Field>
        </div>
      </fieldset>
      <fieldset className={styles.filters}>
        <legend>{words.references}</legend>
        <label className={styles.check}>
          <input type="checkbox" checked={question.final} onChange={({ target }) => set({ final: target.checked })} />
          {words.final}
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={question.earlier}
            onChange={({ target }) => set({ earlier: target.checked })}
          />
          {words.earlier}
        </label>
      </fieldset>
      <fieldset className={styles.filters}>
        <legend>{words.set}</legend>
        <div className={styles.pair}>
          <Field label={words.coverage}>
            <select value={question.coverage} onChange={({ target }) => set({ coverage: Number(target.value) })}>
              {coverages.map((coverage) => (
                <option key={coverage} value={coverage}>
                  {percent(coverage)}
                </option>
              ))}
            </select>
          </Field>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={question.byLabel}
              onChange={({ target }) => set({ byLabel: target.checked })}
            />
            {words.byLabel}
          </label>
        </div>
      </fieldset>
      {problem && <ProblemNote error={problem} />}
    </form>
  );
};

const Lesion = ({ query, onBox, onDraw }: QuestionPanelProps) => {
  const words = useWords(linkWords).question;
  const { box, proposedBoxes } = query;
  return (
    <section className={styles.lesion}>
      <h3>{words.lesion}</h3>
      {box && query.picture ? (
        <BoxNumbers box={box} picture={query.picture} onBox={onBox} />
      ) : (
        <p className={styles.hint}>{words.noBox}</p>
      )}
      <div className={styles.buttons}>
        {box ? (
          <button type="button" onClick={() => onBox(null)}>
            {words.deleteBox}
          </button>
        ) : (
          <button type="button" onClick={onDraw}>
            {words.draw} <kbd>B</kbd>
          </button>
        )}
        {!box && proposedBoxes.length > 0 && <span className={styles.hint}>{words.proposals}</span>}
        {!box &&
          proposedBoxes.map((proposed, i) => (
            <button key={JSON.stringify(proposed)} type="button" onClick={() => onBox(proposed)}>
              {words.accept(i + 1)}
            </button>
          ))}
      </div>
    </section>
  );
};
