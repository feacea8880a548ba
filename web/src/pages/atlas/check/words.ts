import type { Words } from "../../../shell/language.tsx";

export interface CheckWords {
  readonly what: string;
  readonly sections: Readonly<Record<"mixed" | "outliers" | "noise", (count: string) => string>>;
  readonly labels: string;
  readonly labelChoices: Readonly<Record<"mine" | "settled", string>>;
  readonly settledNote: string;
  readonly made: (at: string, clusters: string) => string;
  readonly behind: (count: number) => string;
  readonly renew: string;
  readonly workOut: string;
  readonly nothingYet: string;
  readonly nothingYetText: string;
  readonly unavailable: string;
  readonly needsLabels: string;
  readonly cluster: (cluster: number) => string;
  readonly pictures: (count: string) => string;
  readonly labelled: (label: string) => string;
  readonly unlabelled: string;
  readonly why: Readonly<Record<"apart" | "mixed", string>>;
  readonly sure: (share: string) => string;
  readonly noMixed: string;
  readonly noMixedText: string;
  readonly split: string;
  readonly splitTitle: (cluster: number) => string;
  readonly splitIntoParts: string;
  readonly partCount: string;
  readonly asDistinct: string;
  readonly parts: (count: number) => string;
  readonly part: (part: number, count: number) => string;
  readonly partMore: (count: string) => string;
  readonly splitUndoable: string;
  readonly splitLabelled: string;
  readonly cancel: string;
  readonly standing: string;
  readonly standingLine: (cluster: number, parts: string) => string;
  readonly by: (name: string, at: string) => string;
  readonly undoSplit: string;
  readonly previousMixed: string;
  readonly nextMixed: string;
  readonly look: string;
  readonly noOutliers: string;
  readonly noOutliersText: string;
  readonly outliersNote: string;
  readonly looksLike: (given: string, other: string) => string;
  readonly shares: (given: string, other: string) => string;
  readonly picture: string;
  readonly apart: string;
  readonly belongs: string;
  readonly allApart: string;
  readonly allBelong: string;
  readonly verdicts: Readonly<Record<"apart" | "belongs" | "open", string>>;
  readonly undo: string;
  readonly undoKey: string;
  readonly move: string;
  readonly enlarge: string;
  readonly more: (count: string) => string;
  readonly decided: (decided: string, all: string) => string;
  readonly noNoise: string;
  readonly noNoiseText: string;
  readonly noiseShare: (share: string, judged: string) => string;
  readonly noiseNote: string;
  readonly notJudged: (labels: string) => string;
  readonly slips: string;
  readonly slipsNote: string;
  readonly pairs: string;
  readonly pairsNote: string;
  readonly given: string;
  readonly suggested: string;
  readonly doubted: string;
  readonly images: string;
  readonly selfConfidence: (share: string) => string;
  readonly all: string;
  readonly onlyPair: (given: string, suggested: string) => string;
  readonly attention: string;
  readonly attentionNote: string;
  readonly previous: string;
  readonly next: string;
}

