/** The terms on which this centre answers others, and asks them. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CentrePolicy, CentrePolicyChange, CentreSettings } from "../../../../src/contract/centres.ts";
import { change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { centresKey } from "./centres-key.ts";
import { centresWords, type TermNumber } from "./centres-words.ts";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

/** The least and the most that the server takes, and in which steps. */
const ranges: Readonly<Record<TermNumber, readonly [least: number, most: number, step: number]>> = {
  smallestGroup: [1, 1000, 1],
  distanceStep: [0, 0.5, 0.01],
  closest: [0, 0.5, 0.01],
  farthest: [0.01, 1, 0.01],
  mostNeighbours: [1, 20, 1],
  perHour: [1, 100_000, 1],
  perDay: [1, 1_000_000, 1],
  mostOddities: [1, 100_000, 1],
  flippedShare: [0, 0.4, 0.01],
  waitSeconds: [1, 60, 1],
};

const answering = [
  "smallestGroup",
  "distanceStep",
  "closest",
  "farthest",
  "mostNeighbours",
  "perHour",
  "perDay",
  "mostOddities",
] as const satisfies readonly TermNumber[];
const asking = ["flippedShare", "waitSeconds"] as const satisfies readonly TermNumber[];
const bitChoices = [64, 128, 192, 256, 384] as const;

interface CentreTermsProps extends Pick<CentreSettings, "publicAddress" | "entities"> {
  readonly policy: CentrePolicy;
}

export const CentreTerms = ({ policy, publicAddress, entities }: CentreTermsProps) => {
  const words = useWords(centresWords).terms;
  const { save, saved } = useWords(settingsWords);
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[] | null>(policy.entities);
  const saving = useMutation({
    mutationFn: (changes: CentrePolicyChange) => change<CentrePolicy>("PATCH", "/api/centres/policy", changes),
    onSuccess: () => queries.invalidateQueries({ queryKey: centresKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const numbers = [...answering, ...asking].map((name) => [name, Number(fields.get(name))] as const);
    const bits = String(fields.get("sentBits"));
    saving.mutate({
      ...Object.fromEntries(numbers),
      answers: fields.get("answers") !== null,
      address: String(fields.get("address")).trim(),
      contact: String(fields.get("contact")).trim(),
      entities: chosen === null ? null : [...chosen],
      sentBits: bits === "" ? null : Number(bits),
    });
  };
  const number = (name: TermNumber) => {
    const [min, max, step] = ranges[name];
    return (
      <Field key={name} label={words.labels[name]} hint={words.hints[name]}>
        <input name={name} type="number" required min={min} max={max} step={step} defaultValue={policy[name]} />
      </Field>
    );
  };
  return (
    <section className={styles.section}>
      <h2>{words.title}</h2>
      <form className={styles.section} onSubmit={submit}>
        <label className={styles.check}>
          <input name="answers" type="checkbox" defaultChecked={policy.answers} />
          {words.answers}
        </label>
        <div className={styles.columns}>
          <Field label={words.address} hint={words.addressHint(publicAddress)}>
            <input name="address" type="url" maxLength={300} defaultValue={policy.address} />
          </Field>
          <Field label={words.contact} hint={words.contactHint}>
            <input name="contact" maxLength={300} defaultValue={policy.contact} />
          </Field>
        </div>
        <div className={styles.columns}>
          <fieldset className={styles.form}>
            <legend>{words.asked}</legend>
            {answering.map(number)}
            <EntityChoice entities={entities} chosen={chosen} onChange={setChosen} />
          </fieldset>
          <fieldset className={styles.form}>
            <legend>{words.asking}</legend>
            <Field label={words.sentBits} hint={words.sentBitsHint}>
              <select name="sentBits" defaultValue={policy.sentBits ?? ""}>
                {bitChoices.map((bits) => (
                  <option key={bits} value={bits}>
                    {bits}
                  </option>
                ))}
                <option value="">{words.allBits}</option>
              </select>
            </Field>
            {asking.map(number)}
          </fieldset>
        </div>
        {saving.error && <ProblemNote error={saving.error} />}
        {saving.isSuccess && (
          <p role="status" className={styles.done}>
            {saved}
          </p>
        )}
        <div>
          <button type="submit" data-kind="main" disabled={saving.isPending}>
            {save}
          </button>
        </div>
      </form>
    </section>
  );
};

interface EntityChoiceProps {
  readonly entities: CentreSettings["entities"];
  /** Null for all. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
}

const EntityChoice = ({ entities, chosen, onChange }: EntityChoiceProps) => {
  const words = useWords(centresWords).terms;
  const { number } = useFormats();
  const { entity: nameOf } = useVocabulary();
  return (
    <fieldset className={styles.form}>
      <legend>{words.entities}</legend>
      <label className={styles.check}>
        <input type="radio" checked={chosen === null} onChange={() => onChange(null)} />
        {words.allEntities}
      </label>
      <label className={styles.check}>
        <input type="radio" checked={chosen !== null} onChange={() => onChange(entities.map(({ entity }) => entity))} />
        {words.someEntities}
      </label>
      {chosen !== null &&
        entities.map(({ entity, patients }) => (
          <label key={entity} className={styles.check}>
            <input
              type="checkbox"
              checked={chosen.includes(entity)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, entity] : chosen.filter((one) => one !== entity))
              }
            />
            {nameOf(entity)} <span className={styles.soft}>{words.patients(number(patients))}</span>
          </label>
        ))}
    </fieldset>
  );
};
