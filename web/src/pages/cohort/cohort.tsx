/** One cohort: its flow, description, members, those excluded, splits and definition. */

import { useSearchParams } from "react-router";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { type Tab, Tabs } from "../../parts/tabs.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import styles from "./cohort.module.css";
import { useCohort } from "./cohort-data.ts";
import { DefinitionEditor } from "./definition-editor.tsx";
import { Description } from "./description.tsx";
import { Excluded } from "./excluded.tsx";
import { Flow } from "./flow.tsx";
import { Members } from "./members.tsx";
import { Splits } from "./splits.tsx";
import { cohortWords } from "./words.ts";

const parts = ["flow", "description", "members", "excluded", "splits", "definition"] as const;
type Part = (typeof parts)[number];

export const Cohort = ({ name }: { name: string }) => {
  const words = useWords(cohortWords);
  const formats = useFormats();
  const mayBuild = useMay("researcher");
  const { data: cohort, error, refetch } = useCohort(name);
  const [search, setSearch] = useSearchParams();
  const shown = parts.find((part) => part === search.get("part")) ?? "flow";
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!cohort) return null;
  const tabs = parts.map((part): Tab<Part> => ({ name: part, title: words.tabs[part] }));
  return (
    <section className={styles.cohort} aria-label={cohort.name}>
      <header>
        <h2>{cohort.title}</h2>
        <p className={styles.facts}>
          {words.patients(formats.number(cohort.patients))}, {words.builtAt(formats.time(cohort.builtAt))}
        </p>
      </header>
      <Tabs
        label={words.parts}
        tabs={tabs}
        shown={shown}
        onShow={(part) => setSearch({ name, part }, { replace: true })}
      >
        {shown === "flow" && <Flow cohort={cohort} />}
        {shown === "description" && <Description name={name} />}
        {shown === "members" && <Members name={name} />}
        {shown === "excluded" && <Excluded cohort={cohort} />}
        {shown === "splits" && <Splits name={name} />}
        {shown === "definition" &&
          (mayBuild ? (
            <DefinitionEditor
              key={cohort.builtAt}
              start={cohort.definition}
              onBuilt={(built) => setSearch({ name: built, part: "flow" })}
            />
          ) : (
            <pre className={styles.definition} lang="en">
              {cohort.definition}
            </pre>
          ))}
      </Tabs>
    </section>
  );
};
