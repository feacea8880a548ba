/** Where one is logged in, and the end of it. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionList } from "../../../../src/contract/accounts.ts";
import { change, get } from "../../api/client.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { browserName } from "./browser-name.ts";
import { ownWords } from "./own-words.ts";
import styles from "./settings.module.css";

const key = ["own-sessions"];

export const OwnSessions = () => {
  const words = useWords(ownWords);
  const { time } = useFormats();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: key, queryFn: () => get<SessionList>("/api/account/sessions") });
  const end = useMutation({
    mutationFn: (id: string) => change("DELETE", `/api/account/sessions/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const endAll = useMutation({
    mutationFn: () => change("DELETE", "/api/account/sessions"),
    onSuccess: () => window.location.assign("/"),
  });
  const trouble = error ?? end.error ?? endAll.error;
  return (
    <section className={styles.section}>
      <h2>{words.sessions}</h2>
      {trouble && <ProblemNote error={trouble} />}
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.browser}</th>
              <th scope="col">{words.address}</th>
              <th scope="col">{words.begun}</th>
              <th scope="col">{words.used}</th>
              <th scope="col">
                <span className={styles.soft}>{words.end}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data?.sessions.map(({ id, browser, address, createdAt, usedAt, current }) => {
              const name = browserName(browser) ?? words.unknownBrowser;
              return (
                <tr key={id}>
                  <td>{name}</td>
                  <td>{address}</td>
                  <td className={styles.nowrap}>{time(createdAt)}</td>
                  <td className={styles.nowrap}>{time(usedAt)}</td>
                  <td>
                    {current ? (
                      words.here
                    ) : (
                      <button
                        type="button"
                        aria-label={words.endOf(name)}
                        disabled={end.isPending}
                        onClick={() => end.mutate(id)}
                      >
                        {words.end}
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className={styles.row}>
        <button type="button" disabled={endAll.isPending} onClick={() => endAll.mutate()}>
          {words.everywhere}
        </button>
        <span className={styles.soft}>{words.everywhereHint}</span>
      </div>
    </section>
  );
};
