/** The numbers of a flow: what each criterion excluded, and what is left. */

import type { Flow } from "../../../../src/contract/cohorts.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./table.module.css";
import { cohortWords } from "./words.ts";

export const FlowTable = ({ caption, flow }: { caption: string; flow: Flow }) => {
  const words = useWords(cohortWords);
  const { number } = useFormats();
  const { startTitle, start, steps } = flow;
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.step}</th>
          <th scope="col">{words.excludedPatients}</th>
          <th scope="col">{words.remainingPatients}</th>
          <th scope="col">{words.cases}</th>
          <th scope="col">{words.radiographs}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{startTitle}</th>
          <td />
          <td>{number(start.patients)}</td>
          <td>{number(start.cases)}</td>
          <td>{number(start.images)}</td>
        </tr>
        {steps.map(({ reason, excluded, remaining, remainingTitle }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step goes by its place
          <tr key={i}>
            <th scope="row">
              {reason}
              {remainingTitle && <span className={styles.remaining}>{remainingTitle}</span>}
            </th>
            <td>{number(excluded.patients)}</td>
            <td>{number(remaining.patients)}</td>
            <td>{number(remaining.cases)}</td>
            <td>{number(remaining.images)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
