import type { Words } from "../../shell/language.tsx";

export interface AtlasWords {
  readonly title: string;
  readonly parts: Readonly<Record<"label" | "check" | "merged" | "model" | "overview" | "disagreements", string>>;
  readonly part: string;
  readonly keys: string;
  readonly undoKey: string;
  readonly discarded: string;
  readonly open: string;
  readonly cluster: (cluster: number) => string;
  readonly ofClusters: (clusters: number) => string;
  readonly pictures: (count: string) => string;
  readonly outliers: (count: string) => string;
  readonly typical: string;
  readonly coming: string;
  readonly picture: (rank: number) => string;
  readonly enlarged: (rank: number, all: number) => string;
  readonly enlarge: string;
  readonly previousPicture: string;
  readonly nextPicture: string;
  readonly region: string;
  readonly regionHint: string;
  readonly nothingFits: string;
  readonly addRegion: (name: string) => string;
  readonly addRegionNote: string;
  readonly is: (label: string) => string;
  readonly give: (label: string) => string;
  readonly discard: string;
  readonly split: string;
  readonly partOf: (cluster: number) => string;
  readonly undoSplit: string;
  readonly order: string;
  readonly orders: Readonly<Record<"alike" | "suggested", string>>;
  readonly suggestion: {
    readonly title: string;
    readonly why: Readonly<Record<"probable" | "uncertain" | "far-from-labelled" | "large", string>>;
    readonly gain: (images: string) => string;
    readonly proposed: string;
    readonly accept: (label: string) => string;
    readonly working: string;
    readonly first: string;
  };
  readonly undo: string;
  readonly undone: (cluster: number) => string;
  readonly previous: string;
  readonly next: string;
  readonly nextOpen: string;
  readonly clear: string;
  readonly choose: string;
  readonly giveChosen: string;
  readonly progress: string;
  readonly done: (labelled: string, all: string, discarded: string) => string;
  readonly left: (minutes: number) => string;
  readonly allDone: string;
  readonly saved: string;
  readonly waiting: (count: number) => string;
  readonly waitingNote: string;
  readonly unkept: string;
  readonly forget: string;
  readonly refused: (count: number) => string;
  readonly read: string;
  readonly readOnly: string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly nothingForReaders: string;
  readonly start: string;
  readonly startAgain: string;
  readonly startAgainNote: string;
  readonly follow: string;
  readonly clustering: string;
  readonly map: string;
  readonly mapNote: string;
  readonly legend: Readonly<Record<"open" | "labelled" | "discarded" | "disputed" | "read", string>>;
  readonly readers: string;
  readonly reader: string;
  readonly labelled: string;
  readonly discardedColumn: string;
  readonly agreement: string;
  readonly both: string;
  readonly equal: string;
  readonly kappa: string;
  readonly interval: string;
  readonly alone: string;
  readonly agreementNote: string;
  readonly regions: string;
  readonly clusterCount: string;
  readonly imageCount: string;
  readonly regionsNote: string;
  readonly export: string;
  readonly exportNote: string;
  readonly made: (clusters: string, images: string, at: string) => string;
  readonly which: string;
  readonly noDisagreements: string;
  readonly noDisagreementsNote: string;
  readonly seen: string;
  readonly seenNote: string;
  readonly look: string;
  readonly decideHint: string;
  readonly decidedCount: (decided: string, all: string) => string;
  readonly says: (reader: string) => string;
}

