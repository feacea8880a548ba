/** Regions as they are merged from clusters: each cluster of a region by its most typical radiographs, so that a stranger shows. */

import { useState } from "react";
import type { AtlasRegion, ClusterState } from "../../../../../src/contract/atlas.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { Thumbnail } from "../../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useShortcuts } from "../../../shell/shortcuts.tsx";
import { smallSize, useCluster } from "../atlas-data.ts";
import { discard, useLabelName } from "../regions.ts";
import styles from "./merged-regions.module.css";
import { mergedWords } from "./words.ts";

interface MergedRegionsProps {
  readonly clustering: string;
  readonly regions: readonly AtlasRegion[];
  readonly clusters: readonly ClusterState[];
  /** Of a cluster, as far as this reader may know. */
  readonly labelOf: (cluster: ClusterState) => string | null;
  readonly onOpen: (cluster: number) => void;
}

/** Of each cluster. */
const shownPictures = 6;

export const MergedRegions = ({ clustering, regions, clusters, labelOf, onOpen }: MergedRegionsProps) => {
  const words = useWords(mergedWords);
  const { number } = useFormats();
  const nameOf = useLabelName(regions);
  const [chosen, setChosen] = useState<string>();
  const merged = [...Map.groupBy(clusters, labelOf)]
    .flatMap(([label, own]) => (label === null ? [] : [{ label, own }]))
    .sort((a, b) => Number(a.label === discard) - Number(b.label === discard) || imagesOf(b.own) - imagesOf(a.own));
  const place = Math.max(
    0,
    merged.findIndex(({ label }) => label === chosen),
  );
  const shown = merged[place];
  const goTo = (next: number): void => setChosen(merged[Math.max(0, Math.min(merged.length - 1, next))]?.label);
  useShortcuts(words.which, [
    { keys: "ArrowDown", does: words.next, run: () => goTo(place + 1) },
    { keys: "ArrowUp", does: words.previous, run: () => goTo(place - 1) },
  ]);
  if (!shown) return <EmptyState title={words.none}>{words.noneText}</EmptyState>;
  return (
    <div className={styles.merged}>
      <nav aria-label={words.which}>
        <ul className={styles.list}>
          {merged.map(({ label, own }, i) => (
            <li key={label}>
              <button type="button" aria-current={i === place} onClick={() => setChosen(label)}>
                <strong>{nameOf(label)}</strong>
                <span>{words.counts(own.length, number(imagesOf(own)))}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <section className={styles.region} aria-label={nameOf(shown.label)}>
        <h2>{nameOf(shown.label)}</h2>
        <p>{words.note}</p>
        <ul key={shown.label} className={styles.clusters}>
          {shown.own.map(({ cluster, images }) => (
            <li key={cluster}>
              <button type="button" onClick={() => onOpen(cluster)}>
                <span className={styles.head}>{words.cluster(cluster, number(images))}</span>
                <Typical clustering={clustering} cluster={cluster} />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};

const imagesOf = (clusters: readonly ClusterState[]): number => clusters.reduce((sum, { images }) => sum + images, 0);

const Typical = ({ clustering, cluster }: { readonly clustering: string; readonly cluster: number }) => {
  const { data } = useCluster(clustering, cluster);
  const images = data?.images.slice(0, shownPictures) ?? [];
  return (
    <span className={styles.pictures}>
      {images.map(({ image }) => (
        <Thumbnail key={image} image={image} size={smallSize} alt="" />
      ))}
    </span>
  );
};
