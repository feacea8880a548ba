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
  /** Where a figure of the atlas was measured. */
  readonly sides: Readonly<Record<string, string>>;
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
    sides: {
      validation: "validation, mean of the folds",
      "hold-out": "hold-out",
      "hold-out own": "hold-out, this centre",
      "hold-out external": "hold-out, elsewhere",
    },
  },
  de: {
    precision: (k) => `Precision@${k}`,
    plurality: (k) => `Relative Mehrheit von ${k}`,
    majority: (k) => `Absolute Mehrheit von ${k}`,
    hit: (k) => `Trefferquote@${k}`,
    exact: "genaue Suche",
    trainingAccuracy: "Richtig bei Trainingsbildern",
    top: (k) => `Top-${k}`,
    sides: {
      validation: "Validierung, Mittel der Falten",
      "hold-out": "zurückgehalten",
      "hold-out own": "zurückgehalten, eigenes Zentrum",
      "hold-out external": "zurückgehalten, auswärts",
    },
  },
};

/** A figure of the precedents as the server writes it: `plurality vote@5, exact search`. */
const precedentFigure = /^(precision|plurality vote|strict majority vote|hit rate)@(\d+)(, exact search)?$/;
/** A figure of the atlas: `hold-out top-1, external`. */
const atlasFigure = /^(validation|hold-out) top-(\d)(?:, (own|external))?$/;

/** A name that nobody has translated is shown as it is. */
export const useRunFigureName = (): ((name: string) => string) => {
  const words = useWords(figureWords);
  return (name) => {
    if (name === "training accuracy") return words.trainingAccuracy;
    const [, side, top, part] = atlasFigure.exec(name) ?? [];
    if (side !== undefined && top !== undefined) {
      const where = part === undefined ? side : `${side} ${part}`;
      return `${words.top(top)}, ${words.sides[where]}`;
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
