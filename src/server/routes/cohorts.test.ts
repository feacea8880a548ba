import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importClinicalTable, patientCount } from "../../../test/support/clinical-home.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import type {
  CohortDetail,
  DefinitionCheck,
  Description,
  ExcludedPage,
  LeakList,
  MemberPage,
  Split,
} from "../../contract/cohorts.ts";
import { buildCohortFromHome } from "../../systems/cohort/index.ts";

const definition = {
  format: "osteon-cohort",
  version: 1,
  name: "adults",
  title: "Adults",
  start: "All patients",
  criteria: [
    { include: { known: ["entity"] }, reason: "No diagnosis" },
    { exclude: { ageYears: { to: 17 } }, reason: "Minors" },
  ],
};

let server: RunningTestServer;
let viewer: Visitor;
let researcher: Visitor;
beforeAll(async () => {
  server = await startTestServer();
  await importClinicalTable(server.home);
  await buildCohortFromHome(server.home.database, JSON.stringify(definition), { at: new Date() });
  viewer = await server.visitorOf("viewer");
  researcher = await server.visitorOf("researcher");
});
afterAll(() => server.close());

describe("a cohort", () => {
  test("is listed and told with a flow that adds up", async () => {
    expect((await viewer.get("/api/cohorts")).json()).toMatchObject({
      cohorts: [{ name: "adults", title: "Adults", patients: patientCount - 1 }],
    });
    const { flow, patients } = (await viewer.get("/api/cohorts/adults")).json<CohortDetail>();
    let before = flow.start;
    for (const { excluded, remaining } of flow.steps) {
      for (const key of ["patients", "cases", "images"] as const)
        expect(excluded[key] + remaining[key]).toBe(before[key]);
      before = remaining;
    }
    expect([flow.start.patients, before.patients]).toEqual([patientCount, patients]);
  });

  test("is drawn for paper and for the dark, and given as a table", async () => {
    const [light, dark] = await Promise.all(
      ["light", "dark"].map((appearance) => viewer.get(`/api/cohorts/adults/flow.svg?appearance=${appearance}`)),
    );
    expect(light!.headers.get("content-type")).toBe("image/svg+xml");
    for (const { text } of [light!, dark!]) expect(text).toMatch(/^<svg [\s\S]*Minors \(n = 1\)/);
    expect(light!.text).not.toBe(dark!.text);
    const table = await viewer.get("/api/cohorts/adults/flow.csv");
    expect(table.headers.get("content-disposition")).toBe('attachment; filename="adults-flow.csv"');
    expect(table.text.trim().split("\n").at(-1)).toMatch(/^Minors,1,1,0,15,/);
  });

  test("is described with tests and missing values, and as a file", async () => {
    const { rows } = (await viewer.get("/api/cohorts/adults/description?by=entity")).json<Description>();
    expect(rows[0]).toEqual(["", "all (n = 15)", "Osteosarcoma (n = 8)", "Enchondroma (n = 7)", "p", "test"]);
    expect(rows.map(([title]) => title)).toContain("  missing");
    const { text } = await viewer.get("/api/cohorts/adults/description.csv?by=entity");
    expect(text.split("\n")).toHaveLength(rows.length + 1);
  });

  test("shows the numbers of patients to researchers alone", async () => {
    const seen = (await viewer.get("/api/cohorts/adults/members?limit=5")).json<MemberPage>();
    expect(seen.total).toBe(patientCount - 1);
    expect(seen.members.map(({ patient }) => patient)).toEqual([null, null, null, null, null]);
    expect(seen.members[0]).toMatchObject({ number: 1, entity: "Osteosarcoma", ageYears: 21, site: "femur" });
    const page = (await researcher.get("/api/cohorts/adults/members?offset=5&limit=5")).json<MemberPage>();
    expect(page.members.map(({ patient }) => patient)).toEqual(["P07", "P08", "P09", "P10", "P11"]);
    const excluded = (await researcher.get("/api/cohorts/adults/excluded?criterion=1")).json<ExcludedPage>();
    expect(excluded).toEqual({ total: 1, patients: [{ patient: "P01", entity: "Enchondroma", ageYears: 7 }] });
    for (const path of ["excluded?criterion=1", "export.csv", "splits/default/split.json"]) {
      expect((await viewer.get(`/api/cohorts/adults/${path}`)).status).toBe(403);
    }
    expect((await viewer.post("/api/cohorts/check", { definition: "{}" })).status).toBe(403);
  });

  test("leaves the archive as a table, with what was known at a moment alone, and the audit log says so", async () => {
    const { text, headers } = await researcher.get("/api/cohorts/adults/export.csv?knownAt=imaging");
    expect(headers.get("content-disposition")).toBe('attachment; filename="adults.csv"');
    const [heading, ...rows] = text.trim().split("\n");
    expect(heading).toMatch(/^patient,/);
    expect(heading).not.toContain("malignancy");
    expect(rows).toHaveLength(patientCount - 1);
    const administrator = await server.visitorOf("administrator");
    const log = (await administrator.get("/api/audit")).text;
    expect(log).toContain("exported cohort");
    expect(log).toContain('"adults"');
  });
});

