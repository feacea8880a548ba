import type { Words } from "../../../shell/language.tsx";

export interface ModelWords {
  readonly worth: string;
  readonly worthNote: string;
  readonly curve: (accuracy: string, clusters: string) => string;
  readonly measured: string;
  readonly expected: string;
  readonly clusters: string;
  readonly accuracy: string;
  readonly more: (clusters: string) => string;
  readonly gain: string;
  readonly points: (points: string) => string;
  readonly interval: string;
  readonly reached: string;
  readonly stillWorth: (clusters: string, points: string, low: string, high: string) => string;
  readonly hardlyWorth: (clusters: string, points: string) => string;
  readonly tooFew: string;
  readonly actions: (total: string, clusters: string, images: string) => string;
  readonly saved: (images: string, actions: string, times: string) => string;
  readonly model: string;
  readonly noModel: string;
  readonly lessons: string;
  readonly lessonsNote: string;
  readonly region: string;
  readonly clusterCount: string;
  readonly radiographs: string;
  readonly patients: string;
  readonly discarded: string;
  readonly trained: (at: string, regions: number, folds: number) => string;
  readonly learnedFrom: (radiographs: string, patients: string) => string;
  readonly labelsChanged: string;
  readonly toRun: string;
  readonly figures: string;
  readonly train: string;
  readonly trainAgain: string;
  readonly notAllowed: string;
  readonly archive: string;
  readonly archiveNote: string;
  readonly known: string;
  readonly unknown: string;
  readonly unsorted: string;
  readonly sort: string;
  readonly sorting: string;
  readonly toArchive: string;
}

export const modelWords: Words<ModelWords> = {
  en: {
    worth: "What further labelling is worth",
    worthNote:
      "The share of radiographs that would be named rightly after so many labelled clusters, if all others got what is suggested for them.",
    curve: (accuracy, clusters) => `Learning curve: ${accuracy} with ${clusters} labelled clusters`,
    measured: "measured, 95 % interval",
    expected: "expected",
    clusters: "labelled clusters",
    accuracy: "Rightly named, suggestions included",
    more: (clusters) => `${clusters} more`,
    gain: "Gain",
    points: (points) => `${points} points`,
    interval: "95 % interval",
    reached: "Reached",
    stillWorth: (clusters, points, low, high) =>
      `Labelling ${clusters} more clusters is worth about ${points} points (${low} to ${high}).`,
    hardlyWorth: (clusters, points) =>
      `You may stop: ${clusters} more clusters are worth about ${points} points, which may as well be none.`,
    tooFew: "With more labelled clusters it can be told here what further ones are worth.",
    actions: (total, clusters, images) =>
      `${total} actions so far; ${clusters} clusters with ${images} radiographs have a label.`,
    saved: (images, actions, times) => `${images} radiographs by ${actions} actions: ${times} radiographs for each.`,
    model: "Atlas model",
    noModel:
      "Networks learn the regions from the labelled clusters; then every radiograph, and each that is imported, is sorted by region.",
    lessons: "What would be learned now",
    lessonsNote: "Only labels that are settled count: given, and not disputed.",
    region: "Region",
    clusterCount: "Clusters",
    radiographs: "Radiographs",
    patients: "Patients",
    discarded: "discarded",
    trained: (at, regions, folds) => `Trained ${at}: ${regions} regions, ${folds} networks that sort together.`,
    learnedFrom: (radiographs, patients) => `Learned from ${radiographs} radiographs of ${patients} patients.`,
    labelsChanged: "Labels have changed since.",
    toRun: "Confusion, curves and heat maps of the run",
    figures: "How well it names regions",
    train: "Train the atlas",
    trainAgain: "Train anew",
    notAllowed: "Researchers train the atlas.",
    archive: "The archive by region",
    archiveNote: "Where a table names the region, that stays; the atlas fills in the others.",
    known: "sorted into a region",
    unknown: "of no region",
    unsorted: "not sorted yet",
    sort: "Sort the archive",
    sorting: "The archive is being sorted",
    toArchive: "Show them in the archive",
  },
  de: {
    worth: "Was weiteres Beschriften bringt",
    worthNote:
      "Der Anteil der Aufnahmen, die nach so vielen beschrifteten Clustern richtig benannt wären, wenn alle übrigen ihren Vorschlag erhielten.",
    curve: (accuracy, clusters) => `Lernkurve: ${accuracy} bei ${clusters} beschrifteten Clustern`,
    measured: "gemessen, 95-%-Intervall",
    expected: "erwartet",
    clusters: "beschriftete Cluster",
    accuracy: "Richtig benannt, Vorschläge eingerechnet",
    more: (clusters) => `${clusters} weitere`,
    gain: "Gewinn",
    points: (points) => `${points} Punkte`,
    interval: "95-%-Intervall",
    reached: "Erreicht",
    stillWorth: (clusters, points, low, high) =>
      `${clusters} weitere Cluster zu beschriften bringt etwa ${points} Punkte (${low} bis ${high}).`,
    hardlyWorth: (clusters, points) =>
      `Sie können aufhören: ${clusters} weitere Cluster bringen etwa ${points} Punkte, vielleicht auch keine.`,
    tooFew: "Sind mehr Cluster beschriftet, steht hier, was weitere bringen.",
    actions: (total, clusters, images) =>
      `Bisher ${total} Eingaben; ${clusters} Cluster mit ${images} Aufnahmen sind beschriftet.`,
    saved: (images, actions, times) => `${images} Aufnahmen durch ${actions} Eingaben: ${times} Aufnahmen je Eingabe.`,
    model: "Atlas-Modell",
    noModel:
      "Netze lernen die Regionen aus den beschrifteten Clustern; danach wird jede Aufnahme, auch jede neu importierte, nach Region einsortiert.",
    lessons: "Was jetzt gelernt würde",
    lessonsNote: "Es zählen nur gültige Beschriftungen: vergeben und nicht strittig.",
    region: "Region",
    clusterCount: "Cluster",
    radiographs: "Aufnahmen",
    patients: "Patienten",
    discarded: "verworfen",
    trained: (at, regions, folds) => `Trainiert ${at}: ${regions} Regionen, ${folds} Netze sortieren gemeinsam.`,
    learnedFrom: (radiographs, patients) => `Gelernt aus ${radiographs} Aufnahmen von ${patients} Patienten.`,
    labelsChanged: "Seither haben sich Beschriftungen geändert.",
    toRun: "Konfusion, Verlauf und Wärmebilder des Laufs",
    figures: "Wie gut es Regionen benennt",
    train: "Atlas trainieren",
    trainAgain: "Neu trainieren",
    notAllowed: "Den Atlas trainieren Forschende.",
    archive: "Das Archiv nach Region",
    archiveNote: "Nennt eine Tabelle die Region, so bleibt es dabei; die übrigen ergänzt der Atlas.",
    known: "einer Region zugeordnet",
    unknown: "keiner Region zugehörig",
    unsorted: "noch nicht einsortiert",
    sort: "Archiv sortieren",
    sorting: "Das Archiv wird sortiert",
    toArchive: "Im Archiv ansehen",
  },
};
