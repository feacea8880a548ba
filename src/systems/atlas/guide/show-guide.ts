/** A guide as it is shown: without what has been labelled, split or decided since it was worked out. */

import { type Home, listMemberDecisions, readAtlasGuide } from "../../../store/index.ts";
import { featuresName } from "../cluster-files.ts";
import { loadReadings } from "../readings.ts";
import type { AtlasGuide } from "./guide-atlas.ts";
import { type LabellingProgress, labellingProgress } from "./labelling-progress.ts";
import { basisOf, type GuideBasis } from "./load-guide-data.ts";

/** What guides a person. */
export interface ShownGuide {
  readonly progress: LabellingProgress;
  /** Null until one was worked out. */
  readonly guide: (AtlasGuide & { readonly madeAt: Date; readonly behind: number }) | null;
  /** Why this clustering has none. */
  readonly unavailable: string | null;
}

/** @param labels whose: those that the person may know, or those that are settled */
export const showGuide = async (
  home: Home,
  clustering: string,
  { person, labels }: { readonly person: string; readonly labels: "mine" | "settled" },
): Promise<ShownGuide> => {
  const { database, files } = home;
  const readings = await loadReadings(database, clustering);
  const isSettled = labels === "settled";
  const progress = await labellingProgress(database, readings, { clustering, person, isSettled });
  const reader = isSettled ? null : person;
  const kept = await readAtlasGuide(database, clustering, reader);
  const unavailable = (await files.hasArtefact(clustering, featuresName))
    ? null
    : "This clustering was made before its features were kept; cluster the archive again.";
  if (!kept) return { progress, guide: null, unavailable };
  const now = basisOf(readings, await listMemberDecisions(database, clustering), reader);
  const before = JSON.parse(kept.basis) as GuideBasis;
  const guide = JSON.parse(kept.content) as AtlasGuide;
  return {
    progress,
    guide: { ...upToDate(guide, now), madeAt: kept.madeAt, behind: differences(before, now) },
    unavailable,
  };
};

/** How many clusters and radiographs are not what they were: another label, there or no more, decided or no more. */
const differences = (before: GuideBasis, now: GuideBasis): number => {
  const [old, current] = [factsOf(before), factsOf(now)];
  return [...new Set([...old.keys(), ...current.keys()])].filter((fact) => old.get(fact) !== current.get(fact)).length;
};

const factsOf = ({ labels, decisions }: GuideBasis): ReadonlyMap<string, string | null> =>
  new Map([
    ...labels.map(([cluster, label]) => [`${cluster}`, label] as const),
    ...decisions.map((decision) => [subjectOf(decision), decision] as const),
  ]);

/** The cluster and the radiograph that a decision is on. */
const subjectOf = (decision: string): string => decision.slice(0, decision.lastIndexOf(" "));

const upToDate = (guide: AtlasGuide, { labels, decisions }: GuideBasis): AtlasGuide => {
  const labelOf = new Map(labels);
  const decided = new Set(decisions.map(subjectOf));
  const isOpen = ({ cluster, image }: { readonly cluster: number; readonly image: string }): boolean =>
    !decided.has(`${cluster} ${image}`);
  return {
    ...guide,
    next: guide.next.filter(({ cluster }) => labelOf.get(cluster) === null),
    impure: guide.impure.filter(({ cluster }) => labelOf.has(cluster)),
    outliers: guide.outliers.filter((image) => labelOf.get(image.cluster) === image.given.label && isOpen(image)),
    noise: {
      ...guide.noise,
      clusters: guide.noise.clusters.filter(({ cluster, given }) => labelOf.get(cluster) === given),
      images: guide.noise.images.filter((image) => labelOf.get(image.cluster) === image.given && isOpen(image)),
    },
  };
};
