/** The flow diagram as the study prints it, and its numbers as a table. */

import type { CohortDetail } from "../../../../src/contract/cohorts.ts";
import { addressOf } from "../../api/client.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { cohortAddress } from "./cohort-data.ts";
import styles from "./flow.module.css";
import { FlowTable } from "./flow-table.tsx";
import { cohortWords } from "./words.ts";

/** The page's colours decide which is shown. */
const appearances = ["dark", "light"] as const;

export const Flow = ({ cohort: { name, title, builtAt, flow, patients } }: { cohort: CohortDetail }) => {
  const words = useWords(cohortWords);
  const formats = useFormats();
  const diagram = cohortAddress(name, "flow.svg");
  return (
    <div className={styles.flow}>
      <figure>
        {appearances.map((appearance) => (
          <img
            key={appearance}
            className={styles[appearance]}
            loading="lazy" // the one that is not shown is not loaded
            src={addressOf(diagram, { appearance, built: builtAt })}
            alt={words.flowAlt(title, formats.number(patients))}
          />
        ))}
        <figcaption className={styles.downloads}>
          <a href={diagram} download={`${name}-flow.svg`}>
            {words.download("SVG")}
          </a>
          <a href={cohortAddress(name, "flow.csv")} download>
            {words.download("CSV")}
          </a>
        </figcaption>
      </figure>
      <FlowTable caption={words.flowTable} flow={flow} />
    </div>
  );
};
