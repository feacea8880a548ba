/** Which terms of the vocabularies somebody means who writes a part of a name. */

import { entityTerms } from "./entities.ts";
import { foldTerm } from "./fold-term.ts";
import { germanEntityNames, germanSiteNames } from "./german-names.ts";
import { regionTerms } from "./regions.ts";
import { siteTerms } from "./sites.ts";

interface SearchedTerm {
  readonly name: string;
  readonly spellings: readonly string[];
}

const searched = (name: string, others: readonly string[]): SearchedTerm => ({
  name,
  spellings: [name, ...others].flatMap(foldTerm),
});

const terms: readonly SearchedTerm[] = [
  ...[...entityTerms, ...siteTerms].map(({ name, synonyms }) => searched(name, [...synonyms.de, ...synonyms.en])),
  ...[...germanEntityNames, ...germanSiteNames].map(({ name, de }) => searched(name, [de])),
  ...regionTerms.map(({ name, de, synonyms }) => searched(name, [de, ...synonyms])),
];

/**
 * The names of entities, sites and regions that have the text in their name, their German name or a synonym.
 *
 * @example
 * termsWith("Riesenzell"); // ["Giant cell tumour", ...]
 */
export const termsWith = (text: string): string[] => {
  const parts = foldTerm(text).filter((part) => part !== "");
  const names = terms.filter(({ spellings }) =>
    spellings.some((spelling) => parts.some((part) => spelling.includes(part))),
  );
  return [...new Set(names.map(({ name }) => name))];
};
