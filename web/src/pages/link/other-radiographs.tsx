/** The other radiographs of a neighbour, behind the one that is nearest; any of them may be looked at in its place. */

import type { LinkNeighbour } from "../../../../src/contract/queries.ts";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./other-radiographs.module.css";
import { linkWords } from "./words.ts";

interface OtherRadiographsProps {
  readonly neighbour: LinkNeighbour;
  /** The image that is looked at. */
  readonly shown: string;
  readonly onShow: (image: string) => void;
}

export const OtherRadiographs = ({ neighbour, shown, onShow }: OtherRadiographsProps) => {
  const words = useWords(linkWords).others;
  const { date, number } = useFormats();
  const { image, acquiredOn, view, cosineDistance, others } = neighbour;
  if (others.length === 0) return null;
  const all = [{ image, acquiredOn, view, cosineDistance }, ...others];
  return (
    <section>
      <h4 className={styles.title}>{words.title(number(all.length))}</h4>
      <ul className={styles.list}>
        {all.map((one, i) => {
          const facts = [
            ...(one.acquiredOn === null ? [] : [date(one.acquiredOn)]),
            ...(one.view === null ? [] : [one.view]),
            i === 0
              ? words.nearest
              : one.cosineDistance === null
                ? words.notCompared
                : words.distance(number(one.cosineDistance, 2)),
          ];
          return (
            <li key={one.image}>
              <button
                type="button"
                className={styles.radiograph}
                aria-pressed={one.image === shown}
                onClick={() => onShow(one.image)}
              >
                <span className={styles.picture}>
                  <Thumbnail image={one.image} size={192} alt="" />
                </span>
                {facts.map((fact) => (
                  <span key={fact} className={styles.fact}>
                    {fact}
                  </span>
                ))}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
