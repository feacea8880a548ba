/** The cohort described by the STROBE rules, as a whole or by the groups of a field, as the command line prints it. */

import { useState } from "react";
import type { GroupingField } from "../../../../src/contract/cohorts.ts";
import { addressOf } from "../../api/client.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { cohortAddress, useDescription } from "./cohort-data.ts";
import styles from "./description.module.css";
import { useDescriptionWords } from "./description-words.ts";
import tables from "./table.module.css";
import { cohortWords, groupingFields } from "./words.ts";

export const Description = ({ name }: { name: string }) => {
  const words = useWords(cohortWords);
  const [by, setBy] = useState<GroupingField | "">("");
  const { data, error, refetch, isPlaceholderData } = useDescription(name, by);
  return (
    <div className={styles.description}>
      <div className={styles.controls}>
        <label>
          {words.compareBy}{" "}
          <select value={by} onChange={({ target }) => setBy(target.value as GroupingField | "")}>
            <option value="">{words.noGroups}</option>
            {groupingFields.map((field) => (
              <option key={field} value={field}>
                {words.fields[field]}
              </option>
            ))}
          </select>
        </label>
        <a href={addressOf(cohortAddress(name, "description.csv"), { by: by || undefined })} download>
          {words.download("CSV")}
        </a>
      </div>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && <DescriptionTable rows={data.rows} caption={words.descriptionTable} isOld={isPlaceholderData} />}
      <p className={styles.note}>{words.descriptionNote}</p>
    </div>
  );
};

interface DescriptionTableProps {
  readonly rows: readonly (readonly string[])[];
  readonly caption: string;
  readonly isOld: boolean;
}

const DescriptionTable = ({ rows: [heading = [], ...rows], caption, isOld }: DescriptionTableProps) => {
  const say = useDescriptionWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways
    <section className={styles.scroll} aria-label={caption} tabIndex={0} aria-busy={isOld}>
      <table className={tables.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heading.map((cell, i) =>
              i === 0 ? (
                <td key={cell} />
              ) : (
                <th scope="col" key={cell}>
                  {say.heading(cell)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(([title = "", ...cells], i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row goes by its place
            <tr key={i} data-level={title.startsWith(" ") ? "category" : "variable"}>
              <th scope="row">{say.title(title)}</th>
              {cells.map((cell, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell goes by its place
                <td key={j}>{say.cell(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
