/** Entries of the audit log, the newest first. */

import type { AuditEntryView } from "../../../../src/contract/audit.ts";
import { useLanguage, useWords } from "../../shell/language.tsx";
import { auditWords } from "./audit-words.ts";
import styles from "./settings.module.css";

export const AuditTable = ({ entries }: { readonly entries: readonly AuditEntryView[] }) => {
  const words = useWords(auditWords);
  const { language } = useLanguage();
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "medium" });
  const personOf = ({ person, name }: AuditEntryView): string => {
    if (person === "local") return words.local;
    if (person === "command line") return words.commandLine;
    return name ?? person ?? words.nobody;
  };
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.action}</th>
            <th scope="col">{words.outcome}</th>
            <th scope="col">{words.subject}</th>
            <th scope="col">{words.address}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <td className={styles.nowrap}>{moment.format(new Date(entry.at))}</td>
              <td>{personOf(entry)}</td>
              <td>{words.actions[entry.action] ?? entry.action}</td>
              <td className={entry.outcome === "done" ? undefined : styles.refused}>{words.outcomes[entry.outcome]}</td>
              <td>
                {entry.subject !== null && (
                  <span className={styles.id} title={entry.subject}>
                    {entry.subject}
                  </span>
                )}
              </td>
              <td>{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
