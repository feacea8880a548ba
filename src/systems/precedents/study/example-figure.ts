/**
 * Figures 5 and 6 of the publication: radiographs of one label in the left column, their nearest neighbours beside them, targets
 * framed black, neighbours of the same label green. Frames differ in their lines too, so that they are told apart on a grey screen.
 */

/** A radiograph of a figure. */
export interface ExamplePicture {
  /** A data URL. */
  readonly source: string;
  readonly label: string;
}

/** A target with its neighbours, nearest first. */
export interface ExampleRow {
  readonly target: ExamplePicture;
  readonly neighbours: readonly ExamplePicture[];
}

const side = 160;
const gap = 16;
const captionHeight = 20;
const margin = 20;
const heading = 44;

const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Solid and double for a target, thick for the same label, broken for another. */
const frames = {
  target: { colour: "#000000", width: 5, dashes: "" },
  same: { colour: "#1c7f4b", width: 5, dashes: "" },
  other: { colour: "#a03020", width: 3, dashes: "7 5" },
} as const;

/**
 * @param title read aloud by screen readers, and printed above
 * @param note what was chosen, and how
 * @returns an SVG document that nothing has to be fetched for
 */
export const exampleFigure = (title: string, note: string, rows: readonly ExampleRow[]): string => {
  const columns = Math.max(1, ...rows.map(({ neighbours }) => neighbours.length + 1));
  const width = Math.max(2 * margin + columns * (side + gap) - gap, 720);
  const height = heading + 2 * margin + rows.length * (side + captionHeight + gap);
  const cells = rows.flatMap(({ target, neighbours }, row) =>
    [target, ...neighbours].map((picture, column) => {
      const kind = column === 0 ? "target" : picture.label === target.label ? "same" : "other";
      return cell(picture, { row, column, kind });
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="'Source Sans 3', 'Helvetica Neue', Arial, sans-serif" font-size="13" fill="#14202b">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${margin}" y="26" font-size="16" font-weight="600">${escapeMarkup(title)}</text>`,
    `<text x="${margin}" y="46">${escapeMarkup(note)}</text>`,
    ...cells,
    "</svg>",
    "",
  ].join("\n");
};

const cell = (
  { source, label }: ExamplePicture,
  { row, column, kind }: { readonly row: number; readonly column: number; readonly kind: keyof typeof frames },
): string => {
  const x = margin + column * (side + gap);
  const y = heading + margin + row * (side + captionHeight + gap);
  const { colour, width, dashes } = frames[kind];
  const name = `${row + 1}${String.fromCharCode(97 + column)}`;
  const said = { target: "target", same: label, other: `≠ ${label}` }[kind];
  // A black frame on black air needs a white line to be seen.
  const inner =
    kind === "target" ? frame(x, y, { inset: width + 0.75, colour: "#ffffff", width: 1.5, dashes: "" }) : "";
  return [
    `<image href="${source}" x="${x}" y="${y}" width="${side}" height="${side}"><title>${escapeMarkup(`${name}: ${kind === "target" ? `target, ${label}` : label}`)}</title></image>`,
    frame(x, y, { inset: width / 2, colour, width, dashes }),
    inner,
    `<text x="${x}" y="${y + side + 15}">${escapeMarkup(`${name} ${said}`)}</text>`,
  ].join("\n");
};

/** A line around a picture, so far inside its edge. */
const frame = (
  x: number,
  y: number,
  { inset, colour, width, dashes }: { inset: number; colour: string; width: number; dashes: string },
): string =>
  `<rect x="${x + inset}" y="${y + inset}" width="${side - 2 * inset}" height="${side - 2 * inset}" fill="none" stroke="${colour}" stroke-width="${width}"${dashes === "" ? "" : ` stroke-dasharray="${dashes}"`}/>`;
