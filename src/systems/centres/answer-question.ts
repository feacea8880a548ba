/** The answer to another centre's code: which entities its nearest past patients had, as far as the terms let it be told. */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import type { EntityFact } from "../../store/index.ts";
import { type CodeReader, imageOf } from "./kept-codes.ts";
import type { AnswerTerms } from "./policy.ts";

/** A past patient as another centre hears of one. */
export interface ToldNeighbour {
  readonly entity: string;
  /** Share of differing bits, rounded up as the terms say. */
  readonly distance: number;
}

/** Entities of the archive with their patients, the most first; of a patient with several each counts. */
export const countEntities = (
  facts: Iterable<EntityFact>,
): { readonly entity: string; readonly patients: number }[] => {
  const patients = new Map<string, Set<PatientId>>();
  for (const { entity, patient } of facts) {
    if (entity === null) continue;
    const known = patients.get(entity);
    if (known) known.add(patient);
    else patients.set(entity, new Set([patient]));
  }
  return [...patients]
    .map(([entity, { size }]) => ({ entity, patients: size }))
    .sort((a, b) => b.patients - a.patients || (a.entity < b.entity ? -1 : 1));
};

/** The entities that may be told of: those that were chosen, of enough patients. */
export const toldEntities = (
  facts: Iterable<EntityFact>,
  { entities, smallestGroup }: Pick<AnswerTerms, "entities" | "smallestGroup">,
): ReadonlySet<string> =>
  new Set(
    countEntities(facts)
      .filter(({ entity, patients }) => patients >= smallestGroup && (entities === null || entities.includes(entity)))
      .map(({ entity }) => entity),
  );

/** What is asked. */
export interface CodeQuestion {
  /** The first bits, or all, of a code like those that it is compared with. */
  readonly code: Uint32Array;
  readonly k: number;
}

/** An answer, and what this centre alone is to know of it. */
export interface CodeAnswer {
  readonly neighbours: readonly ToldNeighbour[];
  /** Whether the code resembles no radiograph, told of or not, more than a code drawn at random would. */
  readonly isFar: boolean;
}

/**
 * The nearest patients, each by the nearest radiograph; patients of whom may not be told are passed over as if they were not
 * there, so that nothing in an answer shows them.
 */
export const answerQuestion = async (
  codes: Pick<CodeReader, "count" | "nearestNamed">,
  { code, k }: CodeQuestion,
  { facts, terms }: { readonly facts: ReadonlyMap<ImageId, EntityFact>; readonly terms: AnswerTerms },
): Promise<CodeAnswer> => {
  const told = toldEntities(facts.values(), terms);
  const bits = code.length * 32;
  const nearest = await codes.nearestNamed(code, {
    k: Math.min(k, terms.mostNeighbours),
    farthest: bitsWithin(terms.farthest, bits),
    groupOf: (name) => {
      const fact = facts.get(imageOf(name));
      return fact && fact.entity !== null && told.has(fact.entity) ? fact.patient : null;
    },
  });
  const neighbours = nearest.map(({ image, distance }) => ({
    entity: facts.get(imageOf(image))!.entity!,
    distance: coarse(distance / bits, terms),
  }));
  const usual = bitsWithin(Math.min(terms.farthest, nearestByChance(bits, await codes.count())), bits);
  const isNear = nearest.some(({ distance }) => distance <= usual) || (await isAnyWithin(codes, code, usual));
  return { neighbours, isFar: !isNear };
};

/** Whether any code, told of or not, differs in no more bits. */
const isAnyWithin = async (
  codes: Pick<CodeReader, "nearestNamed">,
  code: Uint32Array,
  farthest: number,
): Promise<boolean> => (await codes.nearestNamed(code, { k: 1, farthest, groupOf: (name) => name })).length > 0;

/** The most of some bits that are no more than a share of them. */
const bitsWithin = (share: number, bits: number): number => {
  const about = Math.round(share * bits);
  return about / bits <= share ? about : about - 1;
};

/** How near the nearest of some codes is to a code that is drawn at random: few bits meet by chance. */
const nearestByChance = (bits: number, count: number): number =>
  Math.max(0.5 - Math.sqrt(Math.log(Math.max(count, 2)) / (2 * bits)), 0);

/** Rounded up, and never below the closest that is told: 0 would say "this very radiograph". */
export const coarse = (
  distance: number,
  { distanceStep, closest }: Pick<AnswerTerms, "distanceStep" | "closest">,
): number => {
  const rounded = distanceStep === 0 ? distance : Math.ceil(distance / distanceStep - 1e-9) * distanceStep;
  return Number(Math.min(Math.max(rounded, closest), 1).toFixed(6));
};
