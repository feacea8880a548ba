/** Finds the site that a cell of a table names. */
import { type SiteTerm, siteTerms } from "./sites.ts";
import { type TermMatch, termFinder } from "./term-index.ts";

/**
 * The site of a German, English or Latin name, whatever its case, hyphens and umlauts; undefined where none is meant
 * clearly. The side is not looked for: "Femur links" is no name of a site.
 * @example
 * findSite("Oberschenkel")?.term.name; // "thigh"
 */
export const findSite: (text: string) => TermMatch<SiteTerm> | undefined = termFinder(siteTerms, {
  shortestMisspelling: 4,
});
