/** What the recommender study is told. */

import { useState } from "react";
import { Field } from "../../parts/field.tsx";
import styles from "../../parts/job-forms/job-form.module.css";
import { PresetField } from "../../parts/job-forms/preset-field.tsx";
import { readSeed, SeedField } from "../../parts/job-forms/seed-field.tsx";
import { useJobForm } from "../../parts/job-forms/use-job-form.ts";
import { WeightsField } from "../../parts/job-forms/weights-field.tsx";
import { jobFormWords } from "../../parts/job-forms/words.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { type Target, TargetField } from "./target-field.tsx";
import { runWords } from "./words.ts";

const presets = ["small", "as-published"] as const;
const rules = ["single-radiograph", "any"] as const;

interface StudyFormProps {
  readonly id: string;
  /** Those with two values at least. */
  readonly targets: readonly Target[];
  /** Names of files of weights that a network can begin with. */
  readonly weightsFiles: readonly string[];
  readonly onStarted: () => void;
}

export const StudyForm = ({ id, targets, weightsFiles, onStarted }: StudyFormProps) => {
  const words = useWords(runWords).start;
  const jobWords = useWords(jobFormWords);
  const [target, setTarget] = useState<Target["name"]>(targets[0]!.name);
  const [preset, setPreset] = useState<(typeof presets)[number]>("small");
  const [test, setTest] = useState<(typeof rules)[number]>("single-radiograph");
  const [weights, setWeights] = useState<string | null>(null);
  const [seed, setSeed] = useState("0");
  const seedNumber = readSeed(seed);
  const isRight = seedNumber !== "wrong";
  const form = useJobForm(
    isRight ? { kind: "study-precedents", settings: { preset, target, test, weights, seed: seedNumber } } : undefined,
    onStarted,
  );
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      <TargetField target={target} targets={targets} onTarget={setTarget} />
      <PresetField names={presets} preset={preset} onPreset={setPreset} />
      <Field label={words.tested} hint={words.testedHint}>
        <select value={test} onChange={({ target: { value } }) => setTest(value as (typeof rules)[number])}>
          {rules.map((rule) => (
            <option key={rule} value={rule}>
              {words.testRules[rule]}
            </option>
          ))}
        </select>
      </Field>
      <WeightsField
        label={jobWords.weights}
        none={jobWords.noWeights}
        files={weightsFiles}
        file={weights}
        onFile={setWeights}
      />
      <SeedField seed={seed} onSeed={setSeed} isTried={form.isTried} />
      {form.problem !== undefined && <ProblemNote error={form.problem} />}
    </form>
  );
};
