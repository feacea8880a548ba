/** What the page reads of the atlas, and how montages come before they are asked for. */

import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { AtlasRegion, Cluster, ClusteringOverview, ClusteringSummary } from "../../../../src/contract/atlas.ts";
import { get } from "../../api/client.ts";
import { useConnection } from "../../api/connection.ts";
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

const addressesOf = (cluster: Cluster): readonly string[] => {
  const { large, small, outliers } = montageParts(cluster);
  return [
    ...large.map((image) => thumbnailAddress(image, largeSize)),
    ...small.slice(0, smallAhead).map((image) => thumbnailAddress(image, smallSize)),
    ...outliers.slice(0, outliersAhead).map((image) => thumbnailAddress(image, smallSize)),
  ];
};

/** A browser lets go of what it decoded when nobody holds it: so the next montages are held, decoded. */
const held = new Map<string, readonly HTMLImageElement[]>();
const mostHeld = 16;

/** Fetches and decodes a montage; later ones are only fetched, into the browser's cache. Tells whether all of it came. */
const fetchMontage = async (cluster: Cluster, key: string, isNear: boolean): Promise<boolean> => {
  if (held.has(key)) return true;
  const pictures = addressesOf(cluster).map((address) => {
    const picture = new Image();
    picture.fetchPriority = isNear ? "auto" : "low"; // labels on their way to the server go first
    picture.src = address;
    return picture;
  });
  const came = await Promise.allSettled(pictures.map((picture) => (isNear ? picture.decode() : whenLoaded(picture))));
  const isWhole = came.every(({ status }) => status === "fulfilled");
  if (isNear && isWhole) {
    held.set(key, pictures);
    for (const oldest of [...held.keys()].slice(0, Math.max(0, held.size - mostHeld))) held.delete(oldest);
  }
  return isWhole;
};

const whenLoaded = (picture: HTMLImageElement): Promise<void> =>
  new Promise((resolve, reject) => {
    picture.onload = () => resolve();
    picture.onerror = reject;
  });

/** Clusters that are looked at soon. */
interface Ahead {
  /** Next: their montages are decoded too. */
  readonly near: readonly number[];
  /** Then: their montages are only fetched. */
  readonly later: readonly number[];
}

/**
 * Fetches montages before they are looked at, one after another, the next one first; so the server makes their thumbnails in time,
 * and the reader goes on for a while when it does not answer.
 */
export const usePrefetch = (clustering: string, { near, later }: Ahead): void => {
  const queries = useQueryClient();
  const connection = useConnection();
  const fetched = useRef(new Set<number>());
  const nearest = [...new Set(near)].join(" ");
  const wanted = [...new Set([...near, ...later])].join(" ");
  useEffect(() => {
    let isOver = false;
    const fetchAll = async (): Promise<void> => {
      const numbers = wanted.split(" ").map(Number);
      const decoded = new Set(nearest.split(" ").map(Number));
      // What is in the clusters is little, and is there before the many pictures.
      const clusters = numbers.map((cluster) => queries.ensureQueryData(clusterQuery(clustering, cluster)));
      for (const cluster of clusters) cluster.catch(() => {});
      for (const [i, cluster] of numbers.entries()) {
        const isNear = decoded.has(cluster);
        if (isOver) return;
        if (!isNear && fetched.current.has(cluster)) continue;
        const isWhole = await fetchMontage(await clusters[i]!, `${clustering} ${cluster}`, isNear);
        if (isWhole) fetched.current.add(cluster);
      }
    };
    if (connection === "there") fetchAll().catch(() => {}); // the montage itself says what is missing
    return () => {
      isOver = true;
    };
  }, [queries, connection, clustering, nearest, wanted]);
};
