/** One radiograph of a cluster as large as it goes, with its own pixels; arrow keys go to its neighbours. */

import { lazy, Suspense, useState } from "react";
import type { Cluster } from "../../../../src/contract/atlas.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { wholePicture } from "../../viewer/view.ts";
import { largeSize } from "./atlas-data.ts";
import styles from "./enlarged.module.css";
import { atlasWords } from "./words.ts";

/** The viewer is large, and most clusters are read without it. */
const Radiograph = lazy(async () => ({ default: (await import("../../viewer/radiograph.tsx")).Radiograph }));

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
        <Suspense fallback={<Thumbnail image={image} size={largeSize} alt={words.picture(place + 1)} />}>
          <WholeRadiograph key={image} image={image} name={words.picture(place + 1)} />
        </Suspense>
      </div>
    </Dialog>
  );
};

const WholeRadiograph = ({ image, name }: { readonly image: string; readonly name: string }) => {
  const [view, setView] = useState(wholePicture);
  const address = `/api/images/${encodeURIComponent(image)}`;
  return <Radiograph address={address} name={name} view={view} onView={setView} tool="window" />;
};
