/** German or English: the browser's choice first, then the user's, kept in this browser. */

import { createContext, type ReactNode, use, useLayoutEffect, useState } from "react";

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** The words of a page or part in both languages; the German ones must be complete, or it does not compile. */
export type Words<T> = Readonly<Record<Language, T>>;

const key = "osteon.language";

const firstLanguage = (): Language => {
  const kept = localStorage.getItem(key);
  if (kept === "en" || kept === "de") return kept;
  return navigator.language.startsWith("de") ? "de" : "en";
};

const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: "en",
  choose: () => {},
});

export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const [language, setLanguage] = useState(firstLanguage);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (next: Language): void => {
    localStorage.setItem(key, next);
    setLanguage(next);
  };
  return <LanguageContext value={{ language, choose }}>{children}</LanguageContext>;
};

export const useLanguage = () => use(LanguageContext);

/** The words in the language of now. */
export const useWords = <T,>(words: Words<T>): T => words[useLanguage().language];

const isDay = (at: string | Date): boolean => typeof at === "string" && /^\d{4}-\d\d-\d\d$/.test(at);

/** Numbers and dates as the language writes them. */
export const useFormats = () => {
  const { language } = useLanguage();
  return {
    number: (value: number, digits = 0): string =>
      value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    percent: (share: number, digits = 0): string =>
      share.toLocaleString(language, { style: "percent", maximumFractionDigits: digits }),
    // A day without a time is the same day everywhere: read as midnight here, it would be the day before west of Greenwich.
    date: (at: string | Date): string =>
      new Date(at).toLocaleDateString(language, { dateStyle: "medium", ...(isDay(at) ? { timeZone: "UTC" } : {}) }),
    time: (at: string | Date): string =>
      new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
  };
};
