/** One radiograph of a cluster as large as it goes, with its own pixels; arrow keys go to its neighbours. */

import type { Cluster } from "../../../../src/contract/atlas.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import styles from "./enlarged.module.css";
import { WholeRadiograph } from "./whole-radiograph.tsx";
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
    { keys: "ArrowLeft", does: words.previousPicture, run: () => move(-1), inDialogs: true },
    { keys: "ArrowRight", does: words.nextPicture, run: () => move(1), inDialogs: true },
  ]);
  const { image } = images[place]!;
  return (
    <Dialog title={words.enlarged(place + 1, images.length)} onClose={onClose} width="wide">
      <div className={styles.picture}>
        <WholeRadiograph key={image} image={image} name={words.picture(place + 1)} />
      </div>
    </Dialog>
  );
};
