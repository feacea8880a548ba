/** What the training of the atlas model is told. */

import { useState } from "react";
import { useWords } from "../../shell/language.tsx";
import { ProblemNote } from "../problem-note.tsx";
import styles from "./job-form.module.css";
import { NumberField } from "./number-field.tsx";
import { PresetField, type PresetName, presetNames } from "./preset-field.tsx";
import { readNumber } from "./read-number.ts";
import { readSeed, SeedField } from "./seed-field.tsx";
import { useJobForm } from "./use-job-form.ts";
import { jobFormWords } from "./words.ts";

interface TrainAtlasFormProps {
  /** Whose labels are learned; the newest by default. */
  readonly clustering?: string;
  readonly id?: string;
  /** What its own button says; without it, one elsewhere sends the form. */
  readonly submit?: string;
  readonly onStarted?: () => void;
}

export const TrainAtlasForm = ({ clustering, id, submit, onStarted }: TrainAtlasFormProps) => {
  const words = useWords(jobFormWords);
  const [preset, setPreset] = useState<PresetName>("small");
  const [epochs, setEpochs] = useState("");
  const [seed, setSeed] = useState("0");
  const epochCount = readNumber(epochs, 1, 10_000);
  const seedNumber = readSeed(seed);
  const isRight = epochCount !== "wrong" && seedNumber !== "wrong";
  const form = useJobForm(
    isRight
      ? {
          kind: "train-atlas",
          settings: { clustering: clustering ?? null, preset, epochs: epochCount, seed: seedNumber },
        }
      : undefined,
    onStarted,
  );
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      <PresetField names={presetNames} preset={preset} onPreset={setPreset} />
      <details open={form.isTried && !isRight}>
        <summary>{words.more}</summary>
        <NumberField
          label={words.epochs}
          hint={words.epochsOfPreset}
          value={epochs}
          onValue={setEpochs}
          problem={form.isTried && epochCount === "wrong" ? words.wrongNumber : undefined}
        />
        <SeedField seed={seed} onSeed={setSeed} isTried={form.isTried} />
      </details>
      {form.problem !== undefined && <ProblemNote error={form.problem} />}
      {submit !== undefined && (
        <button type="submit" data-kind="main" className={styles.submit} disabled={form.isSending}>
          {submit}
        </button>
      )}
    </form>
  );
};
