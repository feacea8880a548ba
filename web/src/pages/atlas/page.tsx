/** The atlas: clusters of radiographs that readers label with the keyboard alone, each for himself. */

import { useState } from "react";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { useMay, useSession } from "../../shell/session.tsx";
import { useClusterings, useOverview, useRegions } from "./atlas-data.ts";
import { outboxOf } from "./outbox.ts";
import styles from "./page.module.css";
import { StartClustering } from "./start-clustering.tsx";
import { atlasWords } from "./words.ts";
import { Workplace } from "./workplace.tsx";

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
