/** The archive over HTTP: who sees what, what is found, and what is refused. */

import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importClinicalTable } from "../../../test/support/clinical-home.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import { imageId, patientId } from "../../clinic/ids.ts";
import type { Facets, ImageDetail, ImagePage, PatientPage } from "../../contract/images.ts";
import {
  insertBatch,
  type StoredImage,
  unknownAcquisition,
  updateFacts,
  writeAnnotations,
  writeReports,
} from "../../store/index.ts";

let server: RunningTestServer;
let viewer: Visitor;
let researcher: Visitor;

const idOf = (number: number): string => createHash("sha256").update(`image ${number}`).digest("hex");

const unknown = { label: null, entity: null, region: null, ageYears: null, sex: null, site: null, position: null };

const image = (number: number, more: Partial<StoredImage>): StoredImage => ({
  ...unknownAcquisition,
  ...unknown,
  id: imageId(idOf(number)),
  fileId: idOf(number),
  exposure: null,
  patient: patientId("P01"),
  sourcePatient: null,
  nameFolder: null,
  fileName: `Musterfrau-${number}.dcm`,
  format: "dicom",
  pixelHash: idOf(number),
  colourfulness: 0,
  width: 400,
  height: 600,
  modality: "DX",
  origin: "internal",
  perceptualHash: null,
  geometry: null,
  nearDuplicateOf: null,
  ...more,
});

/** Three of P01 and P02, of whom the tables know more; one of a stranger. */
const images = [
  image(1, { entity: "Giant cell tumour", acquisitionDate: "2016-05-01", viewPosition: "AP" }),
  image(2, { acquisitionDate: "2018-01-31", nearDuplicateOf: imageId(idOf(1)) }),
  image(3, {
    patient: patientId("P02"),
    entity: "Osteosarcoma",
    sex: "M",
    ageYears: 30.7,
    site: "tibia",
    modality: "CR",
  }),
  image(4, { patient: patientId("=X1"), entity: "Osteosarcoma", region: "Knee", origin: "external", sex: "F" }),
];

beforeAll(async () => {
  server = await startTestServer();
  const { database, files } = server.home;
  await insertBatch(database, {
    images,
    duplicates: [{ id: "copy", image: imageId(idOf(1)), fileName: "copy.dcm" }],
    quarantined: [],
  });
  await importClinicalTable(server.home);
  await writeAnnotations(database, [
    {
      image: imageId(idOf(3)),
      source: "test",
      annotations: [{ kind: "box", label: "tumour", box: [10, 20, 110, 220] }],
    },
  ]);
  await writeReports(database, [
    {
      id: "R1",
      patient: patientId("P01"),
      case: null,
      date: "2016-05-02",
      kind: "radiology",
      text: "Frau Musterfrau, Befund: ...",
      fields: {} as never,
      stage: null,
      fingerprint: "f",
    },
  ]);
  const picture = await sharp({ create: { width: 300, height: 450, channels: 3, background: "#333" } })
    .png()
    .toBuffer();
  await files.writePicture(idOf(1), picture);
  viewer = await server.loggedIn("viewer");
  researcher = await server.loggedIn("researcher");
}, 120_000);
afterAll(() => server.close());

const search = async (body: object, who = viewer): Promise<ImagePage> =>
  (await who.post("/api/images/search", body)).json<ImagePage>();
const numbersOf = (page: ImagePage): number[] =>
  page.images.map(({ id }) => images.findIndex((one) => one.id === id) + 1);
const found = async (filter: object, order = "newest"): Promise<number[]> => numbersOf(await search({ filter, order }));

describe("who may do what", () => {
  test("nobody without a login", async () => {
    const stranger = server.visitor();
    for (const path of ["search", "patients", "facets", "export"])
      expect((await stranger.post(`/api/images/${path}`, {})).status, path).toBe(401);
    expect((await stranger.get(`/api/images/${idOf(1)}`)).status).toBe(401);
    expect((await stranger.get(`/api/images/${idOf(1)}/thumbnail`)).status).toBe(401);
  });

  test("a viewer does not export, and that it was tried is written down", async () => {
    expect((await viewer.post("/api/images/export", {})).status).toBe(403);
    const administrator = await server.loggedIn("administrator");
    expect((await administrator.get("/api/audit")).text).toContain("POST /api/images/export");
  });

  test("file names and reports are for researchers; viewers see that there are reports", async () => {
    const seen = (await viewer.get(`/api/images/${idOf(1)}`)).json<ImageDetail>();
    expect(seen.source).toBeNull();
    expect(JSON.stringify(seen)).not.toContain("Musterfrau");
    expect(seen.course.reports).toEqual([{ kind: "radiology", count: 1 }]);
    const whole = (await researcher.get(`/api/images/${idOf(1)}`)).json<ImageDetail>();
    expect(whole.source).toMatchObject({
      fileName: "Musterfrau-1.dcm",
      reports: [{ id: "R1", kind: "radiology", date: "2016-05-02", text: "Frau Musterfrau, Befund: ..." }],
    });
  });
});

