/** The values of a filter in the user's language. */

import { useVocabulary } from "../../parts/vocabulary.ts";
import { useWords } from "../../shell/language.tsx";
import type { FacetName } from "./archive-names.ts";
import { archiveWords } from "./words.ts";

export const useFacetWords = (): ((name: FacetName, value: string | null) => string) => {
  const words = useWords(archiveWords);
  const vocabulary = useVocabulary();
  return (name, value) => {
    if (value === null) return words.notKnown;
    switch (name) {
      case "entity":
      case "label":
        return vocabulary.entity(value);
      case "site":
        return vocabulary.site(value);
      case "region":
        return vocabulary.region(value);
      case "position":
        return vocabulary.position(value);
      case "sex":
        return vocabulary.sex(value);
      case "ageBand":
        return words.ageBand(Number(value));
      case "origin":
        return words.origins[value] ?? value;
      case "regionSource":
        return words.regionSources[value] ?? value;
      case "sorted":
        return words.sortedValues[value] ?? value;
      case "sortedScore":
        return words.certainty[value] ?? value;
      case "laterality":
        return words.lateralities[value] ?? value;
      case "marked":
      case "nearDuplicate":
      case "burnedInText":
        return value === "yes" ? words.yes : words.no;
      default:
        return value;
    }
  };
};
