/** What is told of a neighbour in two lines: "23 years, female" and "femur, metaphyseal". */

import type { LinkNeighbour } from "../../../../src/contract/queries.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { linkWords } from "./words.ts";

type Told = Pick<LinkNeighbour, "ageYears" | "sex" | "site" | "position">;

export const useNeighbourFacts = (): ((neighbour: Told) => readonly string[]) => {
  const words = useWords(linkWords).answer;
  const { number } = useFormats();
  const { sex, site, position } = useVocabulary();
  return (told) => {
    const patient = [
      ...(told.ageYears === null ? [] : [words.years(number(told.ageYears))]),
      ...(told.sex === null ? [] : [sex(told.sex)]),
    ];
    const place = [
      ...(told.site === null ? [] : [site(told.site)]),
      ...(told.position === null ? [] : [position(told.position)]),
    ];
    return [patient.join(", "), place.join(", ")].filter((line) => line !== "");
  };
};
