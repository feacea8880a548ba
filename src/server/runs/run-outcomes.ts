/** The single radiographs of a run, whichever system tried them, and two runs on the same radiographs side by side. */

import type { RunComparison, RunOutcome } from "../../contract/runs.ts";
import { type ComparedFigure, comparePaired } from "../../evidence/compare-paired.ts";
import type { HomeFiles } from "../../store/files.ts";
import {
  type AtlasOutcome,
  atlasOutcomesName,
  atlasScoresOf,
  readAtlasOutcomes,
  sortedLabel,
} from "../../systems/atlas/index.ts";
import { compareEvaluations, readOutcomes } from "../../systems/precedents/index.ts";

/** Of an evaluation of the precedents its links; of an atlas model the side that was held out, as it was sorted. */
export const shownOutcomes = async (
  files: HomeFiles,
  run: string,
  classes: readonly string[],
): Promise<RunOutcome[]> => {
  const outcomes = (await isOfAtlas(files, run))
    ? (await holdOutOf(files, run)).map(({ image, label, region, score, second, known, reason }) => ({
        image,
        label,
        vote: { label: sortedLabel({ known, region }), share: score, tie: false },
        sorted: { region, score, second: second && { region: second.region, score: second.score }, known, reason },
      }))
    : (await readOutcomes(files, run)).map(({ image, label, vote }) => ({ image, label, vote, sorted: null }));
  return outcomes.map((outcome) => ({
    ...outcome,
    isRight: outcome.vote?.label === outcome.label,
    isLearned: classes.includes(outcome.label),
  }));
};

/** The difference of every figure; null where the two did not try the same radiographs with the same truth. */
export const compareOutcomes = async (
  files: HomeFiles,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<RunComparison["differences"]> => {
  const ofAtlas = [await isOfAtlas(files, first), await isOfAtlas(files, second)];
  if (ofAtlas[0] !== ofAtlas[1]) return null;
  const compared = ofAtlas[0]
    ? compareAtlas(await holdOutOf(files, first), await holdOutOf(files, second))
    : compareEvaluations(await readOutcomes(files, first), await readOutcomes(files, second));
  return compared?.map(({ interval, ...rest }) => ({ ...rest, interval: [...interval] })) ?? null;
};

const compareAtlas = (first: readonly AtlasOutcome[], second: readonly AtlasOutcome[]): ComparedFigure[] | null =>
  comparePaired({ items: first, scores: atlasScoresOf(first) }, { items: second, scores: atlasScoresOf(second) });

const isOfAtlas = (files: HomeFiles, run: string): Promise<boolean> => files.hasArtefact(run, atlasOutcomesName);

const holdOutOf = async (files: HomeFiles, run: string): Promise<AtlasOutcome[]> =>
  (await readAtlasOutcomes(files, run)).filter(({ side }) => side === "hold-out");
