/** Slows down who guesses passwords: after a few failures each try has to wait, and longer every time. */

import { OsteonError } from "../../errors.ts";

/** Counts tries by login and by address. */
export interface LoginLimits {
  /**
   * Before a password is looked at. The try counts as failed until `succeed` says otherwise, so that many at once gain nothing.
   *
   * @throws OsteonError `too-many-requests` with the seconds to wait
   */
  begin(attempt: LoginAttempt): void;
  /** Whether `begin` would let it pass. */
  mayTry(attempt: LoginAttempt): boolean;
  succeed(attempt: LoginAttempt): void;
}

export interface LoginAttempt {
  /** As typed; whether there is such an account makes no difference. Null where an identity provider vouches for people. */
  readonly login: string | null;
  readonly address: string;
}

interface Failures {
  count: number;
  /** When the next try may come. */
  until: number;
}

/** Failures without a wait: people mistype. Behind one address there may be many people. */
const freeOf = { login: 5, address: 20 } as const;
const longestWaitSeconds = 300;
/** Failures are forgotten after this long without another. */
const memoryMs = 3_600_000;
/** Counted at once at most; the oldest makes room. */
const mostCounted = 20_000;

export const countLogins = (now: () => Date): LoginLimits => {
  const counted = new Map<string, Failures>();
  const keysOf = ({ login, address }: LoginAttempt) => [
    ...(login === null ? [] : [{ key: `login ${login.toLowerCase()}`, free: freeOf.login }]),
    { key: `address ${address}`, free: freeOf.address },
  ];
  const failuresOf = (key: string, at: number): Failures => {
    const failures = counted.get(key);
    return failures && at - failures.until < memoryMs ? failures : { count: 0, until: at };
  };
  const waitOf = (attempt: LoginAttempt, at: number): number =>
    Math.max(...keysOf(attempt).map(({ key }) => failuresOf(key, at).until - at));
  return {
    mayTry: (attempt) => waitOf(attempt, now().getTime()) <= 0,
    begin: (attempt) => {
      const at = now().getTime();
      const waitMs = waitOf(attempt, at);
      if (waitMs > 0) {
        const retrySeconds = Math.ceil(waitMs / 1000);
        throw new OsteonError("too-many-requests", "Too many failed logins; wait before you try again.", {
          retrySeconds,
        });
      }
      for (const { key, free } of keysOf(attempt)) {
        const count = failuresOf(key, at).count + 1;
        const waitSeconds = count < free ? 0 : Math.min(longestWaitSeconds, 2 ** (count - free));
        counted.delete(key);
        counted.set(key, { count, until: at + waitSeconds * 1000 });
      }
      const oldest = counted.size > mostCounted ? counted.keys().next().value : undefined;
      if (oldest !== undefined) counted.delete(oldest);
    },
    succeed: ({ login, address }) => {
      if (login !== null) counted.delete(`login ${login.toLowerCase()}`);
      const failures = counted.get(`address ${address}`);
      if (failures) counted.set(`address ${address}`, { count: failures.count - 1, until: now().getTime() });
    },
  };
};
