/** What the page reads of the atlas, and how montages come before they are asked for. */

import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { AtlasRegion, Cluster, ClusteringOverview, ClusteringSummary } from "../../../../src/contract/atlas.ts";
import { get } from "../../api/client.ts";
import { type ThumbnailSize, thumbnailAddress } from "../../parts/thumbnail.tsx";
import type { Outbox } from "./outbox.ts";

const path = (clustering: string): string => `/api/atlas/clusterings/${encodeURIComponent(clustering)}`;

export const useClusterings = () =>
  useQuery({
    queryKey: ["atlas", "clusterings"],
    queryFn: async () => (await get<{ clusterings: ClusteringSummary[] }>("/api/atlas/clusterings")).clusterings,
  });

export const regionsKey = ["atlas", "regions"];

export const useRegions = () =>
  useQuery({
    queryKey: regionsKey,
    queryFn: async () => (await get<{ regions: AtlasRegion[] }>("/api/atlas/regions")).regions,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The server's word on a clustering, and which of this browser's actions are in it. */
export interface KnownOverview extends ClusteringOverview {
  readonly included: ReadonlySet<string>;
}

export const overviewKey = (clustering: string): readonly string[] => ["atlas", "overview", clustering];

export const useOverview = (clustering: string | undefined, outbox: Outbox) =>
  useQuery({
    queryKey: overviewKey(clustering ?? ""),
    enabled: clustering !== undefined,
    queryFn: async ({ signal }): Promise<KnownOverview> => {
      const included = outbox.state.saved;
      return { ...(await get<ClusteringOverview>(path(clustering!), {}, signal)), included };
    },
    structuralSharing: false,
  });

const clusterQuery = (clustering: string, cluster: number) =>
  queryOptions({
    queryKey: ["atlas", "cluster", clustering, cluster],
    queryFn: () => get<Cluster>(`${path(clustering)}/clusters/${cluster}`),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useCluster = (clustering: string, cluster: number) => useQuery(clusterQuery(clustering, cluster));

/** How a montage shows a cluster: a few pictures large, then small ones, then those that lie far from the rest. */
export interface MontageParts {
  readonly large: readonly string[];
  readonly small: readonly string[];
  readonly outliers: readonly string[];
}

const largePictures = 4;

export const montageParts = ({ images }: Cluster): MontageParts => {
  const usual = images.filter(({ outlier }) => !outlier).map(({ image }) => image);
  return {
    large: usual.slice(0, largePictures),
    small: usual.slice(largePictures),
    outliers: images.filter(({ outlier }) => outlier).map(({ image }) => image),
  };
};

export const largeSize: ThumbnailSize = 384;
export const smallSize: ThumbnailSize = window.innerWidth > 2500 ? 384 : 192;

/** Pictures of a montage that are seen without scrolling, and are fetched ahead. */
const smallAhead = 30;
const outliersAhead = 12;

/** Pictures that were decoded ahead; the browser lets go of them when nobody holds them. */
const held = new Map<string, HTMLImageElement[]>();
const mostHeld = 12;

const prefetchMontage = async (queries: QueryClient, clustering: string, cluster: number): Promise<void> => {
  const key = `${clustering} ${cluster}`;
  if (held.has(key)) return;
  const pictures: HTMLImageElement[] = [];
  held.set(key, pictures);
  for (const oldest of [...held.keys()].slice(0, Math.max(0, held.size - mostHeld))) held.delete(oldest);
  const found = await queries.fetchQuery(clusterQuery(clustering, cluster)).catch(() => undefined);
  if (!found) return void held.delete(key);
  const { large, small, outliers } = montageParts(found);
  const addresses = [
    ...large.map((image) => thumbnailAddress(image, largeSize)),
    ...small.slice(0, smallAhead).map((image) => thumbnailAddress(image, smallSize)),
    ...outliers.slice(0, outliersAhead).map((image) => thumbnailAddress(image, smallSize)),
  ];
  for (const address of addresses) {
    const picture = new Image();
    picture.src = address;
    pictures.push(picture);
    void picture.decode().catch(() => {}); // the montage shows what is missing
  }
};

/** Fetches montages before they are looked at, the next one first. */
export const usePrefetch = (clustering: string, clusters: readonly number[]): void => {
  const queries = useQueryClient();
  const wanted = clusters.join(" ");
  useEffect(() => {
    for (const cluster of wanted.split(" ").filter((word) => word !== ""))
      void prefetchMontage(queries, clustering, Number(cluster));
  }, [queries, clustering, wanted]);
};
