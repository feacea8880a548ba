/** The k nearest seen so far, at most one of each group: what every search keeps while it goes through its candidates. */

import { OsteonError } from "../../errors.ts";

/** What a search keeps, and in which order. */
export interface NearestOptions {
  /** How many to find; fewer come back where there are not as many. */
  readonly k: number;
  /** Nothing farther is found; anything may be by default. */
  readonly farthest?: number;
  /** Of positions with one key the nearest alone is kept; null leaves a position out. Each stands for itself by default. */
  readonly groupOf?: (position: number) => string | number | null;
  /** Order among positions of equal distance: negative when `i` goes first. By default the lower position does. */
  readonly breakTie?: (i: number, j: number) => number;
}

/** A position and how far it is. */
export interface FoundCode {
  readonly position: number;
  readonly distance: number;
}

interface Kept extends FoundCode {
  readonly group: string | number | null;
}

/** Grows by {@link offer}; what it holds does not depend on the order of the offers. */
export class NearestList {
  readonly #k: number;
  readonly #farthest: number;
  readonly #groupOf: NearestOptions["groupOf"];
  readonly #breakTie: NearestOptions["breakTie"];
  readonly #kept: Kept[] = [];

  /** @throws OsteonError `bad-usage` when k is no positive whole number */
  constructor({ k, farthest = Number.POSITIVE_INFINITY, groupOf, breakTie }: NearestOptions) {
    if (!Number.isInteger(k) || k < 1) {
      throw new OsteonError("bad-usage", `k must be a positive whole number, not ${k}.`);
    }
    this.#k = k;
    this.#farthest = farthest;
    this.#groupOf = groupOf;
    this.#breakTie = breakTie;
  }

  /** Whether there are as many as were asked for. */
  get isFull(): boolean {
    return this.#kept.length === this.#k;
  }

  /** Nothing farther than this can enter. */
  get farthest(): number {
    return this.isFull ? this.#kept[this.#k - 1]!.distance : this.#farthest;
  }

  /** Nothing as far as this can enter, where positions are offered in their order: of equal ones a later one may only by a tie's rule. */
  get limit(): number {
    return this.isFull && !this.#breakTie ? this.farthest : this.farthest + 1;
  }

  /** Nearest first. */
  get found(): FoundCode[] {
    return this.#kept.map(({ position, distance }) => ({ position, distance }));
  }

  /** Takes a position in where it is near enough; one that was offered before must not be offered again. */
  offer(position: number, distance: number): void {
    const kept = this.#kept;
    const { isFull } = this;
    if (distance > this.#farthest) return;
    if (isFull && !this.#isBefore(position, distance, kept[this.#k - 1]!)) return;
    const group = this.#groupOf ? this.#groupOf(position) : null;
    if (this.#groupOf && group === null) return;
    const sibling = this.#groupOf ? kept.findIndex((entry) => entry.group === group) : -1;
    if (sibling >= 0) {
      if (!this.#isBefore(position, distance, kept[sibling]!)) return;
      kept.splice(sibling, 1);
    } else if (isFull) kept.pop();
    let at = kept.length;
    while (at > 0 && this.#isBefore(position, distance, kept[at - 1]!)) at--;
    kept.splice(at, 0, { position, distance, group });
  }

  #isBefore(position: number, distance: number, other: FoundCode): boolean {
    if (distance !== other.distance) return distance < other.distance;
    return (this.#breakTie?.(position, other.position) ?? position - other.position) < 0;
  }
}
