/** Why a file or picture is refused or not known, in the user's language: the server gives a code and an English sentence. */

import { useWords, type Words } from "../shell/language.tsx";

/** Of read-radiograph.ts, plausibility.ts, familiarity.ts and the links; English has the server's own sentences. */
const reasonWords: Words<Readonly<Record<string, string>>> = {
  en: {},
  de: {
    "not-an-image": "Die Datei ist kein Bild.",
    "unsupported-format": "Dieses Dateiformat wird nicht gelesen.",
    truncated: "Die Datei ist unvollständig: Sie endet mitten im Bild.",
    corrupt: "Die Datei ist beschädigt.",
    "unsupported-transfer-syntax": "Diese Kodierung von DICOM wird nicht gelesen.",
    "unsupported-pixels": "Bildpunkte dieser Art werden nicht gelesen.",
    "no-pixel-data": "Die DICOM-Datei enthält kein Bild.",
    "not-a-picture-object": "Die DICOM-Datei ist kein Bild, sondern ein anderes Objekt.",
    "too-large": "Das Bild ist größer, als hier gelesen wird.",
    "empty-file": "Die Datei ist leer.",
    "unreadable-file": "Die Datei lässt sich nicht lesen.",
    "timed-out": "Das Lesen der Datei hat zu lange gedauert.",
    "decoder-crashed": "Die Datei hat den Dekoder zum Absturz gebracht.",
    "not-a-radiograph": "Das ist keine Röntgenaufnahme.",
    "too-small": "Das Bild ist zu klein.",
    "colour-photograph": "Das Bild ist farbig; das ist keine Röntgenaufnahme.",
    blank: "Das Bild ist leer: Fast alles hat denselben Grauwert.",
    noise: "Das Bild ist Rauschen, ein feines Muster oder Text.",
    gradient: "Das Bild ist ein glatter Verlauf ohne Kanten.",
    drawing: "Das Bild sieht aus wie eine Zeichnung oder ein Bildschirm.",
    document: "Das Bild sieht aus wie eine Textseite.",
    "unlike-archive": "Das Bild gleicht keiner Aufnahme des Archivs.",
    "nobody-near": "Der nächste frühere Patient liegt ferner als bei 49 von 50 früheren Patienten.",
    "no-held-out":
      "Welche Diagnosen nicht auszuschließen sind, lässt sich nur an Patienten ablesen, von denen das Netz nicht gelernt hat: Trainieren Sie mit zurückgehaltenen Patienten, oder werten Sie aus.",
    "too-few-held-out":
      "Für eine Menge nicht auszuschließender Diagnosen mit dieser Sicherheit gibt es zu wenige Patienten, von denen das Netz nicht gelernt hat.",
    "own-patient-known":
      "Der Patient ist bereits im Archiv; eine Zusicherung nicht auszuschließender Diagnosen gilt nur für neue Patienten.",
    "no-radiograph":
      "Nicht auszuschließende Diagnosen werden nur für Aufnahmen genannt, die denen des Archivs gleichen.",
    "no-lesion-index": "Das ganze Bild wurde verglichen: Als der Index entstand, war im Archiv keine Läsion markiert.",
    "too-few-boxes": "Das ganze Bild wurde verglichen: Zu wenige Patienten des Archivs haben eine markierte Läsion.",
  },
};

/** The sentence for a reason. */
export const useReason = (): ((reason: { readonly code: string; readonly detail: string }) => string) => {
  const words = useWords(reasonWords);
  return ({ code, detail }) => words[code] ?? detail;
};
