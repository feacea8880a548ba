import type { Words } from "../../../shell/language.tsx";

export interface ImportWords {
  readonly title: string;
  readonly what: string;
  readonly tabs: Readonly<Record<"radiographs" | "table" | "reports", string>>;
  readonly drop: string;
  readonly chooseFiles: string;
  readonly chooseFolder: string;
  readonly chosen: (files: string, megabytes: string) => string;
  readonly none: string;
  readonly start: string;
  readonly again: string;
  readonly uploading: string;
  readonly stays: string;
  readonly goesOn: string;
  readonly radiographs: {
    readonly hint: string;
    readonly labels: string;
    readonly labelsHint: string;
    readonly origin: string;
    readonly origins: Readonly<Record<"internal" | "external", string>>;
    readonly split: string;
  };
  readonly table: {
    readonly hint: string;
    readonly propose: string;
    readonly mapping: string;
    readonly column: string;
    readonly holds: string;
    readonly sure: string;
    readonly notRead: string;
    readonly name: string;
    readonly nameHint: string;
    readonly asOf: string;
    readonly asOfHint: string;
    readonly fieldOf: (column: string) => string;
  };
  readonly reports: { readonly hint: string };
  readonly results: Readonly<Record<string, string>>;
  readonly toReview: string;
  readonly toDoubts: string;
  readonly problemLines: (lines: string) => string;
  readonly fields: Readonly<Record<string, string>>;
}

