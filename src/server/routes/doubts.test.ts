import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importClinicalTable } from "../../../test/support/clinical-home.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import type { Doubt, DoubtDetail, DoubtFacets, DoubtPage } from "../../contract/doubts.ts";
import { readClinicalRecords } from "../../store/index.ts";

let server: RunningTestServer;
let annotator: Visitor;
let other: Visitor;
beforeAll(async () => {
  server = await startTestServer();
  await importClinicalTable(server.home);
  annotator = await server.visitorOf("annotator");
  other = await server.visitorOf("annotator");
});
afterAll(() => server.close());

const list = async (search = ""): Promise<DoubtPage> => (await annotator.get(`/api/doubts${search}`)).json<DoubtPage>();
const facets = async (): Promise<DoubtFacets> => (await annotator.get("/api/doubts/facets")).json<DoubtFacets>();
const decide = (id: string, body: object, by = annotator) => by.ask("PUT", `/api/doubts/${id}`, { body });
const theSex = async (): Promise<Doubt> => (await list("?rule=unknown-sex")).doubts[0]!;

test("are for annotators alone", async () => {
  const viewer = await server.visitorOf("viewer");
  const { id } = await theSex();
  for (const path of ["", "/facets", `/${id}`]) expect((await viewer.get(`/api/doubts${path}`)).status).toBe(403);
  expect((await decide(id, { state: "accepted" }, viewer)).status).toBe(403);
  expect((await viewer.post("/api/doubts/acceptances", { rule: "unknown-sex", expected: 1 })).status).toBe(403);
  expect((await server.visitor().get("/api/doubts")).status).toBe(401);
});

test("are counted by table and rule, and listed by them", async () => {
  const { tables, rules } = await facets();
  expect(tables).toMatchObject([{ name: "cases.csv" }]);
  expect(rules.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["approximate-value", "unknown-sex"]));
  const { total } = await list();
  expect(rules.reduce((sum, rule) => sum + rule.total, 0)).toBe(total);
  expect((await list(`?table=${tables[0]!.id}&rule=unknown-sex`)).doubts).toMatchObject([
    { kind: "cell", cell: { table: "cases.csv", line: 4, column: "Geschlecht", original: "?!", value: null } },
  ]);
  expect((await list("?rule=no-such-rule")).total).toBe(0);
});

test("are shown with the row as it was read", async () => {
  const { id } = await theSex();
  const { rows } = (await annotator.get(`/api/doubts/${id}`)).json<DoubtDetail>();
  expect(rows).toHaveLength(1);
  const cell = (column: string) => rows[0]!.cells.find((one) => one.column === column);
  expect(cell("Patientennummer")).toMatchObject({ field: "patient", value: "P03", original: null });
  expect(cell("Geschlecht")).toMatchObject({ field: "sex", value: null, original: "?!" });
});

describe("a decision", () => {
  test("is kept with who took it, and taken back by that person alone", async () => {
    const { id } = await theSex();
    const accepted = (await decide(id, { state: "accepted" })).json<Doubt>();
    expect(accepted.decision).toMatchObject({
      state: "accepted",
      by: expect.stringMatching(/^Person/),
      mayChange: true,
    });
    expect((await decide(id, { state: "open" }, other)).status).toBe(403);
    expect((await decide(id, { state: "corrected", value: "w" }, other)).status).toBe(403);
    const seen = (await other.get(`/api/doubts/${id}`)).json<DoubtDetail>();
    expect(seen.doubt.decision).toMatchObject({ state: "accepted", mayChange: false });
    expect((await list("?state=open")).doubts.map((one) => one.id)).not.toContain(id);
    expect((await decide(id, { state: "open" })).json<Doubt>().decision.state).toBe("open");
  });

  test("that corrects a cell is followed by the records, by a job, and taken back too", {
    timeout: 600_000,
  }, async () => {
    const sexOf = async (): Promise<string | undefined> =>
      (await readClinicalRecords(server.home.database)).patients.find(({ patient }) => patient === "P03")?.sex;
    expect(await sexOf()).toBeUndefined();
    const { id } = await theSex();
    expect((await decide(id, { state: "corrected", value: "w" })).status).toBe(200);
    await expect.poll(async () => (await facets()).isBehind, { timeout: 240_000 }).toBe(false);
    expect(await sexOf()).toBe("female");
    expect((await annotator.post("/api/doubts/undo", {})).json()).toEqual({ decided: 1 });
    await expect.poll(async () => (await facets()).isBehind, { timeout: 240_000 }).toBe(false);
    expect(await sexOf()).toBeUndefined();
  });

  test("that cannot be read as the column is, or names nothing, is refused and changes nothing", async () => {
    const { id } = await theSex();
    expect((await decide(id, { state: "corrected", value: "neither" })).status).toBe(422);
    expect((await decide(id, { state: "corrected" })).status).toBe(400);
    expect((await decide("0123456789abcdef", { state: "accepted" })).status).toBe(404);
    expect((await decide("nothing", { state: "accepted" })).status).toBe(400);
    expect((await theSex()).decision.state).toBe("open");
  });
});

test("all of a rule are accepted where they are as many as the person saw, and taken back at once", async () => {
  const before = (await list("?state=open")).total;
  const { open } = (await facets()).rules.find(({ rule }) => rule === "approximate-value")!;
  const accept = (expected: number) =>
    annotator.post("/api/doubts/acceptances", { rule: "approximate-value", expected });
  expect((await accept(open + 1)).status).toBe(409);
  expect((await accept(open)).json()).toEqual({ decided: open });
  expect((await list("?state=open")).total).toBe(before - open);
  expect((await other.post("/api/doubts/undo", {})).json()).toEqual({ decided: 0 });
  expect((await annotator.post("/api/doubts/undo", {})).json()).toEqual({ decided: open });
  expect((await list("?state=open")).total).toBe(before);
});
