/** By what the audit log is filtered. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditEntryView, AuditFacets } from "../../../../src/contract/audit.ts";
import { get, type Search } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { auditWords } from "./audit-words.ts";
import styles from "./settings.module.css";

/** What is chosen; an empty word does not matter. Days are local. */
export type AuditChoice = Readonly<Record<"from" | "to" | "person" | "action" | "outcome" | "subject", string>>;

export const noChoice: AuditChoice = { from: "", to: "", person: "", action: "", outcome: "", subject: "" };

/** The choice as the server takes it: from the first moment of a day to the last of another. */
export const searchOf = ({ from, to, ...words }: AuditChoice): Search => {
  const chosen = Object.entries(words).filter(([, word]) => word.trim() !== "");
  const next = to === "" ? undefined : new Date(`${to}T00:00`);
  next?.setDate(next.getDate() + 1);
  return {
    ...Object.fromEntries(chosen.map(([name, word]) => [name, word.trim()])),
    from: from === "" ? undefined : new Date(`${from}T00:00`).toISOString(),
    to: next?.toISOString(),
  };
};

interface AuditFiltersProps {
  readonly choice: AuditChoice;
  readonly onChange: (choice: AuditChoice) => void;
}

const outcomes: readonly AuditEntryView["outcome"][] = ["done", "refused", "failed"];

export const AuditFilters = ({ choice, onChange }: AuditFiltersProps) => {
  const words = useWords(auditWords);
  const { data } = useQuery({ queryKey: ["audit-facets"], queryFn: () => get<AuditFacets>("/api/audit/facets") });
  const attributes = (name: keyof AuditChoice) => ({
    value: choice[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...choice, [name]: target.value }),
  });
  return (
    <search className={styles.row}>
      <Field label={words.from}>
        <input type="date" {...attributes("from")} />
      </Field>
      <Field label={words.to}>
        <input type="date" {...attributes("to")} />
      </Field>
      <Field label={words.person}>
        <select {...attributes("person")}>
          <option value="">{words.all}</option>
          {data?.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="local">{words.local}</option>
          <option value="command line">{words.commandLine}</option>
        </select>
      </Field>
      <Field label={words.action}>
        <select {...attributes("action")}>
          <option value="">{words.all}</option>
          {data?.actions.map((action) => (
            <option key={action} value={action}>
              {words.actions[action] ?? action}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.outcome}>
        <select {...attributes("outcome")}>
          <option value="">{words.all}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {words.outcomes[outcome]}
            </option>
          ))}
        </select>
      </Field>
      <SubjectField subject={choice.subject} onChange={(subject) => onChange({ ...choice, subject })} />
    </search>
  );
};

interface SubjectFieldProps {
  readonly subject: string;
  readonly onChange: (subject: string) => void;
}

/** An id is pasted or typed whole: it is looked for with Enter or when the field is left, not at every letter. */
const SubjectField = ({ subject, onChange }: SubjectFieldProps) => {
  const words = useWords(auditWords);
  const [typed, setTyped] = useState(subject);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed);
      }}
    >
      <Field label={words.subject}>
        <input
          type="search"
          maxLength={300}
          spellCheck={false}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => onChange(typed)}
        />
      </Field>
    </form>
  );
};
