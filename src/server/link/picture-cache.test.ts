import { expect, test } from "vitest";
import { type DecodedPicture, PictureCache } from "./picture-cache.ts";

const picture = (bytes: number): DecodedPicture => ({
  viewer: {
    width: bytes,
    height: 1,
    samples: new Uint8Array(bytes),
    window: { center: 1, width: 2 },
    smallest: 0,
    largest: 0,
    inverted: false,
  },
  pixelSpacingMm: null,
});

test("a picture is decoded once, however many ask at once, and one that fails is tried again", async () => {
  const cache = new PictureCache();
  let decoded = 0;
  const decode = async (): Promise<DecodedPicture> => {
    decoded += 1;
    if (decoded === 1) throw new Error("not yet");
    return picture(10);
  };
  await expect(cache.get("a", decode)).rejects.toThrow("not yet");
  const [first, second] = await Promise.all([cache.get("a", decode), cache.get("a", decode)]);
  expect(first).toBe(second);
  expect(await cache.get("a", decode)).toBe(first);
  expect(decoded).toBe(2);
});

test("the pictures that were asked for longest ago go first, when there is no room", async () => {
  const cache = new PictureCache();
  const decode = async () => picture(2 ** 26);
  const again = async () => {
    throw new Error("gone");
  };
  await cache.get("a", decode);
  await cache.get("b", decode);
  await cache.get("a", again);
  await cache.get("c", decode);
  await cache.get("a", again);
  await expect(cache.get("b", again)).rejects.toThrow("gone");
});
