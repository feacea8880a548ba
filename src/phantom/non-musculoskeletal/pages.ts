/** Pages: a table of doses as a scanner stores it, and a scanned letter. */
import type { Random } from "../../numeric/random.ts";
import { letterings } from "../lettering/draw-text.ts";
import { addGrain, fillBox } from "../paint.ts";
import { plainPicture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";
import { writeLines } from "./write-lines.ts";

/** A dose report as secondary capture. */
export const doseTable = (random: Random): OtherImage => {
  const [width, height] = [420, 320];
  const dark = random.chance(0.6);
  const picture = plainPicture(width, height, dark ? 0.02 : 0.96);
  const ink = dark ? 0.95 : 0.05;
  const rows = 4 + random.integer(8);
  const columns = [10, 130, 190, 250, 320];
  const cell = (row: number, column: number): string =>
    [
      () => random.pick(["Topogramm", "Thorax", "Abdomen nativ", "Becken", "Kontrast", "Monitoring"]),
      () => String(100 + 10 * random.integer(5)),
      () => String(40 + random.integer(220)),
      () => (1 + random.next() * 20).toFixed(2),
      () => (10 + random.next() * 700).toFixed(1),
    ][column]?.() ?? String(row);
  const head = ["Serie", "kV", "mAs", "CTDIvol", "DLP"];
  const lines = [
    { text: random.pick(["Patientenprotokoll", "Dose Report", "Dosisbericht"]), x: 10, y: 14 },
    ...head.map((text, column) => ({ text, x: columns[column]!, y: 48 })),
    ...Array.from({ length: rows }, (_, row) =>
      columns.map((x, column) => ({ text: cell(row, column), x, y: 72 + 20 * row })),
    ).flat(),
    { text: `Total DLP ${(100 + random.next() * 1500).toFixed(1)} mGycm`, x: 10, y: 86 + 20 * rows },
  ];
  if (random.chance(0.5)) fillBox(picture, [6, 64, width - 12, 1], ink);
  const style = { height: 10, lettering: random.pick(letterings), ink };
  return { kind: "dose table", picture, burnedInText: writeLines(picture, lines, style) };
};

const words =
  "Befund Beurteilung der des die in und mit ohne Nachweis einer Fraktur links rechts Aufnahme vom zwei Ebenen keine Zeichen regelrecht Stellung Knie Thorax unauffällig Kontrolle empfohlen patient shows no evidence of lesion within the normal limits".split(
    " ",
  );

/** A scanned letter. */
export const textPage = (random: Random): OtherImage => {
  const [width, height] = [340, 460];
  const picture = plainPicture(width, height, random.uniform(0.88, 1));
  const lines = [{ text: random.pick(["Radiologischer Befund", "Arztbrief", "Radiology Report"]), x: 28, y: 30 }];
  let y = 66;
  while (y < height - 40) {
    if (random.chance(0.16)) {
      y += 12;
      continue;
    }
    const line: string[] = [];
    const long = random.uniform(18, 42);
    while (line.join(" ").length < long) line.push(random.pick(words));
    lines.push({ text: line.join(" "), x: 28, y });
    y += 14;
  }
  const burnedInText = writeLines(picture, lines, {
    height: 7,
    lettering: random.pick(["plotter", "bold"] as const),
    ink: random.uniform(0.02, 0.3),
  });
  addGrain(picture, random.uniform(0.004, 0.02), random.fork("grain"));
  return { kind: "text page", picture, burnedInText };
};
