import type { GroupingField, Leak, Moment } from "../../../../src/contract/cohorts.ts";
import type { Words } from "../../shell/language.tsx";

export const groupingFields: readonly GroupingField[] = [
  "entity",
  "malignancy",
  "confirmation",
  "sex",
  "site",
  "side",
  "position",
  "origin",
  "occurrence",
  "outcome",
];
export type SplitField = GroupingField;

export const moments: readonly Moment[] = ["referral", "imaging", "biopsy", "therapy", "follow-up"];

export interface CohortWords {
  readonly parts: string;
  readonly cohorts: string;
  readonly doubts: string;
  readonly open: (count: number) => string;
  readonly list: string;
  readonly newCohort: string;
  readonly none: string;
  readonly noneHint: string;
  readonly patients: (count: string) => string;
  readonly builtAt: (time: string) => string;
  readonly tabs: Readonly<Record<"flow" | "description" | "members" | "excluded" | "splits" | "definition", string>>;
  readonly flowAlt: (title: string, patients: string) => string;
  readonly flowTable: string;
  readonly step: string;
  readonly excludedPatients: string;
  readonly remainingPatients: string;
  readonly cases: string;
  readonly radiographs: string;
  readonly download: (format: string) => string;
  readonly compareBy: string;
  readonly noGroups: string;
  readonly descriptionTable: string;
  readonly descriptionNote: string;
  readonly fields: Readonly<Record<GroupingField, string>>;
  /** Values that no other list has. */
  readonly values: Readonly<Record<string, string>>;
  readonly membersTable: string;
  readonly membersWithoutNumbers: string;
  readonly number: string;
  readonly patient: string;
  readonly age: string;
  readonly radiographCount: (count: string) => string;
  readonly knownAt: string;
  readonly moments: Readonly<Record<Moment, string>>;
  readonly exportCohort: string;
  readonly excludedWithoutNumbers: string;
  readonly noSplits: string;
  readonly splitFacts: (by: string, seed: string, folds: number) => string;
  readonly splitTable: string;
  readonly askedShare: string;
  readonly allPatients: string;
  readonly unknown: string;
  readonly splitName: string;
  readonly splitParts: string;
  readonly splitPartsProblem: string;
  readonly splitBy: string;
  readonly folds: string;
  readonly seed: string;
  readonly makeSplit: string;
  readonly audit: string;
  readonly auditing: string;
  readonly noLeaks: string;
  readonly leaks: (count: number) => string;
  readonly leakKinds: Readonly<Record<Leak["kind"], string>>;
  readonly inPart: (part: string) => string;
  readonly definitionLabel: string;
  readonly definitionProblems: (count: number) => string;
  readonly line: (line: string) => string;
  readonly wholeText: string;
  readonly previewOf: (name: string, patients: string) => string;
  readonly replaces: string;
  readonly previewTable: string;
  readonly noPreview: string;
  readonly build: string;
  readonly building: string;
}

