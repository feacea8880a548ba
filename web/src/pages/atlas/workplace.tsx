/** One clustering with everything that is done to it: labelled, checked, merged, learned from, compared. */

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import { change } from "../../api/client.ts";
import { useConnection } from "../../api/connection.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { type KnownOverview, overviewKey, regionsKey } from "./atlas-data.ts";
import { Check } from "./check/check.tsx";
import { SplitDialog } from "./check/split-dialog.tsx";
import { Desk } from "./desk.tsx";
import { Disagreements } from "./disagreements.tsx";
import { useFreshSuggestions, useRefreshSuggestions, useSuggestions } from "./guide-data.ts";
import { MergedRegions } from "./merged/merged-regions.tsx";
import { Model } from "./model/model.tsx";
import { type Outbox, useOutbox } from "./outbox.ts";
import { Overview } from "./overview.tsx";
import { usePace } from "./pace.ts";
import styles from "./page.module.css";
import { PartOf } from "./part-of.tsx";
import { discard, useLabelName } from "./regions.ts";
import { Saving, SavingProblems } from "./saving.tsx";
import { useLabelling } from "./use-labelling.ts";
import { type ReadingOrder, readingOrders, useReadingOrder } from "./use-reading-order.ts";
import { useSplitting } from "./use-splitting.ts";
import { atlasWords } from "./words.ts";

interface WorkplaceProps {
  readonly person: string;
  readonly overview: KnownOverview;
  readonly regions: readonly AtlasRegion[];
  readonly outbox: Outbox;
  /** Among several clusterings. */
  readonly choice: ReactNode;
}

type Part = "label" | "check" | "merged" | "model" | "overview" | "disagreements";
const forAll: readonly Part[] = ["label", "merged", "model", "overview"];
const forReaders: readonly Part[] = ["label", "check", "merged", "model", "overview", "disagreements"];

/** A part has two radiographs at least. */
const fewestToSplit = 4;

