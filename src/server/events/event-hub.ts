/** What pages hear of without asking: an event's name and its data, to everybody who listens and may. */

import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";

/** Where events go. */
export interface EventListener {
  readonly person: Person;
  hear(event: string, data: unknown): void;
  /** Ends the connection; a browser asks again by itself, and is then looked at anew. */
  end(): void;
}

/** More connections than anybody has pages open at once. */
const mostOfOnePerson = 50;

export class EventHub {
  readonly #listeners = new Set<EventListener>();

  /** How many listen. */
  get size(): number {
    return this.#listeners.size;
  }

  /**
   * Adds a listener until the answered function is called.
   *
   * @throws OsteonError `too-many-requests` where one person listens too often
   */
  listen(listener: EventListener): () => void {
    const own = [...this.#listeners].filter(({ person }) => person.id === listener.person.id);
    if (own.length >= mostOfOnePerson) {
      throw new OsteonError("too-many-requests", "Too many pages are open; close some of them.", { retrySeconds: 30 });
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells everybody; `dataFor` makes what one person may see, or undefined for nothing. */
  publish(event: string, data: unknown, dataFor: (person: Person) => unknown = () => data): void {
    for (const listener of this.#listeners) {
      const seen = dataFor(listener.person);
      if (seen !== undefined) listener.hear(event, seen);
    }
  }

  /** Ends the connections of somebody who may no longer listen, or of everybody. */
  disconnect(personId?: string): void {
    for (const listener of [...this.#listeners])
      if (personId === undefined || listener.person.id === personId) listener.end();
  }
}