export const importWords: Words<ImportWords> = {
  en: {
    title: "Import",
    what: "What is imported",
    tabs: { radiographs: "Radiographs", table: "Hospital table", reports: "Reports" },
    drop: "Drop files here, or",
    chooseFiles: "Choose files",
    chooseFolder: "Choose a folder",
    chosen: (files, megabytes) => `${files === "1" ? "1 file" : `${files} files`}, ${megabytes} MB`,
    none: "No file chosen.",
    start: "Import",
    again: "Import more",
    uploading: "Uploading",
    stays: "Closing this window ends the upload.",
    goesOn: "The window may be closed; the server goes on, and the bar above shows how far it is.",
    radiographs: {
      hint: "DICOM, PNG and JPEG. What is no radiograph is set aside for the review desk.",
      labels: "Table with what is known of each image",
      labelsHint: "CSV with a column “image”; entity, region, age, sex, site ... beside it. Not needed.",
      origin: "Taken",
      origins: { internal: "in this centre", external: "elsewhere" },
      split: "An image of each of several exposures on one plate",
    },
    table: {
      hint: "Patients, cases or follow-ups as CSV, TSV or XLSX. Osteon proposes what each column holds, and you confirm it.",
      propose: "Read the columns",
      mapping: "What the columns hold",
      column: "Column",
      holds: "Holds",
      sure: "Sure",
      notRead: "(not read)",
      name: "Name of the table",
      nameHint: "A table that was imported under this name earlier is replaced. The file's name where it is empty.",
      asOf: "Taken on",
      asOfHint: "No date in the table lies after it. Today where it is empty.",
      fieldOf: (column) => `What the column ${column} holds`,
    },
    reports: {
      hint: "A table with a column of texts, or an index.csv together with its text files. German and English reports are read.",
    },
    results: {
      files: "Files",
      imported: "Imported",
      duplicates: "Duplicates",
      nearDuplicates: "Show another radiograph again",
      setAside: "Set aside",
      annotated: "With marks",
      unmatchedLabels: "Rows of the labels table without a file",
      rows: "Rows",
      patients: "Patients in the home",
      cases: "Cases in the home",
      updated: "Updated",
      unchanged: "Unchanged",
    },
    toReview: "To the review desk",
    toDoubts: "To the doubts",
    problemLines: (lines) => `Lines with problems: ${lines}`,
    fields: {
      patient: "Patient number",
      familyName: "Family name (not kept)",
      givenName: "First name (not kept)",
      sex: "Sex",
      birthDate: "Birth date",
      deathDate: "Date of death",
      origin: "Origin",
      case: "Case number",
      preliminaryEntity: "Preliminary diagnosis",
      finalEntity: "Final diagnosis",
      confirmation: "Confirmed by",
      diagnosisDate: "Date of diagnosis",
      malignancy: "Malignancy",
      icd10: "ICD-10",
      icdO3Morphology: "ICD-O-3 morphology",
      icdO3Topography: "ICD-O-3 topography",
      site: "Site",
      side: "Side",
      position: "Position",
      age: "Age",
      tnm: "TNM",
      t: "T",
      n: "N",
      m: "M",
      grade: "Grade",
      tumourSize: "Size of the tumour",
      occurrence: "Primary or recurrence",
      therapy: "Treatment",
      therapyStart: "Start of the treatment",
      therapyEnd: "End of the treatment",
      surgeryDate: "Date of surgery",
      chemotherapyStart: "Start of chemotherapy",
      chemotherapyEnd: "End of chemotherapy",
      radiotherapyStart: "Start of radiotherapy",
      radiotherapyEnd: "End of radiotherapy",
      visitDate: "Date of the visit",
      status: "Status at the visit",
      months: "Months since the diagnosis",
    },
  },
  de: {
    title: "Importieren",
    what: "Was importiert wird",
    tabs: { radiographs: "Röntgenbilder", table: "Tabelle der Klinik", reports: "Befunde" },
    drop: "Dateien hierher ziehen oder",
    chooseFiles: "Dateien wählen",
    chooseFolder: "Ordner wählen",
    chosen: (files, megabytes) => `${files === "1" ? "1 Datei" : `${files} Dateien`}, ${megabytes} MB`,
    none: "Keine Datei gewählt.",
    start: "Importieren",
    again: "Weitere importieren",
    uploading: "Wird hochgeladen",
    stays: "Wird dieses Fenster geschlossen, endet das Hochladen.",
    goesOn: "Das Fenster kann geschlossen werden; der Server arbeitet weiter, die Leiste oben zeigt den Stand.",
    radiographs: {
      hint: "DICOM, PNG und JPEG. Was kein Röntgenbild ist, wird für den Prüfplatz beiseitegelegt.",
      labels: "Tabelle mit Angaben zu jedem Bild",
      labelsHint:
        "CSV mit einer Spalte „image“, daneben Entität, Region, Alter, Geschlecht, Lokalisation ... Nicht nötig.",
      origin: "Aufgenommen",
      origins: { internal: "im eigenen Zentrum", external: "auswärts" },
      split: "Je ein Bild von jeder Aufnahme auf einer Platte",
    },
    table: {
      hint: "Patienten, Fälle oder Verläufe als CSV, TSV oder XLSX. Osteon schlägt vor, was jede Spalte enthält, Sie bestätigen es.",
      propose: "Spalten lesen",
      mapping: "Was die Spalten enthalten",
      column: "Spalte",
      holds: "Enthält",
      sure: "Sicher",
      notRead: "(nicht gelesen)",
      name: "Name der Tabelle",
      nameHint: "Eine früher unter diesem Namen importierte Tabelle wird ersetzt. Ist er leer, gilt der Dateiname.",
      asOf: "Stand vom",
      asOfHint: "Kein Datum der Tabelle liegt danach. Ist es leer, gilt heute.",
      fieldOf: (column) => `Was die Spalte ${column} enthält`,
    },
    reports: {
      hint: "Eine Tabelle mit einer Textspalte oder eine index.csv mit ihren Textdateien. Deutsche und englische Befunde werden gelesen.",
    },
    results: {
      files: "Dateien",
      imported: "Importiert",
      duplicates: "Dubletten",
      nearDuplicates: "Zeigen ein anderes Röntgenbild erneut",
      setAside: "Beiseitegelegt",
      annotated: "Mit Markierungen",
      unmatchedLabels: "Zeilen der Tabelle ohne Datei",
      rows: "Zeilen",
      patients: "Patienten im Bestand",
      cases: "Fälle im Bestand",
      updated: "Aktualisiert",
      unchanged: "Unverändert",
    },
    toReview: "Zum Prüfplatz",
    toDoubts: "Zu den Zweifelsfällen",
    problemLines: (lines) => `Zeilen mit Problemen: ${lines}`,
    fields: {
      patient: "Patientennummer",
      familyName: "Nachname (wird nicht behalten)",
      givenName: "Vorname (wird nicht behalten)",
      sex: "Geschlecht",
      birthDate: "Geburtsdatum",
      deathDate: "Sterbedatum",
      origin: "Herkunft",
      case: "Fallnummer",
      preliminaryEntity: "Vorläufige Diagnose",
      finalEntity: "Endgültige Diagnose",
      confirmation: "Diagnosesicherung",
      diagnosisDate: "Diagnosedatum",
      malignancy: "Dignität",
      icd10: "ICD-10",
      icdO3Morphology: "ICD-O-3-Morphologie",
      icdO3Topography: "ICD-O-3-Topographie",
      site: "Lokalisation",
      side: "Seite",
      position: "Position",
      age: "Alter",
      tnm: "TNM",
      t: "T",
      n: "N",
      m: "M",
      grade: "Grading",
      tumourSize: "Tumorgröße",
      occurrence: "Primärtumor oder Rezidiv",
      therapy: "Therapie",
      therapyStart: "Therapiebeginn",
      therapyEnd: "Therapieende",
      surgeryDate: "Operationsdatum",
      chemotherapyStart: "Beginn der Chemotherapie",
      chemotherapyEnd: "Ende der Chemotherapie",
      radiotherapyStart: "Beginn der Strahlentherapie",
      radiotherapyEnd: "Ende der Strahlentherapie",
      visitDate: "Datum der Nachsorge",
      status: "Status bei der Nachsorge",
      months: "Monate seit der Diagnose",
    },
  },
};
