/** Asks one centre about a code, and trusts what comes back only as far as the centre's key vouches for it. */

import { type KeyObject, randomBytes } from "node:crypto";
import {
  type CentreAnswer,
  type CentreOutcome,
  type CentreQuestion,
  centreReply,
  signedMessage,
} from "../../contract/centres.ts";
import type { StoredCentre } from "../../store/index.ts";
import { isSignedBy, signMessage } from "../../systems/centres/index.ts";
import { sendMessage } from "./send-message.ts";

/** Who asks, and how long it waits. */
export interface Asker {
  /** The own fingerprint and key. */
  readonly id: string;
  readonly key: KeyObject;
  readonly now: () => Date;
  readonly waitMs: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

type Question = CentreQuestion["question"];

/** What a centre made of a question, without its name. */
type Outcome = Pick<CentreOutcome, "answer" | "problem">;

/** Never throws: a centre that fails is an outcome, and none of the others'. */
export const askCentre = async (centre: StoredCentre, question: Question, asker: Asker): Promise<Outcome> => {
  const nonce = randomBytes(18).toString("base64url");
  const message: CentreQuestion = {
    format: "osteon-centre-question-1",
    from: asker.id,
    to: centre.id,
    at: asker.now().toISOString(),
    nonce,
    question,
  };
  const signed = signMessage("question", JSON.stringify(message), asker.key);
  const response = await sendMessage(centre, signed, asker);
  if (!response.ok) return failed(response.problem);
  if (response.status !== 200) return refusalOf(response.body);
  const answer = answerOf(response.body, { centre, asker, nonce });
  return answer ? { answer, problem: null } : failed("untrusted");
};

const failed = (code: string, retrySeconds: number | null = null): Outcome => ({
  answer: null,
  problem: { code, retrySeconds },
});

/** A refusal is not signed: who could put one in an answer's place could as well let none come. Only its code is taken. */
const refusalOf = (body: unknown): Outcome => {
  const { code, retrySeconds } = (body ?? {}) as { readonly code?: unknown; readonly retrySeconds?: unknown };
  if (typeof code !== "string" || !/^[a-z][a-z-]{1,39}$/.test(code)) return failed("untrusted");
  return failed(code, typeof retrySeconds === "number" && retrySeconds >= 0 ? Math.ceil(retrySeconds) : null);
};

/** The answer, where the centre that was asked signed it for this very question. */
const answerOf = (
  body: unknown,
  { centre, asker, nonce }: { readonly centre: StoredCentre; readonly asker: Asker; readonly nonce: string },
): CentreAnswer | null => {
  const signed = signedMessage.safeParse(body);
  if (!signed.success || !isSignedBy("answer", signed.data, centre.publicKey)) return null;
  let content: unknown;
  try {
    content = JSON.parse(signed.data.message);
  } catch {
    return null;
  }
  const { success, data } = centreReply.safeParse(content);
  return success && data.from === centre.id && data.to === asker.id && data.nonce === nonce ? data.answer : null;
};
