/** Passwords: what may be one, and argon2id with the parameters that OWASP recommends. */

import { hash, verify } from "@node-rs/argon2";
import { OsteonError } from "../../errors.ts";

/** 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet (2024); 2 stands for argon2id. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const least = 12;
const most = 200;
const leastDifferent = 5;

/** Each takes a processor and 19 MiB for some hundredths of a second, so only so many are reckoned at once. */
const atOnce = 2;
const mostWaiting = 30;

/**
 * Length is what makes a password hard to guess; what is left to refuse is the login itself and a few signs over and over.
 *
 * @throws OsteonError `bad-input`
 */
export const checkPassword = (password: string, login: string): void => {
  const refuse = (sentence: string): OsteonError => new OsteonError("bad-input", sentence);
  const signs = [...normalise(password)];
  if (signs.length < least) throw refuse(`A password needs at least ${least} signs; a short sentence is a good one.`);
  if (signs.length > most) throw refuse(`A password has at most ${most} signs.`);
  if (new Set(signs).size < leastDifferent)
    throw refuse(`A password needs at least ${leastDifferent} different signs.`);
  const folded = password.toLowerCase();
  if (folded.includes(login.toLowerCase()) || folded.includes("osteon")) {
    throw refuse("A password must not hold the login or the name of this program.");
  }
};

/** The hash in the PHC format, with its salt and parameters. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normalise(password), parameters));

/** Whether the password is the hash's. An account without one takes as long as one with. */
export const verifyPassword = async (passwordHash: string | null, password: string): Promise<boolean> => {
  const against = passwordHash ?? (await hashOfNobody());
  const isRight = await inTurn(() => verify(against, normalise(password)));
  return isRight && passwordHash !== null;
};

let nobody: Promise<string> | null = null;

const hashOfNobody = (): Promise<string> => {
  nobody ??= hash("", parameters);
  return nobody;
};

/** The same password from two keyboards has the same bytes. */
const normalise = (password: string): string => password.normalize("NFKC");

let running = 0;
const waiting: (() => void)[] = [];

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (waiting.length >= mostWaiting) {
    throw new OsteonError("too-many-requests", "Too many people log in at once; wait a moment.", { retrySeconds: 2 });
  }
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
};
