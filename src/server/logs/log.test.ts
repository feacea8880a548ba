import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import { openLog } from "./log.ts";

let folder: string;
let file: string;
let server: RunningTestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-log-"));
  file = join(folder, "osteon.log");
  server = await startTestServer({ log: openLog(file) });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const entries = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("each request is a line: route, status, time and who by id; no value, name or body of it", async () => {
  const { id, login } = await server.addPerson("researcher", "secret-login");
  const visitor = await server.loggedIn("researcher", login);
  await visitor.get("/api/jobs/secret-id?secret=query", { headers: { "x-secret": "secret-header" } });
  await visitor.post("/api/uploads", "secret-body", { headers: { "x-file-name": "secret-name.dcm" } });
  await visitor.post("/api/jobs", { kind: "secret-kind", settings: { secret: "secret-setting" } });
  await visitor.get("/secret-page");
  const log = await entries();
  expect(log).toContainEqual({
    level: 30,
    time: expect.any(String),
    method: "GET",
    route: "/api/jobs/:id",
    status: 404,
    ms: expect.any(Number),
    person: id,
  });
  expect(log.map(({ route }) => route)).toEqual(expect.arrayContaining(["/api/uploads", "/api/jobs", "none"]));
  expect(await readFile(file, "utf8")).not.toContain("secret");
});

test("a mistake in the program is told by its place, not by its words, which may quote data", async () => {
  await server.home.database.destroy();
  const answer = await server.visitor().get("/api/session");
  await server.visitor().post("/api/session", { login: "x", password: "y" });
  expect(answer.text).not.toContain("driver");
  const log = await readFile(file, "utf8");
  const failure = (await entries()).find(({ level }) => level === 50);
  expect(failure).toMatchObject({ msg: "a request failed", frames: expect.stringMatching(/at .*\.ts/) });
  expect(log).not.toContain("driver has already been destroyed");
});

test("a disk that is full stops the log, and not the server", async () => {
  const log = openLog("/dev/full");
  for (let i = 0; i < 3; i++) log.info("a line that finds no room");
  await new Promise((resolve) => setImmediate(resolve)); // an error that nobody hears would have failed the test by now
});

test("a log that cannot be written is told before the start", () => {
  expect(() => openLog(join(folder, "none", "x.log"))).toThrow();
});
