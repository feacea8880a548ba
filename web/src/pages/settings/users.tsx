/** Accounts, for administrators. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountView } from "../../../../src/contract/accounts.ts";
import { get } from "../../api/client.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useSession } from "../../shell/session.tsx";
import { shellWords } from "../../shell/words.ts";
import { accountsKey } from "./accounts.ts";
import { AddAccountDialog } from "./add-account-dialog.tsx";
import { ChangeAccountDialog } from "./change-account-dialog.tsx";
import { ListSection } from "./list-section.tsx";
import styles from "./settings.module.css";
import { usersWords } from "./users-words.ts";

export const Users = () => {
  const words = useWords(usersWords);
  const { accounts: areAsked } = useSession();
  const [open, setOpen] = useState<"add" | AccountView | null>(null);
  const { data, error } = useQuery({
    queryKey: accountsKey,
    queryFn: () => get<{ readonly accounts: readonly AccountView[] }>("/api/accounts"),
  });
  if (error) return <ProblemNote error={error} />;
  if (!data) return null;
  const { accounts } = data;
  const administrators = accounts.filter(({ role, disabledAt }) => role === "administrator" && disabledAt === null);
  const close = (): void => setOpen(null);
  return (
    <>
      <ListSection
        words={words}
        isEmpty={accounts.length === 0}
        onAdd={() => setOpen("add")}
        note={!areAsked && <p className={`${styles.plain} ${styles.soft}`}>{words.off}</p>}
      >
        <AccountsTable accounts={accounts} onChange={setOpen} />
      </ListSection>
      {open === "add" && <AddAccountDialog accounts={accounts} onClose={close} />}
      {open !== null && open !== "add" && (
        <ChangeAccountDialog
          account={open}
          isLastAdministrator={administrators.length === 1 && administrators[0]!.id === open.id}
          onClose={close}
        />
      )}
    </>
  );
};

interface AccountsTableProps {
  readonly accounts: readonly AccountView[];
  readonly onChange: (account: AccountView) => void;
}

const AccountsTable = ({ accounts, onChange }: AccountsTableProps) => {
  const words = useWords(usersWords);
  const { roles } = useWords(shellWords);
  const { time } = useFormats();
  const { person } = useSession();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.login}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.lastLogin}</th>
            <th scope="col">{words.state}</th>
            <th scope="col" className={styles.actions}>
              {words.change}
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id} className={account.disabledAt === null ? undefined : styles.disabled}>
              <td>
                {account.name} {account.id === person?.id && words.you}
              </td>
              <td>{account.login}</td>
              <td>{roles[account.role]}</td>
              <td>{words.kinds[account.kind]}</td>
              <td className={styles.nowrap}>{account.loggedInAt === null ? words.never : time(account.loggedInAt)}</td>
              <td>{account.disabledAt === null ? words.active : words.disabled}</td>
              <td className={styles.actions}>
                <button type="button" aria-label={words.changeOf(account.name)} onClick={() => onChange(account)}>
                  {words.change}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
