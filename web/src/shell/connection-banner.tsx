/** Says that the server does not answer, and lets every part read anew when it does again. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useConnection } from "../api/connection.ts";
import styles from "./connection-banner.module.css";
import { useWords, type Words } from "./language.tsx";

const words: Words<{ lost: string }> = {
  en: {
    lost: "The server does not answer. What was saved is safe; this page goes on by itself as soon as it is back.",
  },
  de: {
    lost: "Der Server antwortet nicht. Gespeichertes ist sicher; sobald er wieder da ist, geht es hier von selbst weiter.",
  },
};

export const ConnectionBanner = () => {
  const connection = useConnection();
  const { lost } = useWords(words);
  const queries = useQueryClient();
  const before = useRef(connection);
  useEffect(() => {
    if (connection === "there" && before.current === "lost") void queries.invalidateQueries();
    before.current = connection;
  }, [connection, queries]);
  return <div role="status">{connection === "lost" && <p className={styles.banner}>{lost}</p>}</div>;
};
