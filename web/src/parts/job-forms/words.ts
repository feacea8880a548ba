import type { Words } from "../../shell/language.tsx";

type Preset = "small" | "recommended" | "as-published";

export interface JobFormWords {
  readonly preset: string;
  readonly presets: Readonly<Record<Preset, string>>;
  readonly network: string;
  readonly asPreset: (value: string) => string;
  readonly epochs: string;
  readonly epochsHint: (epochs: string) => string;
  readonly epochsOfPreset: string;
  readonly seed: string;
  readonly seedHint: string;
  readonly imageSize: string;
  readonly imageSizeHint: (size: string) => string;
  readonly wrongNumber: string;
  readonly wrongSeed: string;
  readonly wrongSize: string;
  readonly more: string;
  readonly features: string;
  readonly featureChoices: Readonly<Record<"deepcluster" | "precedents", string>>;
  readonly featureHints: Readonly<Record<"deepcluster" | "precedents", string>>;
  readonly clusters: string;
  readonly clustersBySize: (clusters: string, images: string) => string;
  readonly clustersByTest: (candidates: string) => string;
  readonly clustersTold: string;
  readonly clustersNumbers: string;
  readonly clustersHint: string;
  readonly wrongClusters: string;
  readonly sobel: string;
  readonly sobelHint: string;
  readonly clustering: string;
  readonly clusteringOption: (run: string, clusters: string, images: string) => string;
  readonly newest: string;
  readonly noClustering: string;
  readonly weights: string;
  readonly noWeights: string;
  readonly weightsHint: string;
  readonly clusteringWeights: string;
  readonly leaveOut: string;
  readonly leaveOutHint: string;
  readonly leaveOutNothing: string;
  readonly leaveOutClasses: string;
  readonly allowOverlap: string;
  readonly allowOverlapHint: string;
  readonly target: string;
  readonly classes: string;
  readonly classesHint: string;
  readonly classOption: (name: string, radiographs: string, patients: string) => string;
  readonly twoClasses: string;
  readonly pretrained: string;
  readonly pretrainedOption: (run: string, network: string, radiographs: string) => string;
  readonly noPretrained: string;
  readonly imagenet: string;
  readonly leftOut: string;
  readonly images: string;
  readonly imagesHint: string;
  readonly seeds: string;
  readonly folds: string;
  readonly wrongFew: (least: number, most: number) => string;
}

