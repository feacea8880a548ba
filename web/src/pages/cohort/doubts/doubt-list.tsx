/** The doubts of a page of the queue, the chosen one marked. */

import { useEffect, useRef } from "react";
import type { Doubt } from "../../../../../src/contract/doubts.ts";
import { useWords } from "../../../shell/language.tsx";
import { doubtWords, ruleName } from "./doubt-words.ts";
import styles from "./doubts.module.css";

interface DoubtListProps {
  readonly doubts: readonly Doubt[];
  readonly chosen: number;
  readonly onChoose: (position: number) => void;
}

export const DoubtList = ({ doubts, chosen, onChoose }: DoubtListProps) => {
  const words = useWords(doubtWords);
  const list = useRef<HTMLUListElement>(null);
  const id = doubts[chosen]?.id;
  useEffect(() => {
    if (id) list.current?.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id]);
  return (
    <nav aria-label={words.queue} className={styles.list}>
      <ul ref={list}>
        {doubts.map((doubt, position) => (
          <li key={doubt.id} data-id={doubt.id}>
            <button
              type="button"
              aria-current={position === chosen ? "true" : undefined}
              onClick={() => onChoose(position)}
            >
              <span className={styles.what}>
                {doubt.cell ? <q>{doubt.cell.original || words.emptyCell}</q> : doubt.contradiction?.patient}
              </span>
              <span className={styles.facts}>
                {ruleName(words, doubt.rule)}
                {doubt.decision.state !== "open" && <> · {words.states[doubt.decision.state]}</>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
};
