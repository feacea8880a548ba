import type { JobState } from "../../../src/contract/jobs.ts";
import type { Words } from "./language.tsx";

export interface JobWords {
  readonly title: string;
  readonly none: string;
  readonly running: (jobs: number) => string;
  readonly nothing: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<JobState, string>>;
  readonly cancel: string;
  readonly resume: string;
}

export const jobWords: Words<JobWords> = {
  en: {
    title: "Jobs",
    none: "No jobs",
    running: (jobs) => (jobs === 1 ? "1 job" : `${jobs} jobs`),
    nothing: "The server has nothing to do, and has not had so far.",
    kinds: {
      "import-radiographs": "Import of radiographs",
      "propose-table-mapping": "Reading the columns of a table",
      "import-table": "Import of a table",
      "import-reports": "Import of reports",
      "train-precedents": "Training",
      "build-index": "Building the index",
      "help-index": "Help in building the index",
      "evaluate-precedents": "Evaluation",
      "study-precedents": "Recommender study",
      "build-cohort": "Building a cohort",
      "cluster-atlas": "Clustering of the atlas",
      "guide-atlas": "Suggestions for labelling",
      "train-atlas": "Training of the atlas",
      "sort-archive": "Sorting the archive by region",
      "pretrain-network": "Pretraining",
      "evaluate-transfer": "Comparison of starts",
      "find-burned-in-text": "Search for burned-in text",
      "index-centres": "Codes for other centres",
      "refresh-records": "Records after corrections",
    },
    states: {
      waiting: "waiting",
      running: "running",
      finished: "finished",
      failed: "failed",
      cancelled: "cancelled",
    },
    cancel: "Cancel",
    resume: "Go on",
  },
  de: {
    title: "Aufgaben",
    none: "Keine Aufgaben",
    running: (jobs) => (jobs === 1 ? "1 Aufgabe" : `${jobs} Aufgaben`),
    nothing: "Der Server hat nichts zu tun und hatte es bisher auch nicht.",
    kinds: {
      "import-radiographs": "Import von Röntgenbildern",
      "propose-table-mapping": "Lesen der Spalten einer Tabelle",
      "import-table": "Import einer Tabelle",
      "import-reports": "Import von Befunden",
      "train-precedents": "Training",
      "build-index": "Aufbau des Index",
      "help-index": "Hilfe beim Aufbau des Index",
      "evaluate-precedents": "Auswertung",
      "study-precedents": "Recommender-Studie",
      "build-cohort": "Bildung einer Kohorte",
      "cluster-atlas": "Gruppierung für den Atlas",
      "guide-atlas": "Vorschläge zum Beschriften",
      "train-atlas": "Training des Atlas",
      "sort-archive": "Sortieren des Archivs nach Region",
      "pretrain-network": "Vortraining",
      "evaluate-transfer": "Vergleich der Ausgangsgewichte",
      "find-burned-in-text": "Suche nach eingebranntem Text",
      "index-centres": "Codes für andere Zentren",
      "refresh-records": "Daten nach Korrekturen",
    },
    states: {
      waiting: "wartet",
      running: "läuft",
      finished: "fertig",
      failed: "fehlgeschlagen",
      cancelled: "abgebrochen",
    },
    cancel: "Abbrechen",
    resume: "Fortsetzen",
  },
};
