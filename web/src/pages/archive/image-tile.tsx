/** One radiograph in the grid. */

import { type MouseEvent, memo, useState } from "react";
import type { ImageSummary } from "../../../../src/contract/images.ts";
import { Thumbnail, type ThumbnailSize } from "../../parts/thumbnail.tsx";
import styles from "./image-tile.module.css";
import type { Caption } from "./use-caption.ts";

interface ImageTileProps {
  readonly id: string;
  readonly index: number;
  readonly column: number;
  readonly image: ImageSummary | undefined;
  readonly thumbnail: ThumbnailSize;
  readonly isSmall: boolean;
  readonly captionOf: (image: ImageSummary) => Caption;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** Whether the rows fly by: pictures that are not there yet are not asked for. */
  readonly isFlying: boolean;
  readonly onPick: (index: number, id: string, event: MouseEvent) => void;
  readonly onToggle: (id: string) => void;
}

const Tile = (props: ImageTileProps) => {
  const {
    id,
    index,
    column,
    image,
    thumbnail,
    isSmall,
    isActive,
    isOpen,
    isSelected,
    isFlying,
    captionOf,
    onPick,
    onToggle,
  } = props;
  const [wasSeen, setWasSeen] = useState(false);
  const isSeen = wasSeen || (image !== undefined && !isFlying);
  if (isSeen && !wasSeen) setWasSeen(true);
  if (!image || !isSeen) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: the grid is no table
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
      <div role="gridcell" id={id} aria-colindex={column + 1} aria-busy="true" className={styles.tile}>
        <div className={styles.picture} />
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the grid is no table
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      role="gridcell"
      id={id}
      aria-colindex={column + 1}
      aria-selected={isSelected}
      className={styles.tile}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      onClick={(event) => onPick(index, image.id, event)}
    >
      <div className={styles.picture}>
        <Thumbnail image={image.id} size={thumbnail} alt="" />
        {image.marked && <span className={styles.marked} aria-hidden="true" />}
      </div>
      <CaptionLines caption={captionOf(image)} isShort={isSmall} />
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className={styles.pick}
        data-chosen={isSelected || undefined}
        onClick={(event) => {
          event.stopPropagation();
          onToggle(image.id);
        }}
      >
        {isSelected ? "✓" : ""}
      </button>
    </div>
  );
};

const CaptionLines = ({ caption: { name, facts }, isShort }: { caption: Caption; isShort: boolean }) => {
  return (
    <div className={styles.caption}>
      <span className={styles.name}>{name}</span>
      {!isShort && <span className={styles.facts}>{facts}</span>}
    </div>
  );
};

export const ImageTile = memo(Tile);
