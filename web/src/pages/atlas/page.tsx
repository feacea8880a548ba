/** The atlas: clusters of radiographs that readers label with the keyboard alone, each for himself. */

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import { change } from "../../api/client.ts";
import { useConnection } from "../../api/connection.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay, useSession } from "../../shell/session.tsx";
import { type KnownOverview, overviewKey, regionsKey, useClusterings, useOverview, useRegions } from "./atlas-data.ts";
import { Desk } from "./desk.tsx";
import { Disagreements } from "./disagreements.tsx";
import { type Outbox, outboxOf, useOutbox } from "./outbox.ts";
import { Overview } from "./overview.tsx";
import { usePace } from "./pace.ts";
import styles from "./page.module.css";
import { discard } from "./regions.ts";
import { Saving, SavingProblems } from "./saving.tsx";
import { StartClustering } from "./start-clustering.tsx";
import { useLabelling } from "./use-labelling.ts";
import { atlasWords } from "./words.ts";

const AtlasPage = () => {
  const words = useWords(atlasWords);
  const { person } = useSession();
  const mayStart = useMay("researcher");
  const [chosen, setChosen] = useState<string>();
  const clusterings = useClusterings();
  const regions = useRegions();
  const outbox = outboxOf(person?.id ?? "");
  const clustering = clusterings.data?.find(({ id }) => id === chosen) ?? clusterings.data?.[0];
  const overview = useOverview(clustering?.id, outbox);
  const error = clusterings.error ?? regions.error ?? overview.error;
  if (error && !overview.data) return <ProblemNote error={error} />;
  if (clusterings.data && !clustering) {
    return (
      <>
        <h1 className={styles.title}>{words.title}</h1>
        <EmptyState
          title={words.nothingTitle}
          action={mayStart ? <StartClustering title={words.start} /> : <p>{words.nothingForReaders}</p>}
        >
          {words.nothing}
        </EmptyState>
      </>
    );
  }
  if (!clustering || !overview.data || !regions.data || !person) return null;
  return (
    <Workplace
      key={clustering.id}
      person={person.id}
      overview={overview.data}
      regions={regions.data}
      outbox={outbox}
      choice={
        clusterings.data!.length > 1 && (
          <select aria-label={words.which} value={clustering.id} onChange={({ target }) => setChosen(target.value)}>
            {clusterings.data!.map(({ id, clusters }) => (
              <option key={id} value={id}>
                {id} ({clusters})
              </option>
            ))}
          </select>
        )
      }
    />
  );
};

export default AtlasPage;

interface WorkplaceProps {
  readonly person: string;
  readonly overview: KnownOverview;
  readonly regions: readonly AtlasRegion[];
  readonly outbox: Outbox;
  /** Among several clusterings. */
  readonly choice: ReactNode;
}

type Part = "label" | "overview" | "disagreements";

const Workplace = ({ person, overview, regions, outbox, choice }: WorkplaceProps) => {
  const words = useWords(atlasWords);
  const { number } = useFormats();
  const mayLabel = useMay("annotator");
  const queries = useQueryClient();
  const clustering = overview.clustering.id;
  const known = useMemo(() => new Map(overview.clusters.map(({ cluster, mine }) => [cluster, mine])), [overview]);
  const labelling = useLabelling({ person, clustering, kind: "label", outbox, known, included: overview.included });
  const queue = useMemo(() => overview.clusters.map(({ cluster }) => cluster), [overview]);
  const labels = queue.map((cluster) => labelling.labelOf(cluster));
  const labelled = labels.filter((label) => label !== null).length;
  const discarded = labels.filter((label) => label === discard).length;
  const [part, setPart] = useState<Part>("label");
  const [current, setCurrent] = useState(
    () => queue.find((cluster) => labelling.labelOf(cluster) === null) ?? queue[0]!,
  );
  const pace = usePace();
  const minutes = pace.minutesFor(queue.length - labelled);
  useRereading(clustering, outbox, part !== "label");

  const addRegion = async (name: string): Promise<string> => {
    const region = await change<AtlasRegion>("POST", "/api/atlas/regions", { name }).catch((error) => {
      void queries.invalidateQueries({ queryKey: regionsKey }); // another reader may have added it
      throw error;
    });
    queries.setQueryData<AtlasRegion[]>(regionsKey, (before = []) => [...before, region]);
    return region.name;
  };
  const parts: readonly Part[] = mayLabel ? ["label", "overview", "disagreements"] : ["label", "overview"];
  const titleOf = (name: Part): string =>
    name === "disagreements" && overview.disputedClusters > 0
      ? `${words.parts[name]} (${number(overview.disputedClusters)})`
      : words.parts[name];
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <div className={styles.progress}>
          <progress aria-label={words.progress} value={labelled} max={queue.length} />
          <span>
            {labelled === queue.length
              ? words.allDone
              : words.done(number(labelled), number(queue.length), number(discarded))}
            {labelled < queue.length && minutes !== undefined && ` – ${words.left(minutes)}`}
          </span>
        </div>
        {choice}
        {mayLabel && <Saving outbox={outbox} />}
      </header>
      <SavingProblems outbox={outbox} />
      <Tabs
        label={words.part}
        tabs={parts.map((name) => ({ name, title: titleOf(name) }))}
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
          />
        )}
        {part === "overview" && (
          <Overview
            overview={overview}
            regions={regions}
            labelling={labelling}
            onOpen={(cluster) => {
              setCurrent(cluster);
              setPart("label");
            }}
          />
        )}
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
    </div>
  );
};

/** What waits is sent when the server is back. It is asked again when another part is opened, and whenever it has all actions. */
const useRereading = (clustering: string, outbox: Outbox, isOn: boolean): void => {
  const queries = useQueryClient();
  const { waiting } = useOutbox(outbox);
  const connection = useConnection();
  useEffect(() => {
    if (connection === "there") void outbox.send();
  }, [outbox, connection]);
  useEffect(() => {
    if (isOn && waiting === 0) void queries.invalidateQueries({ queryKey: overviewKey(clustering) });
  }, [queries, clustering, isOn, waiting]);
};
