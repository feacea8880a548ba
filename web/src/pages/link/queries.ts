/** The queries of the server as the page reads and changes them. */

import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { Box } from "../../../../src/contract/pictures.ts";
import type {
  Explanation,
  LinkAnswer,
  LinkRequest,
  NeighbourReports,
  Query,
  QuerySummary,
} from "../../../../src/contract/queries.ts";
import { change, get } from "../../api/client.ts";

export const queryAddress = (id: string): string => `/api/queries/${encodeURIComponent(id)}`;

export const imageAddress = (image: string): string => `/api/images/${encodeURIComponent(image)}`;

export const worklistKey = ["queries"] as const;
const queryKey = (id: string) => ["query", id] as const;

/** Looked up again now and then: others add to it as well. */
export const useWorklist = (): UseQueryResult<readonly QuerySummary[]> =>
  useQuery({
    queryKey: worklistKey,
    queryFn: async () => (await get<{ queries: readonly QuerySummary[] }>("/api/queries")).queries,
    refetchInterval: 20_000,
  });

/** One query with its answer; nothing without an id. */
export const useLinkQuery = (id: string | null): UseQueryResult<Query> =>
  useQuery({ queryKey: queryKey(id ?? ""), queryFn: () => get<Query>(queryAddress(id!)), enabled: id !== null });

/** Changes of one query; each is seen at once and then told to the server. */
export const useQueryChanges = (id: string) => {
  const client = useQueryClient();
  const update = (part: Partial<Query>): void => {
    client.setQueryData<Query>(queryKey(id), (before) => before && { ...before, ...part });
  };
  const { mutate: keepBox, error: boxProblem } = useMutation({
    mutationFn: (box: Box | null) => change<unknown>("PUT", `${queryAddress(id)}/box`, { box }),
    scope: { id: `box ${id}` }, // one after the other, so that the last one drawn is the one kept
    onError: () => client.invalidateQueries({ queryKey: queryKey(id) }),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const setBox = (box: Box | null): void => {
    update({ box });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => keepBox(box), 250); // an arrow key that is held down moves it many times
  };
  const link = useMutation({
    mutationFn: (request: LinkRequest) => change<LinkAnswer>("POST", `${queryAddress(id)}/link`, request),
    onSuccess: (answer) => {
      update({ answer });
      for (const about of ["explanation", "reports"]) client.removeQueries({ queryKey: [...queryKey(id), about] });
      void client.invalidateQueries({ queryKey: worklistKey });
    },
  });
  return { setBox, boxProblem, link };
};

/** Takes queries away. */
export const useRemoval = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => change<void>("DELETE", queryAddress(id)),
    onSettled: () => client.invalidateQueries({ queryKey: worklistKey }),
  });
};

/** Why a neighbour is one; not asked before `wanted`. */
export const useExplanation = (id: string, image: string | null, wanted: boolean): UseQueryResult<Explanation> =>
  useQuery({
    queryKey: [...queryKey(id), "explanation", image],
    queryFn: () => get<Explanation>(`${queryAddress(id)}/explanation/${encodeURIComponent(image!)}`),
    enabled: wanted && image !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the reports of a neighbour say; not asked before `wanted`. */
export const useReports = (id: string, image: string, wanted: boolean): UseQueryResult<NeighbourReports["reports"]> =>
  useQuery({
    queryKey: [...queryKey(id), "reports", image],
    queryFn: async () =>
      (await get<NeighbourReports>(`${queryAddress(id)}/reports/${encodeURIComponent(image)}`)).reports,
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
