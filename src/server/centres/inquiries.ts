/**
 * What other centres are asked about queries. All are asked at once, each on its own: what one answers is kept and shown as it
 * comes, whatever the others do.
 */

import type { CentreOutcome, CentreQuestion, Inquiry } from "../../contract/centres.ts";
import { type Database, readInquiry, type StoredCentre, writeInquiry } from "../../store/index.ts";
import { type Asker, askCentre } from "./ask-centre.ts";

/** What is kept of the last inquiry about a query. */
export type LastInquiry = NonNullable<Inquiry["last"]>;

interface InquiryOptions {
  readonly centres: readonly StoredCentre[];
  readonly question: CentreQuestion["question"];
  readonly flippedShare: number;
  readonly asker: Omit<Asker, "signal">;
}

/** An inquiry on which centres are still waited for. */
interface OpenInquiry {
  last: LastInquiry;
  readonly giveUp: AbortController;
  /** Writes one after another, so that the last one is what is kept. */
  written: Promise<void>;
}

export class Inquiries {
  readonly #database: Database;
  readonly #open = new Map<string, OpenInquiry>();
  readonly #running = new Set<Promise<void>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Begins to ask; a new inquiry about a query takes the place of the earlier one. Resolves when it is written down. */
  async begin(query: string, { centres, question, flippedShare, asker }: InquiryOptions): Promise<LastInquiry> {
    this.#open.get(query)?.giveUp.abort();
    const outcomes = centres.map(
      ({ id, name }): CentreOutcome => ({ centre: id, name, state: "waiting", answer: null, problem: null, ms: null }),
    );
    const { view, bits } = question;
    const inquiry: OpenInquiry = {
      last: { at: asker.now().toISOString(), view, bits, flippedShare, outcomes },
      giveUp: new AbortController(),
      written: Promise.resolve(),
    };
    this.#open.set(query, inquiry);
    await this.#keep(query, inquiry);
    const all = Promise.all(
      centres.map(async (centre) => {
        const start = performance.now();
        const outcome = await askCentre(centre, question, { ...asker, signal: inquiry.giveUp.signal });
        const ms = Math.round(performance.now() - start);
        const state = outcome.answer ? "answered" : "failed";
        inquiry.last = {
          ...inquiry.last,
          outcomes: inquiry.last.outcomes.map((one) =>
            one.centre === centre.id ? { ...one, ...outcome, state, ms } : one,
          ),
        };
        await this.#keep(query, inquiry);
      }),
    ).then(
      () => this.#close(query, inquiry),
      () => this.#close(query, inquiry), // what could not be kept is lost with this process; the page has seen it
    );
    this.#running.add(all);
    void all.then(() => this.#running.delete(all));
    return inquiry.last;
  }

  /** The last inquiry about a query; one that a server left open when it ended is told as broken off. */
  async last(query: string): Promise<LastInquiry | null> {
    const open = this.#open.get(query);
    if (open) return open.last;
    const kept = await readInquiry<LastInquiry>(this.#database, query);
    return (
      kept && {
        ...kept,
        outcomes: kept.outcomes.map((one) =>
          one.state === "waiting"
            ? { ...one, state: "failed", problem: { code: "interrupted", retrySeconds: null } }
            : one,
        ),
      }
    );
  }

  /** Gives up what is waited for. */
  async close(): Promise<void> {
    for (const { giveUp } of this.#open.values()) giveUp.abort();
    await Promise.all(this.#running);
  }

  #close(query: string, inquiry: OpenInquiry): void {
    if (this.#open.get(query) === inquiry) this.#open.delete(query);
  }

  #keep(query: string, inquiry: OpenInquiry): Promise<void> {
    inquiry.written = inquiry.written.then(async () => {
      if (this.#open.get(query) === inquiry) await writeInquiry(this.#database, query, inquiry.last);
    });
    return inquiry.written;
  }
}
