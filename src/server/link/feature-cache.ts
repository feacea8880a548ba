/** Features of the queries that were linked last: another k or another filter needs no network. */

import type { Box } from "../../contract/pictures.ts";
import type { KnownFeatures } from "./link-thread.ts";

const most = 500;

interface Entry {
  readonly model: string;
  readonly whole: Float32Array | null;
  readonly lesion: { readonly box: Box; readonly features: Float32Array } | null;
}

export class FeatureCache {
  readonly #entries = new Map<string, Entry>();

  /** What is known of a query with this box. */
  of(query: string, box: Box | null): KnownFeatures | null {
    const entry = this.#entries.get(query);
    if (!entry) return null;
    const isSame = entry.lesion !== null && JSON.stringify(entry.lesion.box) === JSON.stringify(box);
    return { model: entry.model, whole: entry.whole, lesion: isSame ? entry.lesion!.features : null };
  }

  /** @param box of the lesion that the features are of; null for the whole image */
  put(
    query: string,
    box: Box | null,
    { model, features }: { readonly model: string; readonly features: Float32Array },
  ): void {
    const earlier = this.#entries.get(query);
    const kept = earlier?.model === model ? earlier : { model, whole: null, lesion: null };
    this.#entries.delete(query);
    this.#entries.set(query, box === null ? { ...kept, whole: features } : { ...kept, lesion: { box, features } });
    if (this.#entries.size > most) this.#entries.delete(this.#entries.keys().next().value!);
  }

  forget(query: string): void {
    this.#entries.delete(query);
  }
}
