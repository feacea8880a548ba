/** A radiograph with where the networks look for a class over it: colour, and lines that grey monitors show as well. */

import { useLayoutEffect, useMemo, useRef } from "react";
import type { GradCamPicture } from "../../../../src/contract/runs.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail, type ThumbnailSize } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { contour, heatPixels, smoothed } from "../../viewer/heat-grid.ts";
import styles from "./grad-cam-figure.module.css";
import { type GradCamQuestion, useGradCam } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import { runWords } from "./words.ts";

const levels = [0.4, 0.7];

interface GradCamFigureProps {
  readonly question: GradCamQuestion;
  readonly size: ThumbnailSize;
  readonly isHeatShown: boolean;
}

export const GradCamFigure = ({ question, size, isHeatShown }: GradCamFigureProps) => {
  const words = useWords(runWords).gallery;
  const names = useRunNames();
  const { percent } = useFormats();
  const { data, error } = useGradCam(question);
  const label = names.label(question.label);
  return (
    <figure className={styles.figure} aria-busy={!data && !error}>
      <div className={styles.frame}>
        <Thumbnail image={question.image} size={size} alt="" />
        {data && isHeatShown && <Heat explained={data} />}
      </div>
      <figcaption>{data ? words.looks(label, percent(data.probability)) : label}</figcaption>
      {error && <ProblemNote error={error} />}
    </figure>
  );
};

const Heat = ({ explained: { map, picture } }: { explained: GradCamPicture }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useMemo(() => smoothed(map, Math.max(2, Math.ceil(96 / Math.max(map.columns, map.rows)))), [map]);
  const lines = useMemo(() => levels.map((level) => contour(grid, level)), [grid]);
  useLayoutEffect(() => {
    canvas.current!.getContext("2d")!.putImageData(heatPixels(grid), 0, 0);
  }, [grid]);
  const { width, height } = picture;
  const percentOf = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return (
    <div className={styles.picture} style={{ aspectRatio: `${width} / ${height}` }} data-upright={height >= width}>
      <div
        className={styles.heat}
        style={{
          left: percentOf(map.area.x, width),
          top: percentOf(map.area.y, height),
          width: percentOf(map.area.width, width),
          height: percentOf(map.area.height, height),
        }}
      >
        <canvas ref={canvas} width={grid.columns} height={grid.rows} />
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
