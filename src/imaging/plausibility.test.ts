import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { decodePicture } from "./decode-picture.ts";
import type { GreyImage } from "./grey-image.ts";
import { assessPlausibility, type ImplausibleCode, measurePicture } from "./plausibility.ts";

const random = new Random(1, "plausibility");

const picture = (width: number, height: number, valueAt: (x: number, y: number) => number): GreyImage => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) =>
    Math.min(Math.max(valueAt(i % width, Math.floor(i / width)), 0), 1),
  ),
});

/** A shaft with cortices, marrow and soft tissue, some grain: smooth where a radiograph is, with edges where it has them. */
const shaft = (width = 300, height = 400): GreyImage =>
  picture(width, height, (x, y) => {
    const across = Math.abs(x / width - 0.5 - 0.05 * Math.sin((3 * y) / height));
    const soft = 0.35 * Math.sqrt(Math.max(0, 1 - (across / 0.35) ** 2));
    const cortex = across < 0.14 && across > 0.09 - 0.03 * (y / height) ? 0.4 : across < 0.14 ? 0.2 : 0;
    return 0.03 + soft + cortex + 0.01 * random.normal();
  });

const grid = (cells: number): number[] => Array.from({ length: cells * cells }, () => random.next());
const blocks = (cells: number, size = 256): GreyImage => {
  const values = grid(cells);
  const side = size / cells;
  return picture(size, size, (x, y) => values[Math.floor(y / side) * cells + Math.floor(x / side)]);
};

const blurred = async (image: GreyImage, sigma: number): Promise<GreyImage> => {
  const bytes = Buffer.from(Uint8Array.from(image.pixels, (value) => Math.round(value * 255)));
  const raw = { width: image.width, height: image.height, channels: 1 as const };
  return pictureOf(sharp(bytes, { raw }).blur(sigma).normalise());
};

const pictureOf = async (source: ReturnType<typeof sharp>): Promise<GreyImage> => {
  const { data, info } = await source.toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  return picture(info.width, info.height, (x, y) => data[(y * info.width + x) * info.channels] / 255);
};

const svg = (body: string, paper: string): Promise<GreyImage> =>
  pictureOf(
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600" fill="${paper}"/>${body}</svg>`,
      ),
    ).flatten({ background: "white" }),
  );

/** In one face: what a machine takes where none is named depends on the fonts it has. */
const textLines = (ink: string): string =>
  Array.from({ length: 24 }, (_, i) => {
    const words = Array.from({ length: 9 }, () =>
      random.pick(["Befund:", "keine", "Fraktur", "the", "femur", "shows", "no"]),
    );
    return `<text x="20" y="${30 + i * 23}" font-family="DejaVu Serif" font-size="17" fill="${ink}">${words.join(" ")}</text>`;
  }).join("");

const verdict = (image: GreyImage, colourfulness = 0): ImplausibleCode | "plausible" => {
  const answer = assessPlausibility(image, colourfulness);
  return answer.plausible ? "plausible" : answer.reason.code;
};

describe("what can be no radiograph is refused", () => {
  const noise = picture(256, 256, () => random.next());
  const cases: readonly (readonly [string, () => GreyImage | Promise<GreyImage>, readonly ImplausibleCode[]])[] = [
    ["black", () => picture(200, 200, () => 0), ["blank"]],
    ["white", () => picture(200, 200, () => 1), ["blank"]],
    ["one grey with faint grain", () => picture(200, 200, () => 0.5 + 0.01 * random.next()), ["blank"]],
    ["black with a small marker", () => picture(400, 400, (x, y) => Number(x < 20 && y < 20)), ["blank"]],
    ["white noise", () => noise, ["noise"]],
    ["normal noise", () => picture(300, 200, () => random.normal(0.5, 0.15)), ["noise"]],
    ["normal noise on a tall plate", () => picture(120, 480, () => random.normal(0.3, 0.05)), ["noise"]],
    [
      "noise in a black frame",
      () => picture(256, 256, (x, y) => (Math.abs(x - 128) < 90 && y > 40 ? random.next() : 0)),
      ["noise"],
    ],
    ["salt and pepper", () => picture(256, 256, () => Number(random.chance(0.5))), ["noise", "drawing"]],
    [
      "sparse salt and pepper",
      () => picture(256, 256, () => (random.chance(0.1) ? random.integer(2) : 0.5)),
      ["noise", "drawing"],
    ],
    ["blurred noise", () => blurred(noise, 2), ["noise"]],
    ["more blurred noise", () => blurred(noise, 4), ["noise"]],
    ["noise in small squares", () => blocks(32), ["noise", "drawing"]],
    ["noise in large squares", () => blocks(8), ["drawing"]],
    ["a horizontal gradient", () => picture(256, 256, (x) => x / 255), ["gradient"]],
    ["a gradient of 8 bits", () => picture(512, 300, (x, y) => Math.round((x + y) / 4) / 255), ["gradient"]],
    ["a radial gradient", () => picture(256, 256, (x, y) => 1 - Math.hypot(x - 128, y - 128) / 181), ["gradient"]],
    ["a fine checkerboard", () => picture(256, 256, (x, y) => (x + y) % 2), ["blank", "noise", "drawing"]],
    ["a checkerboard", () => picture(256, 256, (x, y) => ((x >> 4) + (y >> 4)) % 2), ["drawing", "noise"]],
    ["a coarse checkerboard", () => picture(256, 256, (x, y) => ((x >> 6) + (y >> 6)) % 2), ["drawing"]],
    ["stripes", () => picture(256, 256, (x) => (x >> 3) % 2), ["drawing", "noise"]],
    ["a disc", () => picture(256, 256, (x, y) => (Math.hypot(x - 128, y - 128) < 80 ? 0.8 : 0)), ["drawing"]],
    ["a page of text", () => svg(textLines("black"), "white"), ["document"]],
    ["a page of grey text on grey", () => svg(textLines("#444"), "#ddd"), ["document"]],
    ["a dark screen of text", () => svg(textLines("#eee"), "#111"), ["noise", "drawing"]],
    [
      "a chart",
      () =>
        svg(
          '<polyline points="20,580 150,300 300,420 580,40" fill="none" stroke="#333" stroke-width="4"/><rect x="60" y="450" width="80" height="120" fill="#777"/>',
          "#eee",
        ),
      ["document", "drawing"],
    ],
    [
      "flat shapes",
      () =>
        svg(
          '<circle cx="200" cy="220" r="140" fill="#999"/><rect x="330" y="300" width="180" height="220" fill="#ddd"/>',
          "#222",
        ),
      ["drawing"],
    ],
    ["a thumbnail", () => shaft(24, 31), ["too-small"]],
  ];

  test.each(cases)("%s", async (_, make, codes) => {
    expect(codes).toContain(verdict(await make()));
  });

  test("a colour photograph, but neither a tint nor traces of chroma", () => {
    expect(verdict(shaft(), 0.3)).toBe("colour-photograph");
    expect(verdict(shaft(), 0.05)).toBe("plausible");
  });

  test("the reason is a sentence", () => {
    const answer = assessPlausibility(
      picture(100, 100, () => 0),
      0,
    );
    expect(answer).toEqual({
      plausible: false,
      reason: { code: "blank", detail: "The picture is blank: nearly all of it lies within 0.0 % of the grey scale." },
    });
  });
});

