/** What the labels so far cast doubt on: clusters that show several things, radiographs in the wrong cluster, wrong labels. */

import { useState } from "react";
import type { AtlasRegion } from "../../../../../src/contract/atlas.ts";
import type { Guide, GuideLabels } from "../../../../../src/contract/atlas-guide.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useSuggestions } from "../guide-data.ts";
import { useLabelName } from "../regions.ts";
import styles from "./check.module.css";
import { Freshness, WorkOut } from "./freshness.tsx";
import { LabelNoise } from "./label-noise.tsx";
import { MixedClusters } from "./mixed-clusters.tsx";
import { Outliers } from "./outliers.tsx";
import { checkWords } from "./words.ts";

const sections = ["mixed", "outliers", "noise"] as const;
type Section = (typeof sections)[number];

interface CheckProps {
  readonly clustering: string;
  readonly regions: readonly AtlasRegion[];
  readonly onOpen: (cluster: number) => void;
  /** After a split, with the numbers of the parts. */
  readonly onSplit: (parts: readonly number[]) => Promise<void>;
  /** After a split was undone. */
  readonly onUndoSplit: () => Promise<void>;
}

export const Check = (props: CheckProps) => {
  const words = useWords(checkWords);
  const [labels, setLabels] = useState<GuideLabels>("mine");
  const { data, error, refetch } = useSuggestions(props.clustering, { labels });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.unavailable !== null) return <EmptyState title={words.nothingYet}>{words.unavailable}</EmptyState>;
  if (!data.guide) {
    return (
      <EmptyState
        title={words.nothingYet}
        action={<WorkOut clustering={props.clustering} labels={labels} title={words.workOut} isMain />}
      >
        {words.nothingYetText} {data.progress.labelledClusters === 0 && words.needsLabels}
      </EmptyState>
    );
  }
  return <Checked key={data.guide.madeAt} {...props} guide={data.guide} labels={labels} onLabels={setLabels} />;
};

interface CheckedProps extends CheckProps {
  readonly guide: Guide;
  readonly labels: GuideLabels;
  readonly onLabels: (labels: GuideLabels) => void;
}

const Checked = ({ guide, labels, onLabels, ...props }: CheckedProps) => {
  const { clustering, regions, onOpen } = props;
  const words = useWords(checkWords);
  const { number } = useFormats();
  const nameOf = useLabelName(regions);
  const counts: Readonly<Record<Section, number>> = {
    mixed: guide.impure.length,
    outliers: guide.outliers.length,
    noise: guide.noise.images.length,
  };
  const [section, setSection] = useState<Section>(() => sections.find((one) => counts[one] > 0) ?? "mixed");
  return (
    <div className={styles.check}>
      <div className={styles.head}>
        <fieldset className={styles.sections}>
          <legend>{words.what}</legend>
          {sections.map((one) => (
            <button key={one} type="button" aria-pressed={one === section} onClick={() => setSection(one)}>
              {words.sections[one](number(counts[one]))}
            </button>
          ))}
        </fieldset>
        <Freshness clustering={clustering} labels={labels} guide={guide} />
        <select
          aria-label={words.labels}
          value={labels}
          onChange={({ target: { value } }) => onLabels(value as GuideLabels)}
        >
          {(["mine", "settled"] as const).map((one) => (
            <option key={one} value={one}>
              {words.labelChoices[one]}
            </option>
          ))}
        </select>
      </div>
      {labels === "settled" && <p className={styles.note}>{words.settledNote}</p>}
      {section === "mixed" && <MixedClusters {...props} nameOf={nameOf} impure={guide.impure} />}
      {section === "outliers" && (
        <Outliers clustering={clustering} nameOf={nameOf} outliers={guide.outliers} onOpen={onOpen} />
      )}
      {section === "noise" && (
        <LabelNoise clustering={clustering} nameOf={nameOf} noise={guide.noise} onOpen={onOpen} />
      )}
    </div>
  );
};
