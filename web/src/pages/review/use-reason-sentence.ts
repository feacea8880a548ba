/** The sentence for why a file was set aside, and the language that it is in: English where there is no other. */

import { useLanguage } from "../../shell/language.tsx";
import { germanReason } from "./reason-sentences.ts";

export const useReasonSentence = (): ((detail: string) => { readonly text: string; readonly lang: "de" | "en" }) => {
  const { language } = useLanguage();
  return (detail) => {
    const german = language === "de" ? germanReason(detail) : undefined;
    return german === undefined ? { text: detail, lang: "en" } : { text: german, lang: "de" };
  };
};
