import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Answer, Visitor } from "../../../test/support/visitor.ts";
import { type PhantomHome, phantomHome } from "../../../test/support/workbench/phantom-home.ts";
import type {
  Explanation,
  LinkAnswer,
  LinkRequest,
  NeighbourReports,
  Query,
  QuerySummary,
} from "../../contract/queries.ts";
import {
  keepQueryAnswer,
  listAnnotations,
  listAudit,
  listImages,
  updateFacts,
  writeAnnotations,
} from "../../store/index.ts";
import { addQuery } from "../link/add-query.ts";

let phantom: PhantomHome;
let server: RunningTestServer;
let viewer: Visitor;

beforeAll(async () => {
  phantom = await phantomHome();
  server = await startTestServer({ directory: phantom.home });
  viewer = await server.visitorOf("viewer");
}, 600_000);
afterAll(async () => {
  await server.close();
  await phantom.remove();
});

const codeOf = ({ status, json }: Answer): unknown => [status, json<{ code: string }>().code];

const upload = async (visitor: Visitor, bytes: Uint8Array, name: string): Promise<string> => {
  const headers = { "x-file-name": encodeURIComponent(name) };
  return (await visitor.post("/api/uploads", bytes, { headers })).json<{ id: string }>().id;
};

const addFile = async (visitor: Visitor, path: string): Promise<Query> => {
  const id = await upload(visitor, await readFile(path), basename(path));
  const answer = await visitor.post("/api/queries", { upload: id });
  expect(answer.status).toBe(201);
  return answer.json<Query>();
};

