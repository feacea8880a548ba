/** The audit log, for administrators: filtered, exported, and whether its chain holds. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditList } from "../../../../src/contract/audit.ts";
import { addressOf, get } from "../../api/client.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { AuditChainNote } from "./audit-chain.tsx";
import { type AuditChoice, AuditFilters, noChoice, searchOf } from "./audit-filters.tsx";
import { AuditTable } from "./audit-table.tsx";
import { auditWords } from "./audit-words.ts";
import styles from "./settings.module.css";

const pageSize = 100;

export const AuditLog = () => {
  const words = useWords(auditWords);
  const [choice, setChoice] = useState<AuditChoice>(noChoice);
  const search = searchOf(choice);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["audit", search],
    queryFn: ({ pageParam, signal }) =>
      get<AuditList>("/api/audit", { ...search, before: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ entries, more }) => (more ? entries.at(-1)?.number : undefined),
  });
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section className={styles.section}>
      <div className={styles.bar}>
        <h2>{words.title}</h2>
        <span className={styles.soft}>{words.about}</span>
        <a className={styles.link} href={addressOf("/api/audit/export", search)} download="osteon-audit.csv">
          {words.export}
        </a>
      </div>
      <AuditChainNote />
      <AuditFilters choice={choice} onChange={setChoice} />
      {error && <ProblemNote error={error} />}
      {data && entries.length === 0 && <EmptyState title={words.none}>{words.noneHint}</EmptyState>}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {hasNextPage && (
        <div>
          <button type="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.more}
          </button>
        </div>
      )}
    </section>
  );
};
