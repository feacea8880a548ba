/** The review desk as the server answers it, and what a person does there. */

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Box } from "../../../../src/contract/pictures.ts";
import type {
  BurnedInTextPage,
  BurnedInTextState,
  DeskSummary,
  DuplicatePage,
  SetAsideDecisions,
  SetAsideOutcome,
  SetAsidePage,
} from "../../../../src/contract/review.ts";
import { change, get } from "../../api/client.ts";

const reviewKey = ["review"] as const;

/** Everything of the desk, to be read again. */
export const wholeDesk = { queryKey: reviewKey };

export type DeskState = "open" | "decided";

/** A reason that files were set aside for. */
export interface Reason {
  readonly code: string;
  readonly detail: string;
}

export const pageSize = 100;

export const useDesk = (isWanted = true): UseQueryResult<DeskSummary> =>
  useQuery({ queryKey: [...reviewKey, "desk"], queryFn: () => get<DeskSummary>("/api/review"), enabled: isWanted });

export const useSetAside = (
  { state, reason }: { readonly state: DeskState; readonly reason: Reason | undefined },
  offset: number,
): UseQueryResult<SetAsidePage> =>
  useQuery({
    queryKey: [...reviewKey, "set-aside", state, reason?.code, reason?.detail, offset],
    queryFn: () => get<SetAsidePage>("/api/review/set-aside", { state, ...reason, offset, limit: pageSize }),
    placeholderData: keepPreviousData,
  });

export const decideFiles = (
  ids: readonly string[],
  decision: SetAsideDecisions["decision"],
): Promise<SetAsideOutcome> => change<SetAsideOutcome>("POST", "/api/review/set-aside/decisions", { ids, decision });

export const pictureAddress = (id: string): string => `/api/review/set-aside/${id}/picture`;

export const useCopies = (state: DeskState, offset: number): UseQueryResult<DuplicatePage> =>
  useQuery({
    queryKey: [...reviewKey, "copies", state, offset],
    queryFn: () => get<DuplicatePage>("/api/review/duplicates", { state, offset, limit: pageSize }),
    placeholderData: keepPreviousData,
  });

export const decideCopy = (image: string, decision: "confirmed" | "parted" | "open"): Promise<void> =>
  change("PUT", `/api/review/duplicates/${encodeURIComponent(image)}`, { decision });

export const useTexts = (state: BurnedInTextState, offset: number): UseQueryResult<BurnedInTextPage> =>
  useQuery({
    queryKey: [...reviewKey, "text", state, offset],
    queryFn: () => get<BurnedInTextPage>("/api/review/burned-in-text", { state, offset, limit: pageSize }),
    placeholderData: keepPreviousData,
  });

/** `null` takes a decision back. */
export const decideText = (image: string, regions: readonly Box[] | null): Promise<void> =>
  change("PUT", `/api/review/burned-in-text/${encodeURIComponent(image)}`, { regions });
