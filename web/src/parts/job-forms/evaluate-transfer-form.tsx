/** What the comparison of starts is told: nothing, photographs and radiographs, on a task with few radiographs. */

import { useState } from "react";
import type { TransferChoices } from "../../../../src/contract/transfer.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { Field } from "../field.tsx";
import { ProblemNote } from "../problem-note.tsx";
import { ClassChoice } from "./class-choice.tsx";
import styles from "./job-form.module.css";
import { NumberField } from "./number-field.tsx";
import { PresetField, type PresetName, presetNames } from "./preset-field.tsx";
import { readNumber } from "./read-number.ts";
import { readSeed, SeedField } from "./seed-field.tsx";
import { useJobForm } from "./use-job-form.ts";
import { WeightsField } from "./weights-field.tsx";
import { jobFormWords } from "./words.ts";

type Target = TransferChoices["targets"][number];

interface EvaluateTransferFormProps {
  readonly id: string;
  readonly choices: TransferChoices;
  /** What entity, region and label are called. */
  readonly targetName: (target: string) => string;
  readonly onStarted: () => void;
}

export const EvaluateTransferForm = ({ id, choices, targetName, onStarted }: EvaluateTransferFormProps) => {
  const words = useWords(jobFormWords);
  const { number } = useFormats();
  const usable = choices.targets.filter(({ classes }) => classes.length >= 2);
  const [target, setTarget] = useState<Target["name"]>(usable[0]?.name ?? "entity");
  const told = usable.find(({ name }) => name === target);
  const [classes, setClasses] = useState<readonly string[]>(() => commonest(told));
  const [preset, setPreset] = useState<PresetName>("small");
  const [pretrained, setPretrained] = useState("");
  const [weights, setWeights] = useState<string | null>(null);
  const [images, setImages] = useState("");
  const [seeds, setSeeds] = useState("");
  const [folds, setFolds] = useState("");
  const [epochs, setEpochs] = useState("");
  const [allowOverlap, setAllowOverlap] = useState(false);
  const [seed, setSeed] = useState("0");
  const imageCount = readNumber(images, 4, 1_000_000);
  const seedCount = readNumber(seeds, 1, 100);
  const foldCount = readNumber(folds, 2, 20);
  const epochCount = readNumber(epochs, 1, 10_000);
  const seedNumber = readSeed(seed);
  const isRight =
    imageCount !== "wrong" &&
    seedCount !== "wrong" &&
    foldCount !== "wrong" &&
    epochCount !== "wrong" &&
    seedNumber !== "wrong" &&
    classes.length >= 2;
  const form = useJobForm(
    isRight
      ? {
          kind: "evaluate-transfer",
          settings: {
            preset,
            target,
            classes: [...classes],
            pretrained: pretrained === "" ? null : pretrained,
            weights,
            images: imageCount,
            seeds: seedCount,
            folds: foldCount,
            epochs: epochCount,
            allowOverlap,
            seed: seedNumber,
          },
        }
      : undefined,
    onStarted,
  );
  const choose = (name: Target["name"]): void => {
    setTarget(name);
    setClasses(commonest(usable.find((one) => one.name === name)));
  };
  const of = choices.presets.find(({ name }) => name === preset);
  const problemOf = (value: number | null | "wrong", problem: string): string | undefined =>
    form.isTried && value === "wrong" ? problem : undefined;
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      <Field label={words.target}>
        <select value={target} onChange={({ target: { value } }) => choose(value as Target["name"])}>
          {usable.map(({ name }) => (
            <option key={name} value={name}>
              {targetName(name)}
            </option>
          ))}
        </select>
      </Field>
      {told && <ClassChoice hint={words.classesHint} target={told} chosen={classes} onChoose={setClasses} />}
      {form.isTried && classes.length < 2 && <p className={styles.problem}>{words.twoClasses}</p>}
      <NumberField
        label={words.images}
        hint={words.imagesHint}
        value={images}
        onValue={setImages}
        problem={problemOf(imageCount, words.wrongFew(4, 1_000_000))}
      />
      <Field label={words.pretrained} hint={choices.pretrained.length === 0 ? words.noPretrained : undefined}>
        <select value={pretrained} onChange={({ target: { value } }) => setPretrained(value)}>
          <option value="">{words.newest}</option>
          {choices.pretrained.map(({ run, network, radiographs }) => (
            <option key={run} value={run}>
              {words.pretrainedOption(run, network, number(radiographs))}
            </option>
          ))}
        </select>
      </Field>
      <WeightsField
        label={words.imagenet}
        none={words.leftOut}
        files={choices.weights}
        file={weights}
        onFile={setWeights}
      />
      <PresetField names={presetNames} preset={preset} onPreset={setPreset} />
      <details open={form.isTried && !isRight}>
        <summary>{words.more}</summary>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={allowOverlap}
            onChange={({ target: { checked } }) => setAllowOverlap(checked)}
          />
          <span>
            {words.allowOverlap}
            <span className={styles.hint}>{words.allowOverlapHint}</span>
          </span>
        </label>
        <NumberField
          label={words.seeds}
          hint={of && words.epochsHint(number(of.seeds))}
          value={seeds}
          onValue={setSeeds}
          problem={problemOf(seedCount, words.wrongFew(1, 100))}
        />
        <NumberField
          label={words.folds}
          hint={of && words.epochsHint(number(of.folds))}
          value={folds}
          onValue={setFolds}
          problem={problemOf(foldCount, words.wrongFew(2, 20))}
        />
        <NumberField
          label={words.epochs}
          hint={of && words.epochsHint(number(of.epochs))}
          value={epochs}
          onValue={setEpochs}
          problem={problemOf(epochCount, words.wrongNumber)}
        />
        <SeedField seed={seed} onSeed={setSeed} isTried={form.isTried} />
      </details>
      {form.problem !== undefined && <ProblemNote error={form.problem} />}
    </form>
  );
};

/** The two with the most radiographs, as the published task had two. */
const commonest = (target: Target | undefined): readonly string[] =>
  (target?.classes ?? [])
    .toSorted((a, b) => b.radiographs - a.radiographs)
    .slice(0, 2)
    .map(({ name }) => name);
