/** Finds the entity that a cell of a table names. */
import { type EntityTerm, entityTerms } from "./entities.ts";
import { type TermMatch, termFinder } from "./term-index.ts";

export type { TermMatch } from "./term-index.ts";

/**
 * The entity of a German or English name, whatever its case, hyphens and umlauts; undefined where none is meant clearly.
 * @example
 * findEntity("Riesenzelltumor")?.term.name; // "Giant cell tumour"
 */
export const findEntity: (text: string) => TermMatch<EntityTerm> | undefined = termFinder(entityTerms, {
  shortestMisspelling: 5,
});
