import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodePicture } from "../imaging/decode-picture.ts";
import { encodeGreyPng } from "../imaging/grey-png.ts";
import { letterbox } from "../imaging/letterbox.ts";
import { Random } from "../numeric/random.ts";
import { standardiseInPlace } from "./grey-dataset.ts";
import { pictureBatches } from "./picture-batches.ts";
import { Prefetch } from "./prefetch.ts";

const folder = mkdtempSync(join(tmpdir(), "osteon-pictures-"));
afterAll(() => rmSync(folder, { recursive: true }));

const pictures: { path: string; bytes: Uint8Array; format: "png" | "jpeg" }[] = [];

beforeAll(async () => {
  const random = new Random(4, "picture-batches-test");
  for (const [i, [width, height]] of (
    [
      [40, 30],
      [17, 60],
      [64, 64],
      [33, 20],
      [90, 41],
    ] as const
  ).entries()) {
    const pixels = Float32Array.from({ length: width * height }, () => random.next());
    const png = await encodeGreyPng({ width, height, pixels });
    const format = i % 2 === 0 ? "png" : "jpeg";
    const bytes = format === "png" ? png : await sharp(png).toColourspace("srgb").jpeg().toBuffer();
    const path = join(folder, `picture-${i}`);
    writeFileSync(path, bytes);
    pictures.push({ path, bytes, format });
  }
});

const load = (paths: readonly (readonly string[])[], workers: number) =>
  Array.fromAsync(new Prefetch(paths, pictureBatches({ imageSize: 32, channels: 3 }), { workers }));

test("batches of files have the values of each file decoded, letter-boxed and standardised, in every channel", async () => {
  const expected: Float32Array[] = [];
  for (const { bytes, format } of pictures) {
    const { pixels } = letterbox((await decodePicture(bytes, format)).image, 32);
    standardiseInPlace(pixels);
    expected.push(pixels, pixels, pixels);
  }
  const [a, b, c, d, e] = pictures.map(({ path }) => path) as [string, string, string, string, string];
  for (const workers of [0, 1, 3]) {
    const batches = await load([[a, b], [c, d], [e]], workers);
    expect(batches.map(({ value }) => value.length / 1024)).toEqual([6, 6, 3]);
    expect(batches.flatMap(({ value }) => [...value])).toEqual(expected.flatMap((pixels) => [...pixels]));
  }
});

test("a file that is missing, a pipe, or no picture is told by its place", async () => {
  const sound = pictures[0]!.path;
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const path of [join(folder, "absent"), folder, pipe]) {
    await expect(load([[sound], [sound, path]], 1)).rejects.toMatchObject({
      name: "OsteonError",
      code: "not-found",
      message: "Picture 2 of the batch is no file; name files that are there.",
    });
  }
  const loop = join(folder, "Mueller_Hans");
  symlinkSync(loop, loop);
  await expect(load([[loop]], 1)).rejects.toMatchObject({
    code: "bad-input",
    message: expect.not.stringContaining("Mueller"),
  });
  const damaged = join(folder, "damaged");
  for (const bytes of [new Uint8Array(0), Buffer.from("hello"), pictures[1]!.bytes.subarray(0, 200)]) {
    writeFileSync(damaged, bytes);
    await expect(load([[damaged]], 1)).rejects.toMatchObject({ code: "bad-input", context: { place: 0 } });
  }
});
