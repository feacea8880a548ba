/** A new account. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountToAddView, AccountView } from "../../../../src/contract/accounts.ts";
import type { Role } from "../../../../src/contract/roles.ts";
import { change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { accountsKey } from "./accounts.ts";
import { FormDialog } from "./form-dialog.tsx";
import { usePasswordRules } from "./password-rules.ts";
import { RoleField } from "./role-field.tsx";
import { SuggestedPassword } from "./suggested-password.tsx";
import { usersWords } from "./users-words.ts";

interface AddAccountDialogProps {
  /** Those that there are. */
  readonly accounts: readonly AccountView[];
  readonly onClose: () => void;
}

export const AddAccountDialog = ({ accounts, onClose }: AddAccountDialogProps) => {
  const words = useWords(usersWords);
  const queries = useQueryClient();
  const passwordProblemOf = usePasswordRules();
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<Role>(accounts.length === 0 ? "administrator" : "viewer");
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (account: AccountToAddView) => change<AccountView>("POST", "/api/accounts", account),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsKey });
      onClose();
    },
  });
  const loginProblem = (): string | undefined => {
    if (!/^[\p{L}\p{N}._@-]+$/u.test(login)) return words.badLogin;
    return accounts.some((account) => account.login === login.toLowerCase()) ? words.taken : undefined;
  };
  const passwordProblem = passwordProblemOf(password, login);
  const submit = (): void => {
    setTried(true);
    if (!loginProblem() && !passwordProblem) mutate({ name, login, role, password });
  };
  return (
    <FormDialog
      title={words.addTitle}
      action={words.add}
      isPending={isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={words.name}>
        <input required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Field label={words.login} hint={words.loginHint} problem={isTried ? loginProblem() : undefined}>
        <input
          required
          maxLength={100}
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          onChange={({ target }) => setLogin(target.value.trim())}
        />
      </Field>
      <RoleField role={role} onChange={setRole} />
      <SuggestedPassword
        label={words.password}
        hint={words.addPasswordHint}
        problem={isTried ? passwordProblem : undefined}
        value={password}
        onChange={setPassword}
      />
    </FormDialog>
  );
};
