/** Draws what each augmentation does to a phantom radiograph and its mask: `npx node bench/augmentation-sheet.ts FILE.png [--seed N]`. */
import { parseArgs } from "node:util";
import sharp, { type OverlayOptions } from "sharp";
import {
  compose,
  type Sample,
  type TransformName,
  type TransformSettings,
  transforms,
} from "../src/imaging/augmentation/index.ts";
import { lesionAugmentations, triageAugmentation } from "../src/imaging/augmentation/presets.ts";
import { letterbox, letterboxPlacement } from "../src/imaging/letterbox.ts";
import { Random } from "../src/numeric/random.ts";
import { drawRadiograph } from "../src/phantom/draw-radiograph.ts";
import { phantomPatients } from "../src/phantom/phantom-patients.ts";

const side = 224;
const gap = 6;
const captionHeight = 22;
const pairsPerRow = 4;

/** A radiograph with its tumour's mask, in a square. */
const phantomSample = (seed: number): Sample => {
  const patient = phantomPatients({ patients: 60, seed }).find(
    ({ entity, position }) => position && entity === "Osteosarcoma",
  );
  if (!patient) throw new Error(`There is no osteosarcoma among the patients of seed ${seed}: try another.`);
  const { stored, width, height, bitsStored, photometric, mask } = drawRadiograph(patient, 0);
  const top = 2 ** bitsStored - 1;
  const pixels = Float32Array.from(stored, (value) => (photometric === "MONOCHROME1" ? top - value : value) / top);
  const placed = letterboxPlacement({ width, height }, side);
  const small = Uint8Array.from({ length: side * side }, (_, i) => {
    const x = Math.floor((((i % side) - placed.left + 0.5) * width) / placed.width);
    const y = Math.floor(((Math.floor(i / side) - placed.top + 0.5) * height) / placed.height);
    return x >= 0 && y >= 0 && x < width && y < height ? mask[y * width + x]! : 0;
  });
  return { image: letterbox({ width, height, pixels }, side), mask: small };
};

/** The picture as PNG with the mask's outline in red. */
const picture = ({ image: { width, height, pixels }, mask }: Sample): Promise<Buffer> => {
  const bytes = new Uint8Array(3 * pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    bytes.fill(Math.round(255 * pixels[i]!), 3 * i, 3 * i + 3);
    const edge = mask?.[i] && !(mask[i - 1] && mask[i + 1] && mask[i - width] && mask[i + width]);
    if (edge) bytes.set([255, 60, 60], 3 * i);
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
};

const caption = (text: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * side}" height="${captionHeight}"><text x="4" y="16" font-family="sans-serif" font-size="14" fill="#e8e8e8">${text}</text></svg>`,
  );

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "41" } },
});
const file = positionals[0] ?? "augmentation-sheet.png";
const seed = Number(values.seed);
const sample = phantomSample(seed);

const ofPreset: Partial<Record<TransformName, TransformSettings>> = lesionAugmentations;
/** What to show of a transform whose defaults change nothing. */
const examples: Partial<Record<TransformName, TransformSettings>> = {
  RandomCrop: { name: "RandomCrop", width: 160, height: 190 },
};
const always = (settings: TransformSettings): TransformSettings => ({ ...settings, p: 1 });
const shown: [string, readonly TransformSettings[]][] = [["untouched", []]];
for (const name of Object.keys(transforms) as TransformName[]) {
  const triage = triageAugmentation.find((settings) => settings.name === name);
  const [from, settings] = ofPreset[name]
    ? ["lesions", ofPreset[name]]
    : triage
      ? ["triage", triage]
      : examples[name]
        ? ["example", examples[name]]
        : ["default", { name } as TransformSettings];
  shown.push([`${name} (${from})`, [always(settings)]]);
}
shown.push(["triage, all at once", triageAugmentation.map(always)]);

const tiles: OverlayOptions[] = [];
const columnWidth = 2 * side + 3 * gap;
const rowHeight = side + captionHeight + gap;
for (const [index, [text, settings]] of shown.entries()) {
  const left = gap + (index % pairsPerRow) * columnWidth;
  const top = gap + Math.floor(index / pairsPerRow) * rowHeight;
  tiles.push({ input: caption(text), left, top });
  for (const draw of [0, 1]) {
    const input = await picture(compose(settings)(sample, new Random(seed, "sheet", text, draw)));
    tiles.push({ input, left: left + draw * (side + gap), top: top + captionHeight });
  }
}
const width = gap + pairsPerRow * columnWidth;
const height = gap + Math.ceil(shown.length / pairsPerRow) * rowHeight;
await sharp({ create: { width, height, channels: 3, background: "#202428" } })
  .composite(tiles)
  .png()
  .toFile(file);
console.log(file);
