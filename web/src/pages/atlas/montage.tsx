/** A cluster as its pictures: the most typical large, then many small, at the end those that lie far from the rest. */

import type { Cluster } from "../../../../src/contract/atlas.ts";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { largeSize, montageParts, smallSize } from "./atlas-data.ts";
import styles from "./montage.module.css";
import { atlasWords } from "./words.ts";

interface MontageProps {
  readonly cluster: Cluster;
  /** A picture is to be seen large; its place among all, from 0. */
  readonly onEnlarge: (place: number) => void;
}

export const Montage = ({ cluster, onEnlarge }: MontageProps) => {
  const words = useWords(atlasWords);
  const { number } = useFormats();
  const { large, small, outliers } = montageParts(cluster);
  const placeOf = new Map(cluster.images.map(({ image }, place) => [image, place]));
  const pictures = (images: readonly string[], size: typeof largeSize | typeof smallSize) =>
    images.map((image) => (
      <li key={image}>
        <button type="button" className={styles.picture} onClick={() => onEnlarge(placeOf.get(image)!)}>
          <Thumbnail image={image} size={size} alt={words.picture(placeOf.get(image)! + 1)} decoding="sync" />
        </button>
      </li>
    ));
  return (
    <div className={styles.montage} data-cluster={cluster.cluster}>
      <ul className={styles.large} aria-label={words.typical}>
        {pictures(large, largeSize)}
      </ul>
      <div className={styles.rest}>
        <ul className={styles.small}>{pictures(small, smallSize)}</ul>
      </div>
      {outliers.length > 0 && (
        <section className={styles.outliers} aria-label={words.outliers(number(outliers.length))}>
          <h2>{words.outliers(number(outliers.length))}</h2>
          <ul className={styles.small}>{pictures(outliers, smallSize)}</ul>
        </section>
      )}
    </div>
  );
};
