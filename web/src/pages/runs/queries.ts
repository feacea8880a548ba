/** Runs as the page reads and follows them. */

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Job } from "../../../../src/contract/jobs.ts";
import type {
  EpochEvent,
  OutcomeList,
  RunComparison,
  RunDetail,
  RunEpoch,
  RunList,
} from "../../../../src/contract/runs.ts";
import { get } from "../../api/client.ts";
import { useServerEvents } from "../../api/events.ts";
import { isOpen, useJobs } from "../../api/jobs.ts";

/** Everything about runs is read again when a job ends; keys begin with this. */
const runsKey = "runs";
/** A run that has begun or stopped is noticed within this time also where an event was missed. */
const watchMs = 5000;
const soonMs = 1000;

const addressOfRun = (id: string, part = ""): string => `/api/runs/${encodeURIComponent(id)}${part}`;

/** Whether a job makes a run of its own. */
const trainings = new Set([
  "train-precedents",
  "evaluate-precedents",
  "study-precedents",
  "cluster-atlas",
  "train-atlas",
  "pretrain-network",
  "evaluate-transfer",
]);
const isTraining = ({ kind }: Job): boolean => trainings.has(kind);

/** The jobs that have not yet, or no longer, a run in work: they wait for their turn. */
export const useWaitingJobs = (runs: RunList | undefined): readonly Job[] => {
  const { data } = useJobs();
  const working = new Set(runs?.runs.flatMap(({ job, state }) => (job !== null && state === "running" ? [job] : [])));
  return (data?.jobs ?? []).filter((job) => isTraining(job) && isOpen(job) && !working.has(job.id));
};

export const useRuns = () => {
  const { data } = useJobs();
  const isSomethingOpen = data?.jobs.some((job) => isTraining(job) && isOpen(job)) ?? false;
  return useQuery({
    queryKey: [runsKey],
    queryFn: () => get<RunList>("/api/runs"),
    refetchInterval: isSomethingOpen ? soonMs : false,
  });
};

export const useRun = (id: string) =>
  useQuery({
    queryKey: [runsKey, id],
    queryFn: () => get<RunDetail>(addressOfRun(id)),
    refetchInterval: ({ state }) => (state.data?.state === "finished" ? false : watchMs),
  });

/** The epochs with one more; where a run went on from a checkpoint, those after it are trained again. */
const withEpoch = (epochs: readonly RunEpoch[], epoch: RunEpoch): RunEpoch[] => [
  ...epochs.filter((other) => other.epoch < epoch.epoch),
  epoch,
];

/** Takes what the server tells of epochs into what {@link useRun} answers. */
export const useEpochEvents = (): void => {
  const queries = useQueryClient();
  useServerEvents<EpochEvent>("epoch", ({ run, epoch }) => {
    queries.setQueryData<RunDetail>([runsKey, run], (detail) =>
      detail
        ? {
            ...detail,
            state: detail.state === "finished" ? "finished" : "running",
            epochs: withEpoch(detail.epochs, epoch),
            progress: { done: epoch.epoch, epochs: epoch.epochs },
          }
        : detail,
    );
    queries.setQueryData<RunList>([runsKey], (list) =>
      list
        ? {
            runs: list.runs.map((other) =>
              other.id === run ? { ...other, progress: { done: epoch.epoch, epochs: epoch.epochs } } : other,
            ),
          }
        : list,
    );
  });
};

export const useRefreshRuns = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [runsKey] });
};

/** Which outcomes are shown. */
export interface OutcomeChoice {
  readonly result?: "right" | "wrong" | undefined;
  readonly label?: string | undefined;
  readonly voted?: string | undefined;
}

const pageSize = 12;

export const useOutcomes = (run: string, choice: OutcomeChoice) =>
  useInfiniteQuery({
    queryKey: [runsKey, run, "outcomes", choice],
    queryFn: ({ pageParam }) =>
      get<OutcomeList>(addressOfRun(run, "/outcomes"), { ...choice, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const shown = pages.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
      return shown < total ? shown : undefined;
    },
    placeholderData: keepPreviousData,
  });

export const useComparison = (first: string, second: string) =>
  useQuery({
    queryKey: [runsKey, "comparison", first, second],
    queryFn: () => get<RunComparison>("/api/runs/comparison", { first, second }),
  });

export const reportAddress = (run: string): string => `/api/runs/${encodeURIComponent(run)}/report`;

export const exportAddress = (run: string, format: "json" | "csv"): string =>
  `${addressOfRun(run, "/metrics")}?format=${format}`;