export const jobFormWords: Words<JobFormWords> = {
  en: {
    preset: "Settings",
    presets: {
      small: "small: for two cores",
      recommended: "recommended: a night on a large machine",
      "as-published": "as published: as in the study",
    },
    network: "Network",
    asPreset: (value) => `as the settings say: ${value}`,
    epochs: "Epochs",
    epochsHint: (epochs) => `Empty for ${epochs}, as the settings say.`,
    epochsOfPreset: "Empty for as many as the settings say.",
    seed: "Seed",
    seedHint: "The same seed and data give the same run.",
    imageSize: "Side of the network's input in pixels",
    imageSizeHint: (size) => `Empty for ${size}.`,
    wrongNumber: "Write a whole number from 1 to 10000.",
    wrongSeed: "Write a whole number from 0 on.",
    wrongSize: "Write a whole number from 32 to 512.",
    more: "More settings",
    features: "What makes radiographs alike",
    featureChoices: { deepcluster: "DeepCluster", precedents: "the trained network" },
    featureHints: {
      deepcluster:
        "A network learns from the radiographs alone, without labels: clusters and network improve each other.",
      precedents: "The features of the newest network that was trained for precedents; done within minutes.",
    },
    clusters: "Clusters",
    clustersBySize: (clusters, images) => `${clusters}, which suits ${images} radiographs`,
    clustersByTest: (candidates) => `test runs choose among ${candidates}`,
    clustersTold: "a number, or several of which test runs choose ...",
    clustersNumbers: "Number of clusters",
    clustersHint: "Published are 1,000 for 42,608 radiographs. Of several, with commas between, test runs choose one.",
    wrongClusters: "Write one to ten whole numbers from 2 to 100000 with commas between.",
    sobel: "See edges instead of grey values (Sobel)",
    sobelHint: "As DeepCluster was published for photographs.",
    clustering: "Clustering",
    clusteringOption: (run, clusters, images) => `${run}: ${clusters} clusters, ${images} radiographs`,
    newest: "the newest",
    noClustering: "Cluster the archive first: the numbers of the clusters are what is learned.",
    weights: "Begin with",
    noWeights: "nothing: random weights",
    weightsHint: "Files in the folder “weights” of the archive's home.",
    clusteringWeights: "the clustering's own network, where it is of the same kind",
    leaveOut: "The task that it is for",
    leaveOutHint: "Nothing is learned from patients of its classes, so that a comparison may test on them.",
    leaveOutNothing: "none: learn from all patients",
    leaveOutClasses: "Patients of these are left out.",
    allowOverlap: "Test also on patients whom the pretraining learned from",
    allowOverlapHint: "Otherwise they are refused: what was seen without labels may still be recognised.",
    target: "What is told apart",
    classes: "Classes",
    classesHint: "At least two.",
    classOption: (name, radiographs, patients) => `${name}: ${radiographs} radiographs, ${patients} patients`,
    twoClasses: "Choose at least two classes.",
    pretrained: "Pretrained on radiographs",
    pretrainedOption: (run, network, radiographs) => `${run}: ${network}, ${radiographs} radiographs`,
    noPretrained: "Nothing is pretrained yet; the row “radiographs” is left out.",
    imagenet: "Weights of photographs (ImageNet)",
    leftOut: "none: the row is left out",
    images: "Radiographs in all",
    imagesHint: "As few as a rare entity has; drawn anew for each seed. Empty for all.",
    seeds: "Seeds",
    folds: "Folds",
    wrongFew: (least, most) => `Write a whole number from ${least} to ${most}.`,
  },
  de: {
    preset: "Einstellungen",
    presets: {
      small: "klein: für zwei Kerne",
      recommended: "empfohlen: eine Nacht auf einem großen Rechner",
      "as-published": "wie veröffentlicht: wie in der Studie",
    },
    network: "Netz",
    asPreset: (value) => `wie die Einstellungen sagen: ${value}`,
    epochs: "Epochen",
    epochsHint: (epochs) => `Leer für ${epochs}, wie die Einstellungen sagen.`,
    epochsOfPreset: "Leer für so viele, wie die Einstellungen sagen.",
    seed: "Startwert des Zufalls",
    seedHint: "Gleicher Startwert und gleiche Daten ergeben denselben Lauf.",
    imageSize: "Seitenlänge der Netzeingabe in Pixeln",
    imageSizeHint: (size) => `Leer für ${size}.`,
    wrongNumber: "Bitte eine ganze Zahl von 1 bis 10000 eingeben.",
    wrongSeed: "Bitte eine ganze Zahl ab 0 eingeben.",
    wrongSize: "Bitte eine ganze Zahl von 32 bis 512 eingeben.",
    more: "Weitere Einstellungen",
    features: "Was Aufnahmen ähnlich macht",
    featureChoices: { deepcluster: "DeepCluster", precedents: "das trainierte Netz" },
    featureHints: {
      deepcluster:
        "Ein Netz lernt allein aus den Aufnahmen, ohne Beschriftungen: Cluster und Netz verbessern einander.",
      precedents: "Die Merkmale des neuesten Netzes, das für Präzedenzfälle trainiert wurde; in Minuten fertig.",
    },
    clusters: "Cluster",
    clustersBySize: (clusters, images) => `${clusters}, passend zu ${images} Aufnahmen`,
    clustersByTest: (candidates) => `Probeläufe wählen unter ${candidates}`,
    clustersTold: "eine Zahl, oder mehrere, unter denen Probeläufe wählen ...",
    clustersNumbers: "Anzahl der Cluster",
    clustersHint:
      "Veröffentlicht sind 1.000 für 42.608 Aufnahmen. Unter mehreren, mit Kommas dazwischen, wählen Probeläufe eine aus.",
    wrongClusters: "Bitte ein bis zehn ganze Zahlen von 2 bis 100000 mit Kommas dazwischen eingeben.",
    sobel: "Kanten statt Grauwerte sehen (Sobel)",
    sobelHint: "So wurde DeepCluster für Fotografien veröffentlicht.",
    clustering: "Teilung in Cluster",
    clusteringOption: (run, clusters, images) => `${run}: ${clusters} Cluster, ${images} Aufnahmen`,
    newest: "die neueste",
    noClustering: "Teilen Sie das Archiv zuerst in Cluster: Gelernt werden deren Nummern.",
    weights: "Beginnen mit",
    noWeights: "nichts: zufällige Gewichte",
    weightsHint: "Dateien im Ordner „weights“ des Archivs.",
    clusteringWeights: "dem Netz der Teilung, wo es von gleicher Art ist",
    leaveOut: "Für welche Aufgabe",
    leaveOutHint: "Von Patienten ihrer Klassen wird nichts gelernt, damit ein Vergleich an ihnen prüfen darf.",
    leaveOutNothing: "keine: von allen Patienten lernen",
    leaveOutClasses: "Patienten mit diesen bleiben außen vor.",
    allowOverlap: "Auch an Patienten prüfen, von denen das Vortraining gelernt hat",
    allowOverlapHint: "Sonst wird das verweigert: Auch ohne Beschriftung Gesehenes kann wiedererkannt werden.",
    target: "Was unterschieden wird",
    classes: "Klassen",
    classesHint: "Mindestens zwei.",
    classOption: (name, radiographs, patients) => `${name}: ${radiographs} Aufnahmen, ${patients} Patienten`,
    twoClasses: "Bitte mindestens zwei Klassen wählen.",
    pretrained: "Auf Röntgenbildern vortrainiert",
    pretrainedOption: (run, network, radiographs) => `${run}: ${network}, ${radiographs} Aufnahmen`,
    noPretrained: "Noch ist nichts vortrainiert; die Zeile „Röntgenbilder“ entfällt.",
    imagenet: "Gewichte aus Fotografien (ImageNet)",
    leftOut: "keine: Die Zeile entfällt",
    images: "Aufnahmen insgesamt",
    imagesHint: "So wenige, wie eine seltene Entität hat; je Startwert neu gezogen. Leer für alle.",
    seeds: "Startwerte",
    folds: "Teile der Kreuzvalidierung",
    wrongFew: (least, most) => `Bitte eine ganze Zahl von ${least} bis ${most} eingeben.`,
  },
};
