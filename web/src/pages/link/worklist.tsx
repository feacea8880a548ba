/** The radiographs that wait to be linked, and those that were: one's own and those that wait for everybody. */

import { useState } from "react";
import type { QuerySummary } from "../../../../src/contract/queries.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Progress } from "../../parts/progress.tsx";
import { useReason } from "../../parts/reasons.ts";
import { useFormats, useLanguage, useWords } from "../../shell/language.tsx";
import { FileButton } from "./drop-area.tsx";
import { queryAddress, useRemoval } from "./queries.ts";
import { useLabelName } from "./use-label-name.ts";
import type { Upload } from "./use-uploads.ts";
import { linkWords } from "./words.ts";
import styles from "./worklist.module.css";

interface WorklistProps {
  readonly queries: readonly QuerySummary[];
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  readonly uploads: readonly Upload[];
  readonly onFiles: (files: Iterable<File>) => void;
  readonly onDismiss: (key: number) => void;
}

export const Worklist = ({ queries, chosen, onChoose, uploads, onFiles, onDismiss }: WorklistProps) => {
  const words = useWords(linkWords);
  const [toRemove, setToRemove] = useState<QuerySummary | null>(null);
  const removal = useRemoval();
  return (
    <nav aria-label={words.worklist} className={styles.worklist}>
      <header className={styles.head}>
        <h2>{words.worklist}</h2>
        <FileButton onFiles={onFiles}>{words.drop.add}</FileButton>
      </header>
      {uploads.length > 0 && (
        <ul className={styles.uploads}>
          {uploads.map((one) => (
            <UploadLine key={one.key} upload={one} onDismiss={() => onDismiss(one.key)} />
          ))}
        </ul>
      )}
      {queries.length === 0 && uploads.length === 0 && <p className={styles.empty}>{words.nothingHere}</p>}
      <ul className={styles.list}>
        {queries.map((query) => (
          <li key={query.id} className={styles.item} data-chosen={query.id === chosen}>
            <button
              type="button"
              className={styles.choose}
              {...(query.id === chosen ? { "aria-current": "true" } : {})}
              onClick={() => onChoose(query.id)}
            >
              <span className={styles.picture}>
                {query.picture ? <img src={`${queryAddress(query.id)}/thumbnail?size=96`} alt="" /> : "!"}
              </span>
              <span className={styles.facts}>
                <span className={styles.name}>{query.name}</span>
                <Standing query={query} />
              </span>
            </button>
            <button
              type="button"
              className={styles.remove}
              aria-label={words.remove.button(query.name)}
              onClick={() => setToRemove(query)}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {toRemove && (
        <Dialog
          title={words.remove.button(toRemove.name)}
          onClose={() => setToRemove(null)}
          actions={
            <button
              type="button"
              data-kind="main"
              onClick={() => {
                removal.mutate(toRemove.id);
                if (toRemove.id === chosen) onChoose(null);
                setToRemove(null);
              }}
            >
              {words.remove.yes}
            </button>
          }
        >
          <p>{words.remove.question}</p>
        </Dialog>
      )}
    </nav>
  );
};

const UploadLine = ({ upload, onDismiss }: { upload: Upload; onDismiss: () => void }) => {
  const words = useWords(linkWords);
  const { name, share, problem } = upload;
  return (
    <li className={styles.upload}>
      {problem ? (
        <div>
          <span className={styles.name}>{name}</span>
          <ProblemNote error={problem} />
        </div>
      ) : (
        <Progress
          label={share === null ? words.waiting(name) : share < 1 ? words.uploading(name) : words.reading(name)}
          share={share === null ? 0 : share < 1 ? share : undefined}
        />
      )}
      <button
        type="button"
        className={styles.remove}
        aria-label={problem ? words.dismiss(name) : words.cancel(name)}
        onClick={onDismiss}
      >
        ✕
      </button>
    </li>
  );
};

const Standing = ({ query }: { query: QuerySummary }) => {
  const reasonOf = useReason();
  const words = useWords(linkWords);
  const { percent, date } = useFormats();
  const timeOfDay = useTimeOfDay();
  const labelName = useLabelName();
  return (
    <>
      {query.problem ? (
        <span className={styles.problem}>{reasonOf(query.problem)}</span>
      ) : query.vote ? (
        <span>
          {labelName(query.vote.label)} ({percent(query.vote.share)})
        </span>
      ) : (
        <span>{!query.linked ? words.unlinked : query.known ? words.answer.noVote : words.answer.unknown}</span>
      )}
      <span className={styles.when}>
        {isToday(query.createdAt) ? timeOfDay(query.createdAt) : date(query.createdAt)}
        {query.worklist && ` · ${words.forEverybody}`}
      </span>
    </>
  );
};

const isToday = (at: string): boolean => new Date(at).toDateString() === new Date().toDateString();

const useTimeOfDay = (): ((at: string) => string) => {
  const { language } = useLanguage();
  return (at) => new Date(at).toLocaleTimeString(language, { timeStyle: "short" });
};
