/** What the archive knows now of its patients' entities, read again when it has changed and not more often than it is worth. */

import { archiveVersion, type Database, type EntityFact, listEntityFacts } from "../../store/index.ts";

/** The facts are read again at most for this share of the time, however often they change. */
const shareOfTime = 0.1;

/** The facts at some moment. */
export interface KnownEntities {
  readonly version: number;
  readonly facts: readonly EntityFact[];
}

export class EntityKnowledge {
  readonly #database: Database;
  #known: KnownEntities | undefined;
  #reading: Promise<KnownEntities> | undefined;
  #nextAt = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async current(): Promise<KnownEntities> {
    if (this.#known && performance.now() < this.#nextAt) return this.#known;
    const version = await archiveVersion(this.#database);
    if (this.#known?.version === version) return this.#known;
    this.#reading ??= this.#read(version).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(version: number): Promise<KnownEntities> {
    const start = performance.now();
    this.#known = { version, facts: await listEntityFacts(this.#database) };
    this.#nextAt = performance.now() + (performance.now() - start) / shareOfTime;
    return this.#known;
  }
}