describe("a split", () => {
  const plan = {
    name: "study",
    parts: [
      { name: "train", share: 0.7 },
      { name: "test", share: 0.3 },
    ],
    seed: 5,
  };

  test("is made by researchers, the same from the same seed, and described with its proportions", async () => {
    expect((await viewer.post("/api/cohorts/adults/splits", plan)).status).toBe(403);
    const made = await researcher.post("/api/cohorts/adults/splits", plan);
    expect(made.status).toBe(201);
    const { parts, strata } = made.json<Split>();
    expect(parts.reduce((sum, { patients }) => sum + patients, 0)).toBe(patientCount - 1);
    expect(strata.map(({ stratum }) => stratum)).toEqual(["Osteosarcoma", "Enchondroma"]);
    const file = () => researcher.get("/api/cohorts/adults/splits/study/split.json");
    const { text, headers } = await file();
    expect(headers.get("content-type")).toContain("application/json");
    expect(JSON.parse(text)).toMatchObject({ format: "osteon-split", name: "study" });
    await researcher.post("/api/cohorts/adults/splits", plan);
    expect((await file()).text).toBe(text);
  });

  test("is looked through for leaks, which name patients to researchers alone", async () => {
    await researcher.post("/api/cohorts/adults/splits", plan);
    const of = async (visitor: Visitor) =>
      (await visitor.get("/api/cohorts/adults/splits/study/leaks")).json<LeakList>();
    const [seen, known] = [await of(viewer), await of(researcher)];
    expect(seen.leaks).toHaveLength(known.leaks.length);
    for (const leak of seen.leaks) expect(leak.patients).toBeNull();
  });

  test.each([
    ["one part", { ...plan, parts: [{ name: "train", share: 1 }] }],
    ["shares that are no whole", { ...plan, parts: plan.parts.map((part) => ({ ...part, share: 0.9 })) }],
    ["a field that is none", { ...plan, by: "patient" }],
    ["a name with a slash", { ...plan, name: "../x" }],
    ["more folds than patients", { ...plan, folds: 100 }],
  ])("with %s is refused", async (_, bad) => {
    expect((await researcher.post("/api/cohorts/adults/splits", bad)).status).toBe(400);
  });
});

describe("a definition that is being written", () => {
  const check = async (text: string): Promise<DefinitionCheck> =>
    (await researcher.post("/api/cohorts/check", { definition: text })).json<DefinitionCheck>();

  test("is counted without being built", async () => {
    const { problems, preview } = await check(JSON.stringify({ ...definition, name: "others" }));
    expect(problems).toEqual([]);
    expect(preview).toMatchObject({ name: "others", patients: patientCount - 1, replaces: false });
    expect((await check(JSON.stringify(definition))).preview).toMatchObject({ replaces: true });
    expect((await viewer.get("/api/cohorts/others")).status).toBe(404);
  });

  test("is told where it is wrong", async () => {
    expect((await check("{")).problems).toEqual([{ path: [], message: expect.stringContaining("no JSON") }]);
    const slip = { ...definition, criteria: [{ include: { entity: ["Osteosarkom"] }, reason: "Another" }] };
    expect((await check(JSON.stringify(slip))).problems).toEqual([
      { path: ["criteria", 0, "include", "entity", 0], message: expect.stringContaining('"Osteosarcoma"') },
    ]);
    const empty = { ...definition, criteria: [{ include: { ageYears: { from: "x" } }, reason: "" }] };
    const paths = (await check(JSON.stringify(empty))).problems.map(({ path }) => path.join("."));
    expect(paths).toEqual(expect.arrayContaining(["criteria.0.include.ageYears.from", "criteria.0.reason"]));
  });
});

test.each([
  "/api/cohorts/none",
  "/api/cohorts/none/flow.svg",
  "/api/cohorts/none/members",
  "/api/cohorts/adults/splits/none/leaks",
  "/api/cohorts/adults/excluded?criterion=9",
])("%s is not there", async (path) => {
  expect((await researcher.get(path)).status).toBe(404);
});

test.each([
  "/api/cohorts/..%2f..%2fetc",
  "/api/cohorts/adults/members?limit=1000",
  "/api/cohorts/adults/description?by=patient",
  "/api/cohorts/adults/flow.svg?appearance=%3Cscript%3E",
])("%s is malformed", async (path) => {
  expect((await researcher.get(path)).status).toBe(400);
});
