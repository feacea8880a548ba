/** What a pretraining by cluster numbers is told. */

import { useState } from "react";
import type { TransferChoices, TransferNetwork } from "../../../../src/contract/transfer.ts";
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

interface PretrainFormProps {
  readonly id: string;
  readonly choices: TransferChoices;
  /** What entity, region and label are called. */
  readonly targetName: (target: string) => string;
  readonly onStarted: () => void;
}

export const PretrainForm = ({ id, choices, targetName, onStarted }: PretrainFormProps) => {
  const words = useWords(jobFormWords);
  const { number } = useFormats();
  const [preset, setPreset] = useState<PresetName>("small");
  const [clustering, setClustering] = useState("");
  const [network, setNetwork] = useState<TransferNetwork | "">("");
  const [weights, setWeights] = useState<string | null>(null);
  const [target, setTarget] = useState<Target["name"] | "">("");
  const [classes, setClasses] = useState<readonly string[]>([]);
  const [epochs, setEpochs] = useState("");
  const [seed, setSeed] = useState("0");
  const epochCount = readNumber(epochs, 1, 10_000);
  const seedNumber = readSeed(seed);
  const isRight = epochCount !== "wrong" && seedNumber !== "wrong";
  const form = useJobForm(
    isRight
      ? {
          kind: "pretrain-network",
          settings: {
            preset,
            clustering: clustering === "" ? null : clustering,
            network: network === "" ? null : network,
            weights,
            leaveOut: target === "" || classes.length === 0 ? null : { target, classes: [...classes] },
            epochs: epochCount,
            seed: seedNumber,
          },
        }
      : undefined,
    onStarted,
  );
  const task = choices.targets.find(({ name }) => name === target);
  const told = choices.presets.find(({ name }) => name === preset);
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      {choices.clusterings.length === 0 && <p>{words.noClustering}</p>}
      <Field label={words.clustering}>
        <select value={clustering} onChange={({ target }) => setClustering(target.value)}>
          <option value="">{words.newest}</option>
          {choices.clusterings.map(({ run, clusters, images }) => (
            <option key={run} value={run}>
              {words.clusteringOption(run, number(clusters), number(images))}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.leaveOut} hint={words.leaveOutHint}>
        <select
          value={target}
          onChange={({ target: { value } }) => {
            setTarget(value as Target["name"] | "");
            setClasses([]);
          }}
        >
          <option value="">{words.leaveOutNothing}</option>
          {choices.targets
            .filter((one) => one.classes.length > 0)
            .map(({ name }) => (
              <option key={name} value={name}>
                {targetName(name)}
              </option>
            ))}
        </select>
      </Field>
      {task && <ClassChoice hint={words.leaveOutClasses} target={task} chosen={classes} onChoose={setClasses} />}
      <PresetField names={presetNames} preset={preset} onPreset={setPreset} />
      <WeightsField
        label={words.weights}
        none={words.clusteringWeights}
        files={choices.weights}
        file={weights}
        onFile={setWeights}
      />
      <details open={form.isTried && !isRight}>
        <summary>{words.more}</summary>
        <Field label={words.network}>
          <select value={network} onChange={({ target }) => setNetwork(target.value as TransferNetwork | "")}>
            <option value="">{words.asPreset(told?.network ?? "")}</option>
            {choices.networks.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </Field>
        <NumberField
          label={words.epochs}
          hint={told && words.epochsHint(number(told.pretrainEpochs))}
          value={epochs}
          onValue={setEpochs}
          problem={form.isTried && epochCount === "wrong" ? words.wrongNumber : undefined}
        />
        <SeedField seed={seed} onSeed={setSeed} isTried={form.isTried} />
      </details>
      {form.problem !== undefined && <ProblemNote error={form.problem} />}
    </form>
  );
};
