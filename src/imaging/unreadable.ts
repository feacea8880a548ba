/**
 * Why a file is no picture: thrown inside the decoders, and turned into a value at the door of the reader
 * (systems/cohort/read-radiograph.ts). A bad file is data, so this never travels further than that.
 */

/** What is wrong with a file, from a closed set. */
export type UnreadableCode =
  | "not-an-image"
  | "unsupported-format"
  | "truncated"
  | "corrupt"
  | "unsupported-transfer-syntax"
  | "unsupported-pixels"
  | "no-pixel-data"
  | "not-a-picture-object"
  | "too-large";

/** A file that cannot be read as a picture. The message is one sentence for a person and holds no patient data. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly code: UnreadableCode;

  /**
   * @example
   * throw new Unreadable("truncated", "The file ends inside the pixel data.");
   */
  constructor(code: UnreadableCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The largest picture that is read, in pixels: beyond it a file is refused before anything is decoded. */
export const MAXIMUM_PIXELS = 100_000_000;

/**
 * Refuses pictures without an area or beyond {@link MAXIMUM_PIXELS}.
 *
 * @throws Unreadable `corrupt` or `too-large`
 */
export const checkSize = (width: number, height: number): void => {
  if (!(width > 0 && height > 0)) throw new Unreadable("corrupt", `The picture is ${width} by ${height} pixels.`);
  if (width * height > MAXIMUM_PIXELS) {
    throw new Unreadable(
      "too-large",
      `The picture has ${width} by ${height} pixels; at most ${MAXIMUM_PIXELS / 1e6} million are read.`,
    );
  }
};
