/** Clusters that readers labelled differently, one after another, with what each said; somebody decides. */

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { AtlasRegion, Disagreement } from "../../../../src/contract/atlas.ts";
import { get } from "../../api/client.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { Desk } from "./desk.tsx";
import styles from "./disagreements.module.css";
import type { Outbox } from "./outbox.ts";
import { useLabelName } from "./regions.ts";
import { useLabelling } from "./use-labelling.ts";
import { atlasWords } from "./words.ts";

interface DisagreementsProps {
  readonly person: string;
  readonly clustering: string;
  readonly regions: readonly AtlasRegion[];
  readonly outbox: Outbox;
  readonly onAddRegion: (name: string) => Promise<string>;
}

/** The labels are shown when the person asks for them: whoever has seen them does not read on his own any more. */
export const Disagreements = (props: DisagreementsProps) => {
  const words = useWords(atlasWords);
  const [isAsked, setIsAsked] = useState(false);
  if (isAsked) return <ShownDisagreements {...props} />;
  return (
    <EmptyState
      title={words.seen}
      action={
        <button type="button" data-kind="main" onClick={() => setIsAsked(true)}>
          {words.look}
        </button>
      }
    >
      {words.seenNote}
    </EmptyState>
  );
};

const ShownDisagreements = ({ person, clustering, regions, outbox, onAddRegion }: DisagreementsProps) => {
  const words = useWords(atlasWords);
  const { data, error, refetch } = useQuery({
    queryKey: ["atlas", "disagreements", clustering],
    queryFn: async ({ signal }) => {
      await outbox.send();
      const included = outbox.state.saved;
      const path = `/api/atlas/clusterings/${encodeURIComponent(clustering)}/disagreements`;
      return { included, ...(await get<{ disagreements: Disagreement[] }>(path, {}, signal)) };
    },
    staleTime: 0,
    gcTime: 0,
    structuralSharing: false,
  });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.disagreements.length === 0)
    return <EmptyState title={words.noDisagreements}>{words.noDisagreementsNote}</EmptyState>;
  return <DecisionDesk {...{ person, clustering, regions, outbox, onAddRegion, ...data }} />;
};

interface DecisionDeskProps extends DisagreementsProps {
  readonly disagreements: readonly Disagreement[];
  readonly included: ReadonlySet<string>;
}

const DecisionDesk = ({ disagreements, included, regions, ...props }: DecisionDeskProps) => {
  const words = useWords(atlasWords);
  const nameOf = useLabelName(regions);
  const { number } = useFormats();
  const known = useMemo(
    () => new Map(disagreements.map(({ cluster, decision }) => [cluster, decision?.label ?? null])),
    [disagreements],
  );
  const labelling = useLabelling({ ...props, kind: "adjudicate", known, included });
  const [current, setCurrent] = useState(disagreements[0]!.cluster);
  const shown = disagreements.find(({ cluster }) => cluster === current)!;
  const offered = [...new Set(shown.labels.map(({ label }) => label))];
  const decided = disagreements.filter(({ cluster }) => labelling.labelOf(cluster) !== null).length;
  return (
    <Desk
      clustering={props.clustering}
      regions={regions}
      queue={disagreements.map(({ cluster }) => cluster)}
      current={current}
      onCurrent={setCurrent}
      labelling={labelling}
      mayLabel
      onAddRegion={props.onAddRegion}
      offered={offered}
      hint={words.decideHint}
      about={
        <>
          <dl className={styles.labels}>
            {shown.labels.map(({ reader, label }) => (
              <div key={reader.id}>
                <dt>{words.says(reader.name)}</dt>
                <dd>
                  <kbd>{offered.indexOf(label) + 1}</kbd> {nameOf(label)}
                </dd>
              </div>
            ))}
          </dl>
          <p className={styles.count}>{words.decidedCount(number(decided), number(disagreements.length))}</p>
        </>
      }
    />
  );
};
