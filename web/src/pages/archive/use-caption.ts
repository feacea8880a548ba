/** Radiographs in few words. */

import { useMemo } from "react";
import type { ImageSummary } from "../../../../src/contract/images.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useWords } from "../../shell/language.tsx";
import { archiveWords } from "./words.ts";

export interface Caption {
  /** What it shows. */
  readonly name: string;
  /** Of whom, and where. */
  readonly facts: string;
}

/** One function for all radiographs of a list, the same until the language changes. */
export const useCaption = (): ((image: ImageSummary) => Caption) => {
  const words = useWords(archiveWords);
  const vocabulary = useVocabulary();
  return useMemo(() => {
    const { entity, region, site, sex } = vocabulary;
    return (image) => ({
      name: image.entity ? entity(image.entity) : words.unlabelled,
      facts: [
        image.ageYears === null ? null : words.years(String(Math.floor(image.ageYears))),
        image.sex && sex(image.sex),
        image.site ? site(image.site) : image.region && region(image.region),
      ]
        .filter((fact) => fact !== null)
        .join(" · "),
    });
  }, [words, vocabulary]);
};
