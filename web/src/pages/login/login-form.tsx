/** Login and password. What was typed wrong is told in one sentence, and the focus goes where it can be put right. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import type { Credentials, Session } from "../../../../src/contract/session.ts";
import { ApiError, change, rememberCsrfToken } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { sessionKey } from "../../shell/session.tsx";
import styles from "./login.module.css";
import { loginWords } from "./words.ts";

export const LoginForm = () => {
  const words = useWords(loginWords);
  const queries = useQueryClient();
  const password = useRef<HTMLInputElement>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (credentials: Credentials) => change<Session>("POST", "/api/session", credentials),
    onSuccess: (session) => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] }); // perhaps somebody else's
      rememberCsrfToken(session.csrfToken);
      queries.setQueryData(sessionKey, session);
    },
    onError: () => {
      if (password.current) password.current.value = "";
      password.current?.focus();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    mutate({ login: String(fields.get("login")).trim(), password: String(fields.get("password")) });
  };
  return (
    <form onSubmit={submit}>
      <Field label={words.login}>
        <input
          name="login"
          required
          maxLength={200}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the page is for nothing else
          autoFocus
        />
      </Field>
      <Field label={words.password}>
        <input
          ref={password}
          name="password"
          type="password"
          required
          maxLength={1000}
          autoComplete="current-password"
        />
      </Field>
      {error && <LoginTroubleNote error={error} />}
      <button type="submit" data-kind="main" disabled={isPending}>
        {isPending ? words.entering : words.enter}
      </button>
    </form>
  );
};

const LoginTroubleNote = ({ error }: { error: Error }) => {
  const words = useWords(loginWords);
  if (!(error instanceof ApiError)) return <ProblemNote error={error} />;
  const { code, retrySeconds } = error.problem;
  const isWaiting = code === "too-many-requests" && retrySeconds !== undefined;
  if (!isWaiting && code !== "wrong-login") return <ProblemNote error={error} />;
  return (
    <p role="alert" className={styles.trouble}>
      {isWaiting ? words.wait(retrySeconds) : words.wrong}
    </p>
  );
};
