import type { DoubtState } from "../../../../../src/contract/doubts.ts";
import type { Words } from "../../../shell/language.tsx";

export interface DoubtWords {
  readonly title: string;
  readonly queue: string;
  readonly none: string;
  readonly noneHint: string;
  readonly noMatch: string;
  readonly noMatchHint: string;
  readonly state: string;
  readonly states: Readonly<Record<DoubtState | "", string>>;
  readonly rule: string;
  readonly allRules: string;
  readonly table: string;
  readonly allTables: string;
  readonly rules: Readonly<Record<string, string>>;
  /** What more there is to know of a rule. */
  readonly ruleSentences: Readonly<Record<string, string>>;
  readonly behind: string;
  readonly next: string;
  readonly previous: string;
  readonly accept: string;
  readonly acceptContradiction: string;
  readonly contradictionHint: string;
  readonly correct: string;
  readonly correction: string;
  readonly correctionHint: string;
  readonly reopen: string;
  readonly undo: string;
  readonly undone: (count: string) => string;
  readonly nothingToUndo: string;
  readonly decided: Readonly<Record<DoubtState, string>>;
  readonly undecided: string;
  readonly decidedBy: (state: string, by: string, at: string) => string;
  readonly place: string;
  readonly line: (line: string) => string;
  readonly stands: string;
  readonly taken: Readonly<Record<"changed" | "doubted" | "dropped", string>>;
  readonly nothingTaken: string;
  readonly emptyCell: string;
  readonly patient: string;
  readonly case: string;
  readonly rowsOf: (table: string) => string;
  readonly column: string;
  readonly wholeRow: string;
  readonly doubtedMark: string;
  readonly notRead: string;
  readonly acceptAll: string;
  readonly acceptAllQuestion: (count: string, rule: string) => string;
  readonly acceptAllUndo: string;
  readonly acceptCount: (count: string) => string;
  readonly acceptedAll: (count: string) => string;
  readonly cancel: string;
}

/** A rule's name; one that a newer server knows is shown as it is. */
export const ruleName = ({ rules }: DoubtWords, rule: string): string => rules[rule] ?? rule;

