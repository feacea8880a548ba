import type { RunState } from "../../../../src/contract/runs.ts";
import type { Words } from "../../shell/language.tsx";

type StartedKind =
  | "train-precedents"
  | "evaluate-precedents"
  | "study-precedents"
  | "cluster-atlas"
  | "train-atlas"
  | "pretrain-network"
  | "evaluate-transfer";

export interface RunWords {
  readonly title: string;
  readonly none: { readonly title: string; readonly text: string };
  readonly noneToStart: string;
  readonly columns: {
    readonly choose: string;
    readonly run: string;
    readonly state: string;
    readonly begun: string;
    readonly who: string;
    readonly learns: string;
    readonly main: string;
  };
  readonly choose: (run: string) => string;
  readonly commandLine: string;
  readonly systems: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<RunState | "waiting", string>>;
  readonly targets: Readonly<Record<string, string>>;
  readonly discarded: string;
  readonly compare: string;
  readonly compareHint: string;
  readonly back: string;
  readonly loading: string;
  readonly epochsDone: (done: number, epochs: number) => string;
  readonly start: {
    readonly button: string;
    readonly title: string;
    readonly kind: string;
    readonly kinds: Readonly<Record<StartedKind, string>>;
    readonly kindHints: Readonly<Record<StartedKind, string>>;
    readonly target: string;
    readonly targetOption: (name: string, classes: number, radiographs: number) => string;
    readonly epochs: string;
    readonly epochsHint: (epochs: number) => string;
    readonly imageSizes: string;
    readonly imageSizesHint: (sizes: string) => string;
    readonly tested: string;
    readonly testedHint: string;
    readonly testRules: Readonly<Record<"single-radiograph" | "any", string>>;
    readonly holdOut: string;
    readonly holdOutHint: string;
    readonly holdOutNone: string;
    readonly begin: string;
    readonly cancel: string;
    readonly wrongNumber: string;
    readonly wrongSizes: string;
    readonly nothingToLearn: string;
  };
  readonly stop: {
    readonly button: string;
    readonly title: string;
    readonly text: string;
    /** Where an epoch takes longer than the server waits. */
    readonly longText: string;
    readonly confirm: string;
    readonly keep: string;
    readonly stopping: string;
    readonly resume: string;
    readonly resuming: string;
    readonly takeOut: string;
  };
  readonly failed: string;
  readonly report: string;
  readonly export: string;
  readonly parts: Readonly<Record<"curves" | "figures" | "radiographs" | "settings", string>>;
  readonly curves: {
    readonly loss: string;
    readonly accuracy: string;
    readonly lr: string;
    readonly training: string;
    readonly held: string;
    readonly heldHint: string;
    readonly epoch: string;
    readonly network: string;
    readonly networkShort: (network: number) => string;
    readonly seconds: string;
    readonly perSecond: string;
    readonly pace: (perSecond: string, seconds: string) => string;
    readonly left: (minutes: string) => string;
    readonly table: string;
    readonly none: string;
    readonly chart: (name: string) => string;
  };
  readonly confusion: {
    readonly title: string;
    readonly caption: (k: number) => string;
    /** Where networks say it themselves. */
    readonly atlasCaption: string;
    readonly taken: string;
    readonly atlasCell: (truth: string, taken: string) => string;
    readonly truth: string;
    readonly voted: string;
    readonly undecided: string;
    readonly cell: (truth: string, voted: string) => string;
  };
  readonly labels: {
    readonly title: string;
    readonly label: string;
    readonly precision: string;
    readonly recall: string;
    readonly f1: string;
    readonly support: string;
    readonly noInterval: string;
    readonly nothingToCount: string;
  };
  readonly figureTable: {
    readonly title: string;
    readonly name: string;
    readonly value: string;
    readonly interval: string;
    readonly explanation: string;
  };
  readonly noFigures: { readonly title: string; readonly text: string };
  readonly gallery: {
    readonly none: { readonly title: string; readonly text: string };
    readonly result: string;
    /** Where nobody votes. */
    readonly outcome: string;
    readonly results: Readonly<Record<"all" | "right" | "wrong", string>>;
    readonly truth: string;
    readonly voted: string;
    readonly any: string;
    readonly layer: string;
    readonly layers: Readonly<Record<"default" | "layer4" | "layer3" | "layer2", string>>;
    readonly heat: string;
    readonly count: (total: number) => string;
    readonly more: string;
    readonly right: string;
    readonly wrong: string;
    readonly vote: (share: string) => string;
    readonly noVote: string;
    readonly sorted: string;
    readonly noRegion: string;
    readonly notLearned: string;
    readonly how: string;
    readonly enlarge: (label: string) => string;
    readonly networks: (label: string, probability: string) => string;
  };
  readonly settings: {
    readonly title: string;
    readonly name: string;
    readonly value: string;
    readonly data: string;
    readonly learned: (radiographs: string, patients: string) => string;
    readonly tested: (radiographs: string, patients: string) => string;
    readonly artefacts: string;
    readonly file: string;
    readonly size: string;
    readonly fingerprint: string;
  };
  readonly comparison: {
    readonly title: string;
    readonly sameTest: string;
    readonly otherTest: string;
    readonly sameTestNoData: string;
    readonly figure: string;
    readonly difference: string;
    readonly verdict: string;
    readonly differs: (run: string) => string;
    readonly notShown: string;
    readonly settings: string;
    readonly sameSettings: string;
    readonly swap: string;
    readonly curvesHint: string;
    readonly all: string;
    readonly multiple: (figures: number) => string;
  };
  readonly keys: {
    readonly start: string;
    readonly compare: string;
    readonly part: (name: string) => string;
    readonly heat: string;
    readonly back: string;
  };
}

