/** A value of any discrete field of a cohort as it is shown. */

import { clinicalWords } from "../../parts/clinical-words.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useWords } from "../../shell/language.tsx";
import { cohortWords } from "./words.ts";

export const useValueName = (): ((value: string) => string) => {
  const { entity, site } = useVocabulary();
  const { sex, side, position, malignancy, occurrence, status } = useWords(clinicalWords);
  const { values } = useWords(cohortWords);
  const closed: Readonly<Record<string, string>> = {
    ...{ ...sex, ...side, ...position, ...malignancy, ...occurrence, ...status },
    ...values,
  };
  return (value) => closed[value] ?? site(entity(value));
};
