import type { CentrePolicy } from "../../../../src/contract/centres.ts";
import type { Words } from "../../shell/language.tsx";

/** The terms that are numbers. */
export type TermNumber =
  | "smallestGroup"
  | "distanceStep"
  | "closest"
  | "farthest"
  | "mostNeighbours"
  | "perHour"
  | "perDay"
  | "mostOddities"
  | "flippedShare"
  | "waitSeconds";

interface CentresWords {
  readonly about: string;
  readonly own: {
    readonly title: string;
    readonly fingerprint: string;
    readonly fingerprintHint: string;
    readonly card: string;
    readonly cardHint: string;
    readonly copy: string;
    readonly copied: string;
    readonly incomplete: string;
  };
  readonly network: {
    readonly title: string;
    readonly about: string;
    readonly none: string;
    readonly own: string;
    readonly foreign: string;
    readonly state: (bits: string, target: string) => string;
    readonly targets: Readonly<Record<string, string>>;
    readonly codes: (radiographs: string, patients: string, lesions: string) => string;
    readonly missing: (radiographs: string) => string;
    readonly noCodes: string;
    readonly make: string;
    readonly update: string;
    readonly adopt: string;
    readonly adopting: (share: string) => string;
    readonly download: string;
    readonly started: string;
    readonly warning: string;
  };
  readonly terms: {
    readonly title: string;
    readonly answers: string;
    readonly address: string;
    readonly addressHint: (publicAddress: string) => string;
    readonly contact: string;
    readonly contactHint: string;
    readonly asked: string;
    readonly asking: string;
    readonly entities: string;
    readonly allEntities: string;
    readonly someEntities: string;
    readonly patients: (patients: string) => string;
    readonly sentBits: string;
    readonly sentBitsHint: string;
    readonly allBits: string;
    readonly labels: Readonly<Record<TermNumber, string>>;
    readonly hints: Readonly<Partial<Record<keyof CentrePolicy, string>>>;
  };
  readonly list: {
    readonly title: string;
    readonly none: string;
    readonly noneHint: string;
    readonly add: string;
    readonly name: string;
    readonly address: string;
    readonly mayAsk: string;
    readonly isAsked: string;
    readonly lastDay: string;
    readonly questions: (questions: string, oddities: string) => string;
    readonly yes: string;
    readonly no: string;
    readonly paused: (since: string) => string;
    readonly change: string;
    readonly changeOf: (name: string) => string;
  };
  readonly form: {
    readonly addTitle: string;
    readonly changeTitle: (name: string) => string;
    readonly card: string;
    readonly cardHint: string;
    readonly badCard: string;
    readonly fingerprint: string;
    readonly fingerprintHint: string;
    readonly authority: string;
    readonly authorityHint: string;
    readonly keepAuthority: string;
    readonly mayAsk: string;
    readonly isAsked: string;
    readonly add: string;
    readonly remove: string;
    readonly reallyRemove: string;
    readonly isPaused: (since: string) => string;
    readonly resume: string;
  };
}

