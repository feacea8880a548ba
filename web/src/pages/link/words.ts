import type { LinkAnswer } from "../../../../src/contract/queries.ts";
import type { Words } from "../../shell/language.tsx";

export interface LinkWords {
  readonly title: string;
  readonly worklist: string;
  readonly drop: {
    readonly title: string;
    readonly hint: string;
    readonly choose: string;
    readonly add: string;
    readonly release: string;
  };
  readonly waiting: (name: string) => string;
  readonly uploading: (name: string) => string;
  readonly reading: (name: string) => string;
  readonly dismiss: (name: string) => string;
  readonly cancel: (name: string) => string;
  readonly nothingHere: string;
  readonly forEverybody: string;
  readonly remove: { readonly button: (name: string) => string; readonly question: string; readonly yes: string };
  readonly unlinked: string;
  readonly question: {
    readonly title: string;
    readonly lesion: string;
    readonly noBox: string;
    readonly draw: string;
    readonly deleteBox: string;
    readonly proposals: string;
    readonly accept: (number: number) => string;
    readonly numbers: string;
    readonly left: string;
    readonly top: string;
    readonly width: string;
    readonly height: string;
    readonly k: string;
    readonly exact: string;
    readonly filters: string;
    readonly ageFrom: string;
    readonly ageTo: string;
    readonly sex: string;
    readonly site: string;
    readonly any: string;
    readonly link: string;
    readonly linking: string;
    readonly changed: string;
    readonly references: string;
    readonly final: string;
    readonly earlier: string;
    readonly set: string;
    readonly coverage: string;
    readonly byLabel: string;
  };
  readonly references: {
    readonly only: (rules: readonly string[]) => string;
    readonly all: string;
    readonly final: string;
    readonly before: (day: string) => string;
    readonly open: (count: number, written: string) => string;
    readonly later: (count: number, written: string) => string;
  };
  readonly prediction: {
    readonly title: (coverage: string) => string;
    readonly everything: (coverage: string) => string;
    readonly overall: (coverage: string, patients: string) => string;
    readonly byLabel: (coverage: string, labels: string) => string;
    readonly measured: (share: string, interval: string, labels: string) => string;
    readonly ofEvaluation: string;
  };
  readonly answer: {
    readonly title: string;
    readonly undiagnosed: string;
    readonly votes: (agreeing: number, voters: number) => string;
    readonly tie: string;
    readonly noVote: string;
    readonly unknown: string;
    readonly certainty: (share: string, interval: string, patients: string) => string;
    /** Which past links are counted. */
    readonly past: Readonly<Record<NonNullable<LinkAnswer["past"]>["basis"], string>>;
    readonly noCertainty: string;
    readonly noFilteredCertainty: string;
    readonly compared: Readonly<Record<LinkAnswer["compared"], string>>;
    readonly archive: (radiographs: string, patients: string) => string;
    readonly matching: (patients: string) => string;
    readonly notIndexed: (radiographs: string) => string;
    readonly agrees: string;
    readonly differs: string;
    readonly noLabel: string;
    readonly doesNotVote: string;
    readonly years: (years: string) => string;
    readonly closerThan: (share: string) => string;
    /** The same where there is little room. */
    readonly closerThanShort: (share: string) => string;
    readonly distance: (distance: string) => string;
    readonly cosineDistance: (distance: string) => string;
    readonly neighbour: (rank: number) => string;
    readonly neighbours: string;
    readonly all: string;
  };
  readonly compare: {
    readonly title: string;
    readonly together: string;
    readonly left: string;
    readonly right: string;
  };
  readonly heat: {
    readonly title: string;
    readonly opacity: string;
    readonly of: (rank: number, similarity: string) => string;
    readonly low: string;
    readonly high: string;
  };
  readonly course: {
    readonly title: string;
    readonly patient: string;
    readonly openInArchive: string;
    readonly none: string;
    readonly reports: string;
    readonly reportsForResearchers: string;
    readonly nothingRead: string;
    readonly reportKinds: Readonly<Record<string, string>>;
  };
  readonly others: {
    readonly title: (count: string) => string;
    readonly nearest: string;
    readonly distance: (distance: string) => string;
    readonly notCompared: string;
    /** On a card: how many radiographs stand behind the one that is shown. */
    readonly behind: (count: number, written: string) => string;
  };
  readonly print: { readonly button: string; readonly title: string; readonly made: (at: string) => string };
  readonly keys: {
    readonly next: string;
    readonly previous: string;
    readonly neighbour: (rank: number) => string;
    readonly nextNeighbour: string;
    readonly previousNeighbour: string;
    readonly stopComparing: string;
  };
}

