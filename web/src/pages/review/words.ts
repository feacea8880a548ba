import type { Box } from "../../../../src/contract/pictures.ts";
import type { BurnedInTextState, SetAsideDecision, SetAsideFile } from "../../../../src/contract/review.ts";
import type { Words } from "../../shell/language.tsx";

export interface ReviewWords {
  readonly parts: string;
  readonly titles: Readonly<Record<"files" | "copies" | "text", string>>;
  readonly open: (count: string) => string;
  readonly notAllowed: string;
  readonly state: string;
  readonly states: Readonly<Record<"open" | "decided", string>>;
  readonly next: string;
  readonly previous: string;
  readonly reopen: string;
  readonly cancel: string;
  readonly decidedBy: (decision: string, by: string, at: string) => string;
  readonly nothingOpen: string;
  readonly nothingOpenHint: string;

  readonly noFiles: string;
  readonly noFilesHint: string;
  readonly reason: string;
  readonly allReasons: string;
  /** By the reason's code: its name, and what it means for who decides. */
  readonly reasons: Readonly<Record<string, { readonly name: string; readonly sentence?: string }>>;
  readonly setAsideAt: (time: string) => string;
  readonly notKept: Readonly<Record<Exclude<SetAsideFile["kept"], "kept">, string>>;
  readonly preview: string;
  readonly loadingPreview: string;
  readonly noPreview: string;
  readonly importAnyway: string;
  readonly leaveOut: string;
  readonly leaveAllOut: (count: string) => string;
  readonly leaveAllOutQuestion: (count: string) => string;
  readonly deleteFile: string;
  readonly deleteQuestion: string;
  readonly decisions: Readonly<Record<SetAsideDecision, string>>;
  readonly done: Readonly<Record<"leave out" | "delete" | "open", (count: string) => string>>;
  readonly importedCount: (count: string) => string;
  readonly refused: string;

  readonly noCopies: string;
  readonly noCopiesHint: string;
  readonly pairOf: (number: string, total: string) => string;
  readonly first: string;
  readonly second: string;
  readonly same: string;
  readonly part: string;
  readonly copyDone: Readonly<Record<"confirmed" | "parted" | "open", string>>;

  readonly textStates: Readonly<Record<BurnedInTextState, string>>;
  readonly textDone: Readonly<Record<"open" | "text" | "none", string>>;
  readonly noTexts: string;
  readonly noTextsHint: string;
  readonly notLookedHint: (count: string) => string;
  readonly search: (count: string) => string;
  readonly searching: string;
  readonly stopSearch: string;
  readonly allSearched: string;
  readonly radiographNumber: (number: string) => string;
  readonly regionCount: (count: number) => string;
  readonly radiographWithText: string;
  readonly confirmText: string;
  readonly noTextHere: string;
  readonly regions: string;
  readonly region: (number: number) => string;
  readonly regionTool: string;
  readonly regionBox: (box: Box) => string;
  readonly removeRegion: (number: number) => string;
  readonly addRegion: string;
  readonly regionsHint: string;
  readonly sure: (share: string) => string;
  readonly drawn: string;
}

/** A reason's name; one that a newer server knows is shown as it is. */
export const reasonName = ({ reasons }: ReviewWords, code: string): string => reasons[code]?.name ?? code;

