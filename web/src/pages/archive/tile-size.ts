/** How large the pictures of the archive are; kept in this browser. */

import { useState } from "react";
import type { ThumbnailSize } from "../../parts/thumbnail.tsx";

export const tileSizes = ["small", "medium", "large"] as const;
export type TileSize = (typeof tileSizes)[number];

/** The least width of a tile, in the font's size. */
const widths: Readonly<Record<TileSize, number>> = { small: 6.5, medium: 11, large: 19 };

const key = "osteon.archive.size";

export const useTileSize = (): readonly [TileSize, (size: TileSize) => void] => {
  const [size, setSize] = useState<TileSize>(
    () => tileSizes.find((one) => one === localStorage.getItem(key)) ?? "medium",
  );
  const choose = (next: TileSize): void => {
    localStorage.setItem(key, next);
    setSize(next);
  };
  return [size, choose];
};

/** How tiles lie in a width. */
export interface TileLayout {
  readonly columns: number;
  /** Of a row, in pixels, the gap below it included. */
  readonly rowHeight: number;
  /** The thumbnail that is large enough. */
  readonly thumbnail: ThumbnailSize;
}

/** @param width of the grid, in pixels */
export const layOutTiles = (width: number, size: TileSize): TileLayout => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const gap = 0.5 * rem;
  const columns = Math.max(1, Math.floor((width + gap) / (widths[size] * rem + gap)));
  const tile = (width - gap * (columns - 1)) / columns;
  const caption = (size === "small" ? 1.5 : 2.7) * rem;
  const pixels = tile * devicePixelRatio;
  return {
    columns,
    rowHeight: Math.round(tile + caption + gap),
    thumbnail: pixels <= 110 ? 96 : pixels <= 220 ? 192 : 384,
  };
};
