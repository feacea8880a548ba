/** The printed description in the user's language: its titles, categories, tests and the marks of decimals. */

import { useVocabulary } from "../../parts/vocabulary.ts";
import { useLanguage, useWords, type Words } from "../../shell/language.tsx";
import { useValueName } from "./use-value-name.ts";

interface DescriptionWords {
  /** Variables as the server prints them. */
  readonly names: Readonly<Record<string, string>>;
  readonly forms: Readonly<Record<string, string>>;
  readonly all: string;
  readonly missing: string;
  readonly p: string;
  readonly test: string;
  readonly tests: Readonly<Record<string, string>>;
  readonly cautions: Readonly<Record<string, string>>;
}

const descriptionWords: Words<DescriptionWords> = {
  en: {
    names: { entity: "entity", ageYears: "age" },
    forms: {},
    all: "all",
    missing: "missing",
    p: "p",
    test: "test",
    tests: {},
    cautions: {},
  },
  de: {
    names: {
      "age in years": "Alter in Jahren",
      "tumour size in mm": "Tumorgröße in mm",
      "follow-up in months": "Nachbeobachtung in Monaten",
      "radiographs per patient": "Aufnahmen je Patient",
      "year of diagnosis": "Jahr der Diagnose",
      entity: "Entität",
      malignancy: "Dignität",
      confirmation: "Sicherung der Diagnose",
      sex: "Geschlecht",
      site: "Lokalisation",
      side: "Seite",
      position: "Lage am Knochen",
      origin: "Herkunft",
      occurrence: "Auftreten",
      outcome: "Verlauf",
    },
    forms: { "mean ± SD": "Mittelwert ± SD", "median [IQR]": "Median [IQR]", "n (%)": "n (%)" },
    all: "alle",
    missing: "fehlend",
    p: "p",
    test: "Test",
    tests: {
      "Welch's t": "Welch-t-Test",
      ANOVA: "ANOVA",
      "Mann-Whitney U": "Mann-Whitney-U-Test",
      "Kruskal-Wallis": "Kruskal-Wallis-Test",
      "chi-squared": "Chi-Quadrat-Test",
      "Fisher's exact": "Exakter Test nach Fisher",
    },
    cautions: {
      "Without groups that have fewer than two values.": "Ohne Gruppen mit weniger als zwei Werten.",
      "An expected count is below 5.": "Eine erwartete Häufigkeit liegt unter 5.",
    },
  },
};

export const useDescriptionWords = () => {
  const words = useWords(descriptionWords);
  const { language } = useLanguage();
  const { entity } = useVocabulary();
  const value = useValueName();
  const decimal = (text: string): string => (language === "de" ? text.replace(/(\d)\.(\d)/g, "$1,$2") : text);
  const category = (text: string): string => (text === "missing" ? words.missing : value(text));
  const group = (text: string): string => (text === "all" ? words.all : entity(value(text)));
  return {
    /** Of a column: `all (n = 809)`, a group, `p`, `test`. */
    heading: (cell: string): string => {
      const [, name, size] = /^(.*) \((n = \d+)\)$/.exec(cell) ?? [];
      if (name !== undefined) return `${group(name)} (${size})`;
      return cell === "p" ? words.p : cell === "test" ? words.test : cell;
    },
    /** Of a row: a variable with what is printed of it, or an indented category. */
    title: (cell: string): string => {
      if (cell.startsWith(" ")) return category(cell.trim());
      const [, name, form] = /^(.*), (mean ± SD|median \[IQR\]|n \(%\))$/.exec(cell) ?? [];
      if (name === undefined || form === undefined) return cell;
      return `${words.names[name] ?? name}, ${words.forms[form] ?? form}`;
    },
    /** A number, a share or a test with its caution. */
    cell: (cell: string): string => {
      const [, form, numbers] = /^(mean ± SD|median \[IQR\]) (.*)$/.exec(cell) ?? []; // of a group that differs from the whole
      if (form !== undefined && numbers !== undefined) return `${words.forms[form] ?? form} ${decimal(numbers)}`;
      const [, test, caution] = /^([A-Za-z'\s-]+?)(?: \((.*)\))?$/.exec(cell) ?? [];
      if (test === undefined) return decimal(cell);
      const named = words.tests[test] ?? test;
      return caution === undefined ? named : `${named} (${words.cautions[caution] ?? caution})`;
    },
  };
};
