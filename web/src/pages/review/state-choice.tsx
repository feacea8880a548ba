/** What is open, or what was decided. */

import { useWords } from "../../shell/language.tsx";
import type { DeskState } from "./review-data.ts";
import { reviewWords } from "./words.ts";

interface StateChoiceProps {
  readonly state: DeskState;
  readonly onState: (state: DeskState) => void;
}

export const StateChoice = ({ state, onState }: StateChoiceProps) => {
  const words = useWords(reviewWords);
  return (
    <label>
      {words.state}{" "}
      <select value={state} onChange={({ target }) => onState(target.value === "open" ? "open" : "decided")}>
        <option value="open">{words.states.open}</option>
        <option value="decided">{words.states.decided}</option>
      </select>
    </label>
  );
};
