/**
 * The flow of a cohort as a figure: what was screened, what each criterion excluded, what is left (STROBE item 13c; figure 1
 * of Eur Radiol 2024, 10.1007/s00330-024-10672-0). Boxes go down the middle, exclusions to the right.
 */

/** One step of the flow. */
export interface FlowStep {
  /** What is left after the step, first a heading, then the counts. */
  readonly remaining: readonly string[];
  /** What was excluded before it; absent for the first step. */
  readonly excluded?: readonly string[];
}

const fontSize = 14;
const lineHeight = 19;
const padding = 12;
const boxWidth = 340;
const gap = 34;
const between = 60;
const margin = 20;

/** The figure's colours: on paper, and on the dark screens of reading rooms. */
const colours = {
  light: { page: "#ffffff", text: "#14202b", line: "#33475b", remaining: "#eef3f8", excluded: "#ffffff" },
  dark: { page: "#101316", text: "#e6eaee", line: "#a3adb8", remaining: "#20282f", excluded: "#101316" },
} as const;
export type FigureAppearance = keyof typeof colours;
type Colours = (typeof colours)[FigureAppearance];

/** Upper bound of a character's width in a sans-serif face, in font sizes: lines are broken a little early, never late. */
const characterWidth = 0.56;

const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]!);

/** Breaks lines at spaces so that they fit into a box. */
const wrap = (lines: readonly string[]): string[] => {
  const most = Math.floor((boxWidth - 2 * padding) / (fontSize * characterWidth));
  return lines.flatMap((line) => {
    const broken = [""];
    for (const word of line.split(" ")) {
      const last = broken[broken.length - 1]!;
      if (last !== "" && last.length + 1 + word.length > most) broken.push(word);
      else broken[broken.length - 1] = last === "" ? word : `${last} ${word}`;
    }
    return broken;
  });
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly string[];
  /** How many of the lines are the heading's. */
  readonly headingLines: number;
  readonly kind: "remaining" | "excluded";
}

const heightOf = (lines: readonly string[]): number => 2 * padding + lines.length * lineHeight;

const drawBox = ({ x, y, height, lines, headingLines, kind }: Box, { line: stroke, ...fills }: Colours): string => {
  const texts = lines.map((line, i) => {
    const at = y + padding + i * lineHeight + lineHeight * 0.75;
    const weight = i < headingLines ? ' font-weight="600"' : "";
    return kind === "remaining"
      ? `<text x="${x + boxWidth / 2}" y="${at}" text-anchor="middle"${weight}>${escapeMarkup(line)}</text>`
      : `<text x="${x + padding}" y="${at}">${escapeMarkup(line)}</text>`;
  });
  const frame = `<rect x="${x}" y="${y}" width="${boxWidth}" height="${height}" rx="4" fill="${fills[kind]}" stroke="${stroke}"/>`;
  return [frame, ...texts].join("\n");
};

const arrow = (from: readonly [number, number], to: readonly [number, number], { line }: Colours): string =>
  `<line x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}" stroke="${line}" marker-end="url(#tip)"/>`;

/**
 * Draws a flow.
 *
 * @param title read aloud by screen readers, and shown as the figure's tooltip
 * @returns an SVG document
 * @example
 * flowDiagram("Study cohort", [{ remaining: ["Screened", "n = 886"] }, { excluded: ["Lost to follow-up (n = 31)"], remaining: ["Included"] }]);
 */
export const flowDiagram = (
  title: string,
  steps: readonly FlowStep[],
  appearance: FigureAppearance = "light",
): string => {
  const chosen = colours[appearance];
  const boxes: Box[] = [];
  const arrows: string[] = [];
  const middle = margin + boxWidth / 2;
  let y = margin;
  for (const [i, step] of steps.entries()) {
    const lines = wrap(step.remaining);
    if (i > 0) {
      const excluded = wrap(step.excluded ?? []);
      const height = excluded.length > 0 ? heightOf(excluded) : 0;
      const start = y;
      y += Math.max(height + 2 * (gap / 2), gap * 1.4);
      if (excluded.length > 0) {
        const top = start + (y - start - height) / 2;
        boxes.push({
          x: margin + boxWidth + between,
          y: top,
          height,
          lines: excluded,
          headingLines: 0,
          kind: "excluded",
        });
        arrows.push(arrow([middle, top + height / 2], [margin + boxWidth + between - 1, top + height / 2], chosen));
      }
      arrows.push(arrow([middle, start], [middle, y - 1], chosen));
    }
    const headingLines = wrap(step.remaining.slice(0, 1)).length;
    boxes.push({ x: margin, y, height: heightOf(lines), lines, headingLines, kind: "remaining" });
    y += heightOf(lines);
  }
  const width = 2 * margin + 2 * boxWidth + between;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + margin}" viewBox="0 0 ${width} ${y + margin}" role="img" font-family="'Source Sans 3', 'Helvetica Neue', Arial, sans-serif" font-size="${fontSize}" fill="${chosen.text}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="${chosen.line}"/></marker></defs>`,
    `<rect width="${width}" height="${y + margin}" fill="${chosen.page}"/>`,
    ...arrows,
    ...boxes.map((box) => drawBox(box, chosen)),
    "</svg>",
    "",
  ].join("\n");
};
