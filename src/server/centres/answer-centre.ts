/**
 * Answers another centre: who it is, whether this very message may count, whether the two make their codes alike, whether it asks
 * too much; then the search. Each refusal has its sentence, and only to who is known here.
 */

import { type CentreQuestion, centreQuestion, type SignedMessage } from "../../contract/centres.ts";
import { OsteonError } from "../../errors.ts";
import {
  admitQuestion,
  countQuestions,
  findCentre,
  type Home,
  noteFarQuestion,
  pauseCentre,
  type StoredCentre,
} from "../../store/index.ts";
import {
  type CentrePolicy,
  codeFromText,
  type Fingerprints,
  findCodes,
  findNetwork,
  isProbing,
  isSignedBy,
  judgeQuestion,
  signMessage,
} from "../../systems/centres/index.ts";
import { countLogins, type LoginLimits } from "../access/login-limits.ts";
import type { CentreIdentity } from "./centre-identity.ts";
import type { CentreThread } from "./centre-thread.ts";
import type { EntityKnowledge } from "./known-entities.ts";
import { readPolicy } from "./policy-settings.ts";

/** The clocks of two centres may differ so much; a message that is older is not answered. */
const clockMs = 120_000;

interface AnswererParts {
  readonly home: Home;
  readonly now: () => Date;
  readonly identity: CentreIdentity;
  readonly thread: CentreThread;
  readonly entities: EntityKnowledge;
}

/** Told by the one who answers, for the audit log. */
export interface Hearer {
  /** Which centre it is, as soon as that is proved. */
  onKnown(centre: string): void;
  /** That a centre asked so oddly that it was paused. */
  onPaused(centre: string): void;
}

export class Answerer {
  readonly #parts: AnswererParts;
  /** Slows down who tries signatures, by address. */
  readonly #forgeries: LoginLimits;

  constructor(parts: AnswererParts) {
    this.#parts = parts;
    this.#forgeries = countLogins(parts.now);
  }

  /**
   * @throws OsteonError `not-allowed` for who is not known or may not ask, `bad-usage` for what is no question, `bad-input` for one
   *   that is too old, `conflict` for one that was here before and for codes of another network, `not-indexed`,
   *   `too-many-requests`
   */
  async answer(signed: SignedMessage, address: string, hearer: Hearer): Promise<SignedMessage> {
    const { home, now, identity } = this.#parts;
    const message = readMessage(signed.message);
    const centre = await this.#recognise(message.from, signed, address);
    hearer.onKnown(centre.id);
    if (message.to !== identity.id) throw new OsteonError("not-allowed", "This message is for another centre.");
    if (Math.abs(new Date(message.at).getTime() - now().getTime()) > clockMs) {
      throw new OsteonError(
        "bad-input",
        "The message is too old, or the clocks of the two centres differ by more than two minutes.",
      );
    }
    const policy = await readPolicy(home.database);
    if (!policy.answers || !centre.mayAsk) {
      throw new OsteonError("not-allowed", "This centre does not answer your questions.");
    }
    const made = await this.#comparable(message.question);
    const isVariation = await this.#admit(centre, message, policy);
    const { neighbours, isFar } = await this.#search(message.question, made, policy);
    if (isFar && !isVariation) await noteFarQuestion(home.database, { centre: centre.id, nonce: message.nonce });
    if (isFar || isVariation) await this.#watch(centre, policy, hearer);
    const { contact, distanceStep, closest, smallestGroup, farthest, entities } = policy;
    const reply = {
      format: "osteon-centre-answer-1",
      from: identity.id,
      to: centre.id,
      at: now().toISOString(),
      nonce: message.nonce,
      answer: {
        neighbours,
        contact,
        terms: { distanceStep, closest, smallestGroup, farthest, someEntities: entities !== null },
      },
    };
    return signMessage("answer", JSON.stringify(reply), identity.key);
  }

  /** Who is not known and who signs wrongly are told the same: neither learns whom this centre knows. */
  async #recognise(from: string, signed: SignedMessage, address: string): Promise<StoredCentre> {
    const centre = await findCentre(this.#parts.home.database, from);
    const attempt = { login: null, address };
    this.#forgeries.begin(attempt);
    if (!centre || !isSignedBy("question", signed, centre.publicKey)) {
      throw new OsteonError("not-allowed", "This centre does not know yours, or yours did not sign the message.");
    }
    this.#forgeries.succeed(attempt);
    return centre;
  }

  /** By what the archive's codes are made, where they can be compared with the question's. */
  async #comparable({ network, hashing, view, bits }: CentreQuestion["question"]): Promise<Fingerprints> {
    const own = await findNetwork(this.#parts.home);
    const codes = own && (await findCodes(this.#parts.home, own.run));
    if (!codes) throw new OsteonError("not-indexed", "This centre has no codes to compare with yet.");
    if (own.network !== network) {
      throw new OsteonError("conflict", "The code was made by another network than this centre's; share one network.");
    }
    if (own.hashing[view] !== hashing || bits > own.bits) {
      throw new OsteonError("conflict", "The code was hashed in another way than this centre's; share one network.");
    }
    return { network: own.network, hashing: own.hashing };
  }

  /** Whether the question is almost an earlier one. */
  async #admit(centre: StoredCentre, message: CentreQuestion, policy: CentrePolicy): Promise<boolean> {
    const { code, bits } = message.question;
    const words = codeFromText(code, bits);
    let isVariation = false;
    const question = { centre: centre.id, nonce: message.nonce, code, at: this.#parts.now() };
    await admitQuestion(this.#parts.home.database, question, (before) => {
      const kind = judgeQuestion(words, before, policy);
      isVariation = kind === "variation";
      return kind;
    });
    return isVariation;
  }

  async #search({ view, code, bits, k }: CentreQuestion["question"], made: Fingerprints, terms: CentrePolicy) {
    const { thread, entities } = this.#parts;
    const told = { made, view, code: codeFromText(code, bits), k, terms };
    for (;;) {
      const { version, facts } = await entities.current();
      const answer = await thread.perform("answer", { ...told, version });
      if (answer) return answer;
      await thread.perform("know", { version, facts });
    }
  }

  async #watch({ id }: StoredCentre, policy: CentrePolicy, hearer: Hearer): Promise<void> {
    const { home, now } = this.#parts;
    const { oddities = 0 } = (await countQuestions(home.database, now())).get(id) ?? {};
    if (!isProbing(oddities, policy)) return;
    await pauseCentre(home.database, id, now());
    hearer.onPaused(id);
  }
}

/** @throws OsteonError `bad-usage` */
const readMessage = (text: string): CentreQuestion => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw malformed();
  }
  const { success, data } = centreQuestion.safeParse(content);
  if (!success) throw malformed();
  return data;
};

const malformed = (): OsteonError => new OsteonError("bad-usage", "The message is no question of a centre.");