describe("what is found", () => {
  test("everything, in the order that is asked for, those of unknown date last", async () => {
    expect(await found({})).toEqual([2, 1, expect.any(Number), expect.any(Number)]);
    expect((await found({}, "oldest")).slice(0, 2)).toEqual([1, 2]);
    expect((await found({}, "patient")).slice(0, 3)).toEqual([4, 1, 2]);
    expect((await found({}, "age")).at(0)).toBe(1); // of the table: 7 years
    expect((await found({}, "entity")).at(-1)).toBe(2);
  });

  test("what the radiograph does not say, the patient's tables do", async () => {
    const [second] = (await search({ filter: { images: [idOf(2)] } })).images;
    expect(second).toMatchObject({ ageYears: 7, sex: "female", site: "hand" });
    const [third] = (await search({ filter: { images: [idOf(3)] } })).images;
    expect(third).toMatchObject({ ageYears: 30.7, sex: "male", site: "tibia" });
  });

  test.each([
    [{ values: { entity: ["Osteosarcoma"] } }, [3, 4]],
    [{ values: { entity: [null] } }, [2]],
    [{ values: { entity: [null, "Giant cell tumour"] } }, [1, 2]],
    [{ values: { entity: ["Osteosarcoma"], origin: ["external"] } }, [4]],
    [{ values: { sex: ["female"] } }, [1, 2, 4]],
    [{ values: { ageBand: ["30"] } }, [3]],
    [{ values: { marked: ["yes"] } }, [3]],
    [{ values: { nearDuplicate: ["yes"] } }, [2]],
    [{ values: { view: ["AP"] } }, [1]],
    [{ ageYears: [7, 7] }, [1, 2]],
    [{ ageYears: [8, null] }, [3]],
    [{ ageYears: [null, 30] }, [1, 2, 3]],
    [{ acquired: ["2016-05-02", null] }, [2]],
    [{ acquired: [null, "2018-01-31"] }, [1, 2]],
    [{ text: "riesenzell" }, [1]],
    [{ text: "sarkom" }, [3, 4]],
    [{ text: "knie" }, [4]],
    [{ text: "P02" }, [3]],
    [{ text: "%" }, []],
    [{ text: "' or 1=1 --" }, []],
    [{ patientOf: idOf(2) }, [1, 2]],
    [{ images: [idOf(3), idOf(99)] }, [3]],
    [{ images: [] }, []],
  ])("%j", async (filter, wanted) => {
    expect((await found(filter)).toSorted()).toEqual(wanted);
  });

  test("page by page", async () => {
    const whole = await found({}, "patient");
    const parts = await Promise.all([0, 2, 4].map((offset) => search({ order: "patient", offset, limit: 2 })));
    expect(parts.map(({ total }) => total)).toEqual([4, 4, 4]);
    expect(parts.flatMap(numbersOf)).toEqual(whole);
  });

  test("by patient, with those of theirs that match", async () => {
    const answer = await viewer.post("/api/images/patients", { filter: { values: { modality: ["DX"] } } });
    const { total, patients } = answer.json<PatientPage>();
    expect(total).toBe(2);
    expect(patients.map(({ patient, images: own }) => [patient, own.length])).toEqual([
      ["=X1", 1],
      ["P01", 2],
    ]);
  });

  test("the counts of a value heed the filters on all other names, and not the one on its own", async () => {
    const filter = { values: { entity: ["Osteosarcoma"], sex: ["male"] } };
    const counted = (await viewer.post("/api/images/facets", { filter })).json<Facets>();
    expect([counted.images, counted.patients]).toEqual([1, 1]);
    expect(counted.facets.entity).toEqual([{ value: "Osteosarcoma", count: 1 }]);
    expect(counted.facets.sex).toEqual(
      expect.arrayContaining([
        { value: "male", count: 1 },
        { value: "female", count: 1 },
      ]),
    );
    expect(counted.facets.site).toEqual([{ value: "tibia", count: 1 }]);
  });

  test("what changes is found at once", async () => {
    expect(await found({ values: { position: ["diaphyseal"] } })).toEqual([]);
    await updateFacts(server.home.database, imageId(idOf(4)), { position: "diaphyseal" });
    expect(await found({ values: { position: ["diaphyseal"] } })).toEqual([4]);
  });

  test("one radiograph with all that is known of it", async () => {
    const first = (await viewer.get(`/api/images/${idOf(1)}`)).json<ImageDetail>();
    expect(first).toMatchObject({ duplicates: 1, nearDuplicateOf: null, nearDuplicates: [idOf(2)], annotations: [] });
    expect(first.others.map(({ id }) => id)).toEqual([idOf(2)]);
    expect(first.course.cases[0]).toMatchObject({ final: { entity: "Enchondroma" }, ageYears: 7 });
    const third = (await viewer.get(`/api/images/${idOf(3)}`)).json<ImageDetail>();
    expect(third.annotations).toEqual([
      { source: "test", label: "tumour", box: { x: 10, y: 20, width: 100, height: 200 }, corners: null },
    ]);
  });

  test("the list as a table, in which nothing is a formula", async () => {
    const answer = await researcher.post("/api/images/export", { filter: { text: "sarkom" }, order: "patient" });
    expect(answer.headers.get("content-disposition")).toContain("osteon-archive.csv");
    const [heading, ...rows] = parse(answer.text) as string[][];
    expect(rows.map((row) => row[heading!.indexOf("patient")])).toEqual(["'=X1", "P02"]);
    const administrator = await server.loggedIn("administrator");
    expect((await administrator.get("/api/audit")).text).toContain("exported images");
  });
});