export const centresWords: Words<CentresWords> = {
  en: {
    about:
      "Centres can ask each other for similar past patients without sending pictures or names: only a code of a radiograph leaves. What codes give away all the same has been measured and is written down in docs/explanation/what-codes-tell.md.",
    own: {
      title: "This centre",
      fingerprint: "Fingerprint of this centre's key",
      fingerprintHint:
        "Read it to the other centre's administrator over the telephone, not by the mail that brings the card.",
      card: "Card of this centre",
      cardHint: "Send it to the other centre's administrator. It holds no secret.",
      copy: "Copy the card",
      copied: "Copied.",
      incomplete:
        "The card is complete when this centre has a name (Settings, Server), an address and a contact (terms below).",
    },
    network: {
      title: "Network in common",
      about:
        "Codes can only be compared where they were made by the same network: one centre makes it, the others take it over.",
      none: "There is none yet.",
      own: "made here",
      foreign: "taken over from another centre",
      state: (bits, target) => `Codes of ${bits} bits, of a network that learned to tell ${target} apart`,
      targets: { entity: "entities", region: "regions", label: "labels" },
      codes: (radiographs, patients, lesions) =>
        `The archive has codes of ${radiographs} radiographs of ${patients} patients, and of ${lesions} marked lesions.`,
      missing: (radiographs) => `${radiographs} radiographs came in afterwards and have none.`,
      noCodes: "The archive has no codes by it yet.",
      make: "Make one of this centre's own network",
      update: "Bring the codes up to date",
      adopt: "Take over a file …",
      adopting: (share) => `Sending the file: ${share}`,
      download: "Download the file for other centres",
      started: "Under way; see Jobs.",
      warning:
        "The file holds a network that learned from this centre's radiographs: give it only to centres that you would trust with that.",
    },
    terms: {
      title: "Terms",
      answers: "Answer other centres",
      address: "Address of this server for other centres",
      addressHint: (publicAddress) =>
        publicAddress === "" ? "Such as https://osteon.example.org" : `Empty for ${publicAddress}`,
      contact: "Contact",
      contactHint: "Whom to write to or call about an answer; told with each.",
      asked: "When others ask",
      asking: "When this centre asks",
      entities: "Entities that are told",
      allEntities: "All",
      someEntities: "Only these",
      patients: (patients) => `${patients} patients`,
      sentBits: "Bits of a code that leave",
      sentBitsHint: "Fewer bits tell less and find less.",
      allBits: "all 512",
      labels: {
        smallestGroup: "Fewest patients of an entity that is told",
        distanceStep: "Distances are rounded up to multiples of",
        closest: "Closest distance that is told",
        farthest: "Farthest distance that is told",
        mostNeighbours: "Most patients in an answer",
        perHour: "Questions of one centre within an hour",
        perDay: "Questions of one centre within a day",
        mostOddities: "Odd questions within a day until a centre is paused",
        flippedShare: "Share of bits that are flipped at random",
        waitSeconds: "Seconds to wait for a centre",
      },
      hints: {
        smallestGroup: "Few patients are easily guessed.",
        distanceStep: "0 tells them as they are.",
        closest: "Smaller ones are told as this, so that nobody learns whether a radiograph itself is in the archive.",
        farthest: "What resembles nothing here gets no answer.",
        mostOddities: "Such that resemble nothing, or almost an earlier one: nobody with radiographs to link asks so.",
        flippedShare: "0 for none; the same radiograph always has the same ones flipped.",
      },
    },
    list: {
      title: "Centres",
      none: "No centre is known yet",
      noneHint: "Exchange cards with another centre's administrator, and compare the fingerprints over the telephone.",
      add: "Add a centre",
      name: "Name",
      address: "Address",
      mayAsk: "May ask here",
      isAsked: "Is asked",
      lastDay: "Asked within a day",
      questions: (questions, oddities) => `${questions}, ${oddities} of them odd`,
      yes: "yes",
      no: "no",
      paused: (since) => `paused since ${since}`,
      change: "Change",
      changeOf: (name) => `Change ${name}`,
    },
    form: {
      addTitle: "Add a centre",
      changeTitle: (name) => `Change ${name}`,
      card: "Card of the other centre",
      cardHint: "As its administrator sent it.",
      badCard: "This is no card of a centre; have it copied again.",
      fingerprint: "Fingerprint, as its administrator read it to you",
      fingerprintHint:
        "Over another channel than the card came by: else who changed the card could also have given the fingerprint.",
      authority: "Certificate of its authority (PEM)",
      authorityHint: "Only where its TLS certificate comes from an authority that this machine does not know.",
      keepAuthority: "Left empty, the one that is there stays.",
      mayAsk: "It may ask here",
      isAsked: "It is asked from here",
      add: "Add",
      remove: "Remove",
      reallyRemove: "Really remove?",
      isPaused: (since) =>
        `Its questions have been refused since ${since}: too many of them resembled nothing here, or almost an earlier one.`,
      resume: "Let it ask again",
    },
  },
  de: {
    about:
      "Zentren können einander nach ähnlichen früheren Patienten fragen, ohne Bilder oder Namen zu schicken: Nur ein Code einer Aufnahme verlässt das Haus. Was Codes trotzdem verraten, ist gemessen und in docs/explanation/what-codes-tell.md beschrieben.",
    own: {
      title: "Dieses Zentrum",
      fingerprint: "Fingerabdruck des Schlüssels dieses Zentrums",
      fingerprintHint:
        "Lesen Sie ihn der anderen Administration am Telefon vor, nicht in der E-Mail, mit der die Karte kommt.",
      card: "Karte dieses Zentrums",
      cardHint: "Schicken Sie sie der Administration des anderen Zentrums. Sie enthält kein Geheimnis.",
      copy: "Karte kopieren",
      copied: "Kopiert.",
      incomplete:
        "Die Karte ist vollständig, sobald dieses Zentrum einen Namen (Einstellungen, Server), eine Adresse und eine Kontaktangabe (Bedingungen unten) hat.",
    },
    network: {
      title: "Gemeinsames Netz",
      about:
        "Codes lassen sich nur vergleichen, wenn dasselbe Netz sie gebildet hat: Ein Zentrum erstellt es, die anderen übernehmen es.",
      none: "Es gibt noch keines.",
      own: "hier erstellt",
      foreign: "von einem anderen Zentrum übernommen",
      state: (bits, target) => `Codes von ${bits} Bit, von einem Netz, das ${target} zu unterscheiden gelernt hat`,
      targets: { entity: "Entitäten", region: "Regionen", label: "Bezeichnungen" },
      codes: (radiographs, patients, lesions) =>
        `Das Archiv hat Codes von ${radiographs} Aufnahmen von ${patients} Patienten und von ${lesions} markierten Läsionen.`,
      missing: (radiographs) => `${radiographs} Aufnahmen kamen später hinzu und haben noch keinen.`,
      noCodes: "Das Archiv hat noch keine Codes dieses Netzes.",
      make: "Aus dem Netz dieses Zentrums erstellen",
      update: "Codes auf den neuesten Stand bringen",
      adopt: "Datei übernehmen …",
      adopting: (share) => `Datei wird gesendet: ${share}`,
      download: "Datei für andere Zentren herunterladen",
      started: "Läuft; siehe Aufgaben.",
      warning:
        "Die Datei enthält ein Netz, das von den Aufnahmen dieses Zentrums gelernt hat: Geben Sie sie nur Zentren, denen Sie das anvertrauen würden.",
    },
    terms: {
      title: "Bedingungen",
      answers: "Andere Zentren bekommen Antwort",
      address: "Adresse dieses Servers für andere Zentren",
      addressHint: (publicAddress) =>
        publicAddress === "" ? "Etwa https://osteon.example.org" : `Leer für ${publicAddress}`,
      contact: "Kontakt",
      contactHint: "Wer Auskunft zu einer Antwort gibt; steht in jeder.",
      asked: "Wenn andere fragen",
      asking: "Wenn dieses Zentrum fragt",
      entities: "Entitäten, die genannt werden",
      allEntities: "Alle",
      someEntities: "Nur diese",
      patients: (patients) => `${patients} Patienten`,
      sentBits: "Bits eines Codes, die das Haus verlassen",
      sentBitsHint: "Weniger Bits verraten weniger und finden weniger.",
      allBits: "alle 512",
      labels: {
        smallestGroup: "Mindestzahl von Patienten einer Entität, die genannt wird",
        distanceStep: "Abstände werden aufgerundet auf Vielfache von",
        closest: "Kleinster Abstand, der genannt wird",
        farthest: "Größter Abstand, der genannt wird",
        mostNeighbours: "Höchstzahl von Patienten in einer Antwort",
        perHour: "Fragen eines Zentrums je Stunde",
        perDay: "Fragen eines Zentrums je Tag",
        mostOddities: "Auffällige Fragen je Tag, bis ein Zentrum angehalten wird",
        flippedShare: "Anteil der Bits, die zufällig umgekehrt werden",
        waitSeconds: "Sekunden, die auf ein Zentrum gewartet wird",
      },
      hints: {
        smallestGroup: "Wenige Patienten sind leicht zu erraten.",
        distanceStep: "Bei 0 werden sie genau genannt.",
        closest: "Kleinere werden als dieser genannt, damit niemand erfährt, ob eine Aufnahme selbst im Archiv ist.",
        farthest: "Was hier nichts gleicht, bekommt keine Antwort.",
        mostOddities:
          "Solche, die nichts gleichen oder fast einer früheren: So fragt niemand, der Aufnahmen zu verknüpfen hat.",
        flippedShare: "0 für keine; bei derselben Aufnahme sind es immer dieselben.",
      },
    },
    list: {
      title: "Zentren",
      none: "Noch ist kein Zentrum bekannt",
      noneHint:
        "Tauschen Sie Karten mit der Administration eines anderen Zentrums, und vergleichen Sie die Fingerabdrücke am Telefon.",
      add: "Zentrum hinzufügen",
      name: "Name",
      address: "Adresse",
      mayAsk: "Darf hier fragen",
      isAsked: "Wird gefragt",
      lastDay: "Fragen am letzten Tag",
      questions: (questions, oddities) => `${questions}, davon ${oddities} auffällig`,
      yes: "ja",
      no: "nein",
      paused: (since) => `angehalten seit ${since}`,
      change: "Ändern",
      changeOf: (name) => `${name} ändern`,
    },
    form: {
      addTitle: "Zentrum hinzufügen",
      changeTitle: (name) => `${name} ändern`,
      card: "Karte des anderen Zentrums",
      cardHint: "Wie dessen Administration sie geschickt hat.",
      badCard: "Das ist keine Karte eines Zentrums; lassen Sie sie noch einmal kopieren.",
      fingerprint: "Fingerabdruck, wie er Ihnen vorgelesen wurde",
      fingerprintHint:
        "Auf einem anderen Weg als die Karte: Sonst hätte, wer die Karte verändert hat, auch den Fingerabdruck nennen können.",
      authority: "Zertifikat seiner Zertifizierungsstelle (PEM)",
      authorityHint: "Nur wenn sein TLS-Zertifikat von einer Stelle kommt, die dieser Rechner nicht kennt.",
      keepAuthority: "Leer gelassen, bleibt das vorhandene.",
      mayAsk: "Es darf hier fragen",
      isAsked: "Es wird von hier gefragt",
      add: "Hinzufügen",
      remove: "Entfernen",
      reallyRemove: "Wirklich entfernen?",
      isPaused: (since) =>
        `Seine Fragen werden seit ${since} abgelehnt: Zu viele glichen hier nichts oder fast einer früheren.`,
      resume: "Wieder fragen lassen",
    },
  },
};
