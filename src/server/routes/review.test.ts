import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import type { BurnedInTextPage, DeskSummary, DuplicatePage, SetAsidePage } from "../../contract/review.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { drawText } from "../../phantom/lettering/draw-text.ts";
import { plainPicture } from "../../phantom/picture.ts";
import { countHome, judgedTexts, listImages } from "../../store/index.ts";
import { findFiles, importRadiographs, lookForBurnedInText } from "../../systems/cohort/index.ts";

const side = 200;

/** Blobs that no other seed has, with a row of letters or without. */
const radiograph = async (seed: number, words = ""): Promise<Uint8Array> => {
  const picture = plainPicture(side, side, 0);
  for (let i = 0; i < picture.values.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    picture.values[i] = 0.3 + 0.2 * Math.sin((x * (seed + 2)) / 40) * Math.cos((y * (seed + 3)) / 50);
  }
  if (words !== "") drawText(picture, words, { x: 12, y: 40, height: 14, lettering: "bold" });
  return encodeGreyPng({ width: side, height: side, pixels: picture.values });
};

const photograph = (shift: number): Promise<Uint8Array> =>
  sharp(
    Uint8Array.from({ length: 60 * 60 * 3 }, (_, i) => [200, 60, ((i + shift) * 7) & 127][i % 3]!),
    { raw: { width: 60, height: 60, channels: 3 } },
  )
    .png()
    .toBuffer();

