/** Words of the clinic's vocabularies that free text may keep beside those of dicom/deidentify/harmless-words.ts. */
import { entityTerms } from "../../../clinic/vocabulary/entities.ts";
import { siteTerms } from "../../../clinic/vocabulary/sites.ts";
import { foldedWords } from "../../../dicom/deidentify/fold-text.ts";

const terms = [...entityTerms, ...siteTerms].flatMap(({ name, synonyms }) => [name, ...synonyms.en, ...synonyms.de]);

/** Folded words of three letters or more, without numbers. */
export const harmlessTerms: readonly string[] = [...new Set(terms.flatMap(foldedWords))].filter((word) =>
  /^\p{L}{3,}$/u.test(word),
);
