/** Keeps the threads on the newest index, and on what the archive knows now, without a gap in which nothing is linked. */

import { archiveVersion, type Database } from "../../store/index.ts";
import { archiveFacts } from "../../systems/precedents/archive-facts.ts";
import { findLinkRuns, type LinkRuns } from "../../systems/precedents/link-runs.ts";
import type { LinkAnswers, LinkTask } from "./link-thread.ts";
import type { LinkThreads } from "./link-threads.ts";

/** What is loaded. */
interface LoadedModel extends Pick<LinkAnswers["load"], "target"> {
  readonly runs: LinkRuns;
}

type LoadTask = LinkTask & { readonly task: "load" };

/** How long it is taken for granted that no newer index is there. */
const restMs = 1_000;
/** The facts are read again at most for this share of the time, however often they change. */
const shareOfTime = 0.1;

/** What the threads were told last. */
interface ToldFacts {
  readonly version: number;
  readonly target: string;
  readonly radiographs: number;
  /** Before then they are not read again. */
  readonly nextAt: number;
}

export class LinkModel {
  readonly #database: Database;
  readonly #threads: LinkThreads;
  #loaded: LoadedModel | undefined;
  #loading: Promise<LoadedModel> | undefined;
  /** Why the last loading failed. */
  #failure: unknown;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #facts: ToldFacts | undefined;
  #telling: Promise<void> | undefined;

  constructor(database: Database, threads: LinkThreads) {
    this.#database = database;
    this.#threads = threads;
  }

  /** How many radiographs the archive has, as far as the threads were told. */
  get radiographs(): number {
    return this.#facts?.radiographs ?? 0;
  }

  /**
   * Waits until a model is ready. One that was just built is loaded while the earlier one goes on.
   *
   * @throws OsteonError `not-trained` or `not-indexed`; `corrupt-store` for one that does not load
   */
  async ready(): Promise<void> {
    if (this.#loading === undefined && performance.now() - this.#lookedAt >= restMs) {
      const runs = await findLinkRuns(this.#database);
      this.#lookedAt = performance.now();
      if (!this.#loading && JSON.stringify(runs) !== JSON.stringify(this.#loaded?.runs)) this.#startLoading(runs);
    }
    const model = this.#loaded ?? (await this.#loading);
    if (!model) throw this.#failure;
    await this.#tellFacts(model);
  }

  #startLoading(runs: LinkRuns): void {
    this.#loading = this.#load(runs).finally(() => {
      this.#loading = undefined;
    });
    this.#loading.catch((failure) => {
      this.#failure = failure; // told to who waits for it; else the earlier model goes on
    });
  }

  async #load(runs: LinkRuns): Promise<LoadedModel> {
    const first: LoadTask = { task: "load", runs, shared: undefined };
    const { target } = await this.#threads.onEach(first, ({ shared }) => ({ ...first, shared }));
    const loaded = { runs, target };
    await this.#tellFacts(loaded);
    this.#loaded = loaded;
    return loaded;
  }

  /** Tells the threads what the archive knows, where it has changed. */
  async #tellFacts({ target }: LoadedModel): Promise<void> {
    const version = await archiveVersion(this.#database);
    const isTold = this.#facts?.version === version && this.#facts.target === target;
    if (isTold || (this.#facts?.target === target && performance.now() < this.#facts.nextAt)) return;
    this.#telling ??= this.#tell(version, target).finally(() => {
      this.#telling = undefined;
    });
    await this.#telling;
  }

  async #tell(version: number, target: LoadedModel["target"]): Promise<void> {
    const start = performance.now();
    const facts = await archiveFacts(this.#database, target);
    const took = performance.now() - start;
    await this.#threads.onAll({ task: "know", target, facts });
    this.#facts = { version, target, radiographs: facts.length, nextAt: performance.now() + took / shareOfTime };
  }
}
