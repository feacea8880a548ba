import type { RegionSource } from "../../../../src/contract/atlas-model.ts";
import type { Words } from "../../shell/language.tsx";

export interface SortedRegionWords {
  readonly sources: Readonly<Record<RegionSource, string>>;
  readonly unsorted: string;
  readonly noRegion: string;
  readonly scores: string;
  readonly differs: (region: string) => string;
  readonly by: string;
}

export const sortedRegionWords: Words<SortedRegionWords> = {
  en: {
    sources: { table: "says a table", atlas: "sorted by the atlas" },
    unsorted: "Nobody has said, and the atlas has not looked at it.",
    noRegion: "Of no region that the atlas knows:",
    scores: "What the atlas takes it for",
    differs: (region) => `The atlas would say ${region}; the table counts.`,
    by: "Atlas model:",
  },
  de: {
    sources: { table: "laut Tabelle", atlas: "vom Atlas einsortiert" },
    unsorted: "Niemand hat sie angegeben, und der Atlas hat das Bild noch nicht gesehen.",
    noRegion: "Keine Region, die der Atlas kennt:",
    scores: "Wofür der Atlas es hält",
    differs: (region) => `Der Atlas würde ${region} sagen; es gilt die Tabelle.`,
    by: "Atlas-Modell:",
  },
};
