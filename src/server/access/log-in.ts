/** Logging in with a password. */

import type { Credentials } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import { type Account, changeAccount, type Database, findLogin } from "../../store/index.ts";
import type { LoginLimits } from "./login-limits.ts";
import { verifyPassword } from "./passwords.ts";

interface LogInParts {
  readonly database: Database;
  readonly limits: LoginLimits;
  readonly now: () => Date;
  /** Told whose login failed, where there is such an account. */
  readonly onFailure: (account: string | null) => void;
  /** Begins the person's session. */
  readonly begin: (account: Account) => Promise<void>;
  /** Ends the session that was begun. */
  readonly takeBack: () => Promise<void>;
}

/**
 * Begins a session of the account whose login and password these are. Why it is refused is not told: neither whether there is such an account
 * nor whether it is disabled.
 *
 * @throws OsteonError `wrong-login`, `too-many-requests`
 */
export const logIn = async (
  { login, password, address }: Credentials & { readonly address: string },
  { database, limits, now, onFailure, begin, takeBack }: LogInParts,
): Promise<void> => {
  limits.begin({ login, address });
  const found = await findLogin(database, login);
  const isRight = await verifyPassword(found?.passwordHash ?? null, password);
  if (!found || !isRight || found.account.disabledAt !== null) {
    onFailure(found?.account.id ?? null);
    throw wrongLogin();
  }
  await begin(await changeAccount(database, found.account.id, { loggedInAt: now() }));
  // a password that was changed meanwhile ended the sessions that there were, but perhaps not yet this one
  if ((await findLogin(database, login))?.passwordHash !== found.passwordHash) {
    await takeBack();
    throw wrongLogin();
  }
  limits.succeed({ login, address });
};

const wrongLogin = (): OsteonError => new OsteonError("wrong-login", "Login or password is wrong.");
