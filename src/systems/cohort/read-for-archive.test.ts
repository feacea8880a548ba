import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writePart10 } from "../../dicom/write-part10.ts";
import { decodeGreyPng, encodeGreyPng } from "../../imaging/grey-png.ts";
import { smallPicture } from "../../imaging/small-picture.ts";
import { drawOtherImage } from "../../phantom/non-musculoskeletal/draw-other-image.ts";
import { readForArchive } from "./read-for-archive.ts";
import { readRadiograph } from "./read-radiograph.ts";

const fixture = new Uint8Array(readFileSync(new URL("../../../test/fixtures/dicom/rle.dcm", import.meta.url)));

test("a radiograph keeps its facts and its small picture", async () => {
  const whole = await readRadiograph(fixture);
  const archived = await readForArchive(fixture);
  if (!whole.ok || !archived.ok) throw new Error("the fixture is a radiograph");
  const { image, ...facts } = whole.radiograph;
  const { png, detail, perceptualHash, geometry, exposures, ...kept } = archived.radiograph;
  expect(kept).toEqual({ ...facts, width: image.width, height: image.height });
  expect(geometry.shown).toEqual({ left: 0, top: 0, width: image.width, height: image.height });
  expect(perceptualHash).toMatch(/^[0-9a-f]{16}$/);
  expect([detail.length, exposures.length]).toEqual([64 * 64, 0]);
  const small = smallPicture(image);
  const shown = await decodeGreyPng(png);
  expect([shown.width, shown.height]).toEqual([small.width, small.height]);
  const furthest = shown.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - small.pixels[i]!)), 0);
  expect(furthest).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
});

test("another modality is set aside without a look at its pixels", async () => {
  const elements = [
    { tag: 0x00080060, vr: "CS", value: "CT" },
    { tag: 0x00280010, vr: "US", value: 4 },
    { tag: 0x00280011, vr: "US", value: 4 },
    { tag: 0x7fe00010, vr: "OW", value: new Uint8Array(2) }, // far too few
  ];
  const bytes = writePart10({ sopClassUid: "1.2.840.10008.5.1.4.1.1.2", sopInstanceUid: "2.25.1", elements });
  expect(await readRadiograph(bytes)).toMatchObject({ ok: false });
  expect(await readForArchive(bytes)).toEqual({
    ok: false,
    reason: { code: "not-a-radiograph", detail: "The file is no radiograph but computed tomography (CT)." },
  });
});

test("a blank and a page of text are set aside, whatever the file says", async () => {
  const page = drawOtherImage(2, "text page").picture;
  const blank = { ...page, values: page.values.map(() => 0.4) };
  for (const [{ width, height, values }, word] of [
    [blank, "blank"],
    [page, "page"],
  ] as const) {
    const outcome = await readForArchive(await encodeGreyPng({ width, height, pixels: Float32Array.from(values) }));
    const detail = expect.stringContaining(word);
    expect(outcome).toMatchObject({ ok: false, reason: { code: "not-a-radiograph", detail } });
  }
});
