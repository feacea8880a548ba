import type { NoRegionReason } from "../../../src/contract/atlas-model.ts";
import type { Words } from "../shell/language.tsx";

/** Why a picture belongs to no region, after a colon. */
export type NoRegionWords = Readonly<Record<NoRegionReason, string>>;

export const noRegionWords: Words<NoRegionWords> = {
  en: {
    "like-discarded": "it looks like what readers discarded.",
    "unlike-regions": "its networks have seen nothing like it.",
    "unlike-archive": "its texture is unlike the archive's radiographs.",
    "other-modality": "its file says that it is of another modality.",
    "too-small": "it is too small for a radiograph.",
    "colour-photograph": "it is a photograph in colour.",
    blank: "it is blank.",
    noise: "it is noise.",
    gradient: "it is a ramp of grey.",
    drawing: "it is a drawing.",
    document: "it is a page of text.",
  },
  de: {
    "like-discarded": "Es sieht aus wie Verworfenes.",
    "unlike-regions": "Seine Netze haben nichts Ähnliches gesehen.",
    "unlike-archive": "Seine Textur gleicht keinem Röntgenbild des Archivs.",
    "other-modality": "Die Datei nennt eine andere Modalität.",
    "too-small": "Es ist zu klein für ein Röntgenbild.",
    "colour-photograph": "Es ist ein Farbfoto.",
    blank: "Es ist leer.",
    noise: "Es ist Rauschen.",
    gradient: "Es ist ein Grauverlauf.",
    drawing: "Es ist eine Zeichnung.",
    document: "Es ist eine Textseite.",
  },
};
