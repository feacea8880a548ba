/**
 * Names in a definition that nothing goes by: a slip of the pen in one would exclude everybody, or nobody, without a word.
 */
import { positionWords } from "../vocabulary/clinical-words.ts";
import { entityTerm } from "../vocabulary/entities.ts";
import { findEntity } from "../vocabulary/find-entity.ts";
import { findSite } from "../vocabulary/find-site.ts";
import { siteTerm } from "../vocabulary/sites.ts";
import type { CohortDefinition, Condition } from "./definition.ts";
import type { Subject } from "./subject.ts";

/** A name that neither the vocabulary nor any case has. */
export interface UnknownName {
  readonly kind: "entity" | "site" | "position";
  readonly name: string;
  /** What the vocabulary calls it, where it can guess. */
  readonly meant?: string;
}

const plainParts = (condition: Condition): Condition[] => {
  if ("all" in condition) return condition.all.flatMap(plainParts);
  if ("any" in condition) return condition.any.flatMap(plainParts);
  return "not" in condition ? plainParts(condition.not) : [condition];
};

/** Finds the unknown names of a definition, each once, in its order. */
export const unknownNames = ({ criteria }: CohortDefinition, subjects: readonly Subject[]): UnknownName[] => {
  const cases = subjects.flatMap((subject) => subject.cases);
  const occurring = {
    entity: new Set(cases.flatMap(({ final, preliminary }) => [final?.entity, preliminary?.entity])),
    site: new Set(cases.map(({ site }) => site)),
    position: new Set<string | undefined>(cases.map(({ position }) => position)),
  };
  const isKnown = {
    entity: (name: string) => entityTerm(name) !== undefined,
    site: (name: string) => siteTerm(name) !== undefined,
    position: (name: string) => positionWords.some(({ value }) => value === name),
  };
  const guess = {
    entity: (name: string) => findEntity(name)?.term.name,
    site: (name: string) => findSite(name)?.term.name,
    position: () => undefined,
  };
  const unknown = new Map<string, UnknownName>();
  const look = (kind: UnknownName["kind"], names: readonly string[]): void => {
    for (const name of names) {
      if (isKnown[kind](name) || occurring[kind].has(name)) continue;
      const meant = guess[kind](name);
      unknown.set(`${kind} ${name}`, { kind, name, ...(meant === undefined ? {} : { meant }) });
    }
  };
  const conditions = criteria.flatMap((one) => plainParts("include" in one ? one.include : one.exclude));
  for (const condition of conditions) {
    if ("entity" in condition) look("entity", condition.entity);
    if ("site" in condition) look("site", condition.site);
    if ("position" in condition) look("position", condition.position);
  }
  return [...unknown.values()];
};
