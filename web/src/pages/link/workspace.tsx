/** One query at work: the stage, the question beside it, and the answer below. */

import { useCallback, useState } from "react";
import type { LinkNeighbour, Query } from "../../../../src/contract/queries.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useReason } from "../../parts/reasons.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { isSameBox } from "../../viewer/boxes.ts";
import type { Tool } from "../../viewer/view.ts";
import { AnswerStrip } from "./answer-strip.tsx";
import { LinkReport } from "./link-report.tsx";
import { NeighbourCourse } from "./neighbour-course.tsx";
import { OtherCentres } from "./other-centres.tsx";
import { useExplanation, useQueryChanges } from "./queries.ts";
import { isAnswered, type Question, questionOf, requestOf, usualQuestion } from "./question.ts";
import { QuestionPanel, questionForm } from "./question-panel.tsx";
import { Stage } from "./stage.tsx";
import { neighbourOf, type ShownInstead, type Subject } from "./subject.ts";
import { Verdict } from "./verdict.tsx";
import { linkWords } from "./words.ts";
import styles from "./workspace.module.css";

export const Workspace = ({ query }: { query: Query }) => {
  const words = useWords(linkWords);
  const { answer } = query;
  const { setBox, boxProblem, link } = useQueryChanges(query.id);
  const [tool, setTool] = useState<Tool>("window");
  const [question, setQuestion] = useState<Question>(() => (answer ? questionOf(answer) : usualQuestion));
  const [pair, setPair] = useState<readonly [Subject, Subject] | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [instead, setInstead] = useState<ShownInstead>(new Map());
  const [heat, setHeat] = useState({ isOn: false, opacity: 0.55 });
  const [isWide, setWide] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const endPrinting = useCallback(() => setPrinting(false), []);

  const neighbour = neighbourOf(answer, chosen);
  const explained = neighbour ?? (heat.isOn ? answer?.neighbours[0] : undefined);
  const explanation = useExplanation(query.id, explained?.image ?? null, heat.isOn);
  const why =
    heat.isOn && explained && explanation.data
      ? { rank: explained.rank, explanation: explanation.data, opacity: heat.opacity }
      : null;

  const ask = (): void => {
    if (query.problem || link.isPending) return;
    link.mutate(requestOf(question, query.box), {
      onSuccess: () => {
        setChosen(null);
        setPair(null);
        setInstead(new Map());
      },
    });
  };
  const choose = (rank: number | null): void => {
    setChosen(rank);
    setPair(rank === null ? null : [pair?.[0] ?? "query", rank]);
  };
  /** Another radiograph of a neighbour beside the query, or again the one that was compared. */
  const show = ({ rank, image }: LinkNeighbour, shown: string): void => {
    const others = new Map(instead);
    if (shown === image) others.delete(rank);
    else others.set(rank, shown);
    setInstead(others);
    choose(rank);
  };
  const compare = (): void => {
    if (pair) setPair(null);
    else if (answer?.neighbours[0]) choose(chosen ?? answer.neighbours[0].rank);
  };
  const onPair = (next: readonly [Subject, Subject]): void => {
    setPair(next);
    const rank = next.findLast((subject) => subject !== "query");
    if (typeof rank === "number") setChosen(rank);
  };
  const hasNeighbours = (answer?.neighbours.length ?? 0) > 0;

  useShortcuts(words.title, [
    { keys: "Enter", does: words.question.link, run: ask, enabled: !query.problem },
    ...Array.from({ length: 9 }, (_, i) => ({
      keys: String(i + 1),
      does: words.keys.neighbour(i + 1),
      run: () => choose(i + 1),
      enabled: neighbourOf(answer, i + 1) !== undefined,
    })),
    {
      keys: "ArrowRight",
      does: words.keys.nextNeighbour,
      run: () => choose(Math.min((chosen ?? 0) + 1, answer?.neighbours.length ?? 0)),
      enabled: hasNeighbours,
    },
    {
      keys: "ArrowLeft",
      does: words.keys.previousNeighbour,
      run: () => choose((chosen ?? 0) > 1 ? chosen! - 1 : null),
      enabled: hasNeighbours,
    },
    { keys: "Escape", does: words.keys.stopComparing, run: () => choose(null) },
    { keys: "c", does: words.compare.title, run: compare, enabled: hasNeighbours },
    {
      keys: "h",
      does: words.heat.title,
      run: () => setHeat((before) => ({ ...before, isOn: !before.isOn })),
      enabled: hasNeighbours,
    },
    { keys: "a", does: words.answer.all, run: () => setWide((before) => !before), enabled: hasNeighbours },
  ]);

  if (query.problem && !query.picture) return <Unreadable query={query} />;
  return (
    <div className={styles.workspace} data-wide={isWide && hasNeighbours}>
      <Stage
        query={query}
        tool={tool}
        onTool={setTool}
        onBox={setBox}
        pair={pair}
        onPair={onPair}
        instead={instead}
        why={why}
      >
        {hasNeighbours && (
          <div className={styles.actions}>
            <button type="button" aria-pressed={pair !== null} onClick={compare}>
              {words.compare.title} <kbd>C</kbd>
            </button>
            <button type="button" aria-pressed={heat.isOn} onClick={() => setHeat({ ...heat, isOn: !heat.isOn })}>
              {words.heat.title} <kbd>H</kbd>
            </button>
          </div>
        )}
        {why && <HeatLegend why={why} onOpacity={(opacity) => setHeat({ isOn: true, opacity })} />}
        {heat.isOn && explanation.error && <ProblemNote error={explanation.error} />}
      </Stage>
      <aside className={styles.side}>
        {answer && (
          <section className={styles.verdict} aria-label={words.answer.title}>
            <Verdict answer={answer} />
            {(!isAnswered(answer, question) || !isSameBox(answer.box, query.box)) && !link.isPending && (
              <p className={styles.changed}>{words.question.changed}</p>
            )}
            {hasNeighbours && (
              <div className={styles.actions}>
                <button type="button" aria-pressed={isWide} onClick={() => setWide(!isWide)}>
                  {words.answer.all} <kbd>A</kbd>
                </button>
                <button type="button" onClick={() => setPrinting(true)}>
                  {words.print.button}
                </button>
              </div>
            )}
          </section>
        )}
        {neighbour && (
          <NeighbourCourse
            query={query.id}
            neighbour={neighbour}
            shown={instead.get(neighbour.rank) ?? neighbour.image}
            onShow={(image) => show(neighbour, image)}
          />
        )}
        <OtherCentres query={query} />
        <QuestionPanel
          query={query}
          question={question}
          onQuestion={setQuestion}
          onBox={setBox}
          onDraw={() => setTool("box")}
          onLink={ask}
          problem={link.error ?? boxProblem}
        />
        <button
          type="submit"
          form={questionForm}
          data-kind="main"
          className={styles.link}
          disabled={link.isPending || query.problem !== null}
        >
          {link.isPending ? `${words.question.linking}…` : words.question.link} <kbd>↵</kbd>
        </button>
      </aside>
      {answer && hasNeighbours && (
        <div className={styles.row}>
          <AnswerStrip query={query} answer={answer} chosen={chosen} onChoose={choose} />
        </div>
      )}
      {isPrinting && answer && <LinkReport query={query} answer={answer} onPrinted={endPrinting} />}
    </div>
  );
};

interface HeatLegendProps {
  readonly why: {
    readonly rank: number;
    readonly explanation: { readonly similarity: number };
    readonly opacity: number;
  };
  readonly onOpacity: (opacity: number) => void;
}

const HeatLegend = ({ why, onOpacity }: HeatLegendProps) => {
  const words = useWords(linkWords).heat;
  const { number } = useFormats();
  return (
    <div className={styles.legend}>
      <span>{words.of(why.rank, number(why.explanation.similarity, 3))}</span>
      <span className={styles.scale}>
        {words.low} <span className={styles.colours} /> {words.high}
      </span>
      <label>
        {words.opacity}{" "}
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={why.opacity}
          onChange={({ target }) => onOpacity(target.valueAsNumber)}
        />
      </label>
    </div>
  );
};

/** A file that is no radiograph, or a broken one: why, and nothing else. */
const Unreadable = ({ query }: { query: Query }) => {
  const reasonOf = useReason();
  return (
    <div className={styles.unreadable}>
      <h2>{query.name}</h2>
      <p role="alert">{reasonOf(query.problem!)}</p>
    </div>
  );
};
