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
  /** Keys and positions from the outside in: where in the definition it stands first. */
  readonly path: readonly (string | number)[];
}

/** A condition that stands by itself, and where. */
interface PlacedCondition {
  readonly condition: Condition;
  readonly path: UnknownName["path"];
}

const plainParts = ({ condition, path }: PlacedCondition): PlacedCondition[] => {
  const several = (key: "all" | "any", parts: readonly Condition[]): PlacedCondition[] =>
    parts.flatMap((part, i) => plainParts({ condition: part, path: [...path, key, i] }));
  if ("all" in condition) return several("all", condition.all);
  if ("any" in condition) return several("any", condition.any);
  if ("not" in condition) return plainParts({ condition: condition.not, path: [...path, "not"] });
  return [{ condition, path }];
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
  const look = (kind: UnknownName["kind"], names: readonly string[], path: UnknownName["path"]): void => {
    for (const [i, name] of names.entries()) {
      if (isKnown[kind](name) || occurring[kind].has(name) || unknown.has(`${kind} ${name}`)) continue;
      const meant = guess[kind](name);
      const found = { kind, name, ...(meant === undefined ? {} : { meant }), path: [...path, kind, i] };
      unknown.set(`${kind} ${name}`, found);
    }
  };
  const conditions = criteria.flatMap((one, i) => {
    const key = "include" in one ? "include" : "exclude";
    const condition = "include" in one ? one.include : one.exclude;
    return plainParts({ condition, path: ["criteria", i, key] });
  });
  for (const { condition, path } of conditions) {
    if ("entity" in condition) look("entity", condition.entity, path);
    if ("site" in condition) look("site", condition.site, path);
    if ("position" in condition) look("position", condition.position, path);
  }
  return [...unknown.values()];
};
