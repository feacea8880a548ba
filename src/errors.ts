/**
 * The one error class of Osteon: a code from a closed set, a sentence that says what is wrong, where and what to do,
 * and the values that explain it. Data problems (a corrupt file, a missing label) are values, not errors.
 */

/**
 * What kind of failure this is. The command line ends with 2 for what the user can put right in the words or the data
 * (`bad-usage`, `bad-input`, `not-found`, `unsupported`, `not-trained`, `not-indexed`), with 130 for `interrupted` and with 1 for the others, among them
 * `unreachable`: another computer does not answer, or not as it should, and `database-unreachable`: the database server is away.
 * `not-trained` and `not-indexed` ask for a step that comes first. Only the server says `not-logged-in`, `wrong-login`, `not-allowed`, `too-many-requests`,
 * `busy`, `conflict`, `too-large` and `no-room`.
 */
export type ErrorCode =
  | "bad-usage"
  | "bad-input"
  | "not-found"
  | "shape-mismatch"
  | "home-locked"
  | "corrupt-store"
  | "interrupted"
  | "unreachable"
  | "database-unreachable"
  | "unsupported"
  | "not-logged-in"
  | "wrong-login"
  | "not-allowed"
  | "too-many-requests"
  | "not-trained"
  | "not-indexed"
  | "busy"
  | "conflict"
  | "too-large"
  | "no-room";

/** A name out of a foreign file as it may stand in a sentence: in quotes, control characters escaped, never long. */
export const shown = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name);

/** An expected failure with a sentence for the user. Never carries patient data. */
export class OsteonError extends Error {
  override readonly name = "OsteonError";
  readonly code: ErrorCode;
  readonly context: Readonly<Record<string, unknown>>;

  /**
   * @example
   * throw new OsteonError("shape-mismatch", "Add cannot broadcast [2, 3] with [4].", { a: [2, 3], b: [4] });
   */
  constructor(code: ErrorCode, message: string, context: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.context = context;
  }
}