const link = async (query: Query, request: LinkRequest = {}, visitor = viewer): Promise<LinkAnswer> => {
  const answer = await visitor.post(`/api/queries/${query.id}/link`, request);
  expect(answer.status).toBe(200);
  return answer.json<LinkAnswer>();
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

describe("a query", () => {
  test("of an upload is kept with its picture, and is gone with all that was kept when it is removed", async () => {
    const query = await addFile(viewer, phantom.undiagnosed[0]!);
    expect(query).toMatchObject({
      name: basename(phantom.undiagnosed[0]!),
      worklist: false,
      problem: null,
      proposedBoxes: [],
      box: null,
      answer: null,
    });
    expect(query.picture!.width).toBeGreaterThan(100);
    const folder = join(server.home.files.queries, query.id);
    expect(await isThere(join(folder, "radiograph"))).toBe(true);
    expect((await viewer.get(`/api/queries/${query.id}`)).json<Query>()).toEqual(query);
    expect((await viewer.ask("DELETE", `/api/queries/${query.id}`)).status).toBe(204);
    expect(codeOf(await viewer.get(`/api/queries/${query.id}`))).toEqual([404, "not-found"]);
    expect(await isThere(folder)).toBe(false);
  });

  test("of a file that is no picture is kept with the reason, and cannot be linked", async () => {
    const id = await upload(viewer, new TextEncoder().encode("not a radiograph"), "letter.txt");
    const query = (await viewer.post("/api/queries", { upload: id })).json<Query>();
    expect(query).toMatchObject({ picture: null, problem: { code: "not-an-image" } });
    expect(codeOf(await viewer.post(`/api/queries/${query.id}/link`, {}))).toEqual([422, "bad-input"]);
    expect(codeOf(await viewer.get(`/api/queries/${query.id}/picture`))).toEqual([422, "bad-input"]);
  });

  test("is its maker's and the administrators'; nobody else learns that it is there", async () => {
    const query = await addFile(viewer, phantom.undiagnosed[0]!);
    const other = await server.visitorOf("researcher");
    const path = `/api/queries/${query.id}`;
    for (const refused of [
      await other.get(path),
      await other.get(`${path}/picture`),
      await other.get(`${path}/pixels`),
      await other.post(`${path}/link`, {}),
      await other.ask("PUT", `${path}/box`, { body: { box: null } }),
      await other.ask("DELETE", path),
      await other.get(`${path}/explanation/x`),
    ]) {
      expect(codeOf(refused)).toEqual([404, "not-found"]);
    }
    expect((await other.get("/api/queries")).json<{ queries: unknown[] }>().queries).toEqual([]);
    expect((await (await server.visitorOf("administrator")).get(path)).status).toBe(200);
    expect((await server.visitor().get(path)).status).toBe(401);
    const theirs = await upload(other, await readFile(phantom.undiagnosed[0]!), "x.dcm");
    expect(codeOf(await viewer.post("/api/queries", { upload: theirs }))).toEqual([404, "not-found"]);
  });

  test("of the worklist is everybody's to link, and its maker's or an administrator's to remove", async () => {
    const file = phantom.undiagnosed[1]!;
    const { id } = await addQuery(server.home, {
      file,
      name: "new.dcm",
      person: "demo",
      worklist: true,
      now: new Date(),
    });
    const listed = (await viewer.get("/api/queries")).json<{ queries: QuerySummary[] }>().queries;
    expect(listed.find((query) => query.id === id)).toMatchObject({ name: "new.dcm", worklist: true, linked: false });
    expect((await viewer.post(`/api/queries/${id}/link`, {})).status).toBe(200);
    const linked = (await viewer.get("/api/queries")).json<{ queries: QuerySummary[] }>().queries;
    expect(linked.find((query) => query.id === id)?.linked).toBe(true);
    expect(codeOf(await viewer.ask("DELETE", `/api/queries/${id}`))).toEqual([403, "not-allowed"]);
    const administrator = await server.visitorOf("administrator");
    expect((await administrator.ask("DELETE", `/api/queries/${id}`)).status).toBe(204);
    expect(await isThere(file)).toBe(true); // the file that it was made from is its owner's
  });

  test("that is malformed is refused before anything is done", async () => {
    for (const body of [{}, { upload: 1 }, { image: "x", upload: "y" }, []]) {
      expect((await viewer.post("/api/queries", body)).status).toBe(400);
    }
    expect(codeOf(await viewer.post("/api/queries", { upload: "../../home.json" }))).toEqual([404, "not-found"]);
    expect(codeOf(await viewer.post("/api/queries", { image: "nothing" }))).toEqual([404, "not-found"]);
    const query = await addFile(viewer, phantom.undiagnosed[0]!);
    for (const request of [{ k: 0 }, { k: 51 }, { k: 1.5 }, { box: { x: 1 } }, { filters: { ageYears: [1] } }]) {
      expect((await viewer.post(`/api/queries/${query.id}/link`, request)).status).toBe(400);
    }
    const beside = { x: 90_000, y: 0, width: 10, height: 10 };
    expect(codeOf(await viewer.post(`/api/queries/${query.id}/link`, { box: beside }))).toEqual([422, "bad-input"]);
    const put = await viewer.ask("PUT", `/api/queries/${query.id}/box`, { body: { box: beside } });
    expect(codeOf(put)).toEqual([422, "bad-input"]);
  });
});

describe("a link", () => {
  let query: Query;
  beforeAll(async () => {
    query = await addFile(viewer, phantom.undiagnosed[0]!);
  });

  test("answers k patients, nearest first, with their course and a vote that says how certain it is", async () => {
    const answer = await link(query, { k: 5 });
    expect(answer).toMatchObject({ k: 5, target: "entity", known: true, reason: null, compared: "whole image" });
    expect(answer.neighbours.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    const distances = answer.neighbours.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    const labels = answer.neighbours.flatMap(({ label }) => label ?? []);
    const vote = answer.vote!;
    expect(vote.votes.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length);
    expect(vote.votes[0]!.label).toBe(vote.label);
    expect(
      answer.neighbours.every(({ agrees, label }) => agrees === (label === null ? null : label === vote.label)),
    ).toBe(true);
    expect(answer.past!.patients).toBeGreaterThan(5); // by whom the network was kept from
    if (vote.certainty) {
      const { share, interval } = vote.certainty;
      expect(share >= interval[0] && share <= interval[1]).toBe(true);
    }
    const courses = answer.neighbours.flatMap(({ course }) => course.cases);
    expect(courses.some(({ final }) => final !== null)).toBe(true);
    expect(courses.some(({ followUps }) => followUps.length > 0)).toBe(true);
    expect((await viewer.get(`/api/queries/${query.id}`)).json<Query>().answer).toEqual(answer);
  });

  test("gives the same again, also by features that were kept", async () => {
    const first = await link(query, { k: 3 });
    const same = { ...first, at: expect.any(String), ms: expect.any(Number) };
    expect(await link(query, { k: 3 })).toEqual(same);
    const again = await addFile(viewer, phantom.undiagnosed[0]!);
    expect((await link(again, { k: 3 })).neighbours).toEqual(first.neighbours);
  });

  test("asks only patients that match the filters, and finds k of them", async () => {
    const all = await link(query, { k: 50 });
    const filters = { sex: "female", ageYears: [10, 60] as [number, number] };
    const answer = await link(query, { k: 3, filters });
    expect(answer.neighbours.length).toBe(Math.min(3, answer.archive.matching));
    expect(answer.archive.matching).toBeLessThan(all.archive.matching);
    for (const { sex, ageYears } of answer.neighbours) {
      expect(sex).toBe("female");
      expect(ageYears! >= 10 && ageYears! <= 60).toBe(true);
    }
    expect(answer.vote?.certainty ?? null).toBeNull();
    expect((await link(query, { filters: { site: "nowhere" } })).neighbours).toEqual([]);
  });

  test("refers to earlier patients with a final diagnosis, and to all where that is asked", async () => {
    const answer = await link(query, { k: 50 });
    const { before, leftOut, ...rule } = answer.references;
    expect(rule).toEqual({ earlier: true, final: true });
    expect(before! > "2022").toBe(true); // the day of the query's radiograph
    expect(leftOut.later).toBe(0);
    const everybody = await link(query, { k: 50, references: { earlier: false, final: false } });
    expect(everybody.references).toEqual({
      earlier: false,
      final: false,
      before: null,
      leftOut: { open: 0, later: 0 },
    });
    expect(everybody.archive.matching).toBe(answer.archive.matching + leftOut.open);
    for (const { course } of answer.neighbours)
      expect(course.cases.length === 0 || course.cases.some(({ final }) => final !== null)).toBe(true);

    const [old] = (await listImages(server.home.database))
      .filter(({ acquisitionDate, entity }) => acquisitionDate !== null && entity !== null)
      .sort((a, b) => (a.acquisitionDate! < b.acquisitionDate! ? -1 : 1));
    const past = (await viewer.post("/api/queries", { image: old!.id })).json<Query>();
    const alone = await link(past, { k: 50 }); // the first of all radiographs has nobody before it but who has no date
    expect(alone.references.before).toBe(old!.acquisitionDate);
    expect(alone.references.leftOut.later).toBeGreaterThan(10);
    expect(alone.neighbours.every(({ acquiredOn }) => acquiredOn === null || acquiredOn < old!.acquisitionDate!)).toBe(
      true,
    );
  });

  test("says which diagnoses cannot be ruled out, by patients whom the network was kept from", async () => {
    const { prediction, predictionProblem, past, wish } = await link(query, { prediction: { coverage: 0.8 } });
    expect([predictionProblem, past!.basis, wish]).toEqual([null, "held-out", { coverage: 0.8, byLabel: false }]);
    expect(prediction!.patients).toBeLessThanOrEqual(past!.patients);
    const supports = prediction!.labels.map(({ support }) => support);
    expect(supports).toEqual(supports.toSorted((a, b) => b - a));
    const half = await link(query, { prediction: { coverage: 0.5, byLabel: true } });
    expect(half.prediction!.labels.length).toBeLessThanOrEqual(prediction!.labels.length);
    expect(half.wish).toEqual({ coverage: 0.5, byLabel: true });
    const most = await link(query, { prediction: { coverage: 0.99 } });
    expect([most.prediction, most.predictionProblem!.code]).toEqual([null, "too-few-held-out"]);
    const [known] = await listImages(server.home.database);
    const own = (await viewer.post("/api/queries", { image: known!.id })).json<Query>();
    expect((await link(own)).predictionProblem!.code).toBe("own-patient-known");
    for (const prediction of [{ coverage: 1 }, { coverage: 0.2 }])
      expect((await viewer.post(`/api/queries/${query.id}/link`, { prediction })).status).toBe(400);
  });

  test("has all of a patient's radiographs behind the nearest", async () => {
    const images = await listImages(server.home.database);
    const { neighbours } = await link(query, { k: 50, exact: true });
    expect(neighbours.some(({ others }) => others.length > 0)).toBe(true);
    for (const { image, patient, cosineDistance, others } of neighbours) {
      const theirs = images.filter((one) => one.patient === patient && one.id !== image).map(({ id }) => id as string);
      expect(others.map((other) => other.image).sort()).toEqual(theirs.sort());
      for (const other of others) expect(other.cosineDistance ?? 2).toBeGreaterThanOrEqual(cosineDistance - 1e-6);
    }
  });

  test("tells researchers what a neighbour's reports say, and nobody less", async () => {
    const researcher = await server.visitorOf("researcher");
    const own = await addFile(researcher, phantom.undiagnosed[0]!);
    const { neighbours } = await link(own, { k: 50 }, researcher);
    const reported = neighbours.find(({ course }) => course.reports.length > 0)!;
    const path = (id: string, image: string) => `/api/queries/${id}/reports/${encodeURIComponent(image)}`;
    const { reports } = (await researcher.get(path(own.id, reported.image))).json<NeighbourReports>();
    expect(reports.length).toBe(reported.course.reports.reduce((sum, { count }) => sum + count, 0));
    expect(reports.some(({ sentences }) => sentences.length > 0)).toBe(true);
    expect(codeOf(await researcher.get(path(own.id, "nothing")))).toEqual([404, "not-found"]);
    expect(codeOf(await viewer.get(path(query.id, reported.image)))).toEqual([403, "not-allowed"]);
    const entries = await listAudit(server.home.database, { limit: 50 });
    expect(entries.some(({ action }) => action === "read reports of neighbour")).toBe(true);
    expect(JSON.stringify((await researcher.get(`/api/queries/${own.id}`)).json())).not.toContain(
      reports.flatMap(({ sentences }) => sentences)[0]!, // an answer is kept, and read by others
    );
  });

  test("that an earlier version answered is asked for anew", async () => {
    const old = await addFile(viewer, phantom.undiagnosed[0]!);
    await keepQueryAnswer(server.home.database, old.id, { k: 5, known: true, neighbours: [], vote: null });
    expect((await viewer.get(`/api/queries/${old.id}`)).json<Query>().answer).toBeNull();
    expect((await viewer.get("/api/queries")).status).toBe(200);
    expect((await link(old)).neighbours.length).toBe(5);
  });

  test("of a lesion compares lesions where enough are marked, else the whole image with the reason", async () => {
    const { width, height } = query.picture!;
    const box = { x: width / 4, y: height / 4, width: width / 3, height: height / 3 };
    const lesion = await link(query, { k: 3, box });
    expect(lesion).toMatchObject({ compared: "lesion", comparedReason: null, box });
    expect(lesion.neighbours.every(({ boxes }) => boxes.length > 0)).toBe(true);
    const path = `/api/queries/${query.id}`;
    expect((await viewer.get(path)).json<Query>().box).toBeNull(); // what is asked is not what is kept
    expect((await viewer.ask("PUT", `${path}/box`, { body: { box } })).json<Query>().box).toEqual(box);
    expect((await viewer.get(path)).json<Query>().box).toEqual(box);
    const few = await link(query, { k: 50, box });
    expect(few).toMatchObject({ compared: "whole image", comparedReason: { code: "too-few-boxes" } });
  });

  test("says where query and neighbour are alike, and of others that they are none of its neighbours", async () => {
    const answer = await link(query, { k: 2 });
    const [nearest] = answer.neighbours;
    const path = (image: string) => `/api/queries/${query.id}/explanation/${encodeURIComponent(image)}`;
    const explained = (await viewer.get(path(nearest!.image))).json<Explanation>();
    expect(explained.similarity).toBeCloseTo(1 - nearest!.cosineDistance, 3);
    for (const { values, columns, rows } of [explained.query, explained.neighbour]) {
      expect(values).toHaveLength(columns * rows);
      expect(Math.max(...values)).toBe(1);
    }
    const { width, height } = query.picture!;
    expect(explained.query.area).toEqual({ x: 0, y: 0, width, height });
    const others = (await listImages(server.home.database)).filter(
      ({ id }) => !answer.neighbours.some(({ image }) => image === id),
    );
    expect(codeOf(await viewer.get(path(others[0]!.id)))).toEqual([404, "not-found"]);
  });

  test("never returns the query's own patient: as a file of the archive, as its image, with filters and a box", async () => {
    const images = await listImages(server.home.database);
    const own = images.find(
      ({ format, entity, exposure }) => format === "dicom" && entity !== null && exposure === null,
    )!;
    const file = await addFile(viewer, server.home.files.originalPath(own.fileId));
    const image = (await viewer.post("/api/queries", { image: own.id })).json<Query>();
    const box = { x: 0, y: 0, width: own.width, height: own.height };
    for (const asked of [file, image]) {
      for (const request of [
        {},
        { exact: true },
        { box },
        { filters: { sex: "female" } },
        { filters: { sex: "male" } },
      ]) {
        const { neighbours } = await link(asked, { k: 50, ...request });
        expect(neighbours.map(({ patient }) => patient)).not.toContain(own.patient);
      }
    }
    // Marks that the archive has on the same picture are proposed.
    await writeAnnotations(server.home.database, [
      { image: own.id, source: "test", annotations: [{ kind: "box", label: "lesion", box: [1, 2, 11, 22] }] },
    ]);
    const proposed = (await viewer.get(`/api/queries/${file.id}`)).json<Query>().proposedBoxes;
    expect(proposed).toContainEqual({ x: 1, y: 2, width: 10, height: 20 });
  });

  test("goes by labels and patients that were corrected a moment ago", async () => {
    const [nearest] = (await link(query)).neighbours;
    const before = (await listImages(server.home.database)).find(({ id }) => id === nearest!.image)!;
    await updateFacts(server.home.database, before.id, { entity: "Chordoma" });
    await expect
      .poll(async () => (await link(query)).neighbours.find(({ image }) => image === before.id)?.label, {
        timeout: 20_000,
      })
      .toBe("Chordoma");
    await updateFacts(server.home.database, before.id, { entity: before.entity });
  });

  test("stands in the audit log by who asked, without patient data", async () => {
    await link(query);
    const entries = await listAudit(server.home.database, { limit: 200 });
    const subjects = entries.filter(({ action }) => action === "linked query").map(({ subject }) => subject);
    expect(subjects).toContain(query.id);
  });
});

test("where nothing was trained or indexed, the answer says what to do", async () => {
  const empty = await startTestServer();
  try {
    const visitor = await empty.visitorOf("viewer");
    const query = await addFile(visitor, phantom.undiagnosed[0]!);
    expect(codeOf(await visitor.post(`/api/queries/${query.id}/link`, {}))).toEqual([409, "not-trained"]);
  } finally {
    await empty.close();
  }
});

test("annotators draw boxes on images of the archive; theirs take the place of their earlier ones", async () => {
  const [image] = await listImages(server.home.database);
  const path = `/api/images/${encodeURIComponent(image!.id)}/boxes`;
  const box = { x: 1, y: 2, width: 3, height: 4 };
  const put = (visitor: Visitor, boxes: unknown, to = path): Promise<Answer> =>
    visitor.ask("PUT", to, { body: { boxes } });
  const annotator = await server.visitorOf("annotator");
  expect(codeOf(await put(viewer, [box]))).toEqual([403, "not-allowed"]);
  expect((await put(annotator, [box, { ...box, x: 5 }])).status).toBe(200);
  expect((await put(annotator, [box])).json()).toEqual({ boxes: [box] });
  const own = (await listAnnotations(server.home.database, image!.id)).filter(({ source }) =>
    source.startsWith("user:"),
  );
  expect(own).toMatchObject([{ annotations: [{ kind: "box", label: "lesion", box: [1, 2, 4, 6] }] }]);
  expect(codeOf(await put(annotator, [{ ...box, x: 99_000 }]))).toEqual([422, "bad-input"]);
  expect((await put(annotator, [{ x: 1 }])).status).toBe(400);
  expect(codeOf(await put(annotator, [box], "/api/images/nothing/boxes"))).toEqual([404, "not-found"]);
});
