/** A radiograph in few words. */

import type { ImageSummary } from "../../../../src/contract/images.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { archiveWords } from "./words.ts";

/** What it shows, and of whom. */
export const useCaption = (image: ImageSummary): { readonly name: string; readonly facts: string } => {
  const words = useWords(archiveWords);
  const { entity, site, sex } = useVocabulary();
  const { number } = useFormats();
  const { ageYears } = image;
  const facts = [
    ageYears === null ? null : words.years(number(ageYears, 0)),
    image.sex && sex(image.sex),
    image.site ? site(image.site) : image.region,
  ];
  return {
    name: image.entity ? entity(image.entity) : words.unlabelled,
    facts: facts.filter((fact) => fact !== null).join(" · "),
  };
};
