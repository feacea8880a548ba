import { expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { decodeGreyPng, encodeGreyPng } from "./grey-png.ts";
import { inEightBits } from "./small-picture.ts";

test("a picture in eight bits is the one that comes back from the archive", async () => {
  const random = new Random(1, "picture");
  const values = Float32Array.from({ length: 600 }, (_, i) => (i < 3 ? i / 2 : random.next()));
  const picture = { width: 30, height: 20, pixels: values };
  expect(inEightBits(picture)).toEqual(await decodeGreyPng(await encodeGreyPng(picture)));
});
