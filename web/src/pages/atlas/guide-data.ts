/** What guides the labelling: suggestions, splits, and what readers say of single radiographs. */

import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type {
  ClusterSplit,
  ClusterSplits,
  GuideLabels,
  MemberVerdict,
  NewMemberDecision,
  NewSplit,
  SplitPreview,
  Suggestions,
} from "../../../../src/contract/atlas-guide.ts";
import type { Job } from "../../../../src/contract/jobs.ts";
import { change, get } from "../../api/client.ts";
import { isOpen, startJob, useJobs } from "../../api/jobs.ts";
import { newActionId } from "./outbox.ts";

const path = (clustering: string, part: string): string =>
  `/api/atlas/clusterings/${encodeURIComponent(clustering)}/${part}`;

const suggestionsKey = (clustering: string): readonly string[] => ["atlas", "suggestions", clustering];

interface SuggestionsOptions {
  readonly labels?: GuideLabels;
  /** Whether they are asked for: who may not label has none. */
  readonly isOn?: boolean;
}

export const useSuggestions = (clustering: string, { labels = "mine", isOn = true }: SuggestionsOptions = {}) =>
  useQuery({
    queryKey: [...suggestionsKey(clustering), labels],
    enabled: isOn,
    queryFn: ({ signal }) => get<Suggestions>(path(clustering, "suggestions"), { labels }, signal),
    staleTime: Number.POSITIVE_INFINITY, // lists stay as they are while somebody goes through them
  });

export const useRefreshSuggestions = (clustering: string): (() => void) => {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: suggestionsKey(clustering) });
};

/** The newest job that works out suggestions. */
export const useGuideJob = (): Job | undefined => useJobs().data?.jobs.find(({ kind }) => kind === "guide-atlas");

export const startGuide = (clustering: string, labels: GuideLabels = "mine"): Promise<Job> =>
  startJob({ kind: "guide-atlas", settings: { clustering, labels } });

/** After so many labels that the suggestions do not know of, they are worked out anew by themselves. */
const mostBehind = 20;

interface FreshOptions {
  readonly isOn: boolean;
  /** How many labels there are now, those that are on their way included. */
  readonly labelled: number;
  readonly onProblem: (problem: unknown) => void;
}

/** Keeps suggestions no older than some labels, once there is a label to build upon. */
export const useFreshSuggestions = (clustering: string, { isOn, labelled, onProblem }: FreshOptions): void => {
  const { data } = useSuggestions(clustering, { isOn });
  const job = useGuideJob();
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const isWorking = job !== undefined && isOpen(job);
  const { guide } = data ?? {};
  const behind = guide ? Math.max(guide.behind, labelled - guide.labelledClusters) : mostBehind;
  const isOld = data !== undefined && data.unavailable === null && labelled > 0 && behind >= mostBehind;
  useEffect(() => {
    if (!isOn || isWorking || !isOld || labelled - asked.current < mostBehind) return;
    asked.current = labelled;
    startGuide(clustering).catch(onProblem);
  }, [isOn, isWorking, isOld, labelled, clustering, onProblem]);
};

export const splitPreview = (clustering: string, cluster: number, parts: number | null) =>
  queryOptions({
    queryKey: ["atlas", "split", clustering, cluster, parts],
    queryFn: ({ signal }) =>
      get<SplitPreview>(path(clustering, `clusters/${cluster}/split`), parts === null ? {} : { parts }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const splitCluster = (clustering: string, cluster: number, parts: number | null): Promise<ClusterSplit> =>
  change<ClusterSplit>("POST", path(clustering, `clusters/${cluster}/split`), {
    id: newActionId(),
    parts,
  } satisfies NewSplit);

export const undoSplit = (clustering: string, cluster: number): Promise<void> =>
  change<void>("DELETE", path(clustering, `clusters/${cluster}/split`));

export const useSplits = (clustering: string) =>
  useQuery({
    queryKey: ["atlas", "splits", clustering],
    queryFn: async ({ signal }) => (await get<ClusterSplits>(path(clustering, "splits"), {}, signal)).splits,
  });

interface Decision {
  readonly cluster: number;
  readonly images: readonly string[];
  readonly verdict: MemberVerdict;
}

/** Says of radiographs of a cluster that they are not what it is, or that they are. */
export const decideMembers = (clustering: string, { cluster, images, verdict }: Decision): Promise<void> =>
  change<void>("POST", path(clustering, "outliers"), {
    id: newActionId(),
    cluster,
    images: [...images],
    verdict,
  } satisfies NewMemberDecision);
