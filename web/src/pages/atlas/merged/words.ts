import type { Words } from "../../../shell/language.tsx";

export interface MergedWords {
  readonly which: string;
  readonly counts: (clusters: number, images: string) => string;
  readonly cluster: (cluster: number, images: string) => string;
  readonly note: string;
  readonly none: string;
  readonly noneText: string;
  readonly previous: string;
  readonly next: string;
}

export const mergedWords: Words<MergedWords> = {
  en: {
    which: "Regions so far",
    counts: (clusters, images) => `${clusters === 1 ? "1 cluster" : `${clusters} clusters`}, ${images} radiographs`,
    cluster: (cluster, images) => `Cluster ${cluster} · ${images} radiographs`,
    note: "What is learned as one class: every cluster with this label by its most typical radiographs. A cluster opens where it is labelled.",
    none: "No region yet",
    noneText: "Clusters with equal labels make one class; here it is seen as a whole.",
    previous: "Previous region",
    next: "Next region",
  },
  de: {
    which: "Regionen bisher",
    counts: (clusters, images) => `${clusters} Cluster, ${images} Aufnahmen`,
    cluster: (cluster, images) => `Cluster ${cluster} · ${images} Aufnahmen`,
    note: "Was als eine Klasse gelernt wird: jeder Cluster mit dieser Beschriftung durch seine typischsten Aufnahmen. Ein Cluster öffnet sich dort, wo er beschriftet wird.",
    none: "Noch keine Region",
    noneText: "Gleich beschriftete Cluster bilden eine Klasse; hier ist sie als Ganzes zu sehen.",
    previous: "Vorige Region",
    next: "Nächste Region",
  },
};
