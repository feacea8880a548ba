/** What a clustering of the archive is told. */

import { useState } from "react";
import type { JobRequest } from "../../../../src/contract/jobs.ts";
import type { TrainingChoices } from "../../../../src/contract/runs.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { Field } from "../field.tsx";
import { ProblemNote } from "../problem-note.tsx";
import styles from "./job-form.module.css";
import { NumberField } from "./number-field.tsx";
import { PresetField, type PresetName, presetNames } from "./preset-field.tsx";
import { readNumber, readNumbers } from "./read-number.ts";
import { readSeed, SeedField } from "./seed-field.tsx";
import { useJobForm } from "./use-job-form.ts";
import { WeightsField } from "./weights-field.tsx";
import { jobFormWords } from "./words.ts";

type Choices = TrainingChoices["clustering"];
type Settings = Extract<JobRequest, { kind: "cluster-atlas" }>["settings"];
type Network = Choices["networks"][number];
type Features = NonNullable<Settings["features"]>;

/** How the number of clusters is found. */
const counts = ["size", "auto", "told"] as const;
type Count = (typeof counts)[number];

interface ClusterAtlasFormProps {
  readonly choices: Choices;
  readonly id?: string;
  /** What its own button says; without it, one elsewhere sends the form. */
  readonly submit?: string;
  readonly onStarted?: () => void;
}

export const ClusterAtlasForm = ({ choices, id, submit, onStarted }: ClusterAtlasFormProps) => {
  const words = useWords(jobFormWords);
  const { number } = useFormats();
  const [features, setFeatures] = useState<Features>("deepcluster");
  const [preset, setPreset] = useState<PresetName>("small");
  const [count, setCount] = useState<Count>("size");
  const [told, setTold] = useState("");
  const [network, setNetwork] = useState<Network | "">("");
  const [weights, setWeights] = useState<string | null>(null);
  const [isSobel, setSobel] = useState<boolean>();
  const [epochs, setEpochs] = useState("");
  const [size, setSize] = useState("");
  const [seed, setSeed] = useState("0");
  const numbers = readNumbers(told, { least: 2, most: 100_000, mostMany: 10 });
  const isCountWrong = count === "told" && (numbers === "wrong" || numbers === null);
  const epochCount = readNumber(epochs, 1, 10_000);
  const imageSize = readNumber(size, 32, 512);
  const seedNumber = readSeed(seed);
  const areDetailsRight = epochCount !== "wrong" && imageSize !== "wrong" && seedNumber !== "wrong";
  const settings: Settings | undefined =
    areDetailsRight && !isCountWrong
      ? {
          features,
          clusters: clustersOf(count, numbers),
          seed: seedNumber,
          ...(features === "deepcluster"
            ? {
                preset,
                network: network === "" ? null : network,
                weights,
                sobel: isSobel ?? null,
                epochs: epochCount,
                imageSize,
              }
            : {}),
        }
      : undefined;
  const form = useJobForm(settings && { kind: "cluster-atlas", settings }, onStarted);
  const of = choices.presets.find(({ name }) => name === preset)!;
  const wrong = (isWrong: boolean, problem: string): string | undefined =>
    form.isTried && isWrong ? problem : undefined;
  return (
    <form id={id} className={styles.form} onSubmit={form.submit} noValidate>
      <FeatureChoice features={features} hasPrecedents={choices.hasPrecedents} onFeatures={setFeatures} />
      <Field label={words.clusters}>
        <select value={count} onChange={({ target: { value } }) => setCount(value as Count)}>
          <option value="size">{words.clustersBySize(number(of.clusters), number(choices.images))}</option>
          {of.candidates.length > 1 && (
            <option value="auto">{words.clustersByTest(of.candidates.map((one) => number(one)).join(", "))}</option>
          )}
          <option value="told">{words.clustersTold}</option>
        </select>
      </Field>
      {count === "told" && (
        <NumberField
          label={words.clustersNumbers}
          hint={words.clustersHint}
          value={told}
          onValue={setTold}
          problem={wrong(isCountWrong, words.wrongClusters)}
        />
      )}
      {features === "deepcluster" && <PresetField names={presetNames} preset={preset} onPreset={setPreset} />}
      <details open={form.isTried && !areDetailsRight}>
        <summary>{words.more}</summary>
        {features === "deepcluster" && (
          <>
            <Field label={words.network}>
              <select value={network} onChange={({ target: { value } }) => setNetwork(value as Network | "")}>
                <option value="">{words.asPreset(of.network)}</option>
                {choices.networks.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            </Field>
            <WeightsField
              label={words.weights}
              none={words.noWeights}
              files={choices.weights}
              file={weights}
              onFile={setWeights}
            />
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={isSobel ?? of.sobel}
                onChange={({ target }) => setSobel(target.checked)}
              />
              <span>
                {words.sobel}
                <span className={styles.hint}>{words.sobelHint}</span>
              </span>
            </label>
            <NumberField
              label={words.epochs}
              hint={words.epochsHint(number(of.epochs))}
              value={epochs}
              onValue={setEpochs}
              problem={wrong(epochCount === "wrong", words.wrongNumber)}
            />
            <NumberField
              label={words.imageSize}
              hint={words.imageSizeHint(number(of.imageSize))}
              value={size}
              onValue={setSize}
              problem={wrong(imageSize === "wrong", words.wrongSize)}
            />
          </>
        )}
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

const clustersOf = (count: Count, numbers: number[] | null | "wrong"): Settings["clusters"] => {
  if (count === "size") return null;
  if (count === "auto") return "auto";
  const told = [...new Set(numbers as number[])];
  return told.length === 1 ? told[0]! : told;
};

interface FeatureChoiceProps {
  readonly features: Features;
  readonly hasPrecedents: boolean;
  readonly onFeatures: (features: Features) => void;
}

const FeatureChoice = ({ features, hasPrecedents, onFeatures }: FeatureChoiceProps) => {
  const words = useWords(jobFormWords);
  return (
    <fieldset className={styles.choices}>
      <legend>{words.features}</legend>
      {(["deepcluster", "precedents"] as const).map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="features"
            checked={features === one}
            disabled={one === "precedents" && !hasPrecedents}
            onChange={() => onFeatures(one)}
          />
          <span>
            {words.featureChoices[one]}
            <span className={styles.hint}>{words.featureHints[one]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
};
