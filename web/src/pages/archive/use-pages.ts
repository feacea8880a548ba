/** A long list that is fetched in pages, those alone that are looked at. */

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { pageSize } from "./archive-data.ts";

interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

interface PagesOptions<T> {
  /** What list it is. */
  readonly queryKey: readonly unknown[];
  /** The first and last item that are looked at. */
  readonly range: readonly [number, number];
  readonly fetchPage: (page: number, signal: AbortSignal) => Promise<Page<T>>;
}

export interface Pages<T> {
  /** Undefined until the first page has come. */
  readonly total: number | undefined;
  /** Whether what is shown is still that of the list before. */
  readonly isOld: boolean;
  /** The item at a place; undefined until its page has come. */
  readonly at: (index: number) => T | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

export const usePages = <T>({ queryKey, range: [first, last], fetchPage }: PagesOptions<T>): Pages<T> => {
  const pageQuery = (page: number) => ({
    queryKey: [...queryKey, page],
    queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(page, signal),
    staleTime: 60_000,
  });
  // The first page says how many there are; until it has come, the list before stays.
  const start = useQuery({ ...pageQuery(0), placeholderData: keepPreviousData });
  const from = Math.max(1, Math.floor(first / pageSize));
  const numbers = Array.from({ length: Math.max(0, Math.floor(last / pageSize) - from + 1) }, (_, i) => from + i);
  const others = useQueries({ queries: numbers.map(pageQuery) });
  const failed = [start, ...others].filter(({ error }) => error !== null);
  return {
    total: start.data?.total,
    isOld: start.isPlaceholderData,
    at: (index) => {
      const page = Math.floor(index / pageSize);
      const data = page === 0 ? start.data : others[page - from]?.data;
      return data?.items[index % pageSize];
    },
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const { refetch } of failed) void refetch();
    },
  };
};
