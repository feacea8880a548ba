/** A radiograph with where the networks look for a class over it: colour, and lines that grey monitors show as well. */

import { useLayoutEffect, useMemo, useRef } from "react";
import type { Box } from "../../../src/contract/pictures.ts";
import type { GradCamPicture } from "../../../src/contract/runs.ts";
import { useFormats, useWords, type Words } from "../shell/language.tsx";
import { contour, heatPixels, smoothed } from "../viewer/heat-grid.ts";
import styles from "./grad-cam-figure.module.css";
import { type GradCamQuestion, useGradCam } from "./grad-cams.ts";
import { ProblemNote } from "./problem-note.tsx";
import { Thumbnail, type ThumbnailSize } from "./thumbnail.tsx";

interface GradCamWords {
  readonly looks: (label: string, probability: string) => string;
  readonly nothingFor: string;
}

const gradCamWords: Words<GradCamWords> = {
  en: {
    looks: (label, probability) => `for ${label} (${probability})`,
    nothingFor: "no place speaks for it",
  },
  de: {
    looks: (label, probability) => `für ${label} (${probability})`,
    nothingFor: "keine Stelle spricht dafür",
  },
};

const levels = [0.4, 0.7];

interface GradCamFigureProps {
  readonly question: GradCamQuestion;
  /** Of the class that is asked about, as it is shown. */
  readonly name: string;
  readonly size: ThumbnailSize;
  readonly isHeatShown: boolean;
}

export const GradCamFigure = ({ question, name, size, isHeatShown }: GradCamFigureProps) => {
  const words = useWords(gradCamWords);
  const { percent } = useFormats();
  const { data, error } = useGradCam(question);
  return (
    <figure className={styles.figure} aria-busy={!data && !error}>
      <div className={styles.frame}>
        <Thumbnail image={question.image} size={size} alt="" />
        {data && isHeatShown && <Heat explained={data} />}
      </div>
      <figcaption>
        {data ? words.looks(name, percent(data.probability)) : name}
        {data && !data.map.values.some((value) => value > 0) && `: ${words.nothingFor}`}
      </figcaption>
      {error && <ProblemNote error={error} />}
    </figure>
  );
};

/** Where a part of something lies in it. */
const placed = (part: Box, whole: Pick<Box, "width" | "height">) => ({
  left: `${(100 * part.x) / whole.width}%`,
  top: `${(100 * part.y) / whole.height}%`,
  width: `${(100 * part.width) / whole.width}%`,
  height: `${(100 * part.height) / whole.height}%`,
});

const Heat = ({ explained: { map, picture } }: { explained: GradCamPicture }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useMemo(() => smoothed(map, Math.max(2, Math.ceil(96 / Math.max(map.columns, map.rows)))), [map]);
  const lines = useMemo(() => levels.map((level) => contour(grid, level)), [grid]);
  useLayoutEffect(() => {
    canvas.current!.getContext("2d")!.putImageData(heatPixels(grid), 0, 0);
  }, [grid]);
  const side = Math.max(picture.width, picture.height); // of the square that the thumbnail lies in the middle of
  const inSquare = {
    x: (side - picture.width) / 2,
    y: (side - picture.height) / 2,
    width: picture.width,
    height: picture.height,
  };
  return (
    <div className={styles.picture} style={placed(inSquare, { width: side, height: side })}>
      <div className={styles.heat} style={placed(map.area, picture)}>
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
