/** Which of the fonts one asks for are installed: librsvg silently takes another one for what is missing. */

import { spawnSync } from "node:child_process";
import { letterings } from "../../src/phantom/lettering/draw-text.ts";

/** A font by its family, and the SVG attributes of a style. */
export interface Font {
  readonly font: string;
  readonly style?: string;
}

/** Fonts that the networks learn from; bench/burned-in-text.ts measures on others. */
export const trainingFonts: readonly Font[] = [
  { font: "points" },
  { font: "DejaVu Sans" },
  { font: "DejaVu Sans", style: 'font-weight="bold"' },
  { font: "DejaVu Sans", style: 'font-stretch="condensed"' },
  { font: "DejaVu Sans", style: 'font-style="italic"' },
  { font: "DejaVu Sans", style: 'font-weight="200"' },
  { font: "DejaVu Serif" },
  { font: "DejaVu Serif", style: 'font-weight="bold"' },
  { font: "DejaVu Sans Mono" },
  { font: "DejaVu Sans Mono", style: 'font-weight="bold"' },
  { font: "Lato" },
  { font: "Lato", style: 'font-weight="bold"' },
  { font: "Lato", style: 'font-weight="300"' },
  { font: "Lato", style: 'font-weight="900"' },
  { font: "Inconsolata" },
  { font: "Comic Neue" },
  { font: "Comic Neue", style: 'font-weight="bold"' },
];

/** Those of the fonts that fontconfig knows; "points" and the faces of the phantoms need none. */
export const installedFonts = (fonts: readonly Font[]): readonly Font[] => {
  const listed = spawnSync("fc-list", [":", "family"], { encoding: "utf8" });
  const families = new Set((listed.stdout ?? "").split(/[\n,]/).map((family) => family.trim()));
  const drawn: readonly string[] = ["points", ...letterings];
  return fonts.filter(({ font }) => drawn.includes(font) || families.has(font));
};
