/** What runs, their figures and labels are called in the user's language. */

import type { RunSummary } from "../../../../src/contract/runs.ts";
import { useFigureValue } from "../../parts/interval-bar.tsx";
import { useRunFigureName } from "../../parts/run-figures.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useWords } from "../../shell/language.tsx";
import { runWords } from "./words.ts";

export const useRunNames = () => {
  const words = useWords(runWords);
  const { entity, site, region } = useVocabulary();
  const figure = useRunFigureName();
  const figureValue = useFigureValue();
  return {
    figure,
    system: (system: string): string => words.systems[system] ?? system,
    target: (target: string | null): string => (target === null ? "" : (words.targets[target] ?? target)),
    /** Of an entity, a region or whatever was learned. */
    label: (label: string): string =>
      label === "discard"
        ? words.discarded
        : ([entity, site, region].map((name) => name(label)).find((name) => name !== label) ?? label),
    figureValue,
  };
};

/** Whether there is something to follow. */
export const isUnderWay = ({ state }: Pick<RunSummary, "state">): boolean => state === "running";
