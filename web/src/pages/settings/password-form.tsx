/** The own password: the current one first, so that nobody changes it at a browser that was left open. */

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { PasswordChange } from "../../../../src/contract/accounts.ts";
import { ApiError, change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { ownWords } from "./own-words.ts";
import { usePasswordRules } from "./password-rules.ts";
import styles from "./settings.module.css";

export const PasswordForm = () => {
  const words = useWords(ownWords);
  const heading = useId();
  const problemOf = usePasswordRules();
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [isTried, setTried] = useState(false);
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (passwords: PasswordChange) => change("PUT", "/api/account/password", passwords),
  });
  const nextProblem = isTried ? problemOf(next) : undefined;
  const againProblem = isTried && next !== again ? words.different : undefined;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (problemOf(next) || next !== again) return;
    const current = String(new FormData(form).get("current"));
    mutate(
      { current, next },
      {
        onSuccess: () => {
          form.reset();
          setNext("");
          setAgain("");
          setTried(false);
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby={heading}>
      <h3 id={heading} className={styles.minor}>
        {words.password}
      </h3>
      <Field label={words.current} problem={isWrongPassword(error) ? words.wrong : undefined}>
        <input name="current" type="password" required autoComplete="current-password" />
      </Field>
      <Field label={words.next} hint={words.nextHint} problem={nextProblem}>
        <input
          type="password"
          required
          autoComplete="new-password"
          value={next}
          onChange={({ target }) => setNext(target.value)}
        />
      </Field>
      <Field label={words.again} problem={againProblem}>
        <input
          type="password"
          required
          autoComplete="new-password"
          value={again}
          onChange={({ target }) => setAgain(target.value)}
        />
      </Field>
      {error && !isWrongPassword(error) && <ProblemNote error={error} />}
      {isSuccess && (
        <p role="status" className={styles.done}>
          {words.changed}
        </p>
      )}
      <div>
        <button type="submit" disabled={isPending}>
          {words.change}
        </button>
      </div>
    </form>
  );
};

const isWrongPassword = (error: Error | null): boolean =>
  error instanceof ApiError && error.problem.code === "wrong-login";
