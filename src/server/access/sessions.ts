/** Logins that last: made, recognised by the token in a cookie, and ended. */

import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { ServerSettings } from "../../contract/settings.ts";
import {
  type Account,
  type Database,
  deleteSessions,
  findSession,
  insertSession,
  listSessions,
  type SessionChoice,
  type StoredSession,
  sweepSessions,
  touchSession,
} from "../../store/index.ts";

/** A session that is good now. */
export interface KnownSession {
  readonly session: StoredSession;
  readonly account: Account;
}

export interface Sessions {
  /** Begins a session and gives its token, which nobody but the browser keeps. */
  begin(account: Account, from: { readonly address: string; readonly browser: string }): Promise<string>;
  /** Whose token it is; null where it is unknown, too old, or its account is disabled. */
  recognise(token: string, how?: { readonly isUse: boolean }): Promise<KnownSession | null>;
  list(account: string): Promise<StoredSession[]>;
  end(choice: SessionChoice): Promise<void>;
  /** Forgets what it remembers of an account that has changed. */
  forget(account: string): void;
}

interface SessionsOptions {
  readonly settings: () => ServerSettings;
  readonly now: () => Date;
  /** Told whose sessions have ended or changed: what they still listen to is to end. */
  readonly onEnd: (account: string) => void;
}

/** The last use is written down no more often than this. */
const touchMs = 60_000;

/** Sessions remembered at most; one that is not is read again. */
const most = 5000;

/**
 * Sessions are remembered in memory, so that a request does not wait for the database; this process alone changes them.
 */
export const openSessions = async (
  database: Database,
  { settings, now, onEnd }: SessionsOptions,
): Promise<Sessions> => {
  const remembered = new Map<string, KnownSession>();
  let changes = 0; // a session that was read before a change is not remembered after it

  const forgetWhere = (matches: (known: KnownSession) => boolean): void => {
    changes++;
    for (const [hash, known] of remembered) if (matches(known)) remembered.delete(hash);
  };
  const isGood = ({ session, account }: KnownSession): boolean => {
    const { createdBefore, usedBefore } = ends(settings(), now());
    return account.disabledAt === null && session.createdAt >= createdBefore && session.usedAt >= usedBefore;
  };
  const remember = (known: KnownSession): void => {
    const oldest = remembered.size >= most ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(known.session.tokenHash, known);
  };
  const read = async (hash: string): Promise<KnownSession | null> => {
    for (;;) {
      const before = changes;
      const known = await findSession(database, hash);
      if (before !== changes) continue;
      if (known && isGood(known)) remember(known);
      return known;
    }
  };
  /** Writes the use down; where the session was ended meanwhile, there is nothing to write to. */
  const touch = async (known: KnownSession): Promise<void> => {
    const usedAt = now();
    if (usedAt.getTime() - known.session.usedAt.getTime() < touchMs) return;
    const { tokenHash } = known.session;
    if (remembered.has(tokenHash)) remembered.set(tokenHash, { ...known, session: { ...known.session, usedAt } });
    await touchSession(database, known.session.id, usedAt);
  };

  await sweepSessions(database, ends(settings(), now()));
  return {
    begin: async (account, { address, browser }) => {
      const token = randomBytes(32).toString("base64url");
      const at = now();
      const session: StoredSession = {
        id: randomUUID(),
        tokenHash: hashToken(token),
        account: account.id,
        createdAt: at,
        usedAt: at,
        address,
        browser: browser.slice(0, 200),
      };
      await sweepSessions(database, ends(settings(), at));
      await insertSession(database, session);
      return token;
    },
    recognise: async (token, { isUse } = { isUse: true }) => {
      const hash = hashToken(token);
      const known = remembered.get(hash) ?? (await read(hash));
      if (!known) return null;
      if (!isGood(known)) {
        remembered.delete(hash);
        await deleteSessions(database, { id: known.session.id });
        return null;
      }
      if (isUse) await touch(known);
      return known;
    },
    list: async (account) =>
      (await listSessions(database, account)).filter((session) => {
        const { createdBefore, usedBefore } = ends(settings(), now());
        return session.createdAt >= createdBefore && session.usedAt >= usedBefore;
      }),
    end: async (choice) => {
      const accounts = await deleteSessions(database, choice);
      forgetWhere(({ session }) => {
        if ("id" in choice) return session.id === choice.id;
        if ("tokenHash" in choice) return session.tokenHash === choice.tokenHash;
        return session.account === choice.account && session.tokenHash !== choice.except;
      });
      for (const account of accounts) onEnd(account);
    },
    forget: (account) => {
      forgetWhere(({ session }) => session.account === account);
      onEnd(account);
    },
  };
};

/** Tokens are drawn at random with 256 bits, so one round of a plain hash keeps them. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** What a page sends back to show that it could read an answer; follows from the session's token, which no page can read. */
export const csrfTokenOf = (token: string): string => createHash("sha256").update(`csrf ${token}`).digest("base64url");

const ends = ({ sessionHours, idleMinutes }: ServerSettings, now: Date) => ({
  createdBefore: new Date(now.getTime() - sessionHours * 3_600_000),
  usedBefore: new Date(now.getTime() - idleMinutes * 60_000),
});
