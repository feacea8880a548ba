/** Radiographs that an import took for another one again, side by side: the same, or two of their own. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import styles from "./copies.module.css";
import desk from "./desk.module.css";
import { type DeskState, decideCopy, pageSize, useCopies, wholeDesk } from "./review-data.ts";
import { StateChoice } from "./state-choice.tsx";
import { reviewWords } from "./words.ts";

type Decision = "confirmed" | "parted" | "open";

export const Copies = () => {
  const words = useWords(reviewWords);
  const { number, time } = useFormats();
  const queries = useQueryClient();
  const [state, setState] = useState<DeskState>("open");
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [said, setSaid] = useState("");
  const { data, error, refetch } = useCopies(state, offset);
  const pairs = data?.pairs ?? [];
  const at = Math.min(chosen, Math.max(pairs.length - 1, 0));
  const pair = pairs[at];
  const deciding = useMutation({
    mutationFn: ({ image, decision }: { image: string; decision: Decision }) => decideCopy(image, decision),
    onSuccess: async (_, { decision }) => {
      setSaid(words.copyDone[decision]);
      await queries.invalidateQueries(wholeDesk);
    },
  });
  const act = (decision: Decision): void => {
    if (pair && !deciding.isPending) deciding.mutate({ image: pair.image, decision });
  };
  const move = (by: number) => () => setChosen(Math.min(Math.max(at + by, 0), Math.max(pairs.length - 1, 0)));
  useShortcuts(words.titles.copies, [
    { keys: "j", does: words.next, run: move(1) },
    { keys: "k", does: words.previous, run: move(-1) },
    { keys: "a", does: words.same, run: () => act("confirmed"), enabled: pair !== undefined },
    { keys: "x", does: words.part, run: () => act("parted"), enabled: pair !== undefined },
    { keys: "o", does: words.reopen, run: () => act("open"), enabled: pair?.decision != null },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is begun at its beginning
  useEffect(() => {
    setOffset(0);
    setChosen(0);
  }, [state]);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <div className={desk.desk}>
      <div className={desk.bar}>
        <StateChoice state={state} onState={setState} />
        {pair && <span>{words.pairOf(number(offset + at + 1), number(data.total))}</span>}
        <button type="button" disabled={!pair || at === 0} onClick={move(-1)}>
          {words.previous} <kbd>k</kbd>
        </button>
        <button type="button" disabled={!pair || at >= pairs.length - 1} onClick={move(1)}>
          {words.next} <kbd>j</kbd>
        </button>
        <Pager
          offset={offset}
          size={pageSize}
          total={data.total}
          onOffset={(next) => {
            setOffset(next);
            setChosen(0);
          }}
        />
        <span role="status" className={desk.said}>
          {said}
        </span>
      </div>
      {deciding.error && <ProblemNote error={deciding.error} />}
      {pair ? (
        <section aria-label={words.titles.copies} className={styles.pair}>
          <div className={desk.actions}>
            <button type="button" data-kind="main" disabled={deciding.isPending} onClick={() => act("confirmed")}>
              {words.same} <kbd>a</kbd>
            </button>
            <button type="button" disabled={deciding.isPending} onClick={() => act("parted")}>
              {words.part} <kbd>x</kbd>
            </button>
            {pair.decision && (
              <button type="button" disabled={deciding.isPending} onClick={() => act("open")}>
                {words.reopen} <kbd>o</kbd>
              </button>
            )}
            <span>
              {pair.decision &&
                words.decidedBy(words.copyDone[pair.decision.decision], pair.decision.by, time(pair.decision.at))}
            </span>
          </div>
          <div className={styles.pictures}>
            <figure>
              <div className={styles.picture}>
                <Thumbnail image={pair.of} size={384} alt={words.first} />
              </div>
              <figcaption>{words.first}</figcaption>
            </figure>
            <figure>
              <div className={styles.picture}>
                <Thumbnail image={pair.image} size={384} alt={words.second} />
              </div>
              <figcaption>{words.second}</figcaption>
            </figure>
          </div>
        </section>
      ) : (
        <EmptyState title={words.noCopies}>{words.noCopiesHint}</EmptyState>
      )}
    </div>
  );
};
