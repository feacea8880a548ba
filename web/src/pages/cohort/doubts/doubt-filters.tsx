/** Which doubts are looked at: of a table, of a rule, of a state. */

import type { DoubtFacets, DoubtState } from "../../../../../src/contract/doubts.ts";
import { useFormats, useWords } from "../../../shell/language.tsx";
import type { DoubtChoice } from "./doubt-data.ts";
import { doubtWords, ruleName } from "./doubt-words.ts";
import styles from "./doubts.module.css";

const states: readonly (DoubtState | "")[] = ["open", "accepted", "corrected", ""];

interface DoubtFiltersProps {
  readonly facets: DoubtFacets;
  readonly choice: DoubtChoice;
  readonly onChoice: (choice: DoubtChoice) => void;
}

export const DoubtFilters = ({ facets, choice, onChoice }: DoubtFiltersProps) => {
  const words = useWords(doubtWords);
  const { number } = useFormats();
  const change = (part: Partial<DoubtChoice>): void => onChoice({ ...choice, ...part });
  return (
    <div className={styles.filters}>
      <label>
        {words.state}{" "}
        <select
          value={choice.state}
          onChange={({ target }) => change({ state: states.find((one) => one === target.value) ?? "" })}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {words.states[state]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.rule}{" "}
        <select value={choice.rule} onChange={({ target }) => change({ rule: target.value })}>
          <option value="">{words.allRules}</option>
          {facets.rules.map(({ rule, open, total }) => (
            <option key={rule} value={rule}>
              {ruleName(words, rule)} ({number(open)}/{number(total)})
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.table}{" "}
        <select value={choice.table} onChange={({ target }) => change({ table: target.value })}>
          <option value="">{words.allTables}</option>
          {facets.tables.map(({ id, name, open, total }) => (
            <option key={id} value={id}>
              {name} ({number(open)}/{number(total)})
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
