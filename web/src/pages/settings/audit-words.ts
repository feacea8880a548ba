import type { AuditEntryView } from "../../../../src/contract/audit.ts";
import type { Words } from "../../shell/language.tsx";
import { germanActions } from "./german-actions.ts";

interface AuditWords {
  readonly title: string;
  readonly about: string;
  readonly from: string;
  readonly to: string;
  readonly person: string;
  readonly action: string;
  readonly outcome: string;
  readonly subject: string;
  readonly all: string;
  readonly time: string;
  readonly address: string;
  readonly outcomes: Readonly<Record<AuditEntryView["outcome"], string>>;
  readonly nobody: string;
  readonly local: string;
  readonly commandLine: string;
  readonly more: string;
  readonly none: string;
  readonly noneHint: string;
  readonly export: string;
  readonly check: string;
  readonly checking: string;
  readonly holds: (entries: string) => string;
  readonly broken: (number: string) => string;
  readonly keep: string;
  /** What the log's English words are called; what is not here is shown as it is. */
  readonly actions: Readonly<Record<string, string>>;
}

export const auditWords: Words<AuditWords> = {
  en: {
    title: "Who saw and did what",
    about: "The log only grows: nobody can change or remove an entry here.",
    from: "From",
    to: "Until",
    person: "Person",
    action: "Action",
    outcome: "Outcome",
    subject: "Subject (id)",
    all: "all",
    time: "Time",
    address: "Address",
    outcomes: { done: "done", refused: "refused", failed: "failed" },
    nobody: "not logged in",
    local: "this machine",
    commandLine: "command line",
    more: "Show older entries",
    none: "No entry matches",
    noneHint: "Take a filter away to see more.",
    export: "Export as CSV",
    check: "Verify the chain",
    checking: "Verifying ...",
    holds: (entries) => `The chain holds over all ${entries} entries.`,
    broken: (number) => `The chain is broken: entry ${number} is not what it was, or is missing.`,
    keep: "Hash of the newest entry; kept elsewhere, it later proves that nothing was cut off:",
    actions: {},
  },
  de: {
    title: "Wer was gesehen und getan hat",
    about: "Das Protokoll wächst nur: Hier kann niemand einen Eintrag ändern oder entfernen.",
    from: "Von",
    to: "Bis",
    person: "Person",
    action: "Vorgang",
    outcome: "Ausgang",
    subject: "Gegenstand (Kennung)",
    all: "alle",
    time: "Zeit",
    address: "Adresse",
    outcomes: { done: "erfolgt", refused: "verweigert", failed: "misslungen" },
    nobody: "nicht angemeldet",
    local: "dieser Rechner",
    commandLine: "Kommandozeile",
    more: "Ältere Einträge anzeigen",
    none: "Kein Eintrag passt",
    noneHint: "Nehmen Sie einen Filter weg, um mehr zu sehen.",
    export: "Als CSV exportieren",
    check: "Kette prüfen",
    checking: "Wird geprüft ...",
    holds: (entries) => `Die Kette ist über alle ${entries} Einträge unversehrt.`,
    broken: (number) => `Die Kette ist unterbrochen: Eintrag ${number} wurde verändert oder fehlt.`,
    keep: "Prüfsumme des neuesten Eintrags; anderswo aufbewahrt, beweist sie später, dass nichts abgeschnitten wurde:",
    actions: germanActions,
  },
};
