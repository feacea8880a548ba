import type { ServerSettings } from "../../../../src/contract/settings.ts";
import type { Words } from "../../shell/language.tsx";

interface ServerWords {
  readonly title: string;
  readonly labels: Readonly<Record<keyof ServerSettings, string>>;
  readonly hints: Readonly<Record<keyof ServerSettings, string>>;
}

export const serverWords: Words<ServerWords> = {
  en: {
    title: "For everybody on this server",
    labels: {
      centre: "Name of the centre",
      uploadMebibytes: "Largest file that may be uploaded (MiB)",
      jobsAtOnce: "Jobs at the same time",
      idleMinutes: "Log out after minutes without use",
      sessionHours: "Log out in any case after hours",
    },
    hints: {
      centre: "Shown in the header of every page; empty for none.",
      uploadMebibytes: "Larger files are refused before they fill the disk.",
      jobsAtOnce: "Each training takes all the processors it gets: one is right for most machines.",
      idleMinutes: "What is shown then gives way to the login page.",
      sessionHours: "A working day is 12 hours at most.",
    },
  },
  de: {
    title: "Für alle an diesem Server",
    labels: {
      centre: "Name des Zentrums",
      uploadMebibytes: "Größte Datei, die hochgeladen werden darf (MiB)",
      jobsAtOnce: "Aufträge zur selben Zeit",
      idleMinutes: "Abmelden nach Minuten ohne Benutzung",
      sessionHours: "Abmelden auf jeden Fall nach Stunden",
    },
    hints: {
      centre: "Steht im Kopf jeder Seite; leer für keinen.",
      uploadMebibytes: "Größere Dateien werden abgelehnt, bevor sie die Platte füllen.",
      jobsAtOnce: "Jedes Training nutzt alle Prozessoren, die es bekommt: Für die meisten Rechner ist eines richtig.",
      idleMinutes: "Was angezeigt wird, weicht dann der Anmeldung.",
      sessionHours: "Ein Arbeitstag hat höchstens 12 Stunden.",
    },
  },
};
