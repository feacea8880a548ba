/** Trying again what may succeed later, with growing pauses. */

import { setTimeout as sleep } from "node:timers/promises";
import { OsteonError } from "../errors.ts";

/** How often and how patiently. */
export interface BackOff {
  /** Tries in all. */
  readonly attempts: number;
  /** The first pause in milliseconds; each next one is twice as long. */
  readonly firstMs: number;
  /** No pause is longer. */
  readonly longestMs: number;
}

/** About two minutes in all: a server that is restarted is back by then. */
export const patientBackOff: BackOff = { attempts: 12, firstMs: 250, longestMs: 20_000 };

/** A failure that may be gone at the next try. */
export class Transient extends Error {
  override readonly name = "Transient";
  /** What to say when no try is left. */
  readonly told: OsteonError;
  /** How long the server asks to wait, in milliseconds. */
  readonly waitMs: number | undefined;
  /** It is hardly a passing failure after so many tries. */
  readonly attempts: number;

  constructor(
    told: OsteonError,
    { waitMs, attempts = Number.POSITIVE_INFINITY }: { waitMs?: number; attempts?: number } = {},
  ) {
    super(told.message, { cause: told });
    this.told = told;
    this.waitMs = waitMs;
    this.attempts = attempts;
  }
}

/** What {@link withBackOff} is told. */
export interface BackOffOptions {
  readonly backOff: BackOff;
  readonly signal?: AbortSignal | undefined;
}

/** The error of work that a signal stopped. */
export const interrupted = (): OsteonError =>
  new OsteonError("interrupted", "The work with the archive was interrupted; start it again to go on.");

/**
 * Does work, again after each {@link Transient} failure while tries are left.
 *
 * @throws what the work throws, the sentence of the last transient failure, or `interrupted`
 */
export const withBackOff = async <T>(
  work: (attempt: number) => Promise<T>,
  { backOff, signal }: BackOffOptions,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw interrupted();
    try {
      return await work(attempt);
    } catch (error) {
      if (signal?.aborted) throw interrupted();
      if (!(error instanceof Transient)) throw error;
      if (attempt >= Math.min(backOff.attempts, error.attempts)) throw error.told;
      const pause = Math.min(backOff.firstMs * 2 ** (attempt - 1), backOff.longestMs);
      const wait = Math.min(Math.max(pause, error.waitMs ?? 0), Math.max(backOff.longestMs, 60_000));
      await sleep(wait, undefined, signal ? { signal } : {}).catch(() => {
        throw interrupted();
      });
    }
  }
};