export const Workplace = ({ person, overview, regions, outbox, choice }: WorkplaceProps) => {
  const words = useWords(atlasWords);
  const { number } = useFormats();
  const mayLabel = useMay("annotator");
  const nameOf = useLabelName(regions);
  const clustering = overview.clustering.id;
  const { clusters } = overview;
  const known = useMemo(() => new Map(clusters.map(({ cluster, mine }) => [cluster, mine])), [clusters]);
  const labelling = useLabelling({ person, clustering, kind: "label", outbox, known, included: overview.included });
  const labels = clusters.map(({ cluster }) => labelling.labelOf(cluster));
  const labelled = labels.filter((label) => label !== null).length;
  const discarded = labels.filter((label) => label === discard).length;
  const [part, setPart] = useState<Part>("label");
  const [wanted, setCurrent] = useState<number>();
  const firstOpen = clusters.find((_, i) => labels[i] === null) ?? clusters[0]!;
  const state = clusters.find(({ cluster }) => cluster === wanted) ?? firstOpen; // another reader may have split it
  const current = state.cluster;
  if (wanted !== current) setCurrent(current);
  const [isSplitting, setSplitting] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const pace = usePace();
  const minutes = pace.minutesFor(clusters.length - labelled);
  const suggestions = useSuggestions(clustering, { isOn: mayLabel });
  const next = suggestions.data?.guide?.next;
  const { order, queue, choose } = useReadingOrder({ clusters, next, current });
  const chooseOrder = (chosen: ReadingOrder): void => {
    choose(chosen);
    const first = next?.find(({ cluster }) => labelling.labelOf(cluster) === null);
    if (chosen === "suggested" && first) setCurrent(first.cluster);
  };
  const isSuggested = order === "suggested" && mayLabel;
  useFreshSuggestions(clustering, { isOn: isSuggested, labelled, onProblem: setProblem });
  useRereading(clustering, { outbox, part });
  const addRegion = useAddRegion();
  const open = (cluster: number): void => {
    setCurrent(cluster);
    setPart("label");
  };
  const split = useSplitting(clustering, { outbox, onShow: open });
  const titleOf = (name: Part): string =>
    name === "disagreements" && overview.disputedClusters > 0
      ? `${words.parts[name]} (${number(overview.disputedClusters)})`
      : words.parts[name];
  const parent = state.splitOf;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <div className={styles.progress}>
          <progress aria-label={words.progress} value={labelled} max={clusters.length} />
          <span>
            {labelled === clusters.length
              ? words.allDone
              : words.done(number(labelled), number(clusters.length), number(discarded))}
            {labelled < clusters.length && minutes !== undefined && ` – ${words.left(minutes)}`}
          </span>
        </div>
        {choice}
        {mayLabel && <OrderChoice order={order} onChoose={chooseOrder} />}
        {mayLabel && <Saving outbox={outbox} />}
      </header>
      <SavingProblems outbox={outbox} />
      {problem !== undefined && <ProblemNote error={problem} />}
      <Tabs
        label={words.part}
        tabs={(mayLabel ? forReaders : forAll).map((name) => ({ name, title: titleOf(name) }))}
        shown={part}
        onShow={setPart}
      >
        {part === "label" && (
          <Desk
            clustering={clustering}
            regions={regions}
            queue={queue}
            current={current}
            onCurrent={setCurrent}
            labelling={labelling}
            mayLabel={mayLabel}
            onAddRegion={addRegion}
            onGiven={pace.note}
            suggestion={next?.find(({ cluster }) => cluster === current)}
            about={
              <>
                {isSuggested && labelled === 0 && <p className={styles.note}>{words.suggestion.first}</p>}
                {parent !== null && (
                  <PartOf key={current} parent={parent} onUndo={mayLabel ? () => split.undo(parent) : undefined} />
                )}
              </>
            }
            {...(state.images >= fewestToSplit ? { onSplit: () => setSplitting(true) } : {})}
          />
        )}
        {part === "check" && (
          <Check
            clustering={clustering}
            regions={regions}
            onOpen={open}
            onSplit={split.afterSplit}
            onUndoSplit={split.reread}
          />
        )}
        {part === "merged" && (
          <MergedRegions
            clustering={clustering}
            regions={regions}
            clusters={clusters}
            labelOf={({ cluster, settled }) => labelling.labelOf(cluster) ?? settled}
            onOpen={open}
          />
        )}
        {part === "model" && <Model clustering={clustering} regions={regions} mayLabel={mayLabel} />}
        {part === "overview" && <Overview overview={overview} regions={regions} labelling={labelling} onOpen={open} />}
        {part === "disagreements" && (
          <Disagreements
            person={person}
            clustering={clustering}
            regions={regions}
            outbox={outbox}
            onAddRegion={addRegion}
          />
        )}
      </Tabs>
      {isSplitting && (
        <SplitDialog
          clustering={clustering}
          cluster={current}
          images={state.images}
          isLabelled={labelling.labelOf(current) !== null}
          nameOf={nameOf}
          onClose={() => setSplitting(false)}
          onSplit={async (parts) => {
            setSplitting(false);
            await split.afterSplit(parts);
          }}
        />
      )}
    </div>
  );
};

interface OrderChoiceProps {
  readonly order: ReadingOrder;
  readonly onChoose: (order: ReadingOrder) => void;
}

const OrderChoice = ({ order, onChoose }: OrderChoiceProps) => {
  const words = useWords(atlasWords);
  return (
    <select
      aria-label={words.order}
      value={order}
      onChange={({ target: { value } }) => onChoose(value as ReadingOrder)}
    >
      {readingOrders.map((one) => (
        <option key={one} value={one}>
          {words.orders[one]}
        </option>
      ))}
    </select>
  );
};

/** Adds a region for all readers; tells its name. */
const useAddRegion = (): ((name: string) => Promise<string>) => {
  const queries = useQueryClient();
  return async (name) => {
    const region = await change<AtlasRegion>("POST", "/api/atlas/regions", { name }).catch((error) => {
      void queries.invalidateQueries({ queryKey: regionsKey }); // another reader may have added it
      throw error;
    });
    queries.setQueryData<AtlasRegion[]>(regionsKey, (before = []) => [...before, region]);
    return region.name;
  };
};

interface RereadingOptions {
  readonly outbox: Outbox;
  readonly part: Part;
}

/** What waits is sent when the server is back. It is asked again when another part is opened, and whenever it has all actions. */
const useRereading = (clustering: string, { outbox, part }: RereadingOptions): void => {
  const queries = useQueryClient();
  const refreshSuggestions = useRefreshSuggestions(clustering);
  const { waiting } = useOutbox(outbox);
  const connection = useConnection();
  useEffect(() => {
    if (connection === "there") void outbox.send();
  }, [outbox, connection]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part is the occasion
  useEffect(() => {
    if (part === "label" || waiting > 0) return;
    void queries.invalidateQueries({ queryKey: overviewKey(clustering) });
    refreshSuggestions();
  }, [queries, clustering, part, waiting]);
};
