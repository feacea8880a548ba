/** One radiograph of a cluster, large; arrow keys go to its neighbours. */

import type { Cluster } from "../../../../src/contract/atlas.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { largeSize } from "./atlas-data.ts";
import styles from "./enlarged.module.css";
import { atlasWords } from "./words.ts";

interface EnlargedProps {
  readonly cluster: Cluster;
  /** From 0. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly onClose: () => void;
}

export const Enlarged = ({ cluster: { images }, place, onPlace, onClose }: EnlargedProps) => {
  const words = useWords(atlasWords);
  const move = (by: number): void => onPlace((place + by + images.length) % images.length);
  useShortcuts(words.enlarge, [
    { keys: "ArrowLeft", does: words.enlarged(place, images.length), run: () => move(-1), inDialogs: true },
    { keys: "ArrowRight", does: words.enlarged(place + 2, images.length), run: () => move(1), inDialogs: true },
  ]);
  const { image } = images[place]!;
  return (
    <Dialog title={words.enlarged(place + 1, images.length)} onClose={onClose} width="wide">
      <div className={styles.picture}>
        <Thumbnail image={image} size={largeSize} alt={words.picture(place + 1)} />
      </div>
    </Dialog>
  );
};
