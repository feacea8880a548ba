/** What the recommender study is told. */

import { useState } from "react";
import type { TrainingChoices } from "../../../../src/contract/runs.ts";
import { Field } from "../../parts/field.tsx";
import styles from "../../parts/job-forms/job-form.module.css";
import { NumberField } from "../../parts/job-forms/number-field.tsx";
import { readNumber } from "../../parts/job-forms/read-number.ts";
import { useJobForm } from "../../parts/job-forms/use-job-form.ts";
import { jobFormWords } from "../../parts/job-forms/words.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { useRunNames } from "./run-names.ts";
import { runWords } from "./words.ts";

type Target = TrainingChoices["targets"][number];

const presets = ["small", "as-published"] as const;
const rules = ["single-radiograph", "any"] as const;

interface StudyFormProps {
  readonly id: string;
  /** Those with two values at least. */
  readonly targets: readonly Target[];
  readonly onStarted: () => void;
}

export const StudyForm = ({ id, targets, onStarted }: StudyFormProps) => {
  const words = useWords(runWords).start;
  const { preset: presetWord, presets: presetWords } = useWords(jobFormWords);
  const names = useRunNames();
  const [target, setTarget] = useState<Target["name"]>(targets[0]!.name);
  const [preset, setPreset] = useState<(typeof presets)[number]>("small");
  const [test, setTest] = useState<(typeof rules)[number]>("single-radiograph");
  const [seed, setSeed] = useState("0");
  const seedNumber = readNumber(seed, 0, Number.MAX_SAFE_INTEGER) ?? "wrong";
  const isRight = seedNumber !== "wrong";
  const form = useJobForm(
    isRight ? { kind: "study-precedents", settings: { preset, target, test, seed: seedNumber } } : undefined,
    onStarted,
  );
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      <Field label={words.target}>
        <select value={target} onChange={({ target: { value } }) => setTarget(value as Target["name"])}>
          {targets.map(({ name, classes, radiographs }) => (
            <option key={name} value={name}>
              {words.targetOption(names.target(name), classes, radiographs)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={presetWord}>
        <select value={preset} onChange={({ target: { value } }) => setPreset(value as (typeof presets)[number])}>
          {presets.map((name) => (
            <option key={name} value={name}>
              {presetWords[name]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.tested} hint={words.testedHint}>
        <select value={test} onChange={({ target: { value } }) => setTest(value as (typeof rules)[number])}>
          {rules.map((rule) => (
            <option key={rule} value={rule}>
              {words.testRules[rule]}
            </option>
          ))}
        </select>
      </Field>
      <NumberField
        label={words.seed}
        hint={words.seedHint}
        value={seed}
        onValue={setSeed}
        problem={form.isTried && !isRight ? words.wrongSeed : undefined}
      />
      {form.problem !== undefined && <ProblemNote error={form.problem} />}
    </form>
  );
};
