/** The queue of doubts: what was read otherwise than it stands, and facts that cannot all be right, to decide one by one. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Doubt, DoubtDecision } from "../../../../../src/contract/doubts.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Spoken } from "../../../parts/spoken.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useShortcuts } from "../../../shell/shortcuts.tsx";
import { AcceptAllDialog } from "./accept-all-dialog.tsx";
import { allDoubts, type DoubtChoice, decide, pageSize, undoLast, useDoubtFacets, useDoubts } from "./doubt-data.ts";
import { DoubtDetail } from "./doubt-detail.tsx";
import { DoubtFilters } from "./doubt-filters.tsx";
import { DoubtList } from "./doubt-list.tsx";
import { doubtWords } from "./doubt-words.ts";
import styles from "./doubts.module.css";

export const Doubts = () => {
  const words = useWords(doubtWords);
  const { number } = useFormats();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<DoubtChoice>({ table: "", rule: "", state: "open" });
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [asksForAll, setAsksForAll] = useState(false);
  const [said, setSaid] = useState("");
  const correction = useRef<HTMLInputElement>(null);
  const facets = useDoubtFacets();
  const { data, error, refetch } = useDoubts(choice, offset);
  const doubts = data?.doubts ?? [];
  const at = Math.min(chosen, Math.max(doubts.length - 1, 0));
  const doubt = doubts[at];
  const refresh = (): Promise<void> => queries.invalidateQueries(allDoubts);

  const deciding = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: DoubtDecision }) => decide(id, decision),
    onSuccess: async ({ decision: { state } }) => {
      // Of open ones alone, the decided one leaves the list and the next one takes its place.
      if (choice.state === "") setChosen((before) => Math.min(before + 1, doubts.length - 1));
      setSaid(words.decided[state]);
      await refresh();
    },
  });
  const undoing = useMutation({
    mutationFn: undoLast,
    onSuccess: async ({ decided }) => {
      setSaid(decided === 0 ? words.nothingToUndo : words.undone(number(decided)));
      await refresh();
    },
  });
  const act = (decision: DoubtDecision): void => {
    if (doubt && !deciding.isPending) deciding.mutate({ id: doubt.id, decision });
  };
  const move = (by: number) => () => setChosen(Math.min(Math.max(at + by, 0), Math.max(doubts.length - 1, 0)));
  const rule = facets.data?.rules.find((one) => one.rule === choice.rule);
  const openOfRule = choice.table === "" ? (rule?.open ?? 0) : choice.state === "open" ? (data?.total ?? 0) : 0;
  useShortcuts(words.title, [
    { keys: "j", does: words.next, run: move(1) },
    { keys: "k", does: words.previous, run: move(-1) },
    { keys: "a", does: words.accept, run: () => act({ state: "accepted" }), enabled: mayChange(doubt) },
    {
      keys: "c",
      does: words.correct,
      run: () => correction.current?.focus(),
      enabled: doubt?.kind === "cell" && mayChange(doubt),
    },
    { keys: "o", does: words.reopen, run: () => act({ state: "open" }), enabled: mayReopen(doubt) },
    { keys: "z", does: words.undo, run: () => undoing.mutate() },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is begun at its beginning
  useEffect(() => {
    setOffset(0);
    setChosen(0);
  }, [choice]);

  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data || !facets.data) return null;
  if (facets.data.rules.length === 0) {
    return <EmptyState title={words.none}>{words.noneHint}</EmptyState>;
  }
  return (
    <div className={styles.doubts}>
      <div className={styles.bar}>
        <DoubtFilters facets={facets.data} choice={choice} onChoice={setChoice} />
        <button type="button" disabled={!rule || openOfRule === 0} onClick={() => setAsksForAll(true)}>
          {words.acceptAll}
        </button>
        <button type="button" disabled={undoing.isPending} onClick={() => undoing.mutate()}>
          {words.undo} <kbd>z</kbd>
        </button>
        <span className={styles.behind} role="status">
          {facets.data.isBehind && words.behind}
        </span>
      </div>
      {deciding.error && <ProblemNote error={deciding.error} />}
      {undoing.error && <ProblemNote error={undoing.error} />}
      <Spoken live>{said}</Spoken>
      {doubt ? (
        <div className={styles.columns}>
          <div className={styles.listColumn}>
            <DoubtList doubts={doubts} chosen={at} onChoose={setChosen} />
            <Pager
              offset={offset}
              size={pageSize}
              total={data.total}
              onOffset={(next) => {
                setOffset(next);
                setChosen(0);
              }}
            />
          </div>
          <DoubtDetail
            key={doubt.id}
            doubt={doubt}
            correction={correction}
            isBusy={deciding.isPending}
            onDecide={act}
          />
        </div>
      ) : (
        <EmptyState title={words.noMatch}>{words.noMatchHint}</EmptyState>
      )}
      {asksForAll && rule && (
        <AcceptAllDialog
          rule={rule.rule}
          table={choice.table}
          open={openOfRule}
          onClose={() => setAsksForAll(false)}
          onDone={async (decided) => {
            setAsksForAll(false);
            setSaid(words.acceptedAll(number(decided)));
            await refresh();
          }}
        />
      )}
    </div>
  );
};

const mayChange = (doubt: Doubt | undefined): boolean => doubt?.decision.mayChange ?? false;

const mayReopen = (doubt: Doubt | undefined): boolean => mayChange(doubt) && doubt?.decision.state !== "open";
