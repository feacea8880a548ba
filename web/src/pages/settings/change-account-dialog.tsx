/** An account that changes: name, role, whether it may log in, a new password for who has forgotten theirs. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountChangeView, AccountView } from "../../../../src/contract/accounts.ts";
import { change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { sessionKey } from "../../shell/session.tsx";
import { accountsKey } from "./accounts.ts";
import { FormDialog } from "./form-dialog.tsx";
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
  const { save } = useWords(settingsWords);
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
  const submit = (): void => {
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
    <FormDialog
      title={words.changeTitle(account.name)}
      action={save}
      isPending={saving.isPending}
      error={saving.error ?? ending.error}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
};
