import type { Words } from "../../shell/language.tsx";

interface CentresWords {
  readonly title: string;
  readonly leaves: (bits: string | null) => string;
  readonly flipped: (share: string) => string;
  readonly noNetwork: string;
  readonly ask: (centres: number) => string;
  readonly askAgain: string;
  readonly asking: string;
  readonly progress: (ended: number, all: number) => string;
  readonly waiting: string;
  readonly nobodyNear: string;
  readonly within: (distance: string) => string;
  readonly exactly: (distance: string) => string;
  readonly contact: string;
  readonly smallGroups: (patients: string) => string;
  readonly tooFar: (farthest: string) => string;
  readonly someEntities: string;
  readonly neighbours: (centre: string) => string;
  /** Why a centre did not answer. */
  readonly problems: Readonly<Record<string, string>>;
  readonly otherProblem: string;
  readonly again: (minutes: string) => string;
  readonly key: string;
}

export const centresWords: Words<CentresWords> = {
  en: {
    title: "Other centres",
    leaves: (bits) =>
      `${bits === null ? "A code" : `A code of ${bits} bits`} leaves this server: no picture, no name, no number of a patient.`,
    flipped: (share) => `${share} of its bits are flipped at random.`,
    noNetwork:
      "Before other centres can be asked, an administrator has to choose a network in common (Settings, Centres).",
    ask: (centres) => (centres === 1 ? "Ask the other centre" : `Ask ${centres} other centres`),
    askAgain: "Ask again",
    asking: "Asking …",
    progress: (ended, all) => `${ended} of ${all} have answered or failed`,
    waiting: "no answer yet …",
    nobodyNear: "no close precedent, or none of whom it may tell",
    within: (distance) => `distance up to ${distance}`,
    exactly: (distance) => `distance ${distance}`,
    contact: "Ask there:",
    smallGroups: (patients) => `Entities of fewer than ${patients} patients are not told.`,
    tooFar: (farthest) => `Distances above ${farthest} are not told.`,
    someEntities: "Some entities are left out by choice.",
    neighbours: (centre) => `Past patients of ${centre}`,
    problems: {
      late: "did not answer in time",
      unreachable: "cannot be reached",
      certificate: "is not vouched for: its TLS certificate is not trusted here",
      untrusted: "answered what cannot be trusted or read",
      interrupted: "was not waited for: the server ended meanwhile",
      conflict: "uses another network; the two administrators have to agree on one",
      "not-allowed": "does not answer this centre's questions",
      "not-indexed": "has no codes of its archive yet",
      "too-many-requests": "answers no more questions for now",
      "bad-input": "did not accept the question; perhaps the clocks of the two centres differ",
      busy: "is busy; ask again in a moment",
    },
    otherProblem: "could not answer",
    again: (minutes) => `again in ${minutes} min`,
    key: "Ask other centres",
  },
  de: {
    title: "Andere Zentren",
    leaves: (bits) =>
      `${bits === null ? "Ein Code" : `Ein Code von ${bits} Bit`} verlässt diesen Server: kein Bild, kein Name, keine Patientennummer.`,
    flipped: (share) => `${share} seiner Bits werden zufällig umgekehrt.`,
    noNetwork:
      "Bevor andere Zentren gefragt werden können, muss jemand aus der Administration ein gemeinsames Netz wählen (Einstellungen, Zentren).",
    ask: (centres) => (centres === 1 ? "Das andere Zentrum fragen" : `${centres} andere Zentren fragen`),
    askAgain: "Erneut fragen",
    asking: "Wird gefragt …",
    progress: (ended, all) => `${ended} von ${all} haben geantwortet oder sind ausgefallen`,
    waiting: "noch keine Antwort …",
    nobodyNear: "kein naher Vergleichsfall oder keiner, den das Zentrum nennen darf",
    within: (distance) => `Abstand bis ${distance}`,
    exactly: (distance) => `Abstand ${distance}`,
    contact: "Auskunft:",
    smallGroups: (patients) => `Entitäten von weniger als ${patients} Patienten werden nicht genannt.`,
    tooFar: (farthest) => `Abstände über ${farthest} werden nicht genannt.`,
    someEntities: "Manche Entitäten nennt das Zentrum nicht.",
    neighbours: (centre) => `Frühere Patienten von ${centre}`,
    problems: {
      late: "hat nicht rechtzeitig geantwortet",
      unreachable: "ist nicht erreichbar",
      certificate: "ist nicht verbürgt: Sein TLS-Zertifikat gilt hier nicht",
      untrusted: "hat etwas geantwortet, das nicht vertrauenswürdig oder nicht lesbar ist",
      interrupted: "wurde nicht abgewartet: Der Server ist zwischendurch beendet worden",
      conflict: "benutzt ein anderes Netz; die Administrationen müssen sich auf eines einigen",
      "not-allowed": "beantwortet die Fragen dieses Zentrums nicht",
      "not-indexed": "hat noch keine Codes seines Archivs",
      "too-many-requests": "beantwortet vorerst keine weiteren Fragen",
      "bad-input": "hat die Frage nicht angenommen; vielleicht gehen die Uhren der Zentren verschieden",
      busy: "ist ausgelastet; fragen Sie gleich noch einmal",
    },
    otherProblem: "konnte nicht antworten",
    again: (minutes) => `wieder in ${minutes} min`,
    key: "Andere Zentren fragen",
  },
};
