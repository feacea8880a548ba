/** The splits of a cohort: how each part is made up, what two parts share, and a new one. */

import { useState } from "react";
import type { Split } from "../../../../src/contract/cohorts.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { cohortAddress, useSplits } from "./cohort-data.ts";
import { Leaks } from "./leaks.tsx";
import { SplitForm } from "./split-form.tsx";
import styles from "./splits.module.css";
import tables from "./table.module.css";
import { useValueName } from "./use-value-name.ts";
import { cohortWords, type SplitField } from "./words.ts";

export const Splits = ({ name }: { name: string }) => {
  const words = useWords(cohortWords);
  const mayMake = useMay("researcher");
  const { data, error, refetch } = useSplits(name);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <div className={styles.splits}>
      {mayMake && <SplitForm name={name} />}
      {data.splits.length === 0 && <p>{words.noSplits}</p>}
      {data.splits.map((split) => (
        <OneSplit key={split.name} cohort={name} split={split} mayExport={mayMake} />
      ))}
    </div>
  );
};

interface OneSplitProps {
  readonly cohort: string;
  readonly split: Split;
  readonly mayExport: boolean;
}

const OneSplit = ({ cohort, split, mayExport }: OneSplitProps) => {
  const words = useWords(cohortWords);
  const { number, percent } = useFormats();
  const value = useValueName();
  const [isAudited, setAudited] = useState(false);
  const { name, by, seed, folds, parts, strata } = split;
  const file = cohortAddress(cohort, "splits", encodeURIComponent(name), "split.json");
  return (
    <section className={styles.split} aria-labelledby={`split-${name}`}>
      <header className={styles.head}>
        <h3 id={`split-${name}`}>{name}</h3>
        <span className={styles.facts}>
          {words.splitFacts(words.fields[by as SplitField] ?? by, number(seed), folds.length)}
        </span>
        {mayExport && (
          <a href={file} download>
            {words.download("JSON")}
          </a>
        )}
        <button type="button" onClick={() => setAudited(true)} disabled={isAudited}>
          {words.audit}
        </button>
      </header>
      {isAudited && <Leaks cohort={cohort} split={name} />}
      <table className={tables.table}>
        <caption>{words.splitTable}</caption>
        <thead>
          <tr>
            <td />
            {parts.map((part) => (
              <th scope="col" key={part.name}>
                {part.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.askedShare}</th>
            {parts.map((part) => (
              <td key={part.name}>{percent(part.asked, 1)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{words.allPatients}</th>
            {parts.map((part) => (
              <td key={part.name}>
                {number(part.patients)} ({percent(part.share, 1)})
              </td>
            ))}
          </tr>
          {strata.map(({ stratum, patients }) => {
            const total = patients.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={stratum}>
                <th scope="row">{stratum === "unknown" ? words.unknown : value(stratum)}</th>
                {patients.map((count, i) => (
                  <td key={parts[i]!.name}>
                    {number(count)} ({percent(total === 0 ? 0 : count / total, 1)})
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};
