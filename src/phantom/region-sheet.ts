/** Contact sheets of the archive: every region in its usual views, other images, pictures after operations, pictures as they come. */
import sharp, { type OverlayOptions, type Sharp } from "sharp";
import { Random } from "../numeric/random.ts";
import { disturb } from "./as-they-come/disturb.ts";
import { drawRadiograph } from "./draw-radiograph.ts";
import { drawRegionRadiograph } from "./draw-region-radiograph.ts";
import { implantFor } from "./implants/implant-for.ts";
import { drawOtherImage, otherKinds } from "./non-musculoskeletal/draw-other-image.ts";
import { phantomPatients } from "./phantom-patients.ts";
import type { Picture } from "./picture.ts";
import { regions } from "./regions/regions.ts";
import { shots } from "./regions/shots.ts";

/** What the sheet shows. */
export interface RegionSheetOptions {
  readonly seed: number;
  readonly show: "regions" | "others" | "operations" | "as they come";
  /** Height of one picture in pixels. */
  readonly pictureHeight: number;
  readonly columns: number;
}

interface Tile {
  readonly caption: string;
  readonly picture: Picture;
}

const regionTiles = (seed: number): Tile[] =>
  regions.flatMap(({ region }, i) =>
    shots[region].map(({ view }) => ({
      caption: `${region}, ${view}`,
      picture: drawRegionRadiograph({
        region,
        view,
        seed: seed + i,
        ageYears: i % 4 === 3 ? 8 + (i % 7) : 25 + ((i * 11) % 60),
        sex: i % 2 === 0 ? "F" : "M",
      }).picture,
    })),
  );

const otherTiles = (seed: number): Tile[] =>
  otherKinds.flatMap((kind) =>
    [0, 1].map((turn) => ({ caption: kind, picture: drawOtherImage(seed + turn, kind).picture })),
  );

const operationTiles = (seed: number): Tile[] => {
  const seen = new Map<string, number>();
  return phantomPatients({ patients: 300, seed }).flatMap((patient): Tile[] => {
    const implant = implantFor(patient);
    const count = seen.get(implant) ?? 0;
    seen.set(implant, count + 1);
    if (count >= 2) return [];
    const examination = { ...patient.examinations[0]!, stage: "postoperative" as const };
    const { stored, width, height, bitsStored, photometric } = drawRadiograph(
      { ...patient, examinations: [examination] },
      0,
    );
    const top = 2 ** bitsStored - 1;
    const values = Float32Array.from(stored, (value) => (photometric === "MONOCHROME1" ? top - value : value) / top);
    return [{ caption: `${implant}: ${patient.place}`, picture: { width, height, values } }];
  });
};

const carelessTiles = (seed: number): Tile[] =>
  Array.from({ length: 21 }, (_, i) => {
    const { region } = regions[(i * 5) % regions.length]!;
    const draw = (turn: number): Picture =>
      drawRegionRadiograph({ region, seed: seed + 100 * turn + i, ageYears: 40, sex: "M" }).picture;
    const { plate, done } = disturb(
      { picture: draw(0), burnedInText: [], truth: {} },
      {
        random: new Random(seed, "sheet", i),
        identity: {
          familyName: "Mustermann",
          givenName: "Käthe",
          patientId: "P0012",
          birthDate: "1961-04-02",
          date: "2012-05-06",
          institution: "Klinikum Seebrück",
          sex: "F",
        },
        second: () => draw(1),
      },
    );
    return { caption: done.join(", "), picture: plate.picture };
  });

const gap = 4;
const captionHeight = 18;

const captionOf = (text: string, width: number): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${captionHeight}"><text x="2" y="13" font-family="sans-serif" font-size="11" fill="#e8e8e8">${text}</text></svg>`,
  );

/**
 * The sheet as a picture that sharp can write in any format.
 * @example
 * await (await regionSheet({ seed: 41, show: "regions", pictureHeight: 200, columns: 9 })).jpeg().toFile("sheet.jpg");
 */
export const regionSheet = async (options: RegionSheetOptions): Promise<Sharp> => {
  const { seed, show, pictureHeight, columns } = options;
  const make = { regions: regionTiles, others: otherTiles, operations: operationTiles, "as they come": carelessTiles };
  const tiles = make[show](seed);
  const pictureWidth = Math.round(pictureHeight * (show === "others" ? 1.1 : 0.8));
  const overlays: OverlayOptions[] = [];
  for (const [i, { caption, picture }] of tiles.entries()) {
    const left = gap + (i % columns) * (pictureWidth + gap);
    const top = gap + Math.floor(i / columns) * (pictureHeight + captionHeight + gap);
    const grey = Uint8Array.from(picture.values, (value) => Math.round(255 * Math.max(0, Math.min(1, value))));
    const input = await sharp(grey, { raw: { width: picture.width, height: picture.height, channels: 1 } })
      .resize(pictureWidth, pictureHeight, { fit: "contain", background: "#101418" })
      .toColourspace("srgb")
      .png()
      .toBuffer();
    overlays.push({ input: captionOf(caption, pictureWidth), left, top }, { input, left, top: top + captionHeight });
  }
  const rows = Math.ceil(tiles.length / columns);
  return sharp({
    create: {
      width: gap + columns * (pictureWidth + gap),
      height: gap + rows * (pictureHeight + captionHeight + gap),
      channels: 3,
      background: "#202428",
    },
  }).composite(overlays);
};
