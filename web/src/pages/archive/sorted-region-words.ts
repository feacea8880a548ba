import type { NoRegionReason, RegionSource } from "../../../../src/contract/atlas-model.ts";
import type { Words } from "../../shell/language.tsx";

export interface SortedRegionWords {
  readonly sources: Readonly<Record<RegionSource, string>>;
  readonly unsorted: string;
  readonly noRegion: string;
  readonly reasons: Readonly<Record<NoRegionReason, string>>;
  readonly scores: string;
  readonly differs: (region: string) => string;
  readonly by: string;
}

export const sortedRegionWords: Words<SortedRegionWords> = {
  en: {
    sources: { table: "says a table", atlas: "sorted by the atlas" },
    unsorted: "Nobody has said, and the atlas has not looked at it.",
    noRegion: "Of no region that the atlas knows:",
    reasons: {
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
    scores: "What the atlas takes it for",
    differs: (region) => `The atlas would say ${region}; the table counts.`,
    by: "Atlas model:",
  },
  de: {
    sources: { table: "laut Tabelle", atlas: "vom Atlas einsortiert" },
    unsorted: "Niemand hat sie angegeben, und der Atlas hat das Bild noch nicht gesehen.",
    noRegion: "Keine Region, die der Atlas kennt:",
    reasons: {
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
    scores: "Wofür der Atlas es hält",
    differs: (region) => `Der Atlas würde ${region} sagen; es gilt die Tabelle.`,
    by: "Atlas-Modell:",
  },
};
