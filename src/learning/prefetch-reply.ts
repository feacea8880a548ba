/** What the threads of prefetch.ts are told and answer: errors cross threads as plain data, and are the same errors again. */

import { type ErrorCode, OsteonError } from "../errors.ts";

/** What a thread begins with. */
export interface ThreadSetup {
  readonly module: string;
  /** Under which the module exports what makes items ready. */
  readonly name: string;
  readonly settings: unknown;
}

/** What a thread answers to an item. */
export type ThreadReply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** An error as data that can be cloned. */
export type Failure =
  | {
      readonly code: ErrorCode;
      readonly message: string;
      readonly context: Readonly<Record<string, unknown>>;
      readonly cause: unknown;
    }
  | { readonly error: unknown };

/** The value if it can be sent to another thread, else what stands in for it. */
const sendable = <Value>(value: Value, otherwise: Value): Value => {
  try {
    return structuredClone(value);
  } catch {
    return otherwise;
  }
};

/** An error as it is sent. Cloning keeps the built-in kinds of error, but makes a plain one of an OsteonError. */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof OsteonError)) return { error: sendable(error, new Error(String(error))) };
  const { code, message, context, cause } = error;
  return { code, message, context: sendable(context, {}), cause: sendable(cause, undefined) };
};

/** The error that was sent. */
export const errorOf = (failure: Failure): unknown =>
  "error" in failure
    ? failure.error
    : new OsteonError(failure.code, failure.message, { ...failure.context }, failure.cause);
