/** What the parts of a split share and must not, for a person to look at. */

import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useWords } from "../../shell/language.tsx";
import { useLeaks } from "./cohort-data.ts";
import styles from "./leaks.module.css";
import { cohortWords } from "./words.ts";

export const Leaks = ({ cohort, split }: { cohort: string; split: string }) => {
  const words = useWords(cohortWords);
  const { data, error, refetch } = useLeaks(cohort, split, true);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <p role="status">{words.auditing}</p>;
  if (data.leaks.length === 0) return <p role="status">{words.noLeaks}</p>;
  return (
    <div className={styles.leaks} role="status">
      <p>{words.leaks(data.leaks.length)}</p>
      <ul>
        {data.leaks.map(({ kind, parts, patients, images, detail }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change
          <li key={i}>
            <span>
              <strong>{words.leakKinds[kind]}</strong> ({parts.join(", ")}){patients && <>: {patients.join(", ")}</>}
            </span>
            <span lang="en" className={styles.detail}>
              {detail}
            </span>
            {images && (
              <span className={styles.pair}>
                {images.map((image, side) => (
                  <span key={image} className={styles.picture}>
                    <Thumbnail image={image} size={192} alt={words.inPart(parts[side]!)} />
                  </span>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};
