/** What a training or evaluation of the precedents is told. */

import { useState } from "react";
import type { TrainingChoices } from "../../../../src/contract/runs.ts";
import { Field } from "../../parts/field.tsx";
import styles from "../../parts/job-forms/job-form.module.css";
import { NumberField } from "../../parts/job-forms/number-field.tsx";
import { PresetField, type PresetName, presetNames } from "../../parts/job-forms/preset-field.tsx";
import { readNumber, readNumbers } from "../../parts/job-forms/read-number.ts";
import { readSeed, SeedField } from "../../parts/job-forms/seed-field.tsx";
import { useJobForm } from "../../parts/job-forms/use-job-form.ts";
import { WeightsField } from "../../parts/job-forms/weights-field.tsx";
import { jobFormWords } from "../../parts/job-forms/words.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { type Target, TargetField } from "./target-field.tsx";
import { runWords } from "./words.ts";

/** Shares of the patients whom a network may be kept from. */
const heldOutShares = [0, 0.1, 0.2, 0.3] as const;

interface PrecedentsFormProps {
  readonly id: string;
  readonly kind: "train-precedents" | "evaluate-precedents";
  readonly presets: TrainingChoices["presets"];
  /** Those with two values at least. */
  readonly targets: readonly Target[];
  /** Names of files of weights that a network can begin with. */
  readonly weightsFiles: readonly string[];
  readonly onStarted: () => void;
}

export const PrecedentsForm = ({ id, kind, presets, targets, weightsFiles, onStarted }: PrecedentsFormProps) => {
  const words = useWords(runWords).start;
  const jobWords = useWords(jobFormWords);
  const { percent } = useFormats();
  const [target, setTarget] = useState<Target["name"]>(targets[0]!.name);
  const [preset, setPreset] = useState<PresetName>("small");
  const [epochs, setEpochs] = useState("");
  const [sizes, setSizes] = useState("");
  const [weights, setWeights] = useState<string | null>(null);
  const [seed, setSeed] = useState("0");
  const [holdOut, setHoldOut] = useState(0);
  const epochCount = readNumber(epochs, 1, 10_000);
  const seedNumber = readSeed(seed);
  const imageSizes = readNumbers(sizes, { least: 32, most: 512, mostMany: 5 });
  const told = targets.find(({ name }) => name === target)!;
  const isRight = epochCount !== "wrong" && seedNumber !== "wrong" && imageSizes !== "wrong";
  const settings = isRight ? { preset, target, epochs: epochCount, imageSizes, weights, seed: seedNumber } : undefined;
  const form = useJobForm(
    settings && (kind === "train-precedents" ? { kind, settings: { ...settings, holdOut } } : { kind, settings }),
    onStarted,
  );
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      <TargetField target={target} targets={targets} onTarget={setTarget} />
      <PresetField names={presetNames} preset={preset} onPreset={setPreset} />
      <NumberField
        label={words.epochs}
        hint={words.epochsHint(told.epochs[preset] ?? 0)}
        value={epochs}
        onValue={setEpochs}
        problem={form.isTried && epochCount === "wrong" ? words.wrongNumber : undefined}
      />
      <NumberField
        label={words.imageSizes}
        hint={words.imageSizesHint(presets.find(({ name }) => name === preset)!.imageSizes.join(", "))}
        value={sizes}
        onValue={setSizes}
        problem={form.isTried && imageSizes === "wrong" ? words.wrongSizes : undefined}
      />
      {kind === "train-precedents" && (
        <Field label={words.holdOut} hint={words.holdOutHint}>
          <select value={holdOut} onChange={({ target: { value } }) => setHoldOut(Number(value))}>
            {heldOutShares.map((share) => (
              <option key={share} value={share}>
                {share === 0 ? words.holdOutNone : percent(share)}
              </option>
            ))}
          </select>
        </Field>
      )}
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
