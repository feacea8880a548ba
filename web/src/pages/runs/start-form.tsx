/** What a new training or evaluation is told. */

import { type FormEvent, useId, useState } from "react";
import type { JobRequest } from "../../../../src/contract/jobs.ts";
import type { TrainingChoices } from "../../../../src/contract/runs.ts";
import { startJob } from "../../api/jobs.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { useRefreshRuns, useTrainingChoices } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import styles from "./start-form.module.css";
import { runWords } from "./words.ts";

export const StartForm = ({ onClose }: { onClose: () => void }) => {
  const words = useWords(runWords).start;
  const form = useId();
  const { data, error, refetch } = useTrainingChoices();
  const learnable = data?.targets.filter(({ classes }) => classes >= 2) ?? [];
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} data-kind="main" disabled={learnable.length === 0}>
            {words.begin}
          </button>
        </>
      }
    >
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && learnable.length === 0 && <p>{words.nothingToLearn}</p>}
      {data && learnable.length > 0 && (
        <Fields id={form} choices={{ ...data, targets: learnable }} onStarted={onClose} />
      )}
    </Dialog>
  );
};

type Kind = "train-precedents" | "evaluate-precedents";
type Preset = TrainingChoices["presets"][number]["name"];
type Target = TrainingChoices["targets"][number]["name"];

interface FieldsProps {
  readonly id: string;
  readonly choices: TrainingChoices;
  readonly onStarted: () => void;
}

const Fields = ({ id, choices, onStarted }: FieldsProps) => {
  const words = useWords(runWords).start;
  const names = useRunNames();
  const refresh = useRefreshRuns();
  const [kind, setKind] = useState<Kind>("evaluate-precedents");
  const [target, setTarget] = useState<Target>(choices.targets[0]!.name);
  const [preset, setPreset] = useState<Preset>("small");
  const [epochs, setEpochs] = useState("");
  const [sizes, setSizes] = useState("");
  const [seed, setSeed] = useState("0");
  const [isTried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const epochCount = readNumber(epochs, 1, 10_000);
  const seedNumber = readNumber(seed, 0, Number.MAX_SAFE_INTEGER) ?? "wrong";
  const imageSizes = readSizes(sizes);
  const told = choices.targets.find(({ name }) => name === target)!;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (epochCount === "wrong" || seedNumber === "wrong" || imageSizes === "wrong") return;
    const settings = { preset, target, epochs: epochCount, imageSizes, seed: seedNumber };
    try {
      await startJob({ kind, settings } satisfies JobRequest);
      await refresh();
      onStarted();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <form id={id} className={styles.form} onSubmit={submit} noValidate>
      <fieldset className={styles.kinds}>
        <legend>{words.kind}</legend>
        {(["evaluate-precedents", "train-precedents"] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            <span>
              <strong>{words.kinds[one]}</strong>
              <span className={styles.hint}>{words.kindHints[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label={words.target}>
        <select value={target} onChange={({ target: { value } }) => setTarget(value as Target)}>
          {choices.targets.map(({ name, classes, radiographs }) => (
            <option key={name} value={name}>
              {words.targetOption(names.target(name), classes, radiographs)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.preset}>
        <select value={preset} onChange={({ target: { value } }) => setPreset(value as Preset)}>
          {(["small", "recommended", "as-published"] as const).map((name) => (
            <option key={name} value={name}>
              {words.presets[name]}
            </option>
          ))}
        </select>
      </Field>
      <Field
        label={words.epochs}
        hint={words.epochsHint(told.epochs[preset] ?? 0)}
        problem={isTried && epochCount === "wrong" ? words.wrongNumber : undefined}
      >
        <input inputMode="numeric" value={epochs} onChange={({ target: { value } }) => setEpochs(value)} />
      </Field>
      <Field
        label={words.imageSizes}
        hint={words.imageSizesHint(choices.presets.find(({ name }) => name === preset)!.imageSizes.join(", "))}
        problem={isTried && imageSizes === "wrong" ? words.wrongSizes : undefined}
      >
        <input value={sizes} onChange={({ target: { value } }) => setSizes(value)} />
      </Field>
      <Field
        label={words.seed}
        hint={words.seedHint}
        problem={isTried && seedNumber === "wrong" ? words.wrongSeed : undefined}
      >
        <input inputMode="numeric" value={seed} onChange={({ target: { value } }) => setSeed(value)} />
      </Field>
      {problem !== undefined && <ProblemNote error={problem} />}
    </form>
  );
};

/** Null for nothing written. */
const readNumber = (text: string, least: number, most: number): number | null | "wrong" => {
  if (text.trim() === "") return null;
  const number = Number(text);
  return Number.isInteger(number) && number >= least && number <= most ? number : "wrong";
};

const readSizes = (text: string): number[] | null | "wrong" => {
  if (text.trim() === "") return null;
  const sizes = text.split(",").map((part) => readNumber(part, 32, 512));
  const isRight = sizes.length <= 5 && sizes.every((size) => typeof size === "number");
  return isRight ? (sizes as number[]) : "wrong";
};