let server: RunningTestServer;
let annotator: Visitor;
let other: Visitor;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  annotator = await server.visitorOf("annotator");
  other = await server.visitorOf("annotator");
  folder = await mkdtemp(join(tmpdir(), "osteon-review-"));
  const whole = await radiograph(1);
  const files: Readonly<Record<string, Uint8Array>> = {
    "1.png": whole,
    "1-large.png": await sharp(whole)
      .resize(2 * side)
      .toColourspace("b-w")
      .png()
      .toBuffer(),
    "2.png": await radiograph(5, "MEIER ANNA 1956"),
    "photo-1.png": await photograph(0),
    "photo-2.png": await photograph(11),
    "photo-3.png": await photograph(23),
    "cut.png": (await radiograph(9)).subarray(0, 200),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await importRadiographs(server.home, await findFiles([folder]));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const setAside = async (search = ""): Promise<SetAsidePage> =>
  (await annotator.get(`/api/review/set-aside${search}`)).json<SetAsidePage>();
const named = async (name: string, state = "open") =>
  (await setAside(`?state=${state}`)).files.find((file) => file.name === name)!;
const decide = (ids: readonly string[], decision: string, by = annotator) =>
  by.post("/api/review/set-aside/decisions", { ids, decision });

test("the desk is for annotators alone", async () => {
  const viewer = await server.visitorOf("viewer");
  const { id } = await named("photo-1.png");
  const paths = ["", "/set-aside", `/set-aside/${id}/picture`, "/duplicates", "/burned-in-text"];
  for (const path of paths) expect((await viewer.get(`/api/review${path}`)).status).toBe(403);
  expect((await decide([id], "delete", viewer)).status).toBe(403);
  expect((await server.visitor().get("/api/review")).status).toBe(401);
});

test("the desk counts what waits, alike reasons together", async () => {
  const { setAside: groups, duplicates, burnedInText } = (await annotator.get("/api/review")).json<DeskSummary>();
  expect(groups.reduce((sum, { open }) => sum + open, 0)).toBe(4);
  expect(groups.find(({ code }) => code === "truncated")).toMatchObject({ open: 1, decided: 0 });
  expect(duplicates).toEqual({ open: 1, decided: 0 });
  expect(burnedInText).toMatchObject({ notLookedAt: 3, open: 0 });
});

describe("a set-aside file", () => {
  test("is shown as a picture where it is one", async () => {
    const photo = await named("photo-1.png");
    expect(photo).toMatchObject({ code: "not-a-radiograph", kept: "kept", hasPicture: true, mayImport: true });
    const shown = await annotator.get(`/api/review/set-aside/${photo.id}/picture`);
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(await named("cut.png")).toMatchObject({ code: "truncated", hasPicture: false, mayImport: false });
    const { id } = await named("cut.png");
    expect((await annotator.get(`/api/review/set-aside/${id}/picture`)).status).toBe(404);
    expect((await annotator.get(`/api/review/set-aside/${"0".repeat(64)}/picture`)).status).toBe(404);
    expect((await annotator.get("/api/review/set-aside/..%2f..%2fhome.json/picture")).status).toBe(400);
  });

  test("is left out, and opened again", async () => {
    const { id } = await named("photo-1.png");
    expect((await decide([id], "leave out")).json()).toEqual({ decided: 1, imported: 0, refused: [] });
    expect(await named("photo-1.png", "decided")).toMatchObject({ decision: { decision: "left out" } });
    expect((await decide([id], "open", other)).status).toBe(403);
    expect((await decide([id], "delete", other)).status).toBe(403);
    expect((await decide([id], "open")).status).toBe(200);
    expect((await named("photo-1.png")).decision).toBeNull();
  });

  test("comes into the archive by a person's decision, under its own name, and its copy is no longer kept", async () => {
    const { images } = await countHome(server.home.database);
    const [first, second] = [await named("photo-1.png"), await named("photo-2.png")];
    expect((await decide([first.id, second.id], "import anyway")).json()).toEqual({
      decided: 2,
      imported: 2,
      refused: [],
    });
    expect((await countHome(server.home.database)).images).toBe(images + 2);
    const imported = (await listImages(server.home.database)).find(({ id }) => id === first.id);
    expect(imported).toMatchObject({ fileName: "photo-1.png", patient: "photo-1" });
    expect(await named("photo-1.png", "decided")).toMatchObject({
      ...{ decision: { decision: "imported", by: expect.stringMatching(/^Person/) }, mayImport: false },
    });
    expect((await decide([first.id], "delete")).status).toBe(409);
  });

  test("is deleted for good", async () => {
    const { id } = await named("photo-3.png");
    expect((await decide([id], "delete")).status).toBe(200);
    expect((await annotator.get(`/api/review/set-aside/${id}/picture`)).status).toBe(404);
    expect((await decide([id], "open")).status).toBe(409);
    await importRadiographs(server.home, await findFiles([folder]));
    expect(await named("photo-3.png", "decided")).toMatchObject({
      decision: { decision: "deleted" },
      hasPicture: false,
    });
  });

  test("that cannot be imported, is not there or is no file is refused", async () => {
    const { id } = await named("cut.png");
    expect((await decide([id], "import anyway")).status).toBe(409);
    expect((await decide(["0".repeat(64)], "leave out")).status).toBe(404);
    expect((await decide(["../../home.json"], "delete")).status).toBe(400);
    expect((await decide([], "delete")).status).toBe(400);
    expect((await decide([id], "burn")).status).toBe(400);
  });
});

test("near duplicates are parted and joined again", async () => {
  const pairs = async (state: string): Promise<DuplicatePage> =>
    (await annotator.get(`/api/review/duplicates?state=${state}`)).json<DuplicatePage>();
  const [pair] = (await pairs("open")).pairs;
  const put = (id: string, decision: string, by = annotator) =>
    by.ask("PUT", `/api/review/duplicates/${encodeURIComponent(id)}`, { body: { decision } });
  const shown = async () =>
    (await listImages(server.home.database)).find(({ id }) => id === pair!.image)!.nearDuplicateOf;
  expect((await put(pair!.image, "parted")).status).toBe(204);
  expect(await shown()).toBeNull();
  expect((await put(pair!.image, "confirmed", other)).status).toBe(403);
  expect((await pairs("decided")).pairs).toMatchObject([{ ...pair, decision: { decision: "parted" } }]);
  expect((await put(pair!.image, "confirmed")).status).toBe(204);
  expect(await shown()).toBe(pair!.of);
  expect((await put(pair!.image, "open")).status).toBe(204);
  expect((await pairs("open")).pairs).toEqual([pair]);
  expect((await put(pair!.of, "parted")).status).toBe(404);
});

test("text in pixels is found, decided, kept with who decided, and taken back by that person alone", async () => {
  const found = await lookForBurnedInText(server.home);
  expect(found).toMatchObject({ withText: 1 });
  expect(await lookForBurnedInText(server.home)).toEqual({ radiographs: 0, withText: 0 });
  const texts = async (state: string): Promise<BurnedInTextPage> =>
    (await annotator.get(`/api/review/burned-in-text?state=${encodeURIComponent(state)}`)).json<BurnedInTextPage>();
  const put = (id: string, regions: unknown, by = annotator) =>
    by.ask("PUT", `/api/review/burned-in-text/${encodeURIComponent(id)}`, { body: { regions } });
  const [text] = (await texts("open")).images;
  expect(text!.found[0]!.x + text!.found[0]!.width).toBeGreaterThan(60);
  const region = { x: 10, y: 20, width: 150, height: 30 };
  expect((await put(text!.image, [region])).status).toBe(204);
  expect((await texts("text")).images).toMatchObject([
    { image: text!.image, regions: [region], by: expect.any(String) },
  ]);
  expect([...(await judgedTexts(server.home.database)).values()].filter((isThere) => isThere)).toEqual([true]);
  expect((await put(text!.image, null, other)).status).toBe(403);
  expect((await put(text!.image, [], other)).status).toBe(403);
  expect((await put(text!.image, null)).status).toBe(204);
  expect((await put(text!.image, [])).status).toBe(204);
  expect((await texts("no text")).total).toBe(1);
  const [plain] = (await texts("none found")).images;
  expect((await put(plain!.image, [region])).status).toBe(204);
  expect((await put(plain!.image, null)).status).toBe(204);
  expect((await texts("open")).total).toBe(0);
  expect((await annotator.get("/api/review")).json<DeskSummary>().burnedInText.notLookedAt).toBe(1);
  expect((await put("0".repeat(64), [])).status).toBe(404);
  for (const bad of [[{ x: -1, y: 0, width: 1, height: 1 }], [{ x: 0, y: 0, width: 0, height: 1 }], "all", undefined]) {
    expect((await put(text!.image, bad)).status).toBe(400);
  }
});
