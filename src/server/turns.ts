/** Turns of those who look at something and then change it, with waiting in between: one after another. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for one's turn; it ends when what is answered is disposed of. */
  async take(): Promise<Disposable> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return { [Symbol.dispose]: resolve };
  }
}
