/** The page of the vocabulary: every entity and site with its names and codes, written from the code. */
import { entityTerms } from "../../src/clinic/vocabulary/entities.ts";
import { siteTerms } from "../../src/clinic/vocabulary/sites.ts";

/** Where the page lies, from the project's root. */
export const vocabularyFile = "docs/reference/vocabulary.md";

const list = (words: readonly string[]): string => words.join(", ") || "-";
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** The page's text. */
export const vocabularyPage = (): string => {
  const entities = entityTerms.map(
    ({ name, seedName, synonyms, malignancy, otherMalignancies, icd10, icdO3, whoGroup }) =>
      [
        name,
        seedName ?? "-",
        whoGroup,
        list([malignancy, ...(otherMalignancies ?? []).map((other) => `(${other})`)]),
        list(icd10),
        list(icdO3),
        list(synonyms.en),
        list(synonyms.de),
      ]
        .map(cell)
        .join(" | "),
  );
  const sites = siteTerms.map(
    ({ name, seedName, synonyms, paired, hasHalves, longBone, hasPositions, within, icdO3Topography }) =>
      [
        name,
        seedName ?? "-",
        paired ? "yes" : hasHalves ? "halves" : "no",
        longBone ? "long bone" : hasPositions ? "holds tubular bones" : "none",
        within ?? "-",
        list(icdO3Topography),
        list(synonyms.en),
        list(synonyms.de),
      ]
        .map(cell)
        .join(" | "),
  );
  return `# The vocabulary

The ${entityTerms.length} entities and ${siteTerms.length} sites that tables and reports are read by, written by
\`npm run docs\` from \`src/clinic/vocabulary\`. Entities have the names of the WHO classification (Soft Tissue and Bone Tumours,
5th edition, 2020); the ten entities of the recommender study keep its spelling. "Row" is the row of the dissertation's table
2.1: its 69 named rows are all found, some of them as one entity (juvenile and solitary bone cyst, cartilaginous exostosis and
osteochondroma, haemangiopericytoma and solitary fibrous tumour, primitive neuroectodermal tumour and Ewing sarcoma). Its rows
"other" and "unknown" name none.

Names are found whatever their case, hyphens, umlauts ("ae", or without dots), British or American spelling, plural or genitive.
A name of five letters (a site: four) or more may be one letter off, one of nine or more two, where no other entity is as near; that is
doubted, never silent. In brackets: behaviours that occur where grade, type or stage decides. A code stands for every code
that begins with it.

## Entities

Entity | Row | WHO group | Behaviour | ICD-10 | ICD-O-3 | English | German
--- | --- | --- | --- | --- | --- | --- | ---
${entities.join("\n")}

## Sites

\`hand\` and \`foot\` stand for all of their bones, as in the study.

Site | Row | Sides | Position | Within | Topography | English and Latin | German
--- | --- | --- | --- | --- | --- | --- | ---
${sites.join("\n")}
`;
};
