import type { ClusterCandidate } from "../../../../src/contract/runs.ts";
import type { Words } from "../../shell/language.tsx";

export interface ClusterWords {
  readonly steadiness: string;
  readonly steadinessChart: (nmi: string) => string;
  readonly nmi: string;
  readonly ami: string;
  readonly sizes: string;
  readonly sizesChart: (smallest: string, median: string, largest: string) => string;
  readonly median: string;
  readonly largest: string;
  readonly smallest: string;
  readonly reseeded: string;
  readonly distance: string;
  readonly distanceChart: (distance: string) => string;
  readonly hint: string;
  readonly choice: string;
  readonly choiceNote: Readonly<Record<ClusterCandidate["what"], string>>;
  readonly clusters: string;
  readonly score: string;
  readonly spread: string;
  readonly chosen: string;
}

export const clusterWords: Words<ClusterWords> = {
  en: {
    steadiness: "Agreement with the clusters before",
    steadinessChart: (nmi) => `Agreement with the clusters of the epoch before: NMI ${nmi}`,
    nmi: "NMI",
    ami: "AMI, adjusted for chance",
    sizes: "Radiographs of a cluster",
    sizesChart: (smallest, median, largest) =>
      `Radiographs of a cluster: smallest ${smallest}, median ${median}, largest ${largest}`,
    median: "median and quartiles",
    largest: "largest",
    smallest: "smallest",
    reseeded: "empty, begun anew",
    distance: "Mean squared distance to the centre",
    distanceChart: (distance) => `Mean squared distance to the centre: ${distance}`,
    hint: "Every epoch clusters anew and then learns the numbers of the clusters: the loss does not fall steadily, for the numbers are others each time. Agreement says how steady clusters are, not how right.",
    choice: "Test runs for the number of clusters",
    choiceNote: {
      region:
        "Score: how often the commonest region of a cluster among half of the patients is right for the others. The highest is chosen.",
      "body part":
        "Score: how often the commonest body part (by the files) of a cluster among half of the patients is right for the others. The highest is chosen.",
      clusters:
        "Score: how well a classifier of half of the patients finds the clusters of the others, adjusted for chance. The highest is chosen.",
    },
    clusters: "Clusters",
    score: "Score",
    spread: "Smallest, median, largest",
    chosen: "✓ chosen",
  },
  de: {
    steadiness: "Übereinstimmung mit den Clustern zuvor",
    steadinessChart: (nmi) => `Übereinstimmung mit den Clustern der vorigen Epoche: NMI ${nmi}`,
    nmi: "NMI",
    ami: "AMI, um den Zufall bereinigt",
    sizes: "Aufnahmen je Cluster",
    sizesChart: (smallest, median, largest) =>
      `Aufnahmen je Cluster: kleinster ${smallest}, Median ${median}, größter ${largest}`,
    median: "Median und Quartile",
    largest: "größter",
    smallest: "kleinster",
    reseeded: "leer, neu begonnen",
    distance: "Mittlerer quadrierter Abstand zum Zentrum",
    distanceChart: (distance) => `Mittlerer quadrierter Abstand zum Zentrum: ${distance}`,
    hint: "Jede Epoche teilt neu in Cluster und lernt dann deren Nummern: Der Verlust fällt nicht stetig, denn die Nummern sind jedes Mal andere. Die Übereinstimmung sagt, wie beständig Cluster sind, nicht wie richtig.",
    choice: "Probeläufe für die Anzahl der Cluster",
    choiceNote: {
      region:
        "Maß: wie oft die häufigste Region eines Clusters bei der Hälfte der Patienten für die übrigen stimmt. Der höchste Wert gewinnt.",
      "body part":
        "Maß: wie oft der häufigste Körperteil (laut Dateien) eines Clusters bei der Hälfte der Patienten für die übrigen stimmt. Der höchste Wert gewinnt.",
      clusters:
        "Maß: wie gut ein Klassifikator aus der Hälfte der Patienten die Cluster der übrigen findet, um den Zufall bereinigt. Der höchste Wert gewinnt.",
    },
    clusters: "Cluster",
    score: "Maß",
    spread: "Kleinster, Median, größter",
    chosen: "✓ gewählt",
  },
};
