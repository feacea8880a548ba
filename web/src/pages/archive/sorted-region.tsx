/** Of which region a radiograph is, who says so, and how sure the atlas is. */

import { Link } from "react-router";
import type { ImageDetail } from "../../../../src/contract/images.ts";
import { noRegionWords } from "../../parts/no-region-words.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./sorted-region.module.css";
import { sortedRegionWords } from "./sorted-region-words.ts";

export const SortedRegion = ({ image: { region, regionSource, sorted } }: { readonly image: ImageDetail }) => {
  const words = useWords(sortedRegionWords);
  const reasons = useWords(noRegionWords);
  const { region: nameOf } = useVocabulary();
  const { percent } = useFormats();
  if (region === null && !sorted) return <p className={styles.none}>{words.unsorted}</p>;
  return (
    <div className={styles.sorted}>
      {region !== null && regionSource !== null && (
        <p>
          <strong>{nameOf(region)}</strong> <span className={styles.source}>{words.sources[regionSource]}</span>
        </p>
      )}
      {sorted && (
        <>
          {!sorted.known && (
            <p>
              <strong>{words.noRegion}</strong>
              {sorted.reason !== null && <span className={styles.source}> {reasons[sorted.reason]}</span>}
            </p>
          )}
          <dl className={styles.scores} aria-label={words.scores}>
            {[sorted, ...(sorted.second ? [sorted.second] : [])].map(({ region: one, score }) => (
              <div key={one}>
                <dt>{nameOf(one)}</dt>
                <dd>
                  <meter aria-label={nameOf(one)} min={0} max={1} value={score} />
                  <span>{percent(score, 1)}</span>
                </dd>
              </div>
            ))}
          </dl>
          {regionSource === "table" && region !== null && sorted.known && sorted.region !== region && (
            <p className={styles.differs}>{words.differs(nameOf(sorted.region))}</p>
          )}
          <p className={styles.source}>
            {words.by} <Link to={`/runs/${encodeURIComponent(sorted.run)}`}>{sorted.run}</Link>
          </p>
        </>
      )}
    </div>
  );
};
