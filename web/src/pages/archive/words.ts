import type { ArchiveOrder, FacetName } from "../../../../src/contract/images.ts";
import type { Words } from "../../shell/language.tsx";

export interface ArchiveWords {
  readonly title: string;
  readonly search: string;
  readonly searchHint: string;
  readonly order: string;
  readonly orders: Readonly<Record<ArchiveOrder, string>>;
  readonly show: string;
  readonly radiographs: string;
  readonly patients: string;
  readonly countRadiographs: (count: string) => string;
  readonly countPatients: (count: string) => string;
  readonly size: string;
  readonly sizes: Readonly<Record<"small" | "medium" | "large", string>>;
  readonly import: string;
  readonly export: string;
  readonly exportSelected: string;
  readonly filters: string;
  readonly facets: Readonly<Record<FacetName, string>>;
  readonly notKnown: string;
  readonly yes: string;
  readonly no: string;
  readonly origins: Readonly<Record<string, string>>;
  readonly regionSources: Readonly<Record<string, string>>;
  readonly sortedValues: Readonly<Record<string, string>>;
  readonly certainty: Readonly<Record<string, string>>;
  readonly lateralities: Readonly<Record<string, string>>;
  readonly ageBand: (from: number) => string;
  readonly more: (count: string) => string;
  readonly fewer: string;
  readonly age: string;
  readonly acquired: string;
  readonly from: string;
  readonly to: string;
  readonly filter: {
    readonly age: (from: string, to: string) => string;
    readonly acquired: (from: string, to: string) => string;
    readonly open: string;
    readonly text: (text: string) => string;
    readonly patient: string;
    readonly selected: (count: number) => string;
    readonly remove: (name: string) => string;
    readonly clear: string;
  };
  readonly grid: string;
  readonly unlabelled: string;
  readonly years: (age: string) => string;
  readonly nothing: { readonly title: string; readonly filtered: string; readonly empty: string };
  readonly selection: {
    readonly count: (count: number) => string;
    readonly compare: string;
    readonly only: string;
    readonly clear: string;
  };
  readonly link: string;
  readonly detail: {
    readonly title: string;
    readonly close: string;
    readonly patient: string;
    readonly allOfPatient: string;
    readonly others: string;
    readonly noOthers: string;
    readonly facts: string;
    readonly names: Readonly<
      Record<"size" | "acquired" | "imported" | "format" | "exposure" | "duplicates" | "age" | "file" | "study", string>
    >;
    readonly nearDuplicateOf: string;
    readonly nearDuplicates: string;
    readonly marks: string;
    readonly noMarks: string;
    readonly polygon: string;
    readonly course: string;
    readonly noCourse: string;
    readonly reports: string;
    readonly noReports: string;
    readonly reportsHidden: string;
    readonly reportKinds: Readonly<Record<string, string>>;
  };
  readonly keys: {
    readonly move: string;
    readonly ends: string;
    readonly page: string;
    readonly open: string;
    readonly select: string;
    readonly extend: string;
    readonly search: string;
    readonly close: string;
    readonly view: string;
  };
}