export const atlasWords: Words<AtlasWords> = {
  en: {
    title: "Atlas",
    parts: {
      label: "Label",
      check: "Check",
      merged: "Regions",
      model: "Worth and model",
      overview: "Overview",
      disagreements: "Disagreements",
    },
    part: "Parts of the atlas",
    keys: "Label clusters",
    undoKey: "u",
    discarded: "discarded",
    open: "open",
    cluster: (cluster) => `Cluster ${cluster}`,
    ofClusters: (clusters) => `of ${clusters}`,
    pictures: (count) => `${count} radiographs`,
    outliers: (count) => `Far from the rest: ${count}`,
    typical: "Most typical",
    coming: "The radiographs are on their way.",
    picture: (rank) => `Radiograph ${rank}`,
    enlarged: (rank, all) => `Radiograph ${rank} of ${all}`,
    enlarge: "Enlarge a radiograph",
    previousPicture: "Previous radiograph",
    nextPicture: "Next radiograph",
    region: "Region",
    regionHint: "Type a region or its code",
    nothingFits: "No region fits.",
    addRegion: (name) => `Add “${name}” as a region`,
    addRegionNote: "It is there for all readers.",
    is: (label) => `Labelled: ${label}`,
    give: (label) => `Label it ${label}`,
    discard: "Discard",
    split: "Split",
    partOf: (cluster) => `Part of cluster ${cluster}`,
    undoSplit: "Undo the split",
    order: "Order",
    orders: { alike: "alike side by side", suggested: "as suggested" },
    suggestion: {
      title: "Suggestion",
      why: {
        probable: "Looks like what is labelled already",
        uncertain: "Labelled clusters like it differ",
        "far-from-labelled": "Nothing labelled is like it",
        large: "Many radiographs hang on it",
      },
      gain: (images) => `decides about ${images} radiographs`,
      proposed: "Probably",
      accept: (label) => `Accept the suggestion: ${label}`,
      working: "Suggestions are being worked out",
      first: "Suggestions begin with your first labels.",
    },
    undo: "Undo",
    undone: (cluster) => `Taken back: cluster ${cluster}`,
    previous: "Previous cluster",
    next: "Next cluster",
    nextOpen: "Next open cluster",
    clear: "Clear what was typed",
    choose: "Another region of the list",
    giveChosen: "Give the region; on to the next open cluster",
    progress: "Labelled clusters",
    done: (labelled, all, discarded) => `${labelled} of ${all} labelled, ${discarded} of them discarded`,
    left: (minutes) => (minutes < 1.5 ? "about a minute left" : `about ${Math.round(minutes)} min left`),
    allDone: "Every cluster has your label. Thank you.",
    saved: "All saved",
    waiting: (count) => (count === 1 ? "1 action not saved yet" : `${count} actions not saved yet`),
    waitingNote: "Go on: they are kept in this browser and sent as soon as the server answers.",
    unkept: "This browser keeps nothing: do not close the page before all is saved.",
    forget: "Give up what is not saved",
    refused: (count) => (count === 1 ? "1 action could not be taken" : `${count} actions could not be taken`),
    read: "Understood",
    readOnly: "Your role may look, not label.",
    nothingTitle: "The archive is not clustered yet",
    nothing:
      "Radiographs that look alike are put in clusters, and you label a cluster instead of each radiograph. Nothing has to be labelled for it, but it takes a while.",
    nothingForReaders: "Ask a researcher to cluster the archive; then there is something to label here.",
    start: "Cluster the archive",
    startAgain: "Cluster anew",
    startAgainNote: "The labels of this clustering are kept with it; the new one begins without any.",
    follow: "Follow it among the runs",
    clustering: "Clustering",
    map: "All clusters",
    mapNote: "Clusters that look alike are next to each other. Arrow keys move, Enter opens.",
    legend: {
      open: "open",
      labelled: "your label",
      discarded: "discarded",
      disputed: "readers differ",
      read: "read by another",
    },
    readers: "Readers",
    reader: "Reader",
    labelled: "Labelled",
    discardedColumn: "of them discarded",
    agreement: "Agreement of two readers",
    both: "Clusters both read",
    equal: "Equal labels",
    kappa: "Cohen's kappa",
    interval: "95 % interval",
    alone: "–",
    agreementNote: "Counted are labels from before a reader saw the other's.",
    regions: "Regions so far",
    clusterCount: "Clusters",
    imageCount: "Radiographs",
    regionsNote: "Clusters with equal labels make one class. Yours, and others' where you have read too.",
    export: "Export labels (CSV)",
    exportNote: "Every cluster with its region, who gave it and when.",
    made: (clusters, images, at) => `${clusters} clusters of ${images} radiographs, made ${at}`,
    which: "Clustering",
    noDisagreements: "No disagreements",
    noDisagreementsNote: "When two readers have labelled a cluster differently, somebody decides here.",
    seen: "Readers differ",
    seenNote:
      "What you label after you have looked at the other labels does not count as read on your own. Finish your own reading first if you can.",
    look: "Show the disagreements",
    decideHint: "1, 2 … or type a region",
    decidedCount: (decided, all) => `${decided} of ${all} decided`,
    says: (reader) => `${reader} says`,
  },
  de: {
    title: "Atlas",
    parts: {
      label: "Beschriften",
      check: "Prüfen",
      merged: "Regionen",
      model: "Nutzen und Modell",
      overview: "Übersicht",
      disagreements: "Abweichungen",
    },
    part: "Teile des Atlas",
    keys: "Cluster beschriften",
    undoKey: "z",
    discarded: "verworfen",
    open: "offen",
    cluster: (cluster) => `Cluster ${cluster}`,
    ofClusters: (clusters) => `von ${clusters}`,
    pictures: (count) => `${count} Aufnahmen`,
    outliers: (count) => `Ausreißer: ${count}`,
    typical: "Am typischsten",
    coming: "Die Aufnahmen sind unterwegs.",
    picture: (rank) => `Aufnahme ${rank}`,
    enlarged: (rank, all) => `Aufnahme ${rank} von ${all}`,
    enlarge: "Aufnahme vergrößern",
    previousPicture: "Vorige Aufnahme",
    nextPicture: "Nächste Aufnahme",
    region: "Region",
    regionHint: "Region oder Kürzel eingeben",
    nothingFits: "Keine Region passt.",
    addRegion: (name) => `„${name}“ als Region aufnehmen`,
    addRegionNote: "Sie gilt dann für alle Befunder.",
    is: (label) => `Beschriftet: ${label}`,
    give: (label) => `Als ${label} beschriften`,
    discard: "Verwerfen",
    split: "Teilen",
    partOf: (cluster) => `Teil von Cluster ${cluster}`,
    undoSplit: "Teilung aufheben",
    order: "Reihenfolge",
    orders: { alike: "Ähnliches nebeneinander", suggested: "nach Vorschlag" },
    suggestion: {
      title: "Vorschlag",
      why: {
        probable: "Sieht aus wie bereits Beschriftetes",
        uncertain: "Ähnliche beschriftete Cluster sind uneinheitlich",
        "far-from-labelled": "Nichts Beschriftetes ist ihm ähnlich",
        large: "Viele Aufnahmen hängen daran",
      },
      gain: (images) => `entscheidet über etwa ${images} Aufnahmen`,
      proposed: "Vermutlich",
      accept: (label) => `Vorschlag annehmen: ${label}`,
      working: "Vorschläge werden berechnet",
      first: "Vorschläge gibt es ab Ihren ersten Beschriftungen.",
    },
    undo: "Zurücknehmen",
    undone: (cluster) => `Zurückgenommen: Cluster ${cluster}`,
    previous: "Voriger Cluster",
    next: "Nächster Cluster",
    nextOpen: "Nächster offener Cluster",
    clear: "Eingabe löschen",
    choose: "Andere Region der Liste",
    giveChosen: "Region vergeben, weiter zum nächsten offenen Cluster",
    progress: "Beschriftete Cluster",
    done: (labelled, all, discarded) => `${labelled} von ${all} beschriftet, davon ${discarded} verworfen`,
    left: (minutes) => (minutes < 1.5 ? "noch etwa eine Minute" : `noch etwa ${Math.round(minutes)} min`),
    allDone: "Alle Cluster sind von Ihnen beschriftet. Vielen Dank.",
    saved: "Alles gespeichert",
    waiting: (count) => (count === 1 ? "1 Eingabe noch nicht gespeichert" : `${count} Eingaben noch nicht gespeichert`),
    waitingNote:
      "Arbeiten Sie ruhig weiter: Sie liegen in diesem Browser und werden gesendet, sobald der Server antwortet.",
    unkept: "Dieser Browser bewahrt nichts auf: Schließen Sie die Seite erst, wenn alles gespeichert ist.",
    forget: "Ungespeichertes aufgeben",
    refused: (count) =>
      count === 1 ? "1 Eingabe konnte nicht übernommen werden" : `${count} Eingaben konnten nicht übernommen werden`,
    read: "Verstanden",
    readOnly: "Ihre Rolle darf ansehen, aber nicht beschriften.",
    nothingTitle: "Das Archiv ist noch nicht in Cluster geteilt",
    nothing:
      "Ähnliche Aufnahmen werden zu Clustern zusammengefasst; Sie beschriften dann Cluster statt einzelner Aufnahmen. Dazu muss nichts beschriftet sein, aber es dauert eine Weile.",
    nothingForReaders: "Bitten Sie einen Forscher, das Archiv in Cluster zu teilen; dann gibt es hier etwas zu tun.",
    start: "Archiv in Cluster teilen",
    startAgain: "Neu in Cluster teilen",
    startAgainNote: "Die Beschriftungen dieser Teilung bleiben bei ihr; die neue beginnt ohne.",
    follow: "Unter den Läufen verfolgen",
    clustering: "Teilung in Cluster",
    map: "Alle Cluster",
    mapNote: "Ähnliche Cluster liegen nebeneinander. Pfeiltasten bewegen, Eingabe öffnet.",
    legend: {
      open: "offen",
      labelled: "von Ihnen beschriftet",
      discarded: "verworfen",
      disputed: "Befunder weichen ab",
      read: "von anderen gelesen",
    },
    readers: "Befunder",
    reader: "Befunder",
    labelled: "Beschriftet",
    discardedColumn: "davon verworfen",
    agreement: "Übereinstimmung zweier Befunder",
    both: "Von beiden gelesen",
    equal: "Gleich beschriftet",
    kappa: "Cohens Kappa",
    interval: "95-%-Intervall",
    alone: "–",
    agreementNote: "Es zählt, was vergeben wurde, bevor ein Befunder die Beschriftung des anderen sah.",
    regions: "Regionen bisher",
    clusterCount: "Cluster",
    imageCount: "Aufnahmen",
    regionsNote:
      "Gleich beschriftete Cluster bilden eine Klasse. Ihre eigenen, und die anderer, wo auch Sie gelesen haben.",
    export: "Beschriftungen ausgeben (CSV)",
    exportNote: "Jeder Cluster mit seiner Region, von wem und wann vergeben.",
    made: (clusters, images, at) => `${clusters} Cluster aus ${images} Aufnahmen, erstellt ${at}`,
    which: "Teilung",
    noDisagreements: "Keine Abweichungen",
    noDisagreementsNote: "Haben zwei Befunder einen Cluster verschieden beschriftet, wird hier entschieden.",
    seen: "Befunder weichen ab",
    seenNote:
      "Was Sie beschriften, nachdem Sie die anderen Beschriftungen gesehen haben, zählt nicht mehr als unabhängig gelesen. Beenden Sie, wenn möglich, zuerst Ihre eigene Durchsicht.",
    look: "Abweichungen zeigen",
    decideHint: "1, 2 … oder Region eingeben",
    decidedCount: (decided, all) => `${decided} von ${all} entschieden`,
    says: (reader) => `${reader} sagt`,
  },
};
