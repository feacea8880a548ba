/** Imports what arrives in a spool while more arrives: in batches, one after another, with a bound on what waits. */

import type { IncomingSpool } from "./incoming-spool.ts";

/** So many instances are worth a batch. */
const batchSize = 64;
/** With so many waiting, who brings more has to wait. */
const mostWaiting = 512;

/** Works on one spool. */
export class SpoolPump {
  readonly #spool: IncomingSpool;
  #waiting = 0;
  #running: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(spool: IncomingSpool) {
    this.#spool = spool;
  }

  /** How many instances have arrived since the last batch began. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Is told of one more instance in the spool; imports when there are enough. */
  arrived(): void {
    this.#waiting += 1;
    if (this.#waiting >= batchSize) void this.run();
  }

  /** Imports what waits. Never throws: {@link relief} and {@link finish} do. */
  run(): Promise<void> {
    this.#running ??= this.#importWaiting().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #importWaiting(): Promise<void> {
    const count = this.#waiting;
    try {
      await this.#spool.importWaiting();
      this.#waiting -= Math.min(count, this.#waiting);
      this.#failure = undefined;
    } catch (error) {
      this.#failure = { error };
    }
  }

  /** Waits where too much waits. @throws what an import threw */
  async relief(): Promise<void> {
    this.#throw();
    while (this.#waiting >= mostWaiting) {
      await this.run();
      this.#throw();
    }
  }

  /** Imports all that is left. @throws what an import threw */
  async finish(): Promise<void> {
    await this.#running;
    this.#throw();
    await this.run();
    this.#throw();
  }

  #throw(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
  }
}
