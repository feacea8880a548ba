/** The answer to another centre's code by its definition: every code is compared, in order, and what may not be told is passed over. */

import type { ImageId } from "../../src/clinic/ids.ts";
import { hammingDistance } from "../../src/numeric/hamming.ts";
import type { EntityFact } from "../../src/store/index.ts";
import { type AnswerTerms, type CodeAnswer, coarse, toldEntities } from "../../src/systems/centres/index.ts";

/** A radiograph and its code. */
export interface PlainCode {
  readonly image: ImageId;
  readonly code: Uint32Array;
}

export const answerPlainly = (
  archive: readonly PlainCode[],
  { code, k }: { readonly code: Uint32Array; readonly k: number },
  { facts, terms }: { readonly facts: ReadonlyMap<ImageId, EntityFact>; readonly terms: AnswerTerms },
): CodeAnswer => {
  const told = toldEntities(facts.values(), terms);
  const bits = code.length * 32;
  const all = archive.map((one) => ({
    fact: facts.get(one.image),
    image: one.image,
    distance: hammingDistance(one.code.subarray(0, code.length), code),
  }));
  const patients = new Set<string>();
  const neighbours = all
    .toSorted((a, b) => a.distance - b.distance || (a.image < b.image ? -1 : 1))
    .filter(({ distance }) => distance <= Math.floor(terms.farthest * bits))
    .flatMap(({ fact, distance }) => {
      if (!fact?.entity || !told.has(fact.entity) || patients.has(fact.patient)) return [];
      patients.add(fact.patient);
      return [{ entity: fact.entity, distance: coarse(distance / bits, terms) }];
    })
    .slice(0, Math.min(k, terms.mostNeighbours));
  const shortest = all.reduce((least, { distance }) => Math.min(least, distance), bits) / bits;
  const byChance = Math.max(0.5 - Math.sqrt(Math.log(Math.max(archive.length, 2)) / (2 * bits)), 0);
  return { neighbours, isFar: shortest > Math.min(terms.farthest, byChance) };
};
