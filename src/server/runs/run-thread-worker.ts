/** The thread for runs: keeps the networks of the run that was asked about last, and does one piece of work after another. */

import { workerData } from "node:worker_threads";
import { imageId } from "../../clinic/ids.ts";
import { HomeFiles } from "../../store/files.ts";
import { AtlasExplainer, atlasModelName } from "../../systems/atlas/index.ts";
import { ClassExplainer } from "../../systems/precedents/index.ts";
import { performWorks } from "../threads/perform-works.ts";
import { compareOutcomes, shownOutcomes } from "./run-outcomes.ts";
import type { RunWork } from "./run-work.ts";

const files = new HomeFiles(workerData as string);

let opened: { readonly run: string; readonly explainer: ClassExplainer | AtlasExplainer } | undefined;

const explainerOf = async (run: string): Promise<ClassExplainer | AtlasExplainer> => {
  if (opened?.run === run) return opened.explainer;
  await opened?.explainer.release();
  opened = undefined;
  const isAtlas = await files.hasArtefact(run, atlasModelName);
  opened = { run, explainer: await (isAtlas ? AtlasExplainer : ClassExplainer).open(files, run) };
  return opened.explainer;
};

performWorks<RunWork>({
  explain: async ({ run, image, label, layer }) =>
    (await explainerOf(run)).explain(imageId(image), { labels: [label], ...(layer ? { layer } : {}) }),
  outcomes: async ({ run, classes, choice: { result, label, voted, offset, limit } }) => {
    const found = (await shownOutcomes(files, run, classes))
      .filter((outcome) => result === undefined || outcome.isRight === (result === "right"))
      .filter((outcome) => label === undefined || outcome.label === label)
      .filter((outcome) => voted === undefined || outcome.vote?.label === voted);
    return { total: found.length, outcomes: found.slice(offset, offset + limit) };
  },
  compare: (told) => compareOutcomes(files, told),
});
