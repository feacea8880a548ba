/** Why the others are no members: counted for each criterion, and for researchers one by one. */

import { useState } from "react";
import type { CohortDetail } from "../../../../src/contract/cohorts.ts";
import { Pager } from "../../parts/pager.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { pageSize, useExcluded } from "./cohort-data.ts";
import styles from "./excluded.module.css";
import tables from "./table.module.css";
import { useValueName } from "./use-value-name.ts";
import { cohortWords } from "./words.ts";

export const Excluded = ({ cohort: { name, flow } }: { cohort: CohortDetail }) => {
  const words = useWords(cohortWords);
  const { number } = useFormats();
  const mayName = useMay("researcher");
  const [open, setOpen] = useState<number>();
  return (
    <div className={styles.excluded}>
      {!mayName && <p>{words.excludedWithoutNumbers}</p>}
      {flow.steps.map(({ reason, excluded }, criterion) => {
        const title = (
          <>
            {reason} <span className={styles.count}>{words.patients(number(excluded.patients))}</span>
          </>
        );
        if (!mayName || excluded.patients === 0) {
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a criterion goes by its place
            <p key={criterion}>{title}</p>
          );
        }
        return (
          <details
            // biome-ignore lint/suspicious/noArrayIndexKey: a criterion goes by its place
            key={criterion}
            open={open === criterion}
            onToggle={({ currentTarget }) => {
              if (currentTarget.open) setOpen(criterion);
              else setOpen((before) => (before === criterion ? undefined : before));
            }}
          >
            <summary>{title}</summary>
            {open === criterion && <ExcludedPatients name={name} criterion={criterion} reason={reason} />}
          </details>
        );
      })}
    </div>
  );
};

interface ExcludedPatientsProps {
  readonly name: string;
  readonly criterion: number;
  readonly reason: string;
}

const ExcludedPatients = ({ name, criterion, reason }: ExcludedPatientsProps) => {
  const words = useWords(cohortWords);
  const value = useValueName();
  const { number } = useFormats();
  const [offset, setOffset] = useState(0);
  const { data, error, refetch } = useExcluded(name, { criterion, offset });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <>
      <Pager offset={offset} size={pageSize} total={data.total} onOffset={setOffset} />
      <table className={tables.table}>
        <caption>{reason}</caption>
        <thead>
          <tr>
            <th scope="col">{words.patient}</th>
            <th scope="col" className={tables.words}>
              {words.fields.entity}
            </th>
            <th scope="col">{words.age}</th>
          </tr>
        </thead>
        <tbody>
          {data.patients.map(({ patient, entity, ageYears }) => (
            <tr key={patient}>
              <th scope="row">{patient}</th>
              <td className={tables.words}>{entity === null ? "–" : value(entity)}</td>
              <td>{ageYears === null ? "–" : number(ageYears)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
