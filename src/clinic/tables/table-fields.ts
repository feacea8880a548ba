/** What a column of a hospital's table can hold, with the headings that German and English tables give it. */

/** How the cells of a field are read. */
export type FieldKind =
  | "identifier"
  | "person"
  | "entity"
  | "site"
  | "sex"
  | "side"
  | "position"
  | "malignancy"
  | "confirmation"
  | "occurrence"
  | "status"
  | "origin"
  | "therapy"
  | "date"
  | "age"
  | "months"
  | "length"
  | "grade"
  | "icd10"
  | "morphology"
  | "topography"
  | "tnm"
  | "tnm-part";

interface FieldFacts {
  readonly kind: FieldKind;
  /** Where a table about patients, cases or visits has it. */
  readonly of: "patient" | "case" | "visit";
  readonly headings: string;
}

/** Every field that a column can be mapped to. */
export const tableFields = {
  patient: {
    kind: "identifier",
    of: "patient",
    headings:
      "patientennummer|patient|patient id|patient number|pat id|pat nr|patientennr|patienten id|patnr|pid|pat|mrn|patientid|fall patient|subject|subject id|patient no",
  },
  familyName: {
    kind: "person",
    of: "patient",
    headings: "nachname|familienname|name|family name|last name|surname|zuname|patientenname|patient name",
  },
  givenName: { kind: "person", of: "patient", headings: "vorname|given name|first name|vornamen|forename" },
  sex: { kind: "sex", of: "patient", headings: "geschlecht|sex|gender|geschl|mw|m w" },
  birthDate: {
    kind: "date",
    of: "patient",
    headings: "geburtsdatum|birth date|date of birth|dob|geb datum|gebdat|geb|geburtstag|birthdate|geboren|born",
  },
  deathDate: {
    kind: "date",
    of: "patient",
    headings:
      "sterbedatum|death date|date of death|dod|todesdatum|verstorben am|todestag|died|verstorben|deceased date|deathdate",
  },
  origin: { kind: "origin", of: "patient", headings: "herkunft|origin|source|zuweisung|intern extern|referral" },
  case: {
    kind: "identifier",
    of: "case",
    headings: "fallnummer|case|case number|fall|fall nr|fallnr|case id|fall id|case no|episode|tumour id|tumor id",
  },
  preliminaryEntity: {
    kind: "entity",
    of: "case",
    headings:
      "vorläufige diagnose|preliminary diagnosis|verdachtsdiagnose|verdacht|verdacht auf|v a|suspected diagnosis|suspicion|vd|arbeitsdiagnose|working diagnosis|preliminary entity|vorläufige entität|klinische diagnose|initial diagnosis|radiologische diagnose|radiological diagnosis",
  },
  finalEntity: {
    kind: "entity",
    of: "case",
    headings:
      "endgültige diagnose|final diagnosis|diagnose|diagnosis|entität|entity|tumourentität|tumorentität|histologie|histology|final entity|hauptdiagnose|abschlussdiagnose|tumour type|tumor type|definitive diagnosis|definitive diagnose|histologische diagnose|pathologische diagnose|tumour|tumor",
  },
  confirmation: {
    kind: "confirmation",
    of: "case",
    headings:
      "diagnosesicherung|confirmation|confirmed by|sicherung|gesichert durch|diagnostic confirmation|basis of diagnosis|diagnosis basis|verification|reference standard",
  },
  diagnosisDate: {
    kind: "date",
    of: "case",
    headings:
      "diagnosedatum|diagnosis date|date of diagnosis|datum der diagnose|erstdiagnose|ed|datum erstdiagnose|diagnose datum|diagnosed|date diagnosed|first diagnosis",
  },
  malignancy: {
    kind: "malignancy",
    of: "case",
    headings: "dignität|malignancy|behaviour|behavior|malignität|benign malignant|dignity|biological behaviour",
  },
  icd10: {
    kind: "icd10",
    of: "case",
    headings: "icd 10|icd10|icd|icd code|icd 10 gm|icd 10 code|diagnoseschlüssel|icd diagnose",
  },
  icdO3Morphology: {
    kind: "morphology",
    of: "case",
    headings:
      "icd o 3 morphologie|icd o 3 morphology|icd o|icd o 3|icdo|icdo3|morphologie|morphology|morphology code|icd o morphologie|icd o morphology|histology code",
  },
  icdO3Topography: {
    kind: "topography",
    of: "case",
    headings:
      "icd o 3 topographie|icd o 3 topography|topographie|topography|topography code|icd o topographie|icd o topography|lokalisationsschlüssel",
  },
  site: {
    kind: "site",
    of: "case",
    headings:
      "lokalisation|site|location|localisation|localization|ort|knochen|bone|region|anatomical site|tumourlokalisation|tumorlokalisation|tumour site|tumor site|sitz|body site|skelettregion",
  },
  side: {
    kind: "side",
    of: "case",
    headings: "seite|side|laterality|seitenlokalisation|lateralität|körperseite|body side",
  },
  position: {
    kind: "position",
    of: "case",
    headings: "position|lage|lage im knochen|position in bone|knochenabschnitt|part of bone|position on bone",
  },
  age: {
    kind: "age",
    of: "case",
    headings:
      "alter|age|age at diagnosis|alter bei diagnose|age years|alter jahre|alter bei erstdiagnose|patientenalter|age at presentation",
  },
  tnm: { kind: "tnm", of: "case", headings: "tnm|tnm stage|tnm stadium|tnm klassifikation|stadium tnm" },
  t: { kind: "tnm-part", of: "case", headings: "t|t stage|ct|pt|t stadium|t kategorie|t category|tnm t" },
  n: { kind: "tnm-part", of: "case", headings: "n|n stage|cn|pn|n stadium|n kategorie|n category|tnm n" },
  m: { kind: "tnm-part", of: "case", headings: "m|m stage|cm stage|pm|m stadium|m kategorie|m category|tnm m" },
  grade: {
    kind: "grade",
    of: "case",
    headings: "grading|grade|g|grad|histological grade|differenzierungsgrad|tumour grade",
  },
  tumourSize: {
    kind: "length",
    of: "case",
    headings:
      "tumorgröße|tumourgröße|tumour size|tumor size|größe|size|size cm|size mm|durchmesser|diameter|max diameter|größter durchmesser|largest diameter|tumorgröße cm|tumorgröße mm|tumour size cm|tumour size mm|tumor size cm|tumor size mm",
  },
  occurrence: {
    kind: "occurrence",
    of: "case",
    headings:
      "primär rezidiv|primary recurrent|occurrence|rezidiv|recurrence|primary or recurrent|auftreten|primärtumor rezidiv|primary recurrence|tumour status",
  },
  therapy: {
    kind: "therapy",
    of: "case",
    headings: "therapie|therapy|treatment|behandlung|therapieform|treatments|therapies|art der therapie|treatment type",
  },
  therapyStart: {
    kind: "date",
    of: "case",
    headings:
      "therapiebeginn|therapy start|treatment start|start of therapy|beginn der therapie|start of treatment|treatment date|therapiedatum|therapy date|behandlungsbeginn",
  },
  therapyEnd: {
    kind: "date",
    of: "case",
    headings:
      "therapieende|therapy end|treatment end|end of therapy|ende der therapie|end of treatment|behandlungsende",
  },
  surgeryDate: {
    kind: "date",
    of: "case",
    headings:
      "operationsdatum|op datum|surgery date|date of surgery|operation|datum der operation|op tag|op|operation date|date of operation|resection date",
  },
  chemotherapyStart: {
    kind: "date",
    of: "case",
    headings:
      "chemotherapie beginn|chemotherapy start|beginn chemotherapie|start of chemotherapy|chemo start|chemo beginn|chemotherapiebeginn",
  },
  chemotherapyEnd: {
    kind: "date",
    of: "case",
    headings:
      "chemotherapie ende|chemotherapy end|ende chemotherapie|end of chemotherapy|chemo end|chemo ende|chemotherapieende",
  },
  radiotherapyStart: {
    kind: "date",
    of: "case",
    headings:
      "strahlentherapie beginn|radiotherapy start|beginn strahlentherapie|start of radiotherapy|bestrahlung beginn|bestrahlungsbeginn|radiatio beginn|rtx start|radiation start",
  },
  radiotherapyEnd: {
    kind: "date",
    of: "case",
    headings:
      "strahlentherapie ende|radiotherapy end|ende strahlentherapie|end of radiotherapy|bestrahlung ende|bestrahlungsende|radiatio ende|rtx end|radiation end",
  },
  visitDate: {
    kind: "date",
    of: "visit",
    headings:
      "visit date|datum der nachsorge|nachsorgedatum|follow up date|date of visit|untersuchungsdatum|kontrolldatum|date of last contact|last follow up|letzter kontakt|letzte nachsorge|follow up datum|vorstellungsdatum|datum der vorstellung",
  },
  status: {
    kind: "status",
    of: "visit",
    headings:
      "status|outcome|follow up status|nachsorgestatus|verlauf|krankheitsstatus|disease status|tumorstatus|befund der nachsorge|ergebnis|last status",
  },
  months: {
    kind: "months",
    of: "visit",
    headings:
      "months since diagnosis|monate seit diagnose|follow up months|monate|months|nachbeobachtung monate|follow up time months|nachsorgedauer monate|follow up time",
  },
} as const satisfies Readonly<Record<string, FieldFacts>>;

/** A field by name. */
export type TableField = keyof typeof tableFields;

/** Every field. */
export const fieldNames = Object.keys(tableFields) as readonly TableField[];
