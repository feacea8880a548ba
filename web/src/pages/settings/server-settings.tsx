/** What administrators set for everybody. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { ServerSettings } from "../../../../src/contract/settings.ts";
import { change, get } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { sessionKey } from "../../shell/session.tsx";
import { serverWords } from "./server-words.ts";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

const key = ["server-settings"];

/** The least and the most that the server takes. */
const numbers = {
  uploadMebibytes: [1, 16_384],
  jobsAtOnce: [1, 16],
  idleMinutes: [5, 1440],
  sessionHours: [1, 168],
} as const;

const names = Object.keys(numbers) as (keyof typeof numbers)[];

export const ServerSettingsForm = () => {
  const { title, labels, hints } = useWords(serverWords);
  const { save, saved } = useWords(settingsWords);
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: key, queryFn: () => get<ServerSettings>("/api/settings") });
  const saving = useMutation({
    mutationFn: (settings: ServerSettings) => change<ServerSettings>("PATCH", "/api/settings", settings),
    onSuccess: async (settings) => {
      queries.setQueryData(key, settings);
      await queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const entries = names.map((name) => [name, Number(fields.get(name))] as const);
    saving.mutate({ centre: String(fields.get("centre")), ...Object.fromEntries(entries) } as ServerSettings);
  };
  if (error) return <ProblemNote error={error} />;
  if (!data) return null;
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <form className={styles.form} onSubmit={submit}>
        <Field label={labels.centre} hint={hints.centre}>
          <input name="centre" maxLength={80} defaultValue={data.centre} />
        </Field>
        {names.map((name) => {
          const [min, max] = numbers[name];
          return (
            <Field key={name} label={labels[name]} hint={hints[name]}>
              <input name={name} type="number" required min={min} max={max} step={1} defaultValue={data[name]} />
            </Field>
          );
        })}
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
