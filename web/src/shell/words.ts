import type { Role } from "../../../src/contract/roles.ts";
import type { Words } from "./language.tsx";

export interface ShellWords {
  readonly pages: Readonly<Record<"link" | "archive" | "atlas" | "cohort" | "runs" | "review" | "settings", string>>;
  readonly navigation: string;
  readonly skip: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<"dark" | "light" | "system", string>>;
  readonly disclaimer: string;
  /** Until a page has been loaded. */
  readonly coming: string;
  readonly everywhere: string;
  readonly goTo: (page: string) => string;
  readonly shortcuts: string;
  readonly logOut: string;
  readonly roles: Readonly<Record<Role, string>>;
}

export const shellWords: Words<ShellWords> = {
  en: {
    pages: {
      link: "Link",
      archive: "Archive",
      atlas: "Atlas",
      cohort: "Cohort",
      runs: "Runs",
      review: "Review",
      settings: "Settings",
    },
    navigation: "Pages",
    skip: "Skip to the content",
    language: "Language",
    theme: "Appearance",
    themes: { dark: "Dark", light: "Light", system: "As the system" },
    disclaimer: "Decision support for research. Not a medical device; not for diagnosis alone.",
    coming: "Loading ...",
    everywhere: "Everywhere",
    goTo: (page) => `Go to ${page}`,
    shortcuts: "Keyboard shortcuts",
    logOut: "Log out",
    roles: {
      viewer: "Viewer",
      annotator: "Annotator",
      researcher: "Researcher",
      administrator: "Administrator",
    },
  },
  de: {
    pages: {
      link: "Verknüpfen",
      archive: "Archiv",
      atlas: "Atlas",
      cohort: "Kohorte",
      runs: "Läufe",
      review: "Prüfplatz",
      settings: "Einstellungen",
    },
    navigation: "Seiten",
    skip: "Zum Inhalt",
    language: "Sprache",
    theme: "Darstellung",
    themes: { dark: "Dunkel", light: "Hell", system: "Wie das System" },
    disclaimer: "Entscheidungshilfe für die Forschung. Kein Medizinprodukt; nicht allein zur Diagnose.",
    coming: "Wird geladen ...",
    everywhere: "Überall",
    goTo: (page) => `Zu „${page}“`,
    shortcuts: "Tastenkürzel",
    logOut: "Abmelden",
    roles: {
      viewer: "Betrachten",
      annotator: "Befunden",
      researcher: "Forschen",
      administrator: "Verwalten",
    },
  },
};
