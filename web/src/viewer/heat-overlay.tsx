/** Where a link's similarity comes from, over the radiograph: colour, and lines that grey monitors show as well. */

import { useLayoutEffect, useMemo, useRef } from "react";
import type { Picture } from "../../../src/contract/pictures.ts";
import type { HeatMap } from "../../../src/contract/queries.ts";
import { contour, heatPixels, smoothed } from "./heat-grid.ts";
import styles from "./overlay.module.css";
import { type Placement, placementStyle } from "./view.ts";

const levels = [0.35, 0.6, 0.85];

export interface Heat {
  readonly map: HeatMap;
  /** Of the colours, in [0, 1]; the lines stay. */
  readonly opacity: number;
}

export interface HeatOverlayProps {
  readonly heat: Heat;
  readonly placement: Placement;
  readonly picture: Picture;
}

export const HeatOverlay = ({ heat: { map, opacity }, placement, picture }: HeatOverlayProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useMemo(() => smoothed(map, Math.max(2, Math.ceil(96 / Math.max(map.columns, map.rows)))), [map]);
  const lines = useMemo(() => levels.map((level) => contour(grid, level)), [grid]);
  useLayoutEffect(() => {
    canvas.current!.getContext("2d")!.putImageData(heatPixels(grid), 0, 0);
  }, [grid]);
  return (
    <div className={styles.clip} style={placementStyle(placement, { x: 0, y: 0, ...extentOf(picture) })}>
      <div className={styles.heat} style={placementStyle({ ...placement, left: 0, top: 0 }, map.area)}>
        <canvas ref={canvas} width={grid.columns} height={grid.rows} style={{ opacity }} />
        <svg viewBox={`0 0 ${grid.columns} ${grid.rows}`} preserveAspectRatio="none" aria-hidden="true">
          {lines.map((path, i) => (
            <g key={levels[i]}>
              <path className={styles.halo} d={path} />
              <path className={styles.contour} data-level={i} d={path} />
            </g>
          ))}
        </svg>
      </div>
    </div>
  );
};

const extentOf = ({ width, height }: Picture): { width: number; height: number } => ({ width, height });