export const cohortWords: Words<CohortWords> = {
  en: {
    parts: "Parts of the page",
    cohorts: "Cohorts",
    doubts: "Doubts",
    open: (count) => `(${count} open)`,
    list: "Cohorts",
    newCohort: "New cohort",
    none: "There is no cohort yet",
    noneHint: "A cohort says who is studied: criteria that are applied in order, and counted.",
    patients: (count) => (count === "1" ? "1 patient" : `${count} patients`),
    builtAt: (time) => `built ${time}`,
    tabs: {
      flow: "Flow",
      description: "Description",
      members: "Members",
      excluded: "Excluded",
      splits: "Splits",
      definition: "Definition",
    },
    flowAlt: (title, patients) =>
      `Flow diagram of ${title}: ${patients} patients at its end; the table has its numbers.`,
    flowTable: "What each criterion excluded and what is left",
    step: "Step",
    excludedPatients: "Excluded",
    remainingPatients: "Patients",
    cases: "Cases",
    radiographs: "Radiographs",
    download: (format) => `Download ${format}`,
    compareBy: "Compare by",
    noGroups: "nothing, all together",
    descriptionTable: "Description of the cohort",
    descriptionNote:
      "Per cent are of those whose value is known. A mean is printed where a test of normality lets it pass, else the median. No correction for multiple testing is made.",
    fields: {
      entity: "Entity",
      malignancy: "Malignancy",
      confirmation: "Confirmation",
      sex: "Sex",
      site: "Site",
      side: "Side",
      position: "Position",
      origin: "Origin",
      occurrence: "Occurrence",
      outcome: "Outcome",
    },
    values: {},
    membersTable: "Members of the cohort",
    membersWithoutNumbers: "Members of the cohort. Researchers see the patients' numbers.",
    number: "No.",
    patient: "Patient",
    age: "Age",
    radiographCount: (count) => `${count}`,
    knownAt: "What is known at",
    moments: {
      referral: "the referral",
      imaging: "the imaging",
      biopsy: "the biopsy",
      therapy: "the therapy",
      "follow-up": "the follow-up (everything)",
    },
    exportCohort: "Export CSV",
    excludedWithoutNumbers: "Researchers see who was excluded.",
    noSplits: "The cohort has no split yet.",
    splitFacts: (by, seed, folds) =>
      `in proportion by ${by.toLowerCase()}, seed ${seed}${folds > 0 ? `, ${folds} folds` : ""}`,
    splitTable: "Patients in each part, and the share of their row",
    askedShare: "Asked for",
    allPatients: "All patients",
    unknown: "not known",
    splitName: "Name",
    splitParts: "Parts and shares",
    splitPartsProblem: "Write train=0.8, test=0.2; the shares sum to 1.",
    splitBy: "In proportion by",
    folds: "Folds (optional)",
    seed: "Seed",
    makeSplit: "Split by patient",
    audit: "Look for leaks",
    auditing: "Looking for what the parts share …",
    noLeaks: "The parts share nothing.",
    leaks: (count) =>
      count === 1 ? "The parts may share this; look at it." : `The parts may share ${count} things; look at them.`,
    leakKinds: {
      "same-patient": "Same patient",
      "same-study": "Same study",
      "same-picture": "Same picture",
      "near-duplicate": "Pictures that look alike",
      "same-person": "Perhaps the same person",
    },
    inPart: (part) => `In ${part}`,
    definitionLabel: "Definition (JSON; the reference of the cohort definition has every key)",
    definitionProblems: (count) => (count === 1 ? "One thing is wrong:" : `${count} things are wrong:`),
    line: (line) => `line ${line}`,
    wholeText: "The whole text",
    previewOf: (name, patients) => `“${name}” would have ${patients} patients.`,
    replaces: "It replaces the cohort of this name; splits go where the members change.",
    previewTable: "What each criterion would exclude",
    noPreview: "The archive is so large that counting is left to the building.",
    build: "Build",
    building: "Building the cohort",
  },
  de: {
    parts: "Bereiche der Seite",
    cohorts: "Kohorten",
    doubts: "Zweifelsfälle",
    open: (count) => `(${count} offen)`,
    list: "Kohorten",
    newCohort: "Neue Kohorte",
    none: "Es gibt noch keine Kohorte",
    noneHint:
      "Eine Kohorte legt fest, wer untersucht wird: Kriterien, die der Reihe nach angewandt und gezählt werden.",
    patients: (count) => (count === "1" ? "1 Patient" : `${count} Patienten`),
    builtAt: (time) => `gebildet am ${time}`,
    tabs: {
      flow: "Flussdiagramm",
      description: "Beschreibung",
      members: "Eingeschlossene",
      excluded: "Ausgeschlossene",
      splits: "Aufteilungen",
      definition: "Definition",
    },
    flowAlt: (title, patients) =>
      `Flussdiagramm zu ${title}: am Ende ${patients} Patienten; die Zahlen stehen in der Tabelle.`,
    flowTable: "Was jedes Kriterium ausgeschlossen hat und was bleibt",
    step: "Schritt",
    excludedPatients: "Ausgeschlossen",
    remainingPatients: "Patienten",
    cases: "Fälle",
    radiographs: "Aufnahmen",
    download: (format) => `${format} herunterladen`,
    compareBy: "Vergleichen nach",
    noGroups: "nichts, alle zusammen",
    descriptionTable: "Beschreibung der Kohorte",
    descriptionNote:
      "Prozente beziehen sich auf Patienten mit bekanntem Wert. Der Mittelwert steht dort, wo ein Test auf Normalverteilung ihn zulässt, sonst der Median. Für multiples Testen wird nicht korrigiert.",
    fields: {
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
    values: {
      internal: "intern",
      external: "extern",
      histopathology: "Histopathologie",
      "tumour board": "Tumorboard",
      radiology: "Radiologie",
    },
    membersTable: "Eingeschlossene Patienten",
    membersWithoutNumbers: "Eingeschlossene Patienten. Patientennummern sehen Forschende.",
    number: "Nr.",
    patient: "Patient",
    age: "Alter",
    radiographCount: (count) => `${count}`,
    knownAt: "Bekannt bei",
    moments: {
      referral: "Zuweisung",
      imaging: "Bildgebung",
      biopsy: "Biopsie",
      therapy: "Therapie",
      "follow-up": "Nachsorge (alles)",
    },
    exportCohort: "CSV exportieren",
    excludedWithoutNumbers: "Wer ausgeschlossen wurde, sehen Forschende.",
    noSplits: "Die Kohorte ist noch nicht aufgeteilt.",
    splitFacts: (by, seed, folds) =>
      `im Verhältnis nach ${by}, Startwert ${seed}${folds > 0 ? `, ${folds} Teilmengen zur Kreuzvalidierung` : ""}`,
    splitTable: "Patienten in jedem Teil und ihr Anteil an der Zeile",
    askedShare: "Gewünscht",
    allPatients: "Alle Patienten",
    unknown: "nicht bekannt",
    splitName: "Name",
    splitParts: "Teile und Anteile",
    splitPartsProblem: "Schreiben Sie train=0,8; test=0,2 – die Anteile ergeben zusammen 1.",
    splitBy: "Im Verhältnis nach",
    folds: "Kreuzvalidierung (Anzahl, freiwillig)",
    seed: "Startwert",
    makeSplit: "Nach Patienten aufteilen",
    audit: "Nach Überschneidungen suchen",
    auditing: "Suche, was die Teile gemeinsam haben …",
    noLeaks: "Die Teile haben nichts gemeinsam.",
    leaks: (count) =>
      count === 1
        ? "Die Teile haben vielleicht etwas gemeinsam; bitte ansehen."
        : `Die Teile haben vielleicht ${count} Dinge gemeinsam; bitte ansehen.`,
    leakKinds: {
      "same-patient": "Derselbe Patient",
      "same-study": "Dieselbe Untersuchung",
      "same-picture": "Dasselbe Bild",
      "near-duplicate": "Bilder, die sich gleichen",
      "same-person": "Vielleicht dieselbe Person",
    },
    inPart: (part) => `In ${part}`,
    definitionLabel: "Definition (JSON; alle Schlüssel stehen in der Referenz der Kohortendefinition)",
    definitionProblems: (count) => (count === 1 ? "Eines stimmt nicht:" : `${count} Dinge stimmen nicht:`),
    line: (line) => `Zeile ${line}`,
    wholeText: "Der ganze Text",
    previewOf: (name, patients) => `„${name}“ hätte ${patients} Patienten.`,
    replaces: "Sie ersetzt die Kohorte dieses Namens; Aufteilungen entfallen, wenn sich die Eingeschlossenen ändern.",
    previewTable: "Was jedes Kriterium ausschließen würde",
    noPreview: "Das Archiv ist so groß, dass erst beim Bilden gezählt wird.",
    build: "Kohorte bilden",
    building: "Kohorte wird gebildet",
  },
};
