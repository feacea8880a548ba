/**
 * What one centre may ask, judged by what it asked before. A centre that links radiographs asks of pictures that resemble some
 * patient and hardly resemble each other to the bit; who feels out an archive asks of codes that resemble nothing, or varies one
 * code by a few bits to see what changes.
 */

import { OsteonError } from "../../errors.ts";
import { codeFromText, shareOfDifferingBits } from "./code-bytes.ts";
import type { QuestionLimits } from "./policy.ts";

/** What is known of earlier questions; the codes are those of the last day. */
export interface AskedBefore {
  readonly isPaused: boolean;
  readonly isRepeated: boolean;
  readonly lastHour: number;
  readonly lastDay: number;
  readonly oddities: number;
  readonly codes: readonly string[];
}

/** Two codes that differ in fewer of their bits, but in some, are variations; two radiographs of one lesion differ in more. */
const variationShare = 0.03;

/**
 * Whether a question is usual or a variation of an earlier one; what may not be asked is thrown.
 *
 * @throws OsteonError `conflict` for a question that was here before, `not-allowed` for a centre that is paused,
 *   `too-many-requests` with the seconds to wait
 */
export const judgeQuestion = (
  code: Uint32Array,
  before: AskedBefore,
  { perHour, perDay }: QuestionLimits,
): "usual" | "variation" => {
  if (before.isRepeated) {
    throw new OsteonError("conflict", "This very message was here before; a question is answered once.");
  }
  if (before.isPaused) {
    throw new OsteonError("not-allowed", "This centre has paused your questions until its administrator has looked.");
  }
  if (before.lastHour >= perHour) throw tooMany("an hour", 3_600);
  if (before.lastDay >= perDay) throw tooMany("a day", 86_400);
  return before.codes.some((earlier) => isVariation(code, earlier)) ? "variation" : "usual";
};

/** Whether a centre that asked so many odd questions is to be paused. */
export const isProbing = (oddities: number, { mostOddities }: QuestionLimits): boolean => oddities >= mostOddities;

const isVariation = (code: Uint32Array, earlier: string): boolean => {
  const share = shareOfDifferingBits(code, codeFromText(earlier, Buffer.from(earlier, "base64").length * 8));
  return share > 0 && share < variationShare;
};

const tooMany = (span: string, retrySeconds: number): OsteonError =>
  new OsteonError("too-many-requests", `This centre answers no more questions of yours within ${span}.`, {
    retrySeconds,
  });