describe("what could be a radiograph passes", () => {
  const on = (frame: (x: number, y: number) => boolean, image: GreyImage): GreyImage =>
    picture(image.width, image.height, (x, y) => (frame(x, y) ? image.pixels[y * image.width + x] : 0));

  test.each([
    ["a shaft", () => shaft()],
    [
      "grainy",
      () =>
        picture(
          300,
          400,
          (
            (base) => (x: number, y: number) =>
              base.pixels[y * 300 + x] + 0.05 * random.normal()
          )(shaft()),
        ),
    ],
    ["small", () => shaft(64, 64)],
    [
      "inverted",
      () =>
        picture(
          300,
          400,
          (
            (base) => (x: number, y: number) =>
              1 - base.pixels[y * 300 + x]
          )(shaft()),
        ),
    ],
    [
      "faint",
      () =>
        picture(
          300,
          400,
          (
            (base) => (x: number, y: number) =>
              0.4 + 0.15 * base.pixels[y * 300 + x]
          )(shaft()),
        ),
    ],
    ["collimated to a tenth of the plate", () => on((x, y) => x > 100 && x < 200 && y > 150 && y < 270, shaft())],
    [
      "with a burned-in marker",
      () =>
        picture(
          300,
          400,
          (
            (base) => (x: number, y: number) =>
              x > 250 && y < 40 ? 1 : base.pixels[y * 300 + x]
          )(shaft()),
        ),
    ],
  ])("%s", (_, make) => {
    expect(verdict(make())).toBe("plausible");
  });

  test("turning, mirroring and doubling change no measurement much", () => {
    const base = shaft();
    const turned = picture(400, 300, (x, y) => base.pixels[x * 300 + 299 - y]);
    const doubled = picture(600, 800, (x, y) => base.pixels[(y >> 1) * 300 + (x >> 1)]);
    const measured = measurePicture(base);
    for (const other of [measurePicture(turned), measurePicture(doubled)]) {
      expect(other.roughness).toBeCloseTo(measured.roughness, 1);
      expect(other.correlation64).toBeCloseTo(measured.correlation64, 1);
      expect(other.flatness).toBeCloseTo(measured.flatness, 1);
    }
  });
});

const data = "../shared/data";
const folders = ["fracatlas256", "spine", "knee-oa224", "mednist64/Hand", "mednist64/CXR"].map((name) =>
  join(data, name),
);

describe.skipIf(!folders.every(existsSync))(`open radiographs (skipped where ${data} is missing)`, () => {
  test.each(folders)("none of %s is refused", async (folder) => {
    const names = readdirSync(folder).filter((name) => /\.(jpe?g|png)$/.test(name));
    const step = Math.ceil(names.length / 100);
    for (let i = 0; i < names.length; i += step) {
      const { image, colourfulness } = await decodePicture(
        readFileSync(join(folder, names[i])),
        names[i].endsWith("png") ? "png" : "jpeg",
      );
      expect(verdict(image, colourfulness), `picture ${i}`).toBe("plausible");
    }
  });
});
