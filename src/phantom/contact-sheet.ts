/** A contact sheet: every entity in rows, frontal and second view side by side, so that anyone can look at the phantoms. */
import sharp, { type OverlayOptions, type Sharp } from "sharp";
import { entities } from "../clinic/entities.ts";
import { Random } from "../numeric/random.ts";
import { drawRadiograph, type PhantomRadiograph } from "./draw-radiograph.ts";
import type { PhantomPatient } from "./patient.ts";
import { phantomPatients } from "./phantom-patients.ts";

/** What the sheet shows. */
export interface ContactSheetOptions {
  readonly seed: number;
  /** Patients per entity; each takes two pictures. */
  readonly patientsPerEntity: number;
  /** Height of one picture in pixels. */
  readonly pictureHeight: number;
  /** Draws the outline of the mask in red. */
  readonly outlines: boolean;
}

const gap = 6;
const captionHeight = 26;

/** The picture as a viewer shows it, bone bright, with the mask's outline if wanted. */
const display = (radiograph: PhantomRadiograph, outlines: boolean): Uint8Array => {
  const { stored, width, mask, bitsStored, photometric } = radiograph;
  const top = 2 ** bitsStored - 1;
  const pixels = new Uint8Array(3 * stored.length);
  for (let i = 0; i < stored.length; i++) {
    const level = Math.round((255 * stored[i]!) / top);
    pixels.fill(photometric === "MONOCHROME1" ? 255 - level : level, 3 * i, 3 * i + 3);
    const edge = mask[i] && !(mask[i - 1] && mask[i + 1] && mask[i - width] && mask[i + width]);
    if (outlines && edge) pixels.set([255, 60, 60], 3 * i);
  }
  return pixels;
};

const caption = (text: string, width: number): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${captionHeight}"><text x="4" y="18" font-family="sans-serif" font-size="15" fill="#e8e8e8">${text}</text></svg>`,
  );

/** The first patients of an entity in a large centre, each in a frontal and a second view. */
const patientsOf = (population: readonly PhantomPatient[], entity: string, count: number): PhantomPatient[] =>
  population
    .filter((patient) => patient.entity === entity && patient.position !== undefined)
    .slice(0, count)
    .map((patient) => {
      const second = patient.examinations.find(({ view }) => view !== "AP")?.view ?? "lateral";
      const taken = patient.examinations[0]!;
      return {
        ...patient,
        examinations: [
          { ...taken, view: "AP" },
          { ...taken, view: second },
        ],
      };
    });

/**
 * The sheet as a picture that sharp can write in any format.
 * @example
 * await (await contactSheet({ seed: 41, patientsPerEntity: 2, pictureHeight: 300, outlines: false })).jpeg().toFile("sheet.jpg");
 */
export const contactSheet = async (options: ContactSheetOptions): Promise<Sharp> => {
  const { seed, patientsPerEntity, pictureHeight, outlines } = options;
  const population = phantomPatients({ patients: 809, seed: new Random(seed, "contact sheet").integer(2 ** 31) });
  const pictureWidth = Math.round(pictureHeight * 0.8);
  const rowHeight = pictureHeight + captionHeight + gap;
  const width = 2 * patientsPerEntity * (pictureWidth + gap) + gap;
  const tiles: OverlayOptions[] = [];
  for (const [row, { entity }] of entities.entries()) {
    const top = gap + row * rowHeight;
    for (const [column, patient] of patientsOf(population, entity, patientsPerEntity).entries()) {
      const left = gap + 2 * column * (pictureWidth + gap);
      const words = `${entity}: ${patient.site}, ${patient.ageYears} ${patient.sex}`;
      tiles.push({ input: caption(words, 2 * pictureWidth), left, top });
      for (const view of patient.examinations.keys()) {
        const radiograph = drawRadiograph(patient, view);
        const input = await sharp(display(radiograph, outlines), {
          raw: { width: radiograph.width, height: radiograph.height, channels: 3 },
        })
          .resize(pictureWidth, pictureHeight, { fit: "contain", background: "#101418" })
          .png()
          .toBuffer();
        tiles.push({ input, left: left + view * (pictureWidth + gap), top: top + captionHeight });
      }
    }
  }
  const height = gap + entities.length * rowHeight;
  return sharp({ create: { width, height, channels: 3, background: "#202428" } }).composite(tiles);
};