export const archiveWords: Words<ArchiveWords> = {
  en: {
    title: "Archive",
    search: "Search",
    searchHint: "Entity, site, region or patient number",
    order: "Order",
    orders: {
      newest: "Newest first",
      oldest: "Oldest first",
      imported: "Last imported first",
      patient: "By patient",
      entity: "By entity",
      age: "By age",
    },
    show: "Show",
    radiographs: "Radiographs",
    patients: "Patients",
    countRadiographs: (count) => (count === "1" ? "1 radiograph" : `${count} radiographs`),
    countPatients: (count) => (count === "1" ? "1 patient" : `${count} patients`),
    size: "Size of the pictures",
    sizes: { small: "Small", medium: "Medium", large: "Large" },
    import: "Import ...",
    export: "Export list",
    exportSelected: "Export selection",
    filters: "Filters",
    facets: {
      entity: "Entity",
      region: "Region",
      regionSource: "Region told by",
      sorted: "Sorted by the atlas",
      sortedScore: "Certainty of the atlas",
      label: "Label",
      site: "Site",
      position: "Position",
      sex: "Sex",
      ageBand: "Age group",
      origin: "Origin",
      modality: "Modality",
      view: "View",
      laterality: "Side",
      bodyPart: "Body part (file)",
      manufacturer: "Manufacturer",
      marked: "Drawn on",
      nearDuplicate: "Shows another again",
      burnedInText: "Text in the picture",
    },
    notKnown: "not known",
    yes: "yes",
    no: "no",
    origins: { internal: "this centre", external: "elsewhere" },
    regionSources: { table: "a table", atlas: "the atlas" },
    sortedValues: { yes: "into a region", no: "of no region" },
    certainty: { 90: "90 % and more", 70: "70 to 90 %", 50: "50 to 70 %", 0: "below 50 %" },
    lateralities: { L: "left", R: "right", B: "both" },
    ageBand: (from) => `${from}–${from + 9} years`,
    more: (count) => `${count} more`,
    fewer: "Fewer",
    age: "Age in years",
    acquired: "Date",
    from: "from",
    to: "to",
    filter: {
      age: (from, to) => `Age ${from} to ${to}`,
      acquired: (from, to) => `Date ${from} to ${to}`,
      open: "...",
      text: (text) => `“${text}”`,
      patient: "One patient",
      selected: (count) => `${count} selected`,
      remove: (name) => `Remove the filter ${name}`,
      clear: "Clear all",
    },
    grid: "Radiographs of the archive",
    unlabelled: "No entity",
    years: (age) => `${age} y`,
    nothing: {
      title: "No radiographs",
      filtered: "None matches all of the filters.",
      empty: "The archive is empty. Import DICOM files, pictures, hospital tables and reports.",
    },
    selection: {
      count: (count) => (count === 1 ? "1 selected" : `${count} selected`),
      compare: "Side by side",
      only: "Show these only",
      clear: "Clear selection",
    },
    link: "Link to similar patients",
    detail: {
      title: "Radiograph",
      close: "Close the panel",
      patient: "Patient",
      allOfPatient: "Show this patient only",
      others: "Other radiographs of the patient",
      noOthers: "This is the patient's only radiograph.",
      facts: "All that is known",
      names: {
        size: "Size",
        acquired: "Taken on",
        imported: "Imported",
        format: "File",
        exposure: "Exposure on the plate",
        duplicates: "Same file again",
        age: "Age",
        file: "File name",
        study: "Study",
      },
      nearDuplicateOf: "Shows this radiograph again",
      nearDuplicates: "Shown again by",
      marks: "Marks",
      noMarks: "Nobody drew on it.",
      polygon: "outline",
      course: "Course",
      noCourse: "The hospital's tables say nothing of this patient.",
      reports: "Reports",
      noReports: "There are none.",
      reportsHidden: "The texts are for researchers.",
      reportKinds: { radiology: "Radiology", pathology: "Pathology", "tumour board": "Tumour board", other: "Other" },
    },
    keys: {
      move: "Go through the radiographs",
      ends: "First and last radiograph",
      page: "A screen up or down",
      open: "Open the radiograph",
      select: "Select the radiograph",
      extend: "Select while going on",
      search: "Search",
      close: "Close the panel, or clear the selection",
      view: "Radiographs or patients",
    },
  },
  de: {
    title: "Archiv",
    search: "Suche",
    searchHint: "Entität, Lokalisation, Region oder Patientennummer",
    order: "Reihenfolge",
    orders: {
      newest: "Neueste zuerst",
      oldest: "Älteste zuerst",
      imported: "Zuletzt importiert zuerst",
      patient: "Nach Patient",
      entity: "Nach Entität",
      age: "Nach Alter",
    },
    show: "Zeigen",
    radiographs: "Röntgenbilder",
    patients: "Patienten",
    countRadiographs: (count) => (count === "1" ? "1 Röntgenbild" : `${count} Röntgenbilder`),
    countPatients: (count) => (count === "1" ? "1 Patient" : `${count} Patienten`),
    size: "Größe der Bilder",
    sizes: { small: "Klein", medium: "Mittel", large: "Groß" },
    import: "Importieren ...",
    export: "Liste exportieren",
    exportSelected: "Auswahl exportieren",
    filters: "Filter",
    facets: {
      entity: "Entität",
      region: "Region",
      regionSource: "Region nach",
      sorted: "Vom Atlas einsortiert",
      sortedScore: "Sicherheit des Atlas",
      label: "Label",
      site: "Lokalisation",
      position: "Position",
      sex: "Geschlecht",
      ageBand: "Altersgruppe",
      origin: "Herkunft",
      modality: "Modalität",
      view: "Aufnahmerichtung",
      laterality: "Seite",
      bodyPart: "Körperteil (Datei)",
      manufacturer: "Hersteller",
      marked: "Mit Markierung",
      nearDuplicate: "Zeigt ein anderes erneut",
      burnedInText: "Text im Bild",
    },
    notKnown: "nicht bekannt",
    yes: "ja",
    no: "nein",
    origins: { internal: "eigenes Zentrum", external: "auswärts" },
    regionSources: { table: "Tabelle", atlas: "Atlas" },
    sortedValues: { yes: "in eine Region", no: "keine Region" },
    certainty: { 90: "ab 90 %", 70: "70 bis 90 %", 50: "50 bis 70 %", 0: "unter 50 %" },
    lateralities: { L: "links", R: "rechts", B: "beide" },
    ageBand: (from) => `${from}–${from + 9} Jahre`,
    more: (count) => `${count} weitere`,
    fewer: "Weniger",
    age: "Alter in Jahren",
    acquired: "Datum",
    from: "von",
    to: "bis",
    filter: {
      age: (from, to) => `Alter ${from} bis ${to}`,
      acquired: (from, to) => `Datum ${from} bis ${to}`,
      open: "...",
      text: (text) => `„${text}“`,
      patient: "Ein Patient",
      selected: (count) => `${count} ausgewählte`,
      remove: (name) => `Filter ${name} entfernen`,
      clear: "Alle entfernen",
    },
    grid: "Röntgenbilder des Archivs",
    unlabelled: "Ohne Entität",
    years: (age) => `${age} J.`,
    nothing: {
      title: "Keine Röntgenbilder",
      filtered: "Keines passt zu allen Filtern.",
      empty: "Das Archiv ist leer. Importieren Sie DICOM-Dateien, Bilder, Tabellen der Klinik und Befunde.",
    },
    selection: {
      count: (count) => `${count} ausgewählt`,
      compare: "Nebeneinander",
      only: "Nur diese zeigen",
      clear: "Auswahl aufheben",
    },
    link: "Mit ähnlichen Patienten verknüpfen",
    detail: {
      title: "Röntgenbild",
      close: "Leiste schließen",
      patient: "Patient",
      allOfPatient: "Nur diesen Patienten zeigen",
      others: "Weitere Röntgenbilder des Patienten",
      noOthers: "Es ist das einzige Röntgenbild des Patienten.",
      facts: "Alle Angaben",
      names: {
        size: "Größe",
        acquired: "Aufgenommen am",
        imported: "Importiert",
        format: "Datei",
        exposure: "Aufnahme auf der Platte",
        duplicates: "Gleiche Datei erneut",
        age: "Alter",
        file: "Dateiname",
        study: "Studie",
      },
      nearDuplicateOf: "Zeigt dieses Röntgenbild erneut",
      nearDuplicates: "Wird erneut gezeigt von",
      marks: "Markierungen",
      noMarks: "Es hat niemand etwas eingezeichnet.",
      polygon: "Umriss",
      course: "Verlauf",
      noCourse: "Die Tabellen der Klinik sagen nichts über diesen Patienten.",
      reports: "Befunde",
      noReports: "Es gibt keine.",
      reportsHidden: "Die Texte sehen Forschende.",
      reportKinds: {
        radiology: "Radiologie",
        pathology: "Pathologie",
        "tumour board": "Tumorboard",
        other: "Sonstige",
      },
    },
    keys: {
      move: "Durch die Röntgenbilder gehen",
      ends: "Erstes und letztes Röntgenbild",
      page: "Einen Bildschirm auf oder ab",
      open: "Röntgenbild öffnen",
      select: "Röntgenbild auswählen",
      extend: "Beim Weitergehen auswählen",
      search: "Suchen",
      close: "Leiste schließen oder Auswahl aufheben",
      view: "Röntgenbilder oder Patienten",
    },
  },
};
