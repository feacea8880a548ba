/** Cohorts as the server answers them. */

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type {
  CohortDetail,
  CohortList,
  Description,
  ExcludedPage,
  LeakList,
  MemberPage,
  SplitList,
} from "../../../../src/contract/cohorts.ts";
import { get } from "../../api/client.ts";

export const cohortsKey = ["cohorts"] as const;

/** The address of something of a cohort, such as its `flow.svg`. */
export const cohortAddress = (name: string, ...what: readonly string[]): string =>
  ["/api/cohorts", encodeURIComponent(name), ...what].join("/");

export const useCohorts = (): UseQueryResult<CohortList> =>
  useQuery({ queryKey: cohortsKey, queryFn: () => get<CohortList>("/api/cohorts") });

export const useCohort = (name: string): UseQueryResult<CohortDetail> =>
  useQuery({ queryKey: [...cohortsKey, name], queryFn: () => get<CohortDetail>(cohortAddress(name)) });

export const useDescription = (name: string, by: string): UseQueryResult<Description> =>
  useQuery({
    queryKey: [...cohortsKey, name, "description", by],
    queryFn: () => get<Description>(cohortAddress(name, "description"), { by: by || undefined }),
    placeholderData: keepPreviousData,
  });

export const pageSize = 50;

export const useMembers = (name: string, offset: number): UseQueryResult<MemberPage> =>
  useQuery({
    queryKey: [...cohortsKey, name, "members", offset],
    queryFn: () => get<MemberPage>(cohortAddress(name, "members"), { offset, limit: pageSize }),
    placeholderData: keepPreviousData,
  });

export const useExcluded = (
  name: string,
  { criterion, offset }: { readonly criterion: number; readonly offset: number },
): UseQueryResult<ExcludedPage> =>
  useQuery({
    queryKey: [...cohortsKey, name, "excluded", criterion, offset],
    queryFn: () => get<ExcludedPage>(cohortAddress(name, "excluded"), { criterion, offset, limit: pageSize }),
    placeholderData: keepPreviousData,
  });

export const useSplits = (name: string): UseQueryResult<SplitList> =>
  useQuery({
    queryKey: [...cohortsKey, name, "splits"],
    queryFn: () => get<SplitList>(cohortAddress(name, "splits")),
  });

export const useLeaks = (name: string, split: string, isWanted: boolean): UseQueryResult<LeakList> =>
  useQuery({
    queryKey: [...cohortsKey, name, "splits", split, "leaks"],
    queryFn: () => get<LeakList>(cohortAddress(name, "splits", encodeURIComponent(split), "leaks")),
    enabled: isWanted,
  });
