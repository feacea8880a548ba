/** German or English, chosen in the frame, on the login page and in the settings. */

import type { ComponentProps } from "react";
import { languages, useLanguage, useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

const names = { en: "English", de: "Deutsch" } as const;

interface LanguageSelectProps extends ComponentProps<"select"> {
  /** Where there is little room. */
  readonly short?: boolean;
}

/** Under a label of its own. */
export const LanguageSelect = ({ short = false, ...attributes }: LanguageSelectProps) => {
  const { language, choose } = useLanguage();
  return (
    <select {...attributes} value={language} onChange={({ target }) => choose(target.value === "de" ? "de" : "en")}>
      {languages.map((one) => (
        <option key={one} value={one} lang={one}>
          {short ? one.toUpperCase() : names[one]}
        </option>
      ))}
    </select>
  );
};

/** Where there is no place for a label. */
export const LanguageChoice = () => {
  const words = useWords(shellWords);
  return <LanguageSelect short aria-label={words.language} />;
};
