/** The cohorts of the home beside the one that is looked at, or beside a new definition. */

import { useSearchParams } from "react-router";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { Cohort } from "./cohort.tsx";
import { useCohorts } from "./cohort-data.ts";
import styles from "./cohorts.module.css";
import { DefinitionEditor } from "./definition-editor.tsx";
import { emptyDefinition } from "./empty-definition.ts";
import { cohortWords } from "./words.ts";

export const Cohorts = () => {
  const words = useWords(cohortWords);
  const formats = useFormats();
  const { data, error, refetch } = useCohorts();
  const [search, setSearch] = useSearchParams();
  const mayBuild = useMay("researcher");
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { cohorts } = data;
  const isNew = search.has("new") && mayBuild;
  const shown = isNew ? undefined : (cohorts.find(({ name }) => name === search.get("name")) ?? cohorts[0]);
  const build = (
    <button type="button" onClick={() => setSearch({ new: "" })}>
      {words.newCohort}
    </button>
  );
  if (cohorts.length === 0 && !isNew) {
    return (
      <EmptyState title={words.none} action={mayBuild ? build : undefined}>
        {words.noneHint}
      </EmptyState>
    );
  }
  return (
    <div className={styles.cohorts}>
      <nav aria-label={words.list} className={styles.list}>
        <ul>
          {cohorts.map(({ name, patients, builtAt }) => (
            <li key={name}>
              <button
                type="button"
                aria-current={name === shown?.name ? "true" : undefined}
                onClick={() => setSearch({ name })}
              >
                <span>{name}</span>
                <span className={styles.facts}>
                  {words.patients(formats.number(patients))}, {formats.date(builtAt)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {mayBuild && build}
      </nav>
      {shown && <Cohort key={shown.name} name={shown.name} />}
      {isNew && (
        <section className={styles.fresh} aria-label={words.newCohort}>
          <h2>{words.newCohort}</h2>
          <DefinitionEditor start={emptyDefinition} onBuilt={(name) => setSearch({ name })} />
        </section>
      )}
    </div>
  );
};