export const runWords: Words<RunWords> = {
  en: {
    title: "Runs",
    none: {
      title: "Nothing has been trained yet",
      text: "A training learns from the labelled radiographs of the archive; an evaluation says how well the precedents serve.",
    },
    noneToStart: "Researchers start trainings and evaluations.",
    columns: {
      choose: "Choose",
      run: "Run",
      state: "State",
      begun: "Begun",
      who: "By",
      learns: "Learns",
      main: "Main figure (95 % confidence interval)",
    },
    choose: (run) => `Choose ${run} for comparison`,
    commandLine: "command line",
    systems: {
      "precedents/train": "Training",
      "precedents/evaluate": "Evaluation",
      "precedents/study": "Recommender study",
      "precedents/index": "Index",
      "centres/network": "Network in common with other centres",
      "centres/index": "Codes for other centres",
      "atlas/cluster": "Clustering of the atlas",
      "atlas/train": "Training of the atlas",
      "transfer/pretrain": "Pretraining",
      "transfer/evaluate": "Comparison of starts",
      "train-precedents": "Training",
      "evaluate-precedents": "Evaluation",
      "study-precedents": "Recommender study",
      "cluster-atlas": "Clustering of the atlas",
      "train-atlas": "Training of the atlas",
      "pretrain-network": "Pretraining",
      "evaluate-transfer": "Comparison of starts",
    },
    states: { running: "running", finished: "finished", failed: "failed", stopped: "stopped", waiting: "waiting" },
    targets: { entity: "entity", region: "region", label: "label" },
    discarded: "discarded",
    compare: "Compare",
    compareHint: "Choose two runs to compare them.",
    back: "All runs",
    loading: "Loading ...",
    epochsDone: (done, epochs) => `epoch ${done} of ${epochs}`,
    start: {
      button: "Start ...",
      title: "Start a run",
      kind: "What is done",
      kinds: {
        "evaluate-precedents": "Evaluation",
        "study-precedents": "Recommender study",
        "train-precedents": "Training",
        "cluster-atlas": "Clusters of the atlas",
        "train-atlas": "Atlas model",
        "pretrain-network": "Pretraining",
        "evaluate-transfer": "Comparison of starts",
      },
      kindHints: {
        "train-precedents": "Learns from all labelled radiographs. Build the index afterwards, and links use it.",
        "evaluate-precedents":
          "Learns from 80 % of the patients and links the others: every figure with its interval. Links go on as before.",
        "study-precedents":
          "The published protocol as a whole: two baselines, search, folds and shuffles, then neighbours and votes in every reading. It takes an hour or more.",
        "cluster-atlas":
          "DeepCluster puts radiographs that look alike in clusters, without any labels, for readers to label.",
        "train-atlas":
          "Learns the regions from the labelled clusters, in five folds; then the archive is sorted by region.",
        "pretrain-network":
          "Learns the numbers of the clusters, so that a network knows radiographs before it learns a task.",
        "evaluate-transfer":
          "A task with few radiographs, begun with nothing, photographs and radiographs: which start is worth how much.",
      },
      target: "What is learned",
      targetOption: (name, classes, radiographs) => `${name}: ${classes} values, ${radiographs} radiographs`,
      epochs: "Epochs of each network",
      epochsHint: (epochs) => `Empty for ${epochs}, as the settings say.`,
      imageSizes: "Sides of the networks' inputs in pixels",
      imageSizesHint: (sizes) => `One network for each. Empty for ${sizes}.`,
      tested: "Who is tested",
      testedHint: "As published, only patients with one radiograph, so that none of theirs is learned from.",
      testRules: { "single-radiograph": "patients with one radiograph", any: "any patient" },
      holdOut: "Patients held out",
      holdOutHint:
        "The network does not learn from them, so that links can promise what cannot be ruled out for new patients. They are past patients all the same.",
      holdOutNone: "none",
      begin: "Begin",
      cancel: "Cancel",
      wrongNumber: "Write a whole number from 1 to 10000.",
      wrongSizes: "Write one to five whole numbers from 32 to 512 with commas between.",
      nothingToLearn: "The archive has no field with two different values; import a table with labels first.",
    },
    stop: {
      button: "Stop ...",
      title: "Stop this run?",
      text: "It stops after the epoch at hand and keeps everything up to there. It can be gone on with at any time.",
      longText:
        "Its epochs take longer than the server waits, so the epoch at hand is broken off. It can be gone on with at any time from its last checkpoint, at most a tenth of a network's epochs back.",
      confirm: "Stop the run",
      keep: "Let it run",
      stopping: "It is being stopped.",
      resume: "Go on",
      resuming: "It goes on when it is its turn.",
      takeOut: "Take out of the queue",
    },
    failed: "The run failed.",
    report: "Report",
    export: "Export figures",
    parts: { curves: "Curves", figures: "Figures", radiographs: "Radiographs", settings: "Settings" },
    curves: {
      loss: "Loss",
      accuracy: "Share named rightly",
      lr: "Learning rate",
      training: "training (augmented)",
      held: "held out",
      heldHint:
        "Held out: radiographs of patients that the network does not learn from, as they are. They are watched only; nothing is decided by them. The loss of training is weighted by class and smoothed where the settings say so, that of the held out never: compare their course, not their height.",
      epoch: "Epoch",
      network: "Network",
      networkShort: (network) => `network ${network}`,
      seconds: "Seconds",
      perSecond: "Pictures per second",
      pace: (perSecond, seconds) => `${perSecond} pictures per second, ${seconds} s per epoch`,
      left: (minutes) => `about ${minutes} min left`,
      table: "The numbers as a table",
      none: "No epoch has ended yet.",
      chart: (name) => `${name} by epoch`,
    },
    confusion: {
      title: "Confusion matrix",
      caption: (k) =>
        `Test radiographs by their label (rows) and by the plurality vote of the ${k} nearest patients (columns): count and share of the row.`,
      atlasCaption:
        "Radiographs of the hold-out by the label of their cluster (rows) and by what the networks take them for together (columns): count and share of the row.",
      taken: "Taken for",
      atlasCell: (truth, taken) => `of ${truth}, taken for ${taken}: show them`,
      truth: "Label",
      voted: "Vote",
      undecided: "no vote",
      cell: (truth, voted) => `with label ${truth}, vote ${voted}: show them`,
    },
    labels: {
      title: "By label",
      label: "Label",
      precision: "Precision",
      recall: "Recall",
      f1: "F1",
      support: "Radiographs",
      noInterval: "too few patients",
      nothingToCount: "nothing to count",
    },
    figureTable: {
      title: "All figures",
      name: "Figure",
      value: "Value",
      interval: "95 % confidence interval, by patient",
      explanation:
        "Each is a mean over the test radiographs (micro average): frequent labels and patients with many radiographs weigh more. The table by label tells labels apart.",
    },
    noFigures: {
      title: "No figures yet",
      text: "An evaluation measures them on patients that it does not learn from.",
    },
    gallery: {
      none: {
        title: "No radiographs to look at",
        text: "An evaluation keeps what it said of every test radiograph, and its networks can be asked where they look.",
      },
      result: "Vote",
      outcome: "Result",
      results: { all: "all", right: "right", wrong: "wrong" },
      truth: "Label",
      voted: "Voted for",
      any: "any",
      layer: "Layer",
      layers: {
        default: "as fine as sensible",
        layer4: "layer4: the last",
        layer3: "layer3: finer",
        layer2: "layer2: finest",
      },
      heat: "Heat map",
      count: (total) => (total === 1 ? "1 radiograph" : `${total} radiographs`),
      more: "Show more",
      right: "✓ right",
      wrong: "✗ wrong",
      vote: (share) => `${share} of the votes`,
      noVote: "no vote",
      sorted: "Taken for",
      noRegion: "no region",
      notLearned: "The networks have not learned this label.",
      how: "Grad-CAM: where the networks look for a class, averaged over them, with the probability they give it. They and a vote of neighbours may disagree.",
      enlarge: (label) => `Enlarge: ${label}`,
      networks: (label, probability) => `The networks say ${label} (${probability}).`,
    },
    settings: {
      title: "Settings",
      name: "Setting",
      value: "Value",
      data: "Data",
      learned: (radiographs, patients) => `Learned from ${radiographs} radiographs of ${patients} patients.`,
      tested: (radiographs, patients) => `Tested on ${radiographs} radiographs of ${patients} other patients.`,
      artefacts: "Files",
      file: "File",
      size: "Size",
      fingerprint: "Fingerprint of settings and data",
    },
    comparison: {
      title: "Comparison",
      sameTest:
        "Both linked the same test radiographs. A difference is claimed only where its 95 % confidence interval (patients drawn once for both) leaves out 0 and a permutation test by patient agrees (p < 0.05).",
      otherTest:
        "The two did not link the same test radiographs with the same labels, so no difference can be claimed between them.",
      sameTestNoData: "Only evaluations have figures to compare; the curves and settings stand side by side.",
      figure: "Figure",
      difference: "Difference",
      verdict: "What may be said",
      differs: (run) => `higher in ${run}`,
      notShown: "no difference shown",
      settings: "Settings that differ",
      sameSettings: "All settings are the same.",
      swap: "Swap",
      curvesHint: "By epoch of all networks.",
      all: "All figures",
      multiple: (figures) =>
        `With ${figures} figures about one in twenty intervals misses its value by chance: decide beforehand which one counts.`,
    },
    keys: {
      start: "Start a run",
      compare: "Compare the chosen runs",
      part: (name) => `Show: ${name}`,
      heat: "Heat maps on and off",
      back: "Back to all runs",
    },
  },
  de: {
    title: "Läufe",
    none: {
      title: "Es wurde noch nichts trainiert",
      text: "Ein Training lernt aus den beschrifteten Röntgenbildern des Archivs; eine Auswertung sagt, wie gut die Präzedenzfälle taugen.",
    },
    noneToStart: "Trainings und Auswertungen starten Forschende.",
    columns: {
      choose: "Auswahl",
      run: "Lauf",
      state: "Stand",
      begun: "Begonnen",
      who: "Von",
      learns: "Lernt",
      main: "Hauptkennzahl (95-%-Konfidenzintervall)",
    },
    choose: (run) => `${run} zum Vergleich auswählen`,
    commandLine: "Kommandozeile",
    systems: {
      "precedents/train": "Training",
      "precedents/evaluate": "Auswertung",
      "precedents/study": "Recommender-Studie",
      "precedents/index": "Index",
      "centres/network": "Gemeinsames Netz mit anderen Zentren",
      "centres/index": "Codes für andere Zentren",
      "atlas/cluster": "Gruppierung des Atlas",
      "atlas/train": "Training des Atlas",
      "transfer/pretrain": "Vortraining",
      "transfer/evaluate": "Vergleich der Ausgangsgewichte",
      "train-precedents": "Training",
      "evaluate-precedents": "Auswertung",
      "study-precedents": "Recommender-Studie",
      "cluster-atlas": "Gruppierung des Atlas",
      "train-atlas": "Training des Atlas",
      "pretrain-network": "Vortraining",
      "evaluate-transfer": "Vergleich der Ausgangsgewichte",
    },
    states: {
      running: "läuft",
      finished: "fertig",
      failed: "fehlgeschlagen",
      stopped: "angehalten",
      waiting: "wartet",
    },
    targets: { entity: "Entität", region: "Region", label: "Beschriftung" },
    discarded: "verworfen",
    compare: "Vergleichen",
    compareHint: "Wählen Sie zwei Läufe aus, um sie zu vergleichen.",
    back: "Alle Läufe",
    loading: "Wird geladen ...",
    epochsDone: (done, epochs) => `Epoche ${done} von ${epochs}`,
    start: {
      button: "Starten ...",
      title: "Einen Lauf starten",
      kind: "Was geschieht",
      kinds: {
        "evaluate-precedents": "Auswertung",
        "study-precedents": "Recommender-Studie",
        "train-precedents": "Training",
        "cluster-atlas": "Cluster des Atlas",
        "train-atlas": "Atlas-Modell",
        "pretrain-network": "Vortraining",
        "evaluate-transfer": "Vergleich der Ausgangsgewichte",
      },
      kindHints: {
        "train-precedents":
          "Lernt aus allen beschrifteten Röntgenbildern. Danach den Index aufbauen, dann nutzen ihn Verknüpfungen.",
        "evaluate-precedents":
          "Lernt von 80 % der Patienten und verknüpft die übrigen: jede Kennzahl mit ihrem Intervall. Verknüpfungen bleiben, wie sie sind.",
        "study-precedents":
          "Das veröffentlichte Protokoll als Ganzes: zwei Vergleichsmodelle, Suche, Kreuzvalidierung und Ziehungen, danach Nachbarn und Abstimmungen in jeder Lesart. Dauert eine Stunde oder länger.",
        "cluster-atlas":
          "DeepCluster fasst ähnliche Röntgenbilder ohne jede Beschriftung zu Clustern zusammen, die dann beschriftet werden.",
        "train-atlas":
          "Lernt die Regionen aus den beschrifteten Clustern, fünffach kreuzvalidiert; danach wird das Archiv nach Region sortiert.",
        "pretrain-network":
          "Lernt die Nummern der Cluster, damit ein Netz Röntgenbilder kennt, bevor es eine Aufgabe lernt.",
        "evaluate-transfer":
          "Eine Aufgabe mit wenigen Röntgenbildern, begonnen ohne Vorwissen, mit Fotografien und mit Röntgenbildern: was welches Vorwissen bringt.",
      },
      target: "Was gelernt wird",
      targetOption: (name, classes, radiographs) => `${name}: ${classes} Werte, ${radiographs} Röntgenbilder`,
      epochs: "Epochen jedes Netzes",
      epochsHint: (epochs) => `Leer für ${epochs}, wie die Einstellungen sagen.`,
      imageSizes: "Seitenlängen der Netzeingaben in Pixeln",
      imageSizesHint: (sizes) => `Je eine ergibt ein Netz. Leer für ${sizes}.`,
      tested: "Wer geprüft wird",
      testedHint:
        "Wie veröffentlicht nur Patienten mit einem einzigen Röntgenbild, damit keines von ihnen gelernt wird.",
      testRules: { "single-radiograph": "Patienten mit einem Röntgenbild", any: "alle Patienten" },
      holdOut: "Zurückgehaltene Patienten",
      holdOutHint:
        "Von ihnen lernt das Netz nicht; so lässt sich für neue Patienten zusichern, welche Diagnosen nicht auszuschließen sind. Frühere Patienten sind sie trotzdem.",
      holdOutNone: "keine",
      begin: "Beginnen",
      cancel: "Abbrechen",
      wrongNumber: "Bitte eine ganze Zahl von 1 bis 10000 eingeben.",
      wrongSizes: "Bitte ein bis fünf ganze Zahlen von 32 bis 512 mit Kommas dazwischen eingeben.",
      nothingToLearn:
        "Im Archiv hat kein Feld zwei verschiedene Werte; importieren Sie zuerst eine Tabelle mit Beschriftungen.",
    },
    stop: {
      button: "Anhalten ...",
      title: "Diesen Lauf anhalten?",
      text: "Er hält nach der laufenden Epoche an und behält alles bis dahin. Er lässt sich jederzeit fortsetzen.",
      longText:
        "Seine Epochen dauern länger, als der Server wartet; die laufende wird daher abgebrochen. Er lässt sich jederzeit ab dem letzten Zwischenstand fortsetzen, höchstens ein Zehntel der Epochen eines Netzes zurück.",
      confirm: "Lauf anhalten",
      keep: "Weiterlaufen lassen",
      stopping: "Er wird angehalten.",
      resume: "Fortsetzen",
      resuming: "Er geht weiter, sobald er an der Reihe ist.",
      takeOut: "Aus der Warteschlange nehmen",
    },
    failed: "Der Lauf ist fehlgeschlagen.",
    report: "Bericht",
    export: "Kennzahlen exportieren",
    parts: { curves: "Verlauf", figures: "Kennzahlen", radiographs: "Röntgenbilder", settings: "Einstellungen" },
    curves: {
      loss: "Verlust",
      accuracy: "Anteil richtig benannt",
      lr: "Lernrate",
      training: "Training (verändert)",
      held: "zurückgehalten",
      heldHint:
        "Zurückgehalten: Röntgenbilder von Patienten, von denen das Netz nicht lernt, wie sie sind. Sie werden nur beobachtet; nach ihnen entscheidet sich nichts. Der Verlust des Trainings ist nach Klassen gewichtet und geglättet, wo die Einstellungen es sagen, der zurückgehaltene nie: Vergleichen Sie den Verlauf, nicht die Höhe.",
      epoch: "Epoche",
      network: "Netz",
      networkShort: (network) => `Netz ${network}`,
      seconds: "Sekunden",
      perSecond: "Bilder je Sekunde",
      pace: (perSecond, seconds) => `${perSecond} Bilder je Sekunde, ${seconds} s je Epoche`,
      left: (minutes) => `noch etwa ${minutes} min`,
      table: "Die Zahlen als Tabelle",
      none: "Noch keine Epoche ist zu Ende.",
      chart: (name) => `${name} nach Epoche`,
    },
    confusion: {
      title: "Konfusionsmatrix",
      caption: (k) =>
        `Testbilder nach ihrer Beschriftung (Zeilen) und der relativen Mehrheit der ${k} ähnlichsten Patienten (Spalten): Anzahl und Anteil an der Zeile.`,
      atlasCaption:
        "Zurückgehaltene Aufnahmen nach der Beschriftung ihres Clusters (Zeilen) und danach, wofür die Netze sie gemeinsam halten (Spalten): Anzahl und Anteil an der Zeile.",
      taken: "Gehalten für",
      atlasCell: (truth, taken) => `${truth}, gehalten für ${taken}: anzeigen`,
      truth: "Beschriftung",
      voted: "Mehrheit",
      undecided: "keine Stimme",
      cell: (truth, voted) => `mit Beschriftung ${truth}, Mehrheit ${voted}: anzeigen`,
    },
    labels: {
      title: "Nach Beschriftung",
      label: "Beschriftung",
      precision: "Precision",
      recall: "Recall",
      f1: "F1",
      support: "Röntgenbilder",
      noInterval: "zu wenige Patienten",
      nothingToCount: "nichts zu zählen",
    },
    figureTable: {
      title: "Alle Kennzahlen",
      name: "Kennzahl",
      value: "Wert",
      interval: "95-%-Konfidenzintervall, nach Patienten",
      explanation:
        "Jede ist ein Mittel über die Testbilder (Mikro-Mittel): Häufige Beschriftungen und Patienten mit vielen Bildern wiegen mehr. Die Tabelle nach Beschriftung trennt sie.",
    },
    noFigures: {
      title: "Noch keine Kennzahlen",
      text: "Eine Auswertung misst sie an Patienten, von denen sie nicht lernt.",
    },
    gallery: {
      none: {
        title: "Keine Röntgenbilder anzusehen",
        text: "Eine Auswertung behält, was sie zu jedem Testbild gesagt hat, und ihre Netze lassen sich fragen, wohin sie sehen.",
      },
      result: "Mehrheit",
      outcome: "Ergebnis",
      results: { all: "alle", right: "richtig", wrong: "falsch" },
      truth: "Beschriftung",
      voted: "Gestimmt für",
      any: "beliebig",
      layer: "Schicht",
      layers: {
        default: "so fein wie sinnvoll",
        layer4: "layer4: die letzte",
        layer3: "layer3: feiner",
        layer2: "layer2: am feinsten",
      },
      heat: "Wärmebild",
      count: (total) => (total === 1 ? "1 Röntgenbild" : `${total} Röntgenbilder`),
      more: "Mehr anzeigen",
      right: "✓ richtig",
      wrong: "✗ falsch",
      vote: (share) => `${share} der Stimmen`,
      noVote: "keine Stimme",
      sorted: "Gehalten für",
      noRegion: "keine Region",
      notLearned: "Diese Beschriftung haben die Netze nicht gelernt.",
      how: "Grad-CAM: wohin die Netze im Mittel für eine Klasse sehen, mit der Wahrscheinlichkeit, die sie ihr geben. Sie und eine Mehrheit der Nachbarn können sich widersprechen.",
      enlarge: (label) => `Vergrößern: ${label}`,
      networks: (label, probability) => `Die Netze sagen ${label} (${probability}).`,
    },
    settings: {
      title: "Einstellungen",
      name: "Einstellung",
      value: "Wert",
      data: "Daten",
      learned: (radiographs, patients) => `Gelernt aus ${radiographs} Röntgenbildern von ${patients} Patienten.`,
      tested: (radiographs, patients) => `Geprüft an ${radiographs} Röntgenbildern von ${patients} anderen Patienten.`,
      artefacts: "Dateien",
      file: "Datei",
      size: "Größe",
      fingerprint: "Fingerabdruck von Einstellungen und Daten",
    },
    comparison: {
      title: "Vergleich",
      sameTest:
        "Beide haben dieselben Testbilder verknüpft. Ein Unterschied wird nur behauptet, wo sein 95-%-Konfidenzintervall (Patienten für beide gemeinsam gezogen) die 0 nicht enthält und ein Permutationstest nach Patienten zustimmt (p < 0,05).",
      otherTest:
        "Die beiden haben nicht dieselben Testbilder mit denselben Beschriftungen verknüpft; ein Unterschied lässt sich daher nicht behaupten.",
      sameTestNoData:
        "Nur Auswertungen haben vergleichbare Kennzahlen; Verläufe und Einstellungen stehen nebeneinander.",
      figure: "Kennzahl",
      difference: "Unterschied",
      verdict: "Was sich sagen lässt",
      differs: (run) => `höher in ${run}`,
      notShown: "kein Unterschied gezeigt",
      settings: "Unterschiedliche Einstellungen",
      sameSettings: "Alle Einstellungen sind gleich.",
      swap: "Tauschen",
      curvesHint: "Nach Epochen aller Netze.",
      all: "Alle Kennzahlen",
      multiple: (figures) =>
        `Bei ${figures} Kennzahlen verfehlt etwa eines von zwanzig Intervallen zufällig seinen Wert: Legen Sie vorher fest, welche zählt.`,
    },
    keys: {
      start: "Einen Lauf starten",
      compare: "Die ausgewählten Läufe vergleichen",
      part: (name) => `Anzeigen: ${name}`,
      heat: "Wärmebilder an und aus",
      back: "Zurück zu allen Läufen",
    },
  },
};
