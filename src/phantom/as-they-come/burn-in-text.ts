/** What modalities, printers and secretaries write into pictures: name, number, birthday, date, hospital; or a paper label. */
import type { Random } from "../../numeric/random.ts";
import { letterings, textWidth } from "../lettering/draw-text.ts";
import type { BurnedInText } from "../non-musculoskeletal/other-image.ts";
import { writeLines } from "../non-musculoskeletal/write-lines.ts";
import { fillBox, frameBox } from "../paint.ts";
import type { Box, Picture } from "../picture.ts";

/** Whose picture it is. */
export interface TextIdentity {
  readonly familyName: string;
  readonly givenName: string;
  readonly patientId: string;
  /** yyyy-mm-dd. */
  readonly birthDate: string;
  readonly date: string;
  readonly institution: string;
  readonly sex: "F" | "M";
}

const german = (iso: string): string => iso.split("-").reverse().join(".");

const cut = (
  text: string,
  picture: Picture,
  style: { height: number; lettering: (typeof letterings)[number] },
): string => {
  let shown = text;
  while (shown.length > 4 && textWidth(shown, style) > picture.width - 12) shown = shown.slice(0, -1).trimEnd();
  return shown;
};

const meanGrey = (picture: Picture, box: Box): number => {
  const [left, top, width, height] = box.map(Math.round) as [number, number, number, number];
  let [sum, count] = [0, 0];
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(picture.width, left + width); x++) {
      sum += picture.values[y * picture.width + x]!;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
};

/** Burns lines into corners of the picture, or into a white label. The texts' boxes hold their ink. */
export const burnInText = (picture: Picture, identity: TextIdentity, random: Random): BurnedInText[] => {
  const { familyName, givenName, patientId, birthDate, date, institution, sex } = identity;
  const height = Math.max(7, Math.round(picture.height * random.uniform(0.018, 0.034)));
  const lettering = random.pick(letterings);
  const style = { height, lettering };
  const name = random.pick([
    `${familyName}, ${givenName}`,
    `${familyName.toUpperCase()}^${givenName.toUpperCase()}`.replace("^", " "),
    `${givenName} ${familyName}`,
  ]);
  const born = random.pick([
    german(birthDate),
    birthDate.replaceAll("-", ""),
    `geb. ${german(birthDate)}`,
    `*${german(birthDate)}`.slice(1),
  ]);
  const candidates = [
    name,
    random.pick([patientId, `ID: ${patientId}`, `Pat.-Nr. ${patientId}`]),
    `${born} ${sex === "F" ? random.pick(["W", "F"]) : "M"}`,
    random.pick([german(date), date, `Aufnahme: ${german(date)}`]),
    institution,
  ];
  const rows = candidates.filter((_, i) => i < 2 || random.chance(0.7)).map((text) => cut(text, picture, style));
  const leading = Math.round(1.75 * height);
  const label = random.chance(0.2);
  const wide = Math.max(...rows.map((text) => textWidth(text, style)));
  const bottom = random.chance(0.35);
  const top = bottom ? picture.height - rows.length * leading - 2 : 6 + Math.round(0.4 * height);
  const right = random.chance(0.4);
  const x = (text: string): number => (right ? Math.max(4, picture.width - textWidth(text, style) - 6) : 6);
  if (label) {
    const left = right ? Math.max(0, picture.width - wide - 12) : 0;
    fillBox(picture, [left, top - height * 0.9, wide + 12, rows.length * leading + height], 0.97);
    frameBox(picture, [left, top - height * 0.9, wide + 12, rows.length * leading + height], 0.4);
  }
  const overPlate = !label && random.chance(0.15);
  return writeLines(
    picture,
    rows.map((text, i) => {
      const [left, y] = [x(text), top + i * leading];
      // white ink on a white ground would be no text: consoles put a dark plate under it
      const bright = !label && meanGrey(picture, [left, y, textWidth(text, style), height]) > 0.5;
      return { text, x: left, y, ...(bright || overPlate ? { plate: 0 } : {}) };
    }),
    { ...style, ink: label ? 0.03 : random.uniform(0.9, 1) },
  );
};
