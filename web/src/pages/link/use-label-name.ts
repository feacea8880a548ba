/** The name of what is voted on, in the user's language. */

import { useVocabulary } from "../../parts/vocabulary.ts";

/** Entities and regions have names in both languages; a centre's own labels are shown as they are. */
export const useLabelName = (): ((label: string) => string) => {
  const { entity, region } = useVocabulary();
  return (label) => entity(region(label));
};
