/** What further labelling is worth, the model that learned the labels so far, and the archive sorted by it. */

import type { AtlasRegion } from "../../../../../src/contract/atlas.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { Freshness, WorkOut } from "../check/freshness.tsx";
import { checkWords } from "../check/words.ts";
import { useSuggestions } from "../guide-data.ts";
import { useLabelName } from "../regions.ts";
import { ArchiveByRegion } from "./archive-by-region.tsx";
import { AtlasModelCard } from "./atlas-model-card.tsx";
import { LearningCurve } from "./learning-curve.tsx";
import styles from "./model.module.css";
import { useAtlasModel } from "./model-data.ts";
import { modelWords } from "./words.ts";

interface ModelProps {
  readonly clustering: string;
  readonly regions: readonly AtlasRegion[];
  readonly mayLabel: boolean;
}

export const Model = ({ clustering, regions, mayLabel }: ModelProps) => {
  const { data, error, refetch } = useAtlasModel(clustering);
  const nameOf = useLabelName(regions);
  return (
    <div className={styles.model}>
      {mayLabel && <Worth clustering={clustering} />}
      <div className={styles.column}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {data && <AtlasModelCard clustering={clustering} state={data} nameOf={nameOf} />}
        {data?.model && <ArchiveByRegion archive={data.archive} />}
      </div>
    </div>
  );
};

const Worth = ({ clustering }: { readonly clustering: string }) => {
  const words = useWords(modelWords);
  const check = useWords(checkWords);
  const { number } = useFormats();
  const { data, error, refetch } = useSuggestions(clustering);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <div />;
  const { progress, guide, unavailable } = data;
  const { actions, labelledClusters, labelledImages } = progress;
  return (
    <section className={styles.column}>
      <h2>{words.worth}</h2>
      <p className={styles.note}>
        {words.actions(number(actions.total), number(labelledClusters), number(labelledImages))}
        {actions.total > 0 && labelledImages > 0 && (
          <> {words.saved(number(labelledImages), number(actions.total), number(labelledImages / actions.total))}</>
        )}
      </p>
      {unavailable !== null && <p>{check.unavailable}</p>}
      {unavailable === null && !guide && <WorkOut clustering={clustering} labels="mine" title={check.workOut} />}
      {guide && <Freshness clustering={clustering} labels="mine" guide={guide} />}
      {guide && !guide.curve && <p>{words.tooFew}</p>}
      {guide?.curve && (
        <>
          <p className={styles.note}>{words.worthNote}</p>
          <LearningCurve curve={guide.curve} />
        </>
      )}
    </section>
  );
};
