/** Which runs a link is made by: the newest index, the model that made it, and an evaluation of such a model. */

import { OsteonError } from "../../errors.ts";
import { type Database, latestFinishedRun, listRuns } from "../../store/index.ts";
import { indexSystem } from "./artefacts.ts";
import { evaluateSystem } from "./evaluate.ts";
import { trainSystem } from "./train.ts";

/** The ids of the runs. A newer model takes part when its index is built, so that there is no gap between the two. */
export interface LinkRuns {
  readonly model: string;
  readonly index: string;
  readonly evaluation: string | null;
}

/** @throws OsteonError `not-trained` or `not-indexed`, whichever step comes first */
export const findLinkRuns = async (database: Database): Promise<LinkRuns> => {
  const index = await latestFinishedRun(database, indexSystem);
  if (index) {
    const { model } = index.settings as { readonly model: string };
    return { model, index: index.id, evaluation: await evaluationLike(database, model) };
  }
  const trained = await latestFinishedRun(database, trainSystem);
  throw trained
    ? new OsteonError("not-indexed", "There is no index yet; run `osteon precedents index` first.")
    : new OsteonError("not-trained", "Nothing is trained yet; run `osteon precedents train` first.");
};

/** What of a plan makes two networks alike. */
interface Plan {
  readonly target: string;
  readonly settings: unknown;
  readonly epochs: number;
}

/** The newest evaluation with the target and the settings of a model, trained for about as long. */
const evaluationLike = async (database: Database, model: string): Promise<string | null> => {
  const runs = await listRuns(database);
  const plan = runs.find(({ id }) => id === model)?.settings as Plan | undefined;
  if (!plan) return null;
  const isAlike = ({ target, settings, epochs }: Plan): boolean =>
    target === plan.target &&
    JSON.stringify(settings) === JSON.stringify(plan.settings) &&
    epochs * 2 >= plan.epochs &&
    epochs <= plan.epochs * 2;
  const alike = runs.find(
    ({ system, state, settings }) => system === evaluateSystem && state === "finished" && isAlike(settings as Plan),
  );
  return alike?.id ?? null;
};
