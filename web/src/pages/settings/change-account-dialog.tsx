/** An account that changes: name, role, whether it may log in, a new password for who has forgotten theirs. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { AccountChangeView, AccountView } from "../../../../src/contract/accounts.ts";
import { change } from "../../api/client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { sessionKey } from "../../shell/session.tsx";
import { accountsKey } from "./accounts.ts";
import { usePasswordRules } from "./password-rules.ts";
import { RoleField } from "./role-field.tsx";
import styles from "./settings.module.css";
import { SuggestedPassword } from "./suggested-password.tsx";
import { usersWords } from "./users-words.ts";
import { settingsWords } from "./words.ts";

interface ChangeAccountDialogProps {
  readonly account: AccountView;
  readonly isLastAdministrator: boolean;
  readonly onClose: () => void;
}

export const ChangeAccountDialog = ({ account, isLastAdministrator, onClose }: ChangeAccountDialogProps) => {
  const words = useWords(usersWords);
  const { save, cancel } = useWords(settingsWords);
  const form = useId();
  const queries = useQueryClient();
  const passwordProblemOf = usePasswordRules();
  const [name, setName] = useState(account.name);
  const [role, setRole] = useState(account.role);
  const [mayLogIn, setMayLogIn] = useState(account.disabledAt === null);
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const hasPassword = account.kind === "password";
  const address = `/api/accounts/${account.id}`;
  const saving = useMutation({
    mutationFn: (changes: AccountChangeView) => change<AccountView>("PATCH", address, changes),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsKey });
      await queries.invalidateQueries({ queryKey: sessionKey }); // it may be the own account
      onClose();
    },
  });
  const ending = useMutation({ mutationFn: () => change("DELETE", `${address}/sessions`) });
  const passwordProblem = password === "" ? undefined : passwordProblemOf(password, account.login);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (passwordProblem) return;
    saving.mutate({
      ...(name === account.name ? {} : { name }),
      ...(role === account.role ? {} : { role }),
      ...(mayLogIn === (account.disabledAt === null) ? {} : { disabled: !mayLogIn }),
      ...(password === "" ? {} : { password }),
    });
  };
  return (
    <Dialog
      title={words.changeTitle(account.name)}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" form={form} data-kind="main" disabled={saving.isPending}>
            {save}
          </button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} autoComplete="off">
        {!hasPassword && <p className={styles.plain}>{words.fromProvider}</p>}
        <Field label={words.name}>
          <input
            required
            maxLength={100}
            disabled={!hasPassword}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
        <RoleField role={role} onChange={setRole} disabled={isLastAdministrator || !hasPassword} />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={mayLogIn}
            disabled={isLastAdministrator}
            onChange={({ target }) => setMayLogIn(target.checked)}
          />
          {words.mayLogIn}
        </label>
        {isLastAdministrator && <p className={`${styles.plain} ${styles.soft}`}>{words.lastAdministrator}</p>}
        {hasPassword && (
          <SuggestedPassword
            label={words.newPassword}
            hint={words.newPasswordHint}
            problem={isTried ? passwordProblem : undefined}
            value={password}
            onChange={setPassword}
          />
        )}
        <div className={styles.row}>
          <button type="button" disabled={ending.isPending} onClick={() => ending.mutate()}>
            {words.endSessions}
          </button>
          {ending.isSuccess && (
            <span role="status" className={styles.done}>
              {words.ended}
            </span>
          )}
        </div>
        {(saving.error ?? ending.error) && <ProblemNote error={saving.error ?? ending.error} />}
      </form>
    </Dialog>
  );
};
