/** What the figures of runs are called in the user's language. */

import { useWords, type Words } from "../shell/language.tsx";

interface FigureWords {
  readonly precision: (k: string) => string;
  readonly plurality: (k: string) => string;
  readonly majority: (k: string) => string;
  readonly hit: (k: string) => string;
  readonly exact: string;
  readonly trainingAccuracy: string;
  readonly top: (k: string) => string;
  /** Figures by their whole name; and what is counted of the atlas. */
  readonly counted: Readonly<Record<string, string>>;
  /** Where it is counted. */
  readonly sides: Readonly<Record<string, string>>;
  readonly single: string;
}

const figureWords: Words<FigureWords> = {
  en: {
    precision: (k) => `Precision@${k}`,
    plurality: (k) => `Plurality vote of ${k}`,
    majority: (k) => `Strict majority of ${k}`,
    hit: (k) => `Hit rate@${k}`,
    exact: "exact search",
    trainingAccuracy: "Right on training pictures",
    top: (k) => `Top ${k}`,
    counted: {
      "sorted as labelled": "Sorted as labelled",
      "discarded recognised": "Discarded ones recognised",
      "regions refused": "Regions wrongly refused",
      "test accuracy": "Right on the test side",
      "validation accuracy": "Right on the validation side",
      "accuracy, nothing": "Accuracy from nothing",
      "accuracy, imagenet": "Accuracy from photographs",
      "accuracy, domain": "Accuracy from radiographs",
      NMI: "NMI of the last two clusterings",
      AMI: "AMI of the last two clusterings",
    },
    sides: { validation: "validation", "hold-out": "hold-out" },
    single: "mean of the single networks",
  },
  de: {
    precision: (k) => `Precision@${k}`,
    plurality: (k) => `Relative Mehrheit von ${k}`,
    majority: (k) => `Absolute Mehrheit von ${k}`,
    hit: (k) => `Trefferquote@${k}`,
    exact: "genaue Suche",
    trainingAccuracy: "Richtig bei Trainingsbildern",
    top: (k) => `Top-${k}`,
    counted: {
      "sorted as labelled": "Einsortiert wie beschriftet",
      "discarded recognised": "Verworfene erkannt",
      "regions refused": "Regionen zu Unrecht abgelehnt",
      "test accuracy": "Richtig auf der Testseite",
      "validation accuracy": "Richtig auf der Validierungsseite",
      "accuracy, nothing": "Genauigkeit von nichts aus",
      "accuracy, imagenet": "Genauigkeit von Fotografien aus",
      "accuracy, domain": "Genauigkeit von Röntgenbildern aus",
      NMI: "NMI der letzten beiden Teilungen",
      AMI: "AMI der letzten beiden Teilungen",
    },
    sides: { validation: "Validierung", "hold-out": "zurückgehalten" },
    single: "Mittel der einzelnen Netze",
  },
};

/** A figure of the precedents as the server writes it: `plurality vote@5, exact search`. */
const precedentFigure = /^(precision|plurality vote|strict majority vote|hit rate)@(\d+)(, exact search)?$/;
/** A figure of the atlas: `top-1, hold-out, mean of single networks`. */
const atlasFigure = /^([^,]+), (validation|hold-out)(, mean of single networks)?$/;

/** A name that nobody has translated is shown as it is. */
export const useRunFigureName = (): ((name: string) => string) => {
  const words = useWords(figureWords);
  return (name) => {
    if (name === "training accuracy") return words.trainingAccuracy;
    if (words.counted[name] !== undefined) return words.counted[name];
    const [, what, side, single] = atlasFigure.exec(name) ?? [];
    if (what !== undefined && side !== undefined) {
      const counted = what.startsWith("top-") ? words.top(what.slice("top-".length)) : (words.counted[what] ?? what);
      return [counted, words.sides[side], ...(single === undefined ? [] : [words.single])].join(", ");
    }
    const [, reading, k, exact] = precedentFigure.exec(name) ?? [];
    if (reading === undefined || k === undefined) return name;
    const say = {
      precision: words.precision,
      "plurality vote": words.plurality,
      "strict majority vote": words.majority,
      "hit rate": words.hit,
    }[reading as "precision"];
    return exact === undefined ? say(k) : `${say(k)}, ${words.exact}`;
  };
};