export const doubtWords: Words<DoubtWords> = {
  en: {
    title: "Doubts",
    queue: "Queue of doubts",
    none: "Nothing is doubted",
    noneHint: "Once tables are imported, what was read otherwise than it stands, and what contradicts, waits here.",
    noMatch: "Nothing left here",
    noMatchHint: "No doubt matches the filters. Choose another rule, table or state.",
    state: "State",
    states: { open: "open", accepted: "accepted", corrected: "corrected", "": "all" },
    rule: "Rule",
    allRules: "all",
    table: "Table",
    allTables: "all",
    rules: {
      "broken-encoding": "Broken encoding",
      placeholder: "Placeholder",
      synonym: "Synonym",
      "number-format": "Form of a number",
      "date-format": "Form of a date",
      "misspelt-entity": "Misspelt entity",
      "misspelt-site": "Misspelt site",
      "two-digit-year": "Year of two digits",
      "ambiguous-date": "Ambiguous date",
      "approximate-value": "Approximate value",
      "unknown-entity": "Unknown entity",
      "unknown-site": "Unknown site",
      "unknown-sex": "Unknown sex",
      "unknown-word": "Unknown word",
      "unreadable-number": "Unreadable number",
      "unreadable-date": "Unreadable date",
      "date-out-of-range": "Date out of range",
      "implausible-age": "Implausible age",
      "invalid-tnm": "Invalid TNM",
      "invalid-icd-code": "Invalid ICD code",
      "repeated-row": "Repeated row",
      "shifted-row": "Shifted row",
      "no-patient": "Row without a patient",
      "entity-malignancy": "Entity and malignancy",
      "entity-icd": "Entity and ICD code",
      "age-birth-date": "Age and birth date",
      "site-side": "Site and side",
      "site-position": "Site and position",
      "benign-tnm": "Benign tumour with TNM",
      "birth-after-diagnosis": "Birth after the diagnosis",
      "treatment-before-diagnosis": "Treatment before the diagnosis",
      "death-before-diagnosis": "Death before the diagnosis",
      "death-before-treatment": "Death before a treatment",
      "follow-up-after-death": "Follow-up after death",
      "follow-up-before-diagnosis": "Follow-up before the diagnosis",
      "sex-conflict": "Different sex",
      "birth-date-conflict": "Different birth dates",
      "death-date-conflict": "Different dates of death",
      "diagnosis-conflict": "Different diagnoses",
      "value-conflict": "Different values",
      "case-conflict": "One case, two patients",
      "same-person-two-ids": "One person, two numbers",
    },
    ruleSentences: {
      "two-digit-year": "The century was guessed.",
      "ambiguous-date": "Day and month could be exchanged.",
      "approximate-value": "The cell says about, more than or less than.",
      "unknown-entity": "The vocabulary has no such entity, and none is close enough.",
      "unknown-site": "The vocabulary has no such site, and none is close enough.",
      "shifted-row": "The cells do not stand under their headings; the row was left out.",
      "repeated-row": "The row says the same as another one; it was left out.",
      "no-patient": "Nobody can say whose row it is; it was left out.",
      "same-person-two-ids": "Splits keep the two together, whatever is decided.",
    },
    behind: "Patients and cases are being brought up to date with the corrections.",
    next: "Next doubt",
    previous: "Previous doubt",
    accept: "Accept as taken",
    acceptContradiction: "Accept as it is",
    contradictionHint:
      "A contradiction has no single cell to correct: correct a doubted cell, or the table, or accept it.",
    correct: "Correct",
    correction: "The cell should say",
    correctionHint: "Read as the column is read; empty takes the value back.",
    reopen: "Leave open",
    undo: "Undo my last",
    undone: (count) => `${count} open again.`,
    nothingToUndo: "You have decided nothing that could be taken back.",
    decided: { open: "Open again.", accepted: "Accepted.", corrected: "Corrected." },
    undecided: "Nobody has decided yet.",
    decidedBy: (state, by, at) => `${state} by ${by}, ${at}`,
    place: "Where",
    line: (line) => `line ${line}`,
    stands: "The cell says",
    taken: { changed: "Read as", doubted: "Taken for", dropped: "Taken" },
    nothingTaken: "nothing",
    emptyCell: "(empty)",
    patient: "Patient",
    case: "Case",
    rowsOf: (table) => `Rows of ${table} as they were read`,
    column: "Column",
    wholeRow: "Whole row",
    doubtedMark: "(doubted)",
    notRead: "not read",
    acceptAll: "Accept all of this rule",
    acceptAllQuestion: (count, rule) => `Accept ${count} open doubts of the rule “${rule}” as they were taken?`,
    acceptAllUndo: "Undo takes all of them back at once.",
    acceptCount: (count) => `Accept ${count}`,
    acceptedAll: (count) => `${count} accepted.`,
    cancel: "Cancel",
  },
  de: {
    title: "Zweifelsfälle",
    queue: "Liste der Zweifelsfälle",
    none: "Es gibt keine Zweifelsfälle",
    noneHint:
      "Sobald Tabellen importiert sind, steht hier, was anders gelesen wurde, als es dasteht, und was sich widerspricht.",
    noMatch: "Hier ist nichts mehr offen",
    noMatchHint:
      "Zu den Filtern passt kein Zweifelsfall. Wählen Sie eine andere Regel, Tabelle oder einen anderen Stand.",
    state: "Stand",
    states: { open: "offen", accepted: "bestätigt", corrected: "korrigiert", "": "alle" },
    rule: "Regel",
    allRules: "alle",
    table: "Tabelle",
    allTables: "alle",
    rules: {
      "broken-encoding": "Zerstörte Umlaute",
      placeholder: "Platzhalter",
      synonym: "Synonym",
      "number-format": "Zahlenformat",
      "date-format": "Datumsformat",
      "misspelt-entity": "Entität falsch geschrieben",
      "misspelt-site": "Lokalisation falsch geschrieben",
      "two-digit-year": "Zweistelliges Jahr",
      "ambiguous-date": "Mehrdeutiges Datum",
      "approximate-value": "Ungefährer Wert",
      "unknown-entity": "Unbekannte Entität",
      "unknown-site": "Unbekannte Lokalisation",
      "unknown-sex": "Unbekanntes Geschlecht",
      "unknown-word": "Unbekanntes Wort",
      "unreadable-number": "Unlesbare Zahl",
      "unreadable-date": "Unlesbares Datum",
      "date-out-of-range": "Datum außerhalb des Zeitraums",
      "implausible-age": "Unplausibles Alter",
      "invalid-tnm": "Ungültiges TNM",
      "invalid-icd-code": "Ungültiger ICD-Code",
      "repeated-row": "Doppelte Zeile",
      "shifted-row": "Verschobene Zeile",
      "no-patient": "Zeile ohne Patient",
      "entity-malignancy": "Entität und Dignität",
      "entity-icd": "Entität und ICD-Code",
      "age-birth-date": "Alter und Geburtsdatum",
      "site-side": "Lokalisation und Seite",
      "site-position": "Lokalisation und Lage",
      "benign-tnm": "Benigner Tumor mit TNM",
      "birth-after-diagnosis": "Geburt nach der Diagnose",
      "treatment-before-diagnosis": "Therapie vor der Diagnose",
      "death-before-diagnosis": "Tod vor der Diagnose",
      "death-before-treatment": "Tod vor einer Therapie",
      "follow-up-after-death": "Nachsorge nach dem Tod",
      "follow-up-before-diagnosis": "Nachsorge vor der Diagnose",
      "sex-conflict": "Verschiedenes Geschlecht",
      "birth-date-conflict": "Verschiedene Geburtsdaten",
      "death-date-conflict": "Verschiedene Sterbedaten",
      "diagnosis-conflict": "Verschiedene Diagnosen",
      "value-conflict": "Verschiedene Werte",
      "case-conflict": "Ein Fall, zwei Patienten",
      "same-person-two-ids": "Eine Person, zwei Nummern",
    },
    ruleSentences: {
      "two-digit-year": "Das Jahrhundert ist geraten.",
      "ambiguous-date": "Tag und Monat könnten vertauscht sein.",
      "approximate-value": "In der Zelle steht etwa, mehr als oder weniger als.",
      "unknown-entity": "Das Vokabular kennt diese Entität nicht, und keine ist ähnlich genug.",
      "unknown-site": "Das Vokabular kennt diese Lokalisation nicht, und keine ist ähnlich genug.",
      "shifted-row": "Die Zellen stehen nicht unter ihren Überschriften; die Zeile wurde ausgelassen.",
      "repeated-row": "Die Zeile sagt dasselbe wie eine andere; sie wurde ausgelassen.",
      "no-patient": "Niemand kann sagen, zu wem die Zeile gehört; sie wurde ausgelassen.",
      "same-person-two-ids": "Aufteilungen halten beide zusammen, wie auch immer entschieden wird.",
    },
    behind: "Patienten und Fälle werden gerade den Korrekturen angepasst.",
    next: "Nächster Zweifelsfall",
    previous: "Voriger Zweifelsfall",
    accept: "So bestätigen",
    acceptContradiction: "So stehen lassen",
    contradictionHint:
      "Ein Widerspruch hat keine einzelne Zelle: Korrigieren Sie eine angezweifelte Zelle oder die Tabelle, oder lassen Sie ihn stehen.",
    correct: "Korrigieren",
    correction: "Richtig wäre",
    correctionHint: "Wird gelesen wie die Spalte; leer nimmt den Wert zurück.",
    reopen: "Offen lassen",
    undo: "Meine letzte zurücknehmen",
    undone: (count) => `${count} wieder offen.`,
    nothingToUndo: "Sie haben nichts entschieden, das sich zurücknehmen ließe.",
    decided: { open: "Wieder offen.", accepted: "Bestätigt.", corrected: "Korrigiert." },
    undecided: "Noch nicht entschieden.",
    decidedBy: (state, by, at) => `${state} von ${by}, ${at}`,
    place: "Ort",
    line: (line) => `Zeile ${line}`,
    stands: "In der Zelle steht",
    taken: { changed: "Gelesen als", doubted: "Verstanden als", dropped: "Übernommen" },
    nothingTaken: "nichts",
    emptyCell: "(leer)",
    patient: "Patient",
    case: "Fall",
    rowsOf: (table) => `Zeilen aus ${table}, wie sie gelesen wurden`,
    column: "Spalte",
    wholeRow: "Ganze Zeile",
    doubtedMark: "(angezweifelt)",
    notRead: "nicht gelesen",
    acceptAll: "Alle dieser Regel bestätigen",
    acceptAllQuestion: (count, rule) =>
      `${count} offene Zweifelsfälle der Regel „${rule}“ so bestätigen, wie sie gelesen wurden?`,
    acceptAllUndo: "Zurücknehmen macht alle auf einmal wieder offen.",
    acceptCount: (count) => `${count} bestätigen`,
    acceptedAll: (count) => `${count} bestätigt.`,
    cancel: "Abbrechen",
  },
};