export const reviewWords: Words<ReviewWords> = {
  en: {
    parts: "Parts of the page",
    titles: { files: "Set-aside files", copies: "Near duplicates", text: "Burned-in text" },
    open: (count) => `(${count} open)`,
    notAllowed: "Annotators and researchers decide here; ask an administrator for that role.",
    state: "State",
    states: { open: "open", decided: "decided" },
    next: "Next",
    previous: "Previous",
    reopen: "Leave open",
    cancel: "Cancel",
    decidedBy: (decision, by, at) => `${decision}: ${by}, ${at}`,
    nothingOpen: "Nothing here",
    nothingOpenHint: "No file matches. Choose another state or reason.",

    noFiles: "No file was set aside",
    noFilesHint: "What an import cannot read, and what is no radiograph, waits here for a person.",
    reason: "Reason",
    allReasons: "all",
    reasons: {
      "not-a-radiograph": {
        name: "No radiograph",
        sentence:
          "By what it shows or says of itself. A radiograph among them, such as a photographed film, can be imported anyway.",
      },
      "not-an-image": { name: "No picture", sentence: "It is neither DICOM nor PNG nor JPEG." },
      "unsupported-format": { name: "Other format", sentence: "Save it as DICOM, PNG or JPEG and import that." },
      truncated: { name: "Cut short", sentence: "It ends too early; export it again." },
      corrupt: { name: "Damaged", sentence: "Its content contradicts itself; export it again." },
      "unsupported-transfer-syntax": {
        name: "Other coding",
        sentence: "Its pixels are coded in a way that is not read.",
      },
      "unsupported-pixels": { name: "Other pixels", sentence: "Its pixels are of a kind that is not read." },
      "no-pixel-data": { name: "No pixels", sentence: "There is no picture in it." },
      "not-a-picture-object": {
        name: "No picture object",
        sentence: "A report or another DICOM object without a picture.",
      },
      "too-large": { name: "Too large", sentence: "It is larger than what is read." },
      "empty-file": { name: "Empty" },
      "unreadable-file": { name: "Unreadable", sentence: "The file could not be opened; look at its permissions." },
      "timed-out": { name: "Took too long", sentence: "It may be read at another try." },
      "decoder-crashed": { name: "Decoder gave up", sentence: "It may be read at another try." },
    },
    setAsideAt: (time) => `Set aside ${time}.`,
    notKept: {
      unreadable: "The file could not be read, so there is nothing to look at.",
      "too large": "The file is larger than 64 MiB and was not kept; look at the original.",
      "store full":
        "The files that are kept for review have reached 8 GiB, so this one was not kept; look at the original.",
      "not kept": "The file was set aside before such files were kept; import it again to look at it here.",
    },
    preview: "What the file shows",
    loadingPreview: "Decoding the file",
    noPreview: "There is no picture in it that could be shown.",
    importAnyway: "Import anyway",
    leaveOut: "Leave out",
    leaveAllOut: (count) => `Leave all ${count} out`,
    leaveAllOutQuestion: (count) => `Leave ${count} files of this reason out of the archive? Each can be opened again.`,
    deleteFile: "Delete file",
    deleteQuestion:
      "Delete the file that the home keeps for review? This cannot be taken back; the original elsewhere stays.",
    decisions: { "left out": "left out", imported: "imported anyway", deleted: "deleted" },
    done: {
      "leave out": (count) => `${count} left out.`,
      delete: (count) => `${count} deleted.`,
      open: (count) => `${count} open again.`,
    },
    importedCount: (count) => (count === "1" ? "1 radiograph imported." : `${count} radiographs imported.`),
    refused: "Not imported:",

    noCopies: "No pair waits here",
    noCopiesHint: "Radiographs that look like another one, at another size or contrast, wait here after an import.",
    pairOf: (number, total) => `Pair ${number} of ${total}`,
    first: "Was there first",
    second: "Came later",
    same: "The same radiograph",
    part: "Two radiographs",
    copyDone: { confirmed: "The same radiograph", parted: "Two radiographs", open: "Open again" },

    textStates: {
      open: "to decide",
      text: "text",
      "no text": "no text, decided",
      "none found": "nothing found",
      unreadable: "unreadable",
    },
    textDone: { open: "Open again.", text: "Text confirmed.", none: "Decided: no text." },
    noTexts: "Nothing here",
    noTextsHint: "No radiograph is in this state.",
    notLookedHint: (count) => `${count} radiographs have not been looked through yet; start the search.`,
    search: (count) => `Look through ${count} radiographs`,
    searching: "Looking for text",
    stopSearch: "Stop",
    allSearched: "All looked through",
    radiographNumber: (number) => `Radiograph ${number}`,
    regionCount: (count) => (count === 1 ? "1 region" : `${count} regions`),
    radiographWithText: "Radiograph and regions of text",
    confirmText: "Text is here",
    noTextHere: "No text",
    regions: "Regions",
    region: (number) => `Region ${number}`,
    regionTool: "Region of text",
    regionBox: ({ x, y, width, height }) =>
      `Region of text, ${width} by ${height} pixels, ${x} from the left, ${y} from the top`,
    removeRegion: (number) => `Remove region ${number}`,
    addRegion: "Add region",
    regionsHint: "Draw a region on the radiograph. A chosen one is moved and resized by mouse or arrow keys.",
    sure: (share) => `${share} sure`,
    drawn: "drawn",
  },
  de: {
    parts: "Bereiche der Seite",
    titles: { files: "Beiseitegelegte Dateien", copies: "Beinahe-Duplikate", text: "Eingebrannter Text" },
    open: (count) => `(${count} offen)`,
    notAllowed: "Hier entscheiden Annotierende und Forschende; die Rolle vergibt die Administration.",
    state: "Stand",
    states: { open: "offen", decided: "entschieden" },
    next: "Weiter",
    previous: "Zurück",
    reopen: "Offen lassen",
    cancel: "Abbrechen",
    decidedBy: (decision, by, at) => `${decision}: ${by}, ${at}`,
    nothingOpen: "Hier ist nichts",
    nothingOpenHint: "Keine Datei passt. Wählen Sie einen anderen Stand oder Grund.",

    noFiles: "Es wurde keine Datei beiseitegelegt",
    noFilesHint: "Was ein Import nicht lesen kann und was kein Röntgenbild ist, wartet hier auf eine Entscheidung.",
    reason: "Grund",
    allReasons: "alle",
    reasons: {
      "not-a-radiograph": {
        name: "Kein Röntgenbild",
        sentence:
          "Nach dem, was es zeigt oder über sich sagt. Eine Röntgenaufnahme darunter, etwa ein abfotografierter Film, lässt sich trotzdem importieren.",
      },
      "not-an-image": { name: "Kein Bild", sentence: "Es ist weder DICOM noch PNG noch JPEG." },
      "unsupported-format": {
        name: "Anderes Format",
        sentence: "Speichern Sie es als DICOM, PNG oder JPEG und importieren Sie das.",
      },
      truncated: { name: "Abgeschnitten", sentence: "Die Datei endet zu früh; exportieren Sie sie neu." },
      corrupt: { name: "Beschädigt", sentence: "Der Inhalt widerspricht sich; exportieren Sie die Datei neu." },
      "unsupported-transfer-syntax": {
        name: "Andere Kodierung",
        sentence: "Die Bildpunkte sind so kodiert, dass sie nicht gelesen werden.",
      },
      "unsupported-pixels": { name: "Andere Bildpunkte", sentence: "Bildpunkte dieser Art werden nicht gelesen." },
      "no-pixel-data": { name: "Ohne Bildpunkte", sentence: "Es enthält kein Bild." },
      "not-a-picture-object": {
        name: "Kein Bildobjekt",
        sentence: "Ein Befund oder ein anderes DICOM-Objekt ohne Bild.",
      },
      "too-large": { name: "Zu groß", sentence: "Es ist größer als das, was gelesen wird." },
      "empty-file": { name: "Leer" },
      "unreadable-file": {
        name: "Nicht lesbar",
        sentence: "Die Datei ließ sich nicht öffnen; prüfen Sie die Zugriffsrechte.",
      },
      "timed-out": { name: "Dauerte zu lange", sentence: "Ein weiterer Versuch kann gelingen." },
      "decoder-crashed": { name: "Dekoder gab auf", sentence: "Ein weiterer Versuch kann gelingen." },
    },
    setAsideAt: (time) => `Beiseitegelegt am ${time}.`,
    notKept: {
      unreadable: "Die Datei ließ sich nicht lesen, also gibt es nichts anzusehen.",
      "too large": "Die Datei ist größer als 64 MiB und wurde nicht aufbewahrt; sehen Sie das Original an.",
      "store full":
        "Die zur Prüfung aufbewahrten Dateien haben 8 GiB erreicht, deshalb fehlt diese; sehen Sie das Original an.",
      "not kept":
        "Die Datei wurde beiseitegelegt, bevor solche Dateien aufbewahrt wurden; importieren Sie sie neu, um sie hier anzusehen.",
    },
    preview: "Was die Datei zeigt",
    loadingPreview: "Die Datei wird dekodiert",
    noPreview: "Sie enthält kein Bild, das sich zeigen ließe.",
    importAnyway: "Trotzdem importieren",
    leaveOut: "Weglassen",
    leaveAllOut: (count) => `Alle ${count} weglassen`,
    leaveAllOutQuestion: (count) =>
      `${count} Dateien mit diesem Grund nicht ins Archiv aufnehmen? Jede lässt sich wieder öffnen.`,
    deleteFile: "Datei löschen",
    deleteQuestion:
      "Die Datei löschen, die zur Prüfung aufbewahrt wird? Das lässt sich nicht zurücknehmen; das Original an anderem Ort bleibt.",
    decisions: { "left out": "weggelassen", imported: "trotzdem importiert", deleted: "gelöscht" },
    done: {
      "leave out": (count) => `${count} weggelassen.`,
      delete: (count) => `${count} gelöscht.`,
      open: (count) => `${count} wieder offen.`,
    },
    importedCount: (count) => (count === "1" ? "1 Röntgenbild importiert." : `${count} Röntgenbilder importiert.`),
    refused: "Nicht importiert:",

    noCopies: "Hier wartet kein Paar",
    noCopiesHint:
      "Röntgenbilder, die einem anderen gleichen, in anderer Größe oder anderem Kontrast, warten hier nach einem Import.",
    pairOf: (number, total) => `Paar ${number} von ${total}`,
    first: "War zuerst da",
    second: "Kam später",
    same: "Dieselbe Aufnahme",
    part: "Zwei Aufnahmen",
    copyDone: { confirmed: "Dieselbe Aufnahme", parted: "Zwei Aufnahmen", open: "Wieder offen" },

    textStates: {
      open: "zu entscheiden",
      text: "Text",
      "no text": "kein Text, entschieden",
      "none found": "nichts gefunden",
      unreadable: "nicht lesbar",
    },
    textDone: { open: "Wieder offen.", text: "Text bestätigt.", none: "Entschieden: kein Text." },
    noTexts: "Hier ist nichts",
    noTextsHint: "Kein Röntgenbild hat diesen Stand.",
    notLookedHint: (count) => `${count} Röntgenbilder sind noch nicht durchgesehen; starten Sie die Suche.`,
    search: (count) => `${count} Röntgenbilder durchsehen`,
    searching: "Suche nach Text",
    stopSearch: "Anhalten",
    allSearched: "Alle durchgesehen",
    radiographNumber: (number) => `Aufnahme ${number}`,
    regionCount: (count) => (count === 1 ? "1 Bereich" : `${count} Bereiche`),
    radiographWithText: "Aufnahme mit Textbereichen",
    confirmText: "Hier steht Text",
    noTextHere: "Kein Text",
    regions: "Bereiche",
    region: (number) => `Bereich ${number}`,
    regionTool: "Textbereich",
    regionBox: ({ x, y, width, height }) =>
      `Textbereich, ${width} mal ${height} Bildpunkte, ${x} von links, ${y} von oben`,
    removeRegion: (number) => `Bereich ${number} entfernen`,
    addRegion: "Bereich hinzufügen",
    regionsHint:
      "Zeichnen Sie einen Bereich auf die Aufnahme. Ein gewählter lässt sich mit Maus oder Pfeiltasten verschieben und ändern.",
    sure: (share) => `zu ${share} sicher`,
    drawn: "gezeichnet",
  },
};
