import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dicomFile, greyElements } from "../../../test/support/dicom-file.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Answer, Visitor } from "../../../test/support/visitor.ts";
import { imageId } from "../../clinic/ids.ts";
import type { Picture } from "../../contract/pictures.ts";
import { exposureId, findImage, insertBatch, listAudit, listImages } from "../../store/index.ts";
import { importRadiographs } from "../../systems/cohort/index.ts";

let folder: string;
let server: RunningTestServer;
let viewer: Visitor;
const width = 60;
const height = 40;
const values = Array.from({ length: width * height }, (_, i) => (i * 7) % 4096);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-pictures-"));
  server = await startTestServer();
  viewer = await server.visitorOf("viewer");
  const grey = greyElements({ width, height, values, bits: 12, photometric: "MONOCHROME1" }, [
    [0x00280030, "DS", "0.2\\0.3"],
    [0x00281050, "DS", "2048"],
    [0x00281051, "DS", "4096"],
    [0x00100020, "LO", "PATIENT-1"],
  ]);
  await writeFile(join(folder, "grey.dcm"), dicomFile(grey));
  const noisy = Buffer.from(values.map((value) => value & 0xff));
  const png = sharp(noisy, { raw: { width, height, channels: 1 } }).toColourspace("b-w");
  await writeFile(join(folder, "plain.png"), await png.png().toBuffer());
  await importRadiographs(server.home, [join(folder, "grey.dcm"), join(folder, "plain.png")]);
}, 120_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const codeOf = ({ status, json }: Answer): unknown => [status, json<{ code: string }>().code];
const idOf = async (name: string): Promise<string> =>
  (await listImages(server.home.database)).find(({ fileName }) => fileName === name)!.id;
const pathTo = (id: string, what: string): string => `/api/images/${encodeURIComponent(id)}/${what}`;

const pixelsOf = async (id: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${pathTo(id, "pixels")}`, {
    headers: { cookie: [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join("; "), ...headers },
  });

test("a radiograph keeps all its bits, its window, its spacing and which end is white", async () => {
  const id = await idOf("grey.dcm");
  expect((await viewer.get(pathTo(id, "picture"))).json<Picture>()).toEqual({
    width,
    height,
    bits: 16,
    window: { center: 2047.5, width: 4095 },
    smallest: Math.min(...values),
    largest: Math.max(...values),
    inverted: true,
    pixelSpacingMm: [0.2, 0.3],
  });
  const samples = new Uint16Array(await (await pixelsOf(id)).arrayBuffer());
  expect([...samples]).toEqual(values);
});

test("a picture file has the grey scale for its window and a byte a sample", async () => {
  const id = await idOf("plain.png");
  const picture = (await viewer.get(pathTo(id, "picture"))).json<Picture>();
  expect(picture).toMatchObject({
    bits: 8,
    window: { center: 127.5, width: 255 },
    inverted: false,
    pixelSpacingMm: null,
  });
  const samples = new Uint8Array(await (await pixelsOf(id)).arrayBuffer());
  expect([...samples]).toEqual(values.map((value) => value & 0xff));
});

test("samples come compressed only to who takes them so, and not again to who has them", async () => {
  const id = await idOf("grey.dcm");
  const plain = await pixelsOf(id, { "accept-encoding": "identity" });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(plain.headers.get("cache-control")).toBe("private, no-cache");
  expect((await plain.arrayBuffer()).byteLength).toBe(2 * width * height);
  const visitor = await viewer.get(pathTo(id, "pixels"), { headers: { "accept-encoding": "gzip" } });
  expect(visitor.headers.get("content-encoding")).toBe("gzip");
  const again = await pixelsOf(id, { "if-none-match": plain.headers.get("etag")! });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const raw = await server.app.inject({
    url: pathTo(id, "pixels"),
    headers: {
      host: new URL(server.url).host,
      "accept-encoding": "gzip",
      cookie: [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    },
  });
  expect(gunzipSync(raw.rawPayload).byteLength).toBe(2 * width * height);
});

test("who gets the samples stands in the audit log, also where the browser has them, and nobody who gets none", async () => {
  const id = await idOf("plain.png");
  const other = await server.visitorOf("viewer");
  const ask = (what: string, headers = {}) => other.get(pathTo(what, "pixels"), { headers });
  const { headers } = await ask(id);
  await ask(id, { "if-none-match": headers.get("etag")! });
  expect((await ask("A name", { "if-none-match": '"A name-1"' })).status).toBe(404);
  const { person } = (await other.get("/api/session")).json<{ person: { id: string } }>();
  const entries = await listAudit(server.home.database, { person: person.id, limit: 9 });
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
    ["viewed image", id],
    ["viewed image", id],
  ]);
});

test("one exposure of a plate is shown by itself", async () => {
  const whole = (await findImage(server.home.database, imageId(await idOf("grey.dcm"))))!;
  const shown = { left: 10, top: 5, width: 20, height: 30 };
  const geometry = JSON.stringify({ ...JSON.parse(whole.geometry!), shown });
  const id = exposureId(whole.fileId, 1);
  const exposure = { ...whole, id, exposure: 1, pixelHash: "another", geometry, width: 20, height: 30 };
  await insertBatch(server.home.database, { images: [exposure], duplicates: [], quarantined: [] });
  expect((await viewer.get(pathTo(id, "picture"))).json<Picture>()).toMatchObject({ width: 20, height: 30 });
  const samples = new Uint16Array(await (await pixelsOf(id)).arrayBuffer());
  expect(samples[0]).toBe(values[5 * width + 10]);
  expect(samples).toHaveLength(600);
});

test("what is not there, what is damaged and who is not logged in are told apart", async () => {
  for (const what of ["picture", "pixels"]) {
    expect(codeOf(await viewer.get(pathTo("../../home", what)))).toEqual([404, "not-found"]);
    expect((await server.visitor().get(pathTo("x", what))).status).toBe(401);
  }
  const known = (await findImage(server.home.database, imageId(await idOf("plain.png"))))!;
  const lost = { ...known, id: imageId("lost"), fileId: "lost", pixelHash: "lost" };
  const damaged = { ...known, id: imageId("damaged"), fileId: "da".repeat(32), pixelHash: "damaged" };
  await insertBatch(server.home.database, { images: [lost, damaged], duplicates: [], quarantined: [] });
  await server.home.files.writeOriginal(damaged.fileId, new TextEncoder().encode("nothing of a picture"));
  for (const id of ["lost", "damaged"]) {
    expect(codeOf(await viewer.get(pathTo(id, "picture")))).toEqual([422, "bad-input"]);
    expect(codeOf(await viewer.get(pathTo(id, "pixels")))).toEqual([422, "bad-input"]);
  }
});
