/** What a neighbour's reports say, for who may read them; others see that there are reports. */

import type { Course } from "../../../../src/contract/queries.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import styles from "./neighbour-course.module.css";
import { useReports } from "./queries.ts";
import { linkWords } from "./words.ts";

interface NeighbourReportsProps {
  readonly query: string;
  readonly image: string;
  readonly counts: Course["reports"];
}

export const NeighbourReports = ({ query, image, counts }: NeighbourReportsProps) => {
  const words = useWords(linkWords).course;
  const mayRead = useMay("researcher");
  const { number } = useFormats();
  const { data, error } = useReports(query, image, mayRead && counts.length > 0);
  if (counts.length === 0) return null;
  return (
    <section>
      <h4 className={styles.title}>{words.reports}</h4>
      <p className={styles.facts}>
        {counts.map(({ kind, count }) => `${words.reportKinds[kind ?? "other"]} ${number(count)}`).join(", ")}
        {!mayRead && ` · ${words.reportsForResearchers}`}
      </p>
      {error && <ProblemNote error={error} />}
      {data?.map(({ kind, date, sentences }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: reports have no name that may be shown here
        <blockquote key={i} className={styles.report}>
          <p className={styles.facts}>{[words.reportKinds[kind ?? "other"], date ?? ""].filter(Boolean).join(", ")}</p>
          <p>{sentences.length > 0 ? sentences.join(" … ") : words.nothingRead}</p>
        </blockquote>
      ))}
    </section>
  );
};
