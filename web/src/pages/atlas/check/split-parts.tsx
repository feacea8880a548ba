/** The parts that a cluster would be split into, each with its most typical radiographs. */

import type { Likeness } from "../../../../../src/contract/atlas-guide.ts";
import { Thumbnail } from "../../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { smallSize } from "../atlas-data.ts";
import { atlasWords } from "../words.ts";
import styles from "./split-parts.module.css";
import { checkWords } from "./words.ts";

interface SplitPartsProps {
  readonly parts: readonly { readonly images: readonly string[]; readonly proposed?: Likeness | null }[];
  readonly nameOf: (label: string) => string;
}

const shown = 16;

export const SplitParts = ({ parts, nameOf }: SplitPartsProps) => {
  const words = useWords(checkWords);
  const { suggestion } = useWords(atlasWords);
  const { number, percent } = useFormats();
  return (
    <ol className={styles.parts} aria-label={words.splitIntoParts}>
      {parts.map(({ images, proposed }, i) => (
        <li key={images[0]}>
          <h3>
            {words.part(i + 1, images.length)}
            {proposed && (
              <span>
                {" "}
                {suggestion.proposed} <strong>{nameOf(proposed.label)}</strong> ({percent(proposed.share)})
              </span>
            )}
          </h3>
          <div className={styles.pictures}>
            {images.slice(0, shown).map((image, place) => (
              <Thumbnail key={image} image={image} size={smallSize} alt={`${words.picture} ${place + 1}`} />
            ))}
          </div>
          {images.length > shown && <p className={styles.more}>{words.partMore(number(images.length - shown))}</p>}
        </li>
      ))}
    </ol>
  );
};
