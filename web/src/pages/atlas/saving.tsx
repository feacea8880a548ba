/** Whether all is on the server's disk, and what is not. */

import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { type Outbox, useOutbox } from "./outbox.ts";
import styles from "./saving.module.css";
import { atlasWords } from "./words.ts";

export const Saving = ({ outbox }: { readonly outbox: Outbox }) => {
  const words = useWords(atlasWords);
  const { waiting } = useOutbox(outbox);
  return (
    <span role="status" className={styles.saving} data-waiting={waiting}>
      {waiting === 0 ? `✓ ${words.saved}` : `… ${words.waiting(waiting)}`}
    </span>
  );
};

/** What a reader has to know or decide about what is not saved; nothing while all goes well. */
export const SavingProblems = ({ outbox }: { readonly outbox: Outbox }) => {
  const words = useWords(atlasWords);
  const { waiting, refused, problem, unkept } = useOutbox(outbox);
  return (
    <>
      {(unkept || waiting > 3) && !problem && (
        <p className={styles.note}>{unkept ? words.unkept : words.waitingNote}</p>
      )}
      {problem && (
        <div className={styles.note}>
          <ProblemNote error={problem} onRetry={() => void outbox.send()} />
          <button type="button" onClick={() => outbox.forget()}>
            {words.forget}
          </button>
        </div>
      )}
      {refused.length > 0 && (
        <div role="alert" className={styles.note}>
          <strong>{words.refused(refused.length)}</strong>
          <ul lang="en">
            {refused.map(({ entry, detail }) => (
              <li key={entry.action.id}>
                {words.cluster(entry.action.cluster)}: {detail}
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => outbox.dismissRefusals()}>
            {words.read}
          </button>
        </div>
      )}
    </>
  );
};
