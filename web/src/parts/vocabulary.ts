/** Names of entities, sites, regions and clinical values in the user's language. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Vocabulary } from "../../../src/contract/vocabulary.ts";
import { get } from "../api/client.ts";
import { useLanguage, useWords } from "../shell/language.tsx";
import { clinicalWords } from "./clinical-words.ts";

/** A word of the archive as it is shown; one that the vocabulary does not have is shown as it is. */
type Name = (word: string) => string;

export interface VocabularyNames {
  readonly entity: Name;
  readonly site: Name;
  readonly region: Name;
  readonly sex: Name;
  readonly position: Name;
  readonly vocabulary?: Vocabulary;
}

/** The names of now; until the vocabulary is there, and where it lacks a word, the archive's own. */
export const useVocabulary = (): VocabularyNames => {
  const { language } = useLanguage();
  const { sex, position } = useWords(clinicalWords);
  const { data } = useQuery({
    queryKey: ["vocabulary"],
    queryFn: () => get<Vocabulary>("/api/vocabulary"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => {
    const nameIn = (terms: Vocabulary["entities"] = []): Name => {
      const german = new Map(terms.map(({ name, de }) => [name, de]));
      return (word) => (language === "de" ? (german.get(word) ?? word) : word);
    };
    return {
      entity: nameIn(data?.entities),
      site: nameIn(data?.sites),
      region: nameIn(data?.regions),
      sex: (word) => sex[word] ?? word,
      position: (word) => position[word] ?? word,
      ...(data ? { vocabulary: data } : {}),
    };
  }, [data, language, sex, position]);
};
