/** What a network is to learn: one of the labels with two values at least. */

import type { TrainingChoices } from "../../../../src/contract/runs.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { useRunNames } from "./run-names.ts";
import { runWords } from "./words.ts";

export type Target = TrainingChoices["targets"][number];

interface TargetFieldProps {
  readonly target: Target["name"];
  readonly targets: readonly Target[];
  readonly onTarget: (target: Target["name"]) => void;
}

export const TargetField = ({ target, targets, onTarget }: TargetFieldProps) => {
  const words = useWords(runWords).start;
  const names = useRunNames();
  return (
    <Field label={words.target}>
      <select value={target} onChange={({ target: { value } }) => onTarget(value as Target["name"])}>
        {targets.map(({ name, classes, radiographs }) => (
          <option key={name} value={name}>
            {words.targetOption(names.target(name), classes, radiographs)}
          </option>
        ))}
      </select>
    </Field>
  );
};
