/** What runs, their figures and labels are called in the user's language. */

import type { RunSummary } from "../../../../src/contract/runs.ts";
import { useFigureValue } from "../../parts/interval-bar.tsx";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useWords } from "../../shell/language.tsx";
import { type RunWords, runWords } from "./words.ts";

/** A figure's name as the server writes it: `plurality vote@5, exact search`. */
const figureName = /^(precision|plurality vote|strict majority vote|hit rate)@(\d+)(, exact search)?$/;

const nameOfFigure = (name: string, { figures }: RunWords): string => {
  if (name === "training accuracy") return figures.trainingAccuracy;
  const [, reading, k, exact] = figureName.exec(name) ?? [];
  if (reading === undefined || k === undefined) return name;
  const say = {
    precision: figures.precision,
    "plurality vote": figures.plurality,
    "strict majority vote": figures.majority,
    "hit rate": figures.hit,
  }[reading as "precision"];
  return exact === undefined ? say(k) : `${say(k)}, ${figures.exact}`;
};

export const useRunNames = () => {
  const words = useWords(runWords);
  const { entity, site } = useVocabulary();
  const figureValue = useFigureValue();
  return {
    figure: (name: string): string => nameOfFigure(name, words),
    system: (system: string): string => words.systems[system] ?? system,
    target: (target: string | null): string => (target === null ? "" : (words.targets[target] ?? target)),
    /** Of an entity, a region or whatever was learned. */
    label: (label: string): string => (entity(label) === label ? site(label) : entity(label)),
    figureValue,
  };
};

/** Whether there is something to follow. */
export const isUnderWay = ({ state }: Pick<RunSummary, "state">): boolean => state === "running";
