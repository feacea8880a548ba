/** Doubts as the server answers them, and what a person does with them. */

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type {
  Doubt,
  DoubtDecision,
  DoubtDetail,
  DoubtFacets,
  DoubtPage,
  DoubtState,
} from "../../../../../src/contract/doubts.ts";
import { change, get } from "../../../api/client.ts";

const doubtsKey = ["doubts"] as const;

/** Which doubts are looked at; empty for all. */
export interface DoubtChoice {
  readonly table: string;
  readonly rule: string;
  readonly state: DoubtState | "";
}

export const pageSize = 100;

/** Everything of doubts, to be read again. */
export const allDoubts = { queryKey: doubtsKey };

export const useDoubtFacets = (): UseQueryResult<DoubtFacets> =>
  useQuery({ queryKey: [...doubtsKey, "facets"], queryFn: () => get<DoubtFacets>("/api/doubts/facets") });

export const useDoubts = ({ table, rule, state }: DoubtChoice, offset: number): UseQueryResult<DoubtPage> =>
  useQuery({
    queryKey: [...doubtsKey, "page", table, rule, state, offset],
    queryFn: () =>
      get<DoubtPage>("/api/doubts", {
        table: table || undefined,
        rule: rule || undefined,
        state: state || undefined,
        offset,
        limit: pageSize,
      }),
    placeholderData: keepPreviousData,
  });

export const useDoubt = (id: string): UseQueryResult<DoubtDetail> =>
  useQuery({
    queryKey: [...doubtsKey, "one", id],
    queryFn: () => get<DoubtDetail>(`/api/doubts/${id}`),
    placeholderData: keepPreviousData,
  });

export const decide = (id: string, decision: DoubtDecision): Promise<Doubt> =>
  change<Doubt>("PUT", `/api/doubts/${id}`, decision);

export const acceptRule = (rule: string, table: string, expected: number): Promise<{ decided: number }> =>
  change("POST", "/api/doubts/acceptances", { rule, table: table || null, expected });

export const undoLast = (): Promise<{ decided: number }> => change("POST", "/api/doubts/undo", {});