describe("thumbnails", () => {
  const ask = (size: number, more: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/api/images/${idOf(1)}/thumbnail?size=${size}`, {
      headers: { ...more, cookie: [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
  const heightOf = async (answer: Response): Promise<number> =>
    (await sharp(new Uint8Array(await answer.arrayBuffer())).metadata()).height;

  test("are made in the size that is asked for, and sent once to a browser that keeps them", async () => {
    for (const size of [96, 192, 384]) {
      const answer = await ask(size);
      expect(answer.headers.get("content-type")).toBe("image/webp");
      expect(await heightOf(answer)).toBe(size);
      const again = await ask(size, { "if-none-match": answer.headers.get("etag")! });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  test("of a picture that was written anew are made anew", async () => {
    const { headers } = await ask(96);
    const wide = sharp({ create: { width: 450, height: 300, channels: 3, background: "#333" } });
    await server.home.files.writePicture(idOf(1), await wide.png().toBuffer());
    const answer = await ask(96, { "if-none-match": headers.get("etag")! });
    expect([answer.status, await heightOf(answer)]).toEqual([200, 64]);
  });

  test("one whose picture is lost is told apart from one that never was", async () => {
    expect((await viewer.get(`/api/images/${idOf(3)}/thumbnail`)).json()).toMatchObject({ code: "corrupt-store" });
    expect((await viewer.get(`/api/images/${idOf(99)}/thumbnail`)).status).toBe(404);
  });
});

describe("what is refused", () => {
  test.each([
    [`/api/images/${idOf(99)}`, 404],
    ["/api/images/1", 400],
    ["/api/images/..%2f..%2flock", 400],
    [`/api/images/${idOf(1)}%23x`, 400],
    [`/api/images/${idOf(1)}/thumbnail?size=4096`, 400],
    ["/api/images/..%2f..%2flock/thumbnail", 400],
  ])("%s with %d", async (path, status) => {
    expect((await viewer.get(path)).status).toBe(status);
  });

  test.each([
    { filter: { values: { patient_id: ["P01"] } } },
    { filter: { values: { entity: [] } } },
    { filter: { values: { entity: "Osteosarcoma" } } },
    { filter: { ageYears: ["7", null] } },
    { filter: { ageYears: [-1, null] } },
    { filter: { ageYears: [1.5, null] } },
    { filter: { acquired: ["2016-13-01", null] } },
    { filter: { text: "x".repeat(201) } },
    { filter: { patientOf: "P01" } },
    { filter: { unknown: true } },
    { order: "id; drop table images" },
    { offset: -1 },
    { limit: 501 },
    [],
  ])("%j", async (body) => {
    const answer = await viewer.post("/api/images/search", body);
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ code: "bad-usage" });
  });
});
