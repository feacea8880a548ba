/**
 * What other centres asked within the last day: so that no question is answered twice, and so that what one centre asks can be
 * counted and looked through. Older ones are forgotten.
 */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { CentreQuestionsTable } from "./schema.ts";

/** A question that has come. */
export interface NewQuestion {
  readonly centre: string;
  /** No two questions of a centre have the same. */
  readonly nonce: string;
  /** In base64. */
  readonly code: string;
  readonly at: Date;
}

/** What a centre asked before. */
export interface QuestionHistory {
  readonly isPaused: boolean;
  /** Whether this very question was here before. */
  readonly isRepeated: boolean;
  readonly lastHour: number;
  readonly lastDay: number;
  /** `far` ones and `variation`s of the last day. */
  readonly oddities: number;
  /** The codes of the last day's newest questions, in base64. */
  readonly codes: readonly string[];
}

/** What becomes of a question: it is kept as one of a kind, or it is not let in. */
export type QuestionVerdict = CentreQuestionsTable["kind"] | null;

/** What was asked within a day. */
export interface QuestionCounts {
  readonly questions: number;
  readonly oddities: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Earlier codes that a new one is compared with. */
const mostCodes = 2_000;

/**
 * Lets a question in or not, by what its centre asked before. Questions of one centre are judged one after another, so that many
 * at once gain nothing.
 */
export const admitQuestion = (
  database: Database,
  { centre, nonce, code, at }: NewQuestion,
  judge: (history: QuestionHistory) => QuestionVerdict,
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom("centres")
      .select("paused_at")
      .where("id", "=", centre)
      .forUpdate()
      .executeTakeFirst();
    const dayAgo = new Date(at.getTime() - dayMs);
    await transaction
      .deleteFrom("centre_questions")
      .where("centre_id", "=", centre)
      .where("asked_at", "<", dayAgo)
      .execute();
    const asked = transaction.selectFrom("centre_questions").where("centre_id", "=", centre);
    const { day, hour, oddities, repeated } = await asked
      .select(({ fn }) => [
        fn.countAll<string>().as("day"),
        sql<string>`count(*) filter (where asked_at >= ${new Date(at.getTime() - hourMs)})`.as("hour"),
        sql<string>`count(*) filter (where kind <> 'usual')`.as("oddities"),
        sql<string>`count(*) filter (where nonce = ${nonce})`.as("repeated"),
      ])
      .executeTakeFirstOrThrow();
    const codes = await asked.select("code").orderBy("asked_at", "desc").limit(mostCodes).execute();
    const verdict = judge({
      isPaused: known === undefined || known.paused_at !== null,
      isRepeated: Number(repeated) > 0,
      lastHour: Number(hour),
      lastDay: Number(day),
      oddities: Number(oddities),
      codes: codes.map((row) => row.code),
    });
    if (verdict === null) return;
    await transaction
      .insertInto("centre_questions")
      .values({ centre_id: centre, nonce, asked_at: at, code, kind: verdict })
      .execute();
  });

/** Notes that a question that was let in resembled nothing. */
export const noteFarQuestion = async (
  database: Database,
  { centre, nonce }: Pick<NewQuestion, "centre" | "nonce">,
): Promise<void> => {
  await database
    .updateTable("centre_questions")
    .set({ kind: "far" })
    .where("centre_id", "=", centre)
    .where("nonce", "=", nonce)
    .execute();
};

/** What each centre asked within the last day. */
export const countQuestions = async (database: Database, now: Date): Promise<ReadonlyMap<string, QuestionCounts>> => {
  const rows = await database
    .selectFrom("centre_questions")
    .select(({ fn }) => [
      "centre_id",
      fn.countAll<string>().as("questions"),
      sql<string>`count(*) filter (where kind <> 'usual')`.as("oddities"),
    ])
    .where("asked_at", ">=", new Date(now.getTime() - dayMs))
    .groupBy("centre_id")
    .execute();
  return new Map(
    rows.map(({ centre_id, questions, oddities }) => [
      centre_id,
      { questions: Number(questions), oddities: Number(oddities) },
    ]),
  );
};
