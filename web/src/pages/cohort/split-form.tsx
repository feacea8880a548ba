/** A new split: its parts, what they keep in proportion, and the seed that it follows from. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { GroupingField, Split, SplitPlan } from "../../../../src/contract/cohorts.ts";
import { change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { cohortAddress, cohortsKey } from "./cohort-data.ts";
import { readParts } from "./read-parts.ts";
import styles from "./split-form.module.css";
import { cohortWords, groupingFields } from "./words.ts";

export const SplitForm = ({ name }: { name: string }) => {
  const words = useWords(cohortWords);
  const queries = useQueryClient();
  const [splitName, setSplitName] = useState("default");
  const [parts, setParts] = useState("train=0.8, test=0.2");
  const [by, setBy] = useState<GroupingField>("entity");
  const [folds, setFolds] = useState("");
  const [seed, setSeed] = useState("0");
  const make = useMutation({
    mutationFn: (plan: SplitPlan) => change<Split>("POST", cohortAddress(name, "splits"), plan),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...cohortsKey, name, "splits"] }),
  });
  const read = readParts(parts);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!read) return;
    make.mutate({ name: splitName, parts: read, by, folds: folds === "" ? null : Number(folds), seed: Number(seed) });
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <Field label={words.splitName}>
        <input
          value={splitName}
          pattern="[A-Za-z0-9_\-]{1,64}"
          required
          onChange={({ target }) => setSplitName(target.value)}
        />
      </Field>
      <Field label={words.splitParts} problem={read ? undefined : words.splitPartsProblem}>
        <input value={parts} required onChange={({ target }) => setParts(target.value)} />
      </Field>
      <Field label={words.splitBy}>
        <select value={by} onChange={({ target }) => setBy(target.value as GroupingField)}>
          {groupingFields.map((field) => (
            <option key={field} value={field}>
              {words.fields[field]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.folds}>
        <input type="number" min={2} max={100} value={folds} onChange={({ target }) => setFolds(target.value)} />
      </Field>
      <Field label={words.seed}>
        <input type="number" min={0} required value={seed} onChange={({ target }) => setSeed(target.value)} />
      </Field>
      <button type="submit" disabled={!read || make.isPending} data-kind="main">
        {words.makeSplit}
      </button>
      {make.error && <ProblemNote error={make.error} />}
    </form>
  );
};
