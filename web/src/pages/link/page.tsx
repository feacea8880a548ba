/** Linking: a radiograph in, its nearest precedents out, with their vote and how sure it is. */

import { lazy, Suspense, useEffect } from "react";
import { useSearchParams } from "react-router";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { DropArea, Invitation } from "./drop-area.tsx";
import styles from "./page.module.css";
import { useLinkQuery, useWorklist } from "./queries.ts";
import { useUploads } from "./use-uploads.ts";
import { linkWords } from "./words.ts";
import { Worklist } from "./worklist.tsx";

const workspaceModule = () => import("./workspace.tsx");
const Workspace = lazy(async () => ({ default: (await workspaceModule()).Workspace }));

const LinkPage = () => {
  const words = useWords(linkWords);
  const [search, setSearch] = useSearchParams();
  const worklist = useWorklist();
  const queries = worklist.data ?? [];
  const chosen = search.get("query");
  const query = useLinkQuery(chosen);
  const choose = (id: string | null): void => setSearch(id === null ? {} : { query: id });
  const { uploads, add, dismiss } = useUploads(({ id }) => choose(id));

  useEffect(() => {
    void workspaceModule(); // the viewer is large: it comes while the user looks for a file
  }, []);

  const step = (by: 1 | -1): void => {
    const at = queries.findIndex(({ id }) => id === chosen);
    const next = queries[at === -1 ? 0 : at + by];
    if (next) choose(next.id);
  };
  useShortcuts(words.worklist, [
    { keys: "ArrowDown", does: words.keys.next, run: () => step(1) },
    { keys: "ArrowUp", does: words.keys.previous, run: () => step(-1) },
  ]);

  return (
    <DropArea onFiles={add}>
      <div className={styles.page}>
        <h1 className={styles.heading}>{words.title}</h1>
        <Worklist
          queries={queries}
          chosen={chosen}
          onChoose={choose}
          uploads={uploads}
          onFiles={add}
          onDismiss={dismiss}
        />
        <div className={styles.work}>
          {worklist.error && <ProblemNote error={worklist.error} onRetry={() => worklist.refetch()} />}
          {query.error && <ProblemNote error={query.error} onRetry={() => query.refetch()} />}
          {query.data && query.data.id === chosen ? (
            <Suspense fallback={null}>
              <Workspace key={chosen} query={query.data} />
            </Suspense>
          ) : (
            chosen === null && <Invitation onFiles={add} />
          )}
        </div>
      </div>
    </DropArea>
  );
};

export default LinkPage;
