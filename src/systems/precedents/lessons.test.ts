import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storedImage } from "../../../test/support/stored-image.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { type Home, insertBatch, openHome, writeAnnotations } from "../../store/index.ts";
import { lessonsOf, loadLessons } from "./lessons.ts";

/** Dark radiographs of 40 by 40 pixels; the lesion of the second is bright. */
const plain = storedImage("plain", { width: 40, height: 40 });
const marked = storedImage("marked", { width: 40, height: 40 });
const images = [plain, marked];
const box: [number, number, number, number] = [10, 10, 30, 30];

let folder: string;
let home: Home;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-lessons-"));
  home = await openHome(join(folder, "home"), { command: "test", create: true, since: "2026-01-02T03:04:05Z" });
  for (const image of images) {
    const pixels = new Float32Array(1600).fill(0.1);
    if (image === marked) for (let y = 10; y < 30; y++) pixels.fill(0.9, y * 40 + 10, y * 40 + 30);
    await home.files.writePicture(image.id, await encodeGreyPng({ width: 40, height: 40, pixels }));
  }
  await insertBatch(home.database, { images, duplicates: [], quarantined: [] });
  await writeAnnotations(home.database, [
    { image: marked.id, source: "test", annotations: [{ kind: "box", label: "lesion", box }] },
    { image: plain.id, source: "test", annotations: [{ kind: "box", label: "lesion", box: [900, 900, 950, 950] }] },
  ]);
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const brightness = async (learnsLesions: boolean): Promise<number[]> => {
  const lessons = await lessonsOf(home, images, { learnsLesions });
  const pictures = await loadLessons(home, lessons, { sourceSize: 16 });
  expect(pictures.length).toBe(lessons.images.length);
  const pixels = new Float32Array(16 * 16);
  return lessons.images.map((_, i) => {
    pictures.read(i, pixels);
    return pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  });
};

test("a marked lesion is a picture of its own, behind the radiographs, of the same image", async () => {
  const lessons = await lessonsOf(home, images, { learnsLesions: true });
  expect(lessons.images.map(({ id }) => id)).toEqual(["plain", "marked", "marked"]); // a mark beside the picture is none
  const [dark, whole, lesion] = await brightness(true);
  expect(dark).toBeCloseTo(0.1, 1);
  expect(whole!).toBeGreaterThan(dark!);
  expect(lesion!).toBeGreaterThan(whole! + 0.2); // the box and 15 % beyond each side of it: most of it is lesion
});

test("where lesions are not to be learned, the radiographs alone are", async () => {
  expect(await brightness(false)).toHaveLength(2);
});