export const linkWords: Words<LinkWords> = {
  en: {
    title: "Link",
    worklist: "Worklist",
    drop: {
      title: "Drop radiographs here",
      hint: "DICOM, PNG or JPEG; several at once. They stay on this server.",
      choose: "Choose files",
      add: "Add radiographs",
      release: "Release to add them to the worklist",
    },
    waiting: (name) => `${name} waits`,
    uploading: (name) => `Sending ${name}`,
    reading: (name) => `Reading ${name}`,
    dismiss: (name) => `Dismiss what is said of ${name}`,
    cancel: (name) => `Do not send ${name}`,
    nothingHere: "No radiograph waits to be linked.",
    forEverybody: "for everybody",
    remove: {
      button: (name) => `Remove ${name}`,
      question: "Remove this radiograph and its answer from the worklist?",
      yes: "Remove",
    },
    unlinked: "not linked",
    question: {
      title: "Question",
      lesion: "Lesion",
      noBox: "No box: the whole image is compared.",
      draw: "Draw a box",
      deleteBox: "Delete box",
      proposals: "Marked in the archive:",
      accept: (number) => `Accept box ${number}`,
      numbers: "Box in pixels",
      left: "Left",
      top: "Top",
      width: "Width",
      height: "Height",
      k: "Neighbours",
      exact: "Exact distances (slower)",
      filters: "Only patients with",
      ageFrom: "Age from",
      ageTo: "Age to",
      sex: "Sex",
      site: "Site",
      any: "any",
      link: "Link",
      linking: "Linking",
      changed: "The question has changed since this answer; link again.",
      references: "Past patients",
      final: "only with a final diagnosis",
      earlier: "only from before this radiograph",
      set: "Diagnoses that cannot be ruled out",
      coverage: "Coverage",
      byLabel: "for each diagnosis",
    },
    references: {
      only: (rules) => `Only patients ${rules.join(", ")}`,
      all: "All patients count as past patients",
      final: "with a final diagnosis",
      before: (day) => `from before ${day}`,
      open: (count, written) => (count === 1 ? "1 without one" : `${written} without one`),
      later: (count, written) => (count === 1 ? "1 later patient" : `${written} later patients`),
    },
    prediction: {
      title: (coverage) => `Cannot be ruled out (${coverage} coverage)`,
      everything: (coverage) => `Nothing can be ruled out (${coverage} coverage)`,
      overall: (coverage, patients) =>
        `At least ${coverage} of new patients like the ${patients} past ones have one of these diagnoses.`,
      byLabel: (coverage, labels) =>
        labels === ""
          ? `At least ${coverage} of new patients have one of these diagnoses; none has past patients enough to be promised of by itself.`
          : `Of new patients with ${labels}, and of all others together, at least ${coverage} have one of these diagnoses.`,
      measured: (share, interval, labels) =>
        `Among the past ones it was ${share} (95% interval ${interval}), with ${labels} diagnoses on average.`,
      ofEvaluation: "They are of an evaluation: it holds as far as this network is like the evaluation's.",
    },
    answer: {
      title: "Answer",
      undiagnosed: "Undiagnosed",
      votes: (agreeing, voters) => `${agreeing} of ${voters} neighbours`,
      tie: "a tie, decided by the nearest neighbour",
      noVote: "No vote: no neighbour has a label.",
      unknown: "No close precedent",
      certainty: (share, interval, patients) =>
        `Such votes were right for ${share} of ${patients} past patients (95% interval ${interval}).`,
      past: {
        "held-out": "Counted among patients whom this network was kept from.",
        evaluation: "Counted among patients of the evaluation, from whom a network alike had not learned.",
        learned:
          "Counted among patients from whom the network had learned: it is too sure of them. An evaluation tells more.",
      },
      noCertainty: "Too few past votes to say how often such a vote is right.",
      noFilteredCertainty:
        "With filters it is not told how often such a vote is right: past votes were among all patients.",
      compared: { "whole image": "Whole image compared", lesion: "Lesion compared" },
      archive: (radiographs, patients) => `${radiographs} radiographs of ${patients} patients`,
      matching: (patients) => `${patients} patients match the filters`,
      notIndexed: (radiographs) => `${radiographs} newer radiographs are not in the index yet`,
      agrees: "Votes for the answer",
      differs: "Votes for another",
      noLabel: "No label",
      doesNotVote: "does not vote",
      years: (years) => `${years} years`,
      closerThan: (share) => `closer than ${share} of past links`,
      closerThanShort: (share) => `closer than ${share}`,
      distance: (distance) => `distance ${distance}`,
      cosineDistance: (distance) => `cosine distance ${distance}`,
      neighbour: (rank) => `Neighbour ${rank}`,
      neighbours: "Neighbours, the nearest first",
      all: "All at once",
    },
    compare: {
      title: "Compare",
      together: "Move together",
      left: "Left",
      right: "Right",
    },
    heat: {
      title: "Why",
      opacity: "Opacity",
      of: (rank, similarity) => `Neighbour ${rank}, cosine ${similarity}`,
      low: "adds little",
      high: "much",
    },
    course: {
      title: "Course",
      patient: "Patient",
      openInArchive: "Open in the archive",
      none: "Nothing is known of this patient besides the radiograph.",
      reports: "Reports",
      reportsForResearchers: "what they say is for researchers",
      nothingRead: "Nothing was read from it.",
      reportKinds: { radiology: "radiology", pathology: "pathology", "tumour board": "tumour board", other: "other" },
    },
    others: {
      title: (count) => `${count} radiographs of this patient`,
      nearest: "the nearest",
      distance: (distance) => `cosine distance ${distance}`,
      notCompared: "not compared",
      behind: (count, written) => (count === 1 ? "1 more radiograph" : `${written} more radiographs`),
    },
    print: { button: "Print or save as PDF", title: "Precedents of a radiograph", made: (at) => `Linked ${at}` },
    keys: {
      next: "Next radiograph of the worklist",
      previous: "Previous radiograph of the worklist",
      neighbour: (rank) => `Neighbour ${rank} beside the query`,
      nextNeighbour: "Next neighbour",
      previousNeighbour: "Previous neighbour",
      stopComparing: "Query alone",
    },
  },
  de: {
    title: "Verknüpfen",
    worklist: "Arbeitsliste",
    drop: {
      title: "Röntgenaufnahmen hier ablegen",
      hint: "DICOM, PNG oder JPEG; auch mehrere. Sie bleiben auf diesem Server.",
      choose: "Dateien wählen",
      add: "Aufnahmen hinzufügen",
      release: "Loslassen, um sie in die Arbeitsliste aufzunehmen",
    },
    waiting: (name) => `${name} wartet`,
    uploading: (name) => `${name} wird gesendet`,
    reading: (name) => `${name} wird gelesen`,
    dismiss: (name) => `Meldung zu ${name} schließen`,
    cancel: (name) => `${name} nicht senden`,
    nothingHere: "Keine Aufnahme wartet auf eine Verknüpfung.",
    forEverybody: "für alle",
    remove: {
      button: (name) => `${name} entfernen`,
      question: "Diese Aufnahme und ihre Antwort aus der Arbeitsliste entfernen?",
      yes: "Entfernen",
    },
    unlinked: "nicht verknüpft",
    question: {
      title: "Frage",
      lesion: "Läsion",
      noBox: "Kein Rahmen: Das ganze Bild wird verglichen.",
      draw: "Rahmen zeichnen",
      deleteBox: "Rahmen löschen",
      proposals: "Im Archiv markiert:",
      accept: (number) => `Rahmen ${number} übernehmen`,
      numbers: "Rahmen in Bildpunkten",
      left: "Links",
      top: "Oben",
      width: "Breite",
      height: "Höhe",
      k: "Nachbarn",
      exact: "Genaue Abstände (langsamer)",
      filters: "Nur Patienten mit",
      ageFrom: "Alter von",
      ageTo: "Alter bis",
      sex: "Geschlecht",
      site: "Lokalisation",
      any: "beliebig",
      link: "Verknüpfen",
      linking: "Wird verknüpft",
      changed: "Die Frage wurde seit dieser Antwort geändert; verknüpfen Sie neu.",
      references: "Frühere Patienten",
      final: "nur mit endgültiger Diagnose",
      earlier: "nur aus der Zeit vor dieser Aufnahme",
      set: "Nicht auszuschließende Diagnosen",
      coverage: "Abdeckung",
      byLabel: "für jede Diagnose",
    },
    references: {
      only: (rules) => `Nur Patienten ${rules.join(", ")}`,
      all: "Alle Patienten zählen als frühere",
      final: "mit endgültiger Diagnose",
      before: (day) => `aus der Zeit vor dem ${day}`,
      open: (count, written) => (count === 1 ? "1 ohne eine solche" : `${written} ohne eine solche`),
      later: (count, written) => (count === 1 ? "1 späterer Patient" : `${written} spätere Patienten`),
    },
    prediction: {
      title: (coverage) => `Nicht auszuschließen (Abdeckung ${coverage})`,
      everything: (coverage) => `Nichts lässt sich ausschließen (Abdeckung ${coverage})`,
      overall: (coverage, patients) =>
        `Von neuen Patienten wie den ${patients} früheren haben mindestens ${coverage} eine dieser Diagnosen.`,
      byLabel: (coverage, labels) =>
        labels === ""
          ? `Mindestens ${coverage} der neuen Patienten haben eine dieser Diagnosen; keine hat genug frühere Patienten, um für sie allein etwas zuzusichern.`
          : `Von neuen Patienten mit ${labels} und von allen übrigen zusammen haben jeweils mindestens ${coverage} eine dieser Diagnosen.`,
      measured: (share, interval, labels) =>
        `Bei den früheren waren es ${share} (95-%-Intervall ${interval}), bei im Mittel ${labels} Diagnosen.`,
      ofEvaluation: "Sie stammen aus einer Auswertung: Es gilt, soweit dieses Netz dem der Auswertung gleicht.",
    },
    answer: {
      title: "Antwort",
      undiagnosed: "Ohne Diagnose",
      votes: (agreeing, voters) => `${agreeing} von ${voters} Nachbarn`,
      tie: "Gleichstand, vom nächsten Nachbarn entschieden",
      noVote: "Keine Abstimmung: Kein Nachbar hat eine Diagnose.",
      unknown: "Kein naher Präzedenzfall",
      certainty: (share, interval, patients) =>
        `Solche Abstimmungen waren bei ${share} von ${patients} früheren Patienten richtig (95-%-Intervall ${interval}).`,
      past: {
        "held-out": "Gezählt bei Patienten, die diesem Netz vorenthalten wurden.",
        evaluation: "Gezählt bei Patienten der Auswertung, von denen ein gleichartiges Netz nicht gelernt hat.",
        learned:
          "Gezählt bei Patienten, von denen das Netz gelernt hat: Bei ihnen ist es zu sicher. Eine Auswertung sagt mehr.",
      },
      noCertainty: "Zu wenige frühere Abstimmungen, um zu sagen, wie oft eine solche richtig ist.",
      noFilteredCertainty:
        "Mit Filtern lässt sich nicht sagen, wie oft eine solche Abstimmung richtig ist: Frühere fanden unter allen Patienten statt.",
      compared: { "whole image": "Ganzes Bild verglichen", lesion: "Läsion verglichen" },
      archive: (radiographs, patients) => `${radiographs} Aufnahmen von ${patients} Patienten`,
      matching: (patients) => `${patients} Patienten entsprechen den Filtern`,
      notIndexed: (radiographs) => `${radiographs} neuere Aufnahmen sind noch nicht im Index`,
      agrees: "Stimmt für die Antwort",
      differs: "Stimmt für etwas anderes",
      noLabel: "Ohne Diagnose",
      doesNotVote: "stimmt nicht mit",
      years: (years) => `${years} Jahre`,
      closerThan: (share) => `näher als ${share} früherer Verknüpfungen`,
      closerThanShort: (share) => `näher als ${share}`,
      distance: (distance) => `Abstand ${distance}`,
      cosineDistance: (distance) => `Kosinusabstand ${distance}`,
      neighbour: (rank) => `Nachbar ${rank}`,
      neighbours: "Nachbarn, der nächste zuerst",
      all: "Alle zugleich",
    },
    compare: {
      title: "Vergleichen",
      together: "Gemeinsam bewegen",
      left: "Links",
      right: "Rechts",
    },
    heat: {
      title: "Warum",
      opacity: "Deckkraft",
      of: (rank, similarity) => `Nachbar ${rank}, Kosinus ${similarity}`,
      low: "trägt wenig",
      high: "viel bei",
    },
    course: {
      title: "Verlauf",
      patient: "Patient",
      openInArchive: "Im Archiv öffnen",
      none: "Außer der Aufnahme ist von diesem Patienten nichts bekannt.",
      reports: "Befunde",
      reportsForResearchers: "ihr Inhalt ist Forschenden vorbehalten",
      nothingRead: "Daraus wurde nichts gelesen.",
      reportKinds: { radiology: "Radiologie", pathology: "Pathologie", "tumour board": "Tumorboard", other: "andere" },
    },
    others: {
      title: (count) => `${count} Aufnahmen dieses Patienten`,
      nearest: "die nächste",
      distance: (distance) => `Kosinusabstand ${distance}`,
      notCompared: "nicht verglichen",
      behind: (count, written) => (count === 1 ? "1 weitere Aufnahme" : `${written} weitere Aufnahmen`),
    },
    print: {
      button: "Drucken oder als PDF sichern",
      title: "Präzedenzfälle einer Aufnahme",
      made: (at) => `Verknüpft ${at}`,
    },
    keys: {
      next: "Nächste Aufnahme der Arbeitsliste",
      previous: "Vorige Aufnahme der Arbeitsliste",
      neighbour: (rank) => `Nachbar ${rank} neben der Anfrage`,
      nextNeighbour: "Nächster Nachbar",
      previousNeighbour: "Voriger Nachbar",
      stopComparing: "Nur die Anfrage",
    },
  },
};
