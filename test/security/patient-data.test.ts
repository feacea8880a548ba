/** No patient data in logs, addresses, errors or the audit log: planted names go through the whole server and are looked for. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLog } from "../../src/server/logs/log.ts";
import { type RunningTestServer, startTestServer } from "../support/running-server.ts";
import type { Answer, Visitor } from "../support/visitor.ts";
import { type PhantomHome, phantomHome } from "../support/workbench/phantom-home.ts";

/** What must be seen nowhere but where it was put; each of them is unlike anything else here. */
const planted = {
  name: "Zwiebelfisch^Kunigunde",
  file: "Zwiebelfisch_Kunigunde_Knie_links.dcm",
  patient: "PAT-7734-Quastenflosser",
  text: "Herr Eulenspiegel berichtet",
} as const;
const traces = [/zwiebelfisch/i, /kunigunde/i, /quastenflosser/i, /eulenspiegel/i];

let phantom: PhantomHome;
let server: RunningTestServer;
let administrator: Visitor;
let logFile: string;

beforeAll(async () => {
  phantom = await phantomHome();
  logFile = join(phantom.home, "..", "server.log");
  server = await startTestServer({ directory: phantom.home, log: openLog(logFile) });
  administrator = await server.visitorOf("administrator");
}, 600_000);
afterAll(async () => {
  await server?.close();
  await phantom?.remove();
});

const expectNoTrace = (text: string, where: string): void => {
  for (const trace of traces) expect(text, where).not.toMatch(trace);
};

/** Errors never quote what was sent. */
const expectSafe = ({ status, text, headers }: Answer, where: string): void => {
  if (status >= 400) expectNoTrace(text, `${where} (${status})`);
  expectNoTrace(headers.get("location") ?? "", where);
};

const upload = async (bytes: Uint8Array, name: string): Promise<string> => {
  const answer = await administrator.post("/api/uploads", bytes, {
    headers: { "x-file-name": encodeURIComponent(name) },
  });
  expect(answer.status).toBe(201);
  expectNoTrace(answer.text, "the answer to an upload");
  return answer.json<{ id: string }>().id;
};

/** A radiograph of the phantom centre with planted words in its header, in the place of words of the same length. */
const plantedRadiograph = async (): Promise<Uint8Array> => {
  const bytes = new Uint8Array(await readFile(phantom.undiagnosed[0]!));
  const preamble = bytes.subarray(0, 132 + 400);
  expect(new TextDecoder("latin1").decode(preamble)).toContain("DICM");
  const name = new TextEncoder().encode(planted.name);
  const element = new Uint8Array([0x10, 0, 0x10, 0, 0x50, 0x4e, name.length, 0, ...name]);
  return insertBefore(bytes, [0x10, 0, 0x20, 0, 0x4c, 0x4f], element); // the name goes before the number of the patient
};

const insertBefore = (bytes: Uint8Array, tag: readonly number[], element: Uint8Array): Uint8Array => {
  const at = Buffer.from(bytes).indexOf(Buffer.from(tag));
  if (at < 0) throw new Error("The radiograph has no such element.");
  return new Uint8Array([...bytes.subarray(0, at), ...element, ...bytes.subarray(at)]);
};

const jobEnd = async (id: string): Promise<{ state: string }> => {
  for (;;) {
    const job = (await administrator.get(`/api/jobs/${id}`)).json<{ state: string }>();
    if (job.state !== "waiting" && job.state !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

test("a radiograph with a planted name is linked, imported and looked at", { timeout: 300_000 }, async () => {
  const radiograph = await plantedRadiograph();
  const query = await administrator.post("/api/queries", { upload: await upload(radiograph, planted.file) });
  expect(query.status).toBe(201);
  const { id } = query.json<{ id: string }>();
  for (const [method, path, body] of [
    ["GET", `/api/queries/${id}`],
    ["GET", `/api/queries/${id}/picture`],
    ["POST", `/api/queries/${id}/link`, { k: 3 }],
    ["DELETE", `/api/queries/${id}`],
  ] as const) {
    const answer = await administrator.ask(method, path, body === undefined ? {} : { body });
    expect(answer.status, `${method} ${path}`).toBeLessThan(300);
  }
  const uploads = [
    await upload(radiograph, planted.file),
    await upload(new TextEncoder().encode(`no radiograph of ${planted.name}`), `broken ${planted.file}`),
  ];
  const settings = { uploads };
  const job = (await administrator.post("/api/jobs", { kind: "import-radiographs", settings })).json<{ id: string }>();
  expect((await jobEnd(job.id)).state).toBe("finished");
  const table = await upload(
    new TextEncoder().encode(`patient;report;text\n${planted.patient};R1;${planted.text}\n`),
    `${planted.patient}.csv`,
  );
  const reports = await administrator.post("/api/jobs", { kind: "import-reports", settings: { uploads: [table] } });
  await jobEnd(reports.json<{ id: string }>().id);
});

test("routes that fail tell nothing of what they were sent", { timeout: 300_000 }, async () => {
  const words = [planted.name, planted.patient, planted.text];
  for (const { method, url } of server.app.apiRoutes) {
    if (url === "/api/events" || url === "/api/account/sessions" || url === "/api/session") continue;
    if (url === "/api/atlas/regions") continue; // the name of a region is its id, and takes what it is given
    for (const word of words) {
      const path = url.replaceAll(/:\w+/g, encodeURIComponent(word));
      const search = method === "GET" ? `?text=${encodeURIComponent(word)}&patient=${encodeURIComponent(word)}` : "";
      const body = {
        [word]: word,
        name: word,
        text: word,
        patient: word,
        filter: { text: 7, [word]: word },
        kind: word,
      };
      const answer = await administrator.ask(method, `${path}${search}`, method === "GET" ? {} : { body });
      expectSafe(answer, `${method} ${url}`);
    }
  }
  for (const word of words)
    expectSafe(await administrator.get(`/${encodeURIComponent(word)}?${encodeURIComponent(word)}`), "a page");
  for (const address of [`/api/images/%ZZ${planted.file}`, `/api/images/${planted.file.repeat(4)}/%E0%A4%A`])
    expectSafe(await administrator.get(address), "an address that cannot be read");
  const secret = planted.name.repeat(2);
  expectSafe(await server.visitor().logIn(planted.name, secret), "a login");
  expectSafe(
    await administrator.post("/api/jobs", { kind: "import-radiographs", settings: { folder: `/${planted.name}` } }),
    "a folder",
  );
});

test("the log of the server says much, and nothing of patients", async () => {
  const log = await readFile(logFile, "utf8");
  expect(log.split("\n").length).toBeGreaterThan(100);
  expectNoTrace(log, "the log");
});

test("the audit log says who did what to what, and nothing of patients", async () => {
  const rows = await server.home.database.selectFrom("audit_log").selectAll().execute();
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["added query", "linked query", "viewed query"]),
  );
  const { text } = await administrator.get("/api/audit/export");
  expectNoTrace(`${JSON.stringify(rows)}${text}`, "the audit log");
});

test("who sees too little does not see it by an error", async () => {
  const viewer = await server.visitorOf("viewer");
  for (const { method, url, role } of server.app.apiRoutes) {
    if (role === "public" || role === "viewer") continue;
    const answer = await viewer.ask(
      method,
      url.replaceAll(/:\w+/g, encodeURIComponent(planted.name)),
      method === "GET" ? {} : { body: {} },
    );
    expect(answer.status, `${method} ${url}`).toBe(403);
    expectSafe(answer, `${method} ${url}`);
  }
});
