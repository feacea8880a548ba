/** Who is logged in, and the way out. */

import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import { change } from "../api/client.ts";
import { useWords } from "./language.tsx";
import styles from "./layout.module.css";
import { useSession } from "./session.tsx";
import { shellWords } from "./words.ts";

export const PersonMenu = () => {
  const words = useWords(shellWords);
  const { accounts, person } = useSession();
  const { mutate, isPending } = useMutation({
    mutationFn: () => change("DELETE", "/api/session"),
    onSettled: () => window.location.assign("/"), // loaded anew: nothing of what was seen stays in memory
  });
  if (!accounts || !person) return null;
  return (
    <>
      <Link to="/settings" className={styles.person} title={words.roles[person.role]}>
        {person.name}
      </Link>
      <button type="button" disabled={isPending} onClick={() => mutate()}>
        {words.logOut}
      </button>
    </>
  );
};
