/** Whether the audit log is what it was: the server hashes every entry again, which a person asks for. */

import { useMutation } from "@tanstack/react-query";
import type { AuditChainView } from "../../../../src/contract/audit.ts";
import { get } from "../../api/client.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { auditWords } from "./audit-words.ts";
import styles from "./settings.module.css";

export const AuditChainNote = () => {
  const words = useWords(auditWords);
  const { number } = useFormats();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => get<AuditChainView>("/api/audit/chain"),
  });
  return (
    <div className={styles.chain}>
      <button type="button" disabled={isPending} onClick={() => mutate()}>
        {isPending ? words.checking : words.check}
      </button>
      {error && <ProblemNote error={error} />}
      {data && (
        <div role="status">
          <p className={`${styles.plain} ${data.holds ? styles.holds : styles.broken}`}>
            {data.holds ? words.holds(number(data.entries)) : words.broken(String(data.brokenAt))}
          </p>
          {data.head !== null && (
            <p className={`${styles.plain} ${styles.soft}`}>
              {words.keep}{" "}
              <span className={styles.hash}>
                {data.entries}:{data.head}
              </span>
            </p>
          )}
        </div>
      )}
    </div>
  );
};