export const checkWords: Words<CheckWords> = {
  en: {
    what: "What is checked",
    sections: {
      mixed: (count) => `Mixed clusters (${count})`,
      outliers: (count) => `Outliers (${count})`,
      noise: (count) => `Doubted labels (${count})`,
    },
    labels: "Built upon",
    labelChoices: { mine: "my labels", settled: "labels that hold" },
    settledNote:
      "You are told of other readers' labels thereby; what you label afterwards does not count as read alone.",
    made: (at, clusters) => `From ${clusters} labelled clusters, ${at}.`,
    behind: (count) => (count === 1 ? "1 label or decision since." : `${count} labels and decisions since.`),
    renew: "Work out anew",
    workOut: "Work out suggestions",
    nothingYet: "Nothing has been worked out yet",
    nothingYetText:
      "From the labels so far it is worked out which clusters show several things, which radiographs lie in the wrong cluster and which labels are doubtful.",
    unavailable: "This clustering keeps no features, so nothing can be suggested. Cluster the archive anew.",
    needsLabels: "Label some clusters first: a few of each region.",
    cluster: (cluster) => `Cluster ${cluster}`,
    pictures: (count) => `${count} radiographs`,
    labelled: (label) => `labelled ${label}`,
    unlabelled: "open",
    why: {
      apart: "Its radiographs fall into groups that are unlike each other.",
      mixed: "Groups of it look like different regions.",
    },
    sure: (share) => `${share} sure`,
    noMixed: "No mixed clusters",
    noMixedText: "No cluster looks as if it showed several things.",
    split: "Split",
    splitTitle: (cluster) => `Split cluster ${cluster}`,
    splitIntoParts: "Its parts would be",
    partCount: "Parts",
    asDistinct: "as many as are distinct",
    parts: (count) => `${count} parts`,
    part: (part, count) => `Part ${part}: ${count === 1 ? "1 radiograph" : `${count} radiographs`}`,
    partMore: (count) => `and ${count} more`,
    splitUndoable: "The parts are labelled instead of the cluster. It can be undone as long as no part is labelled.",
    splitLabelled: "Its label no longer counts: each part gets its own.",
    cancel: "Cancel",
    standing: "Clusters that were split",
    standingLine: (cluster, parts) => `${cluster} into ${parts}`,
    by: (name, at) => `${name}, ${at}`,
    undoSplit: "Undo",
    previousMixed: "Previous mixed cluster",
    nextMixed: "Next mixed cluster",
    look: "Open the cluster",
    noOutliers: "No outliers",
    noOutliersText: "No radiograph of a labelled cluster looks like another region.",
    outliersNote:
      "Radiographs whose cluster has one label, and which look like another. What is told apart is not learned from.",
    looksLike: (given, other) => `${given} → ${other}?`,
    shares: (given, other) => `${given} against ${other}`,
    picture: "Radiograph",
    apart: "Apart",
    belongs: "Belongs",
    allApart: "All apart",
    allBelong: "All belong",
    verdicts: { apart: "✂ told apart", belongs: "✓ belongs here", open: "open" },
    undo: "Undo",
    undoKey: "u",
    move: "Go through the radiographs",
    enlarge: "See it large, and why",
    more: (count) => `Show more (${count})`,
    decided: (decided, all) => `${decided} of ${all} decided`,
    noNoise: "No label is in doubt",
    noNoiseText: "As far as clusters with the same label can tell, every radiograph has the right one.",
    noiseShare: (share, judged) => `${share} of ${judged} radiographs have a label that is in doubt.`,
    noiseNote: "Each was judged by the labels of all clusters but its own (confident learning).",
    notJudged: (labels) => `Not judged, for they label a single cluster: ${labels}.`,
    slips: "Probably slips",
    slipsNote: "Clusters of which at least half the radiographs are doubted.",
    pairs: "Taken for one another",
    pairsNote: "Doubted radiographs by the label they have and the one that more speaks for.",
    given: "Label",
    suggested: "Rather",
    doubted: "Doubted",
    images: "Radiographs",
    selfConfidence: (share) => `${share} for its label`,
    all: "Show all",
    onlyPair: (given, suggested) => `${given}, rather ${suggested}: show these`,
    attention: "Where the atlas looks",
    attentionNote: "Grad-CAM, averaged over the networks of all folds.",
    previous: "Previous radiograph",
    next: "Next radiograph",
  },
  de: {
    what: "Was geprüft wird",
    sections: {
      mixed: (count) => `Gemischte Cluster (${count})`,
      outliers: (count) => `Ausreißer (${count})`,
      noise: (count) => `Zweifelhafte Beschriftungen (${count})`,
    },
    labels: "Grundlage",
    labelChoices: { mine: "meine Beschriftungen", settled: "gültige Beschriftungen" },
    settledNote:
      "Dabei erfahren Sie die Beschriftungen anderer; was Sie danach beschriften, zählt nicht mehr als unabhängig gelesen.",
    made: (at, clusters) => `Aus ${clusters} beschrifteten Clustern, ${at}.`,
    behind: (count) => (count === 1 ? "Seither 1 Eingabe." : `Seither ${count} Eingaben.`),
    renew: "Neu berechnen",
    workOut: "Vorschläge berechnen",
    nothingYet: "Noch ist nichts berechnet",
    nothingYetText:
      "Aus den bisherigen Beschriftungen wird berechnet, welche Cluster Verschiedenes zeigen, welche Aufnahmen im falschen Cluster liegen und welche Beschriftungen zweifelhaft sind.",
    unavailable: "Diese Teilung bewahrt keine Merkmale auf; Vorschläge gibt es erst nach einer neuen Teilung.",
    needsLabels: "Beschriften Sie zuerst einige Cluster, von jeder Region ein paar.",
    cluster: (cluster) => `Cluster ${cluster}`,
    pictures: (count) => `${count} Aufnahmen`,
    labelled: (label) => `beschriftet als ${label}`,
    unlabelled: "offen",
    why: {
      apart: "Seine Aufnahmen zerfallen in Gruppen, die einander nicht ähneln.",
      mixed: "Gruppen darin sehen nach verschiedenen Regionen aus.",
    },
    sure: (share) => `zu ${share} sicher`,
    noMixed: "Keine gemischten Cluster",
    noMixedText: "Kein Cluster sieht aus, als zeige er Verschiedenes.",
    split: "Teilen",
    splitTitle: (cluster) => `Cluster ${cluster} teilen`,
    splitIntoParts: "Seine Teile wären",
    partCount: "Teile",
    asDistinct: "so viele, wie sich unterscheiden",
    parts: (count) => `${count} Teile`,
    part: (part, count) => `Teil ${part}: ${count === 1 ? "1 Aufnahme" : `${count} Aufnahmen`}`,
    partMore: (count) => `und ${count} weitere`,
    splitUndoable:
      "Beschriftet werden dann die Teile statt des Clusters. Solange kein Teil beschriftet ist, lässt sich das aufheben.",
    splitLabelled: "Seine Beschriftung zählt dann nicht mehr: Jeder Teil erhält seine eigene.",
    cancel: "Abbrechen",
    standing: "Geteilte Cluster",
    standingLine: (cluster, parts) => `${cluster} in ${parts}`,
    by: (name, at) => `${name}, ${at}`,
    undoSplit: "Aufheben",
    previousMixed: "Voriger gemischter Cluster",
    nextMixed: "Nächster gemischter Cluster",
    look: "Cluster öffnen",
    noOutliers: "Keine Ausreißer",
    noOutliersText: "Keine Aufnahme eines beschrifteten Clusters sieht nach einer anderen Region aus.",
    outliersNote:
      "Aufnahmen, deren Cluster eine Beschriftung hat und die nach einer anderen aussehen. Aus Abgetrennten wird nicht gelernt.",
    looksLike: (given, other) => `${given} → ${other}?`,
    shares: (given, other) => `${given} gegen ${other}`,
    picture: "Aufnahme",
    apart: "Abtrennen",
    belongs: "Belassen",
    allApart: "Alle abtrennen",
    allBelong: "Alle belassen",
    verdicts: { apart: "✂ abgetrennt", belongs: "✓ gehört hierher", open: "offen" },
    undo: "Zurücknehmen",
    undoKey: "z",
    move: "Durch die Aufnahmen gehen",
    enlarge: "Groß ansehen, mit Begründung",
    more: (count) => `Mehr zeigen (${count})`,
    decided: (decided, all) => `${decided} von ${all} entschieden`,
    noNoise: "Keine Beschriftung ist zweifelhaft",
    noNoiseText: "Soweit gleich beschriftete Cluster es erkennen lassen, hat jede Aufnahme die richtige.",
    noiseShare: (share, judged) => `${share} von ${judged} Aufnahmen sind zweifelhaft beschriftet.`,
    noiseNote: "Jede wurde nach den Beschriftungen aller anderen Cluster beurteilt (Confident Learning).",
    notJudged: (labels) => `Nicht beurteilt, da nur ein Cluster so heißt: ${labels}.`,
    slips: "Wahrscheinlich Versehen",
    slipsNote: "Cluster, deren Aufnahmen mindestens zur Hälfte zweifelhaft beschriftet sind.",
    pairs: "Verwechslungen",
    pairsNote: "Zweifelhafte Aufnahmen nach ihrer Beschriftung und der, für die mehr spricht.",
    given: "Beschriftung",
    suggested: "Eher",
    doubted: "Zweifelhaft",
    images: "Aufnahmen",
    selfConfidence: (share) => `${share} für die Beschriftung`,
    all: "Alle zeigen",
    onlyPair: (given, suggested) => `${given}, eher ${suggested}: nur diese zeigen`,
    attention: "Wohin der Atlas sieht",
    attentionNote: "Grad-CAM, gemittelt über alle Netze der Kreuzvalidierung.",
    previous: "Vorige Aufnahme",
    next: "Nächste Aufnahme",
  },
};
