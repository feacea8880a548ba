/** Who may log in. Accounts are disabled, not removed: the audit log names them for good. */

import type { Selectable, Updateable } from "kysely";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { AccountsTable } from "./schema.ts";

/** What an account may be used for. */
export type AccountRole = AccountsTable["role"];

/** An account, without anything that proves it. */
export interface Account {
  readonly id: string;
  /** What is typed to log in, in small letters. */
  readonly login: string;
  readonly name: string;
  readonly role: AccountRole;
  /** Where the person proves who they are. */
  readonly kind: "password" | "single sign-on";
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly loggedInAt: Date | null;
}

/** An account to add: with the hash of a password, or with an identity provider's name of the person. */
export interface AccountToAdd {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly createdAt: Date;
  readonly proof: { readonly passwordHash: string } | { readonly issuer: string; readonly subject: string };
}

/** What may change of an account. */
export interface AccountChange {
  readonly name?: string;
  readonly role?: AccountRole;
  readonly passwordHash?: string;
  readonly disabledAt?: Date | null;
  readonly loggedInAt?: Date;
}

/** Every account, by login. */
export const listAccounts = async (database: Database): Promise<Account[]> =>
  (await database.selectFrom("accounts").selectAll().orderBy("login").execute()).map(fromRow);

/** @throws OsteonError `not-found` */
export const getAccount = async (database: Database, id: string): Promise<Account> => {
  const row = await database.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new OsteonError("not-found", "There is no such account.");
  return fromRow(row);
};

/** The account of a login, with the hash of its password; null where there is none. */
export const findLogin = async (
  database: Database,
  login: string,
): Promise<{ readonly account: Account; readonly passwordHash: string | null } | null> => {
  const row = await database
    .selectFrom("accounts")
    .selectAll()
    .where("login", "=", login.toLowerCase())
    .executeTakeFirst();
  return row ? { account: fromRow(row), passwordHash: row.password_hash } : null;
};

/** The account that an identity provider calls so; null where nobody has come from there under this name. */
export const findIssued = async (database: Database, issuer: string, subject: string): Promise<Account | null> => {
  const row = await database
    .selectFrom("accounts")
    .selectAll()
    .where("issuer", "=", issuer)
    .where("issuer_subject", "=", subject)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
};

/** @throws OsteonError `bad-input` when the login is taken */
export const addAccount = async (database: Database, { proof, ...account }: AccountToAdd): Promise<Account> => {
  const row = await database
    .insertInto("accounts")
    .values({
      id: account.id,
      login: account.login.toLowerCase(),
      name: await ownName(database, account),
      role: account.role,
      password_hash: "passwordHash" in proof ? proof.passwordHash : null,
      issuer: "issuer" in proof ? proof.issuer : null,
      issuer_subject: "issuer" in proof ? proof.subject : null,
      created_at: account.createdAt,
    })
    .onConflict((conflict) => conflict.column("login").doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new OsteonError("bad-input", "This login is taken; choose another.");
  return fromRow(row);
};

/**
 * @throws OsteonError `not-found`, and `bad-input` when nobody who can log in would be an administrator any more
 */
export const changeAccount = (database: Database, id: string, change: AccountChange): Promise<Account> =>
  database.transaction().execute(async (transaction) => {
    const before = await getAccount(transaction, id);
    const { login } = before;
    const named =
      change.name === undefined ? {} : { name: await ownName(transaction, { id, login, name: change.name }) };
    const after = await transaction
      .updateTable("accounts")
      .set(toColumns({ ...change, ...named }))
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const wasNeeded = before.role === "administrator" && before.disabledAt === null;
    if (wasNeeded && !(await hasAdministrator(transaction))) {
      throw new OsteonError("bad-input", "This is the last administrator; make another one first.");
    }
    return fromRow(after);
  });

/** What an identity provider says of its person now; it decides, even where no administrator is left. */
export const renewIssuedAccount = async (
  database: Database,
  id: string,
  { name, role, loggedInAt }: { readonly name: string; readonly role: AccountRole; readonly loggedInAt: Date },
): Promise<Account> => {
  const { login } = await getAccount(database, id);
  const row = await database
    .updateTable("accounts")
    .set({ name: await ownName(database, { id, login, name }), role, logged_in_at: loggedInAt })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
};

/** Whether anybody can look after accounts. */
export const hasAdministrator = async (database: Database): Promise<boolean> => {
  const row = await database
    .selectFrom("accounts")
    .select("id")
    .where("role", "=", "administrator")
    .where("disabled_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/** The name, with the login behind it where somebody else bears it: what people decide goes by their names. */
const ownName = async (
  database: Database,
  { id, login, name }: Pick<Account, "id" | "login" | "name">,
): Promise<string> => {
  const other = await database
    .selectFrom("accounts")
    .select("id")
    .where("name", "=", name)
    .where("id", "<>", id)
    .executeTakeFirst();
  return other ? `${name} (${login.toLowerCase()})` : name;
};

const toColumns = (change: AccountChange): Updateable<AccountsTable> => ({
  ...(change.name === undefined ? {} : { name: change.name }),
  ...(change.role === undefined ? {} : { role: change.role }),
  ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
  ...(change.disabledAt === undefined ? {} : { disabled_at: change.disabledAt }),
  ...(change.loggedInAt === undefined ? {} : { logged_in_at: change.loggedInAt }),
});

const fromRow = (row: Selectable<AccountsTable>): Account => ({
  id: row.id,
  login: row.login,
  name: row.name,
  role: row.role,
  kind: row.issuer === null ? "password" : "single sign-on",
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
  loggedInAt: row.logged_in_at,
});
