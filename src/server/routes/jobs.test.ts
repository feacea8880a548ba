import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import type { Job } from "../../contract/jobs.ts";

let server: RunningTestServer;
let researcher: Visitor;
let viewer: Visitor;
let allowed: string;

beforeAll(async () => {
  const importFolders: string[] = [];
  server = await startTestServer({ importFolders });
  allowed = join(server.home.files.root, "..", "allowed");
  importFolders.push(allowed);
  await mkdir(join(allowed, "deep"), { recursive: true });
  await symlink("/etc", join(allowed, "out"));
  researcher = await server.loggedIn("researcher");
  viewer = await server.loggedIn("viewer");
});
afterAll(() => server.close());

const start = (visitor: Visitor, kind: string, settings: object) => visitor.post("/api/jobs", { kind, settings });

/** A job that has ended, as this visitor sees it. */
const ended = async (visitor: Visitor, id: string): Promise<Job> => {
  for (;;) {
    const job = (await visitor.get(`/api/jobs/${id}`)).json<Job>();
    if (job.finishedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test("only who may do the work may ask for it, see what it was told, cancel it and let it go on", async () => {
  const annotator = await server.loggedIn("annotator");
  for (const visitor of [viewer, annotator, server.visitor()]) {
    expect([401, 403]).toContain((await start(visitor, "build-index", {})).status);
  }
  const asked = await start(researcher, "train-precedents", { preset: "small", epochs: 3 });
  expect(asked.status).toBe(201);
  const { id } = asked.json<Job>();
  const own = await ended(researcher, id);
  expect(own).toMatchObject({ state: "failed", settings: { epochs: 3 }, mayResume: true });
  expect(own.problem!.code).toBe("bad-input"); // there is nothing to learn from
  expect(await ended(viewer, id)).toMatchObject({ state: "failed", settings: {}, result: null, mayResume: false });
  expect((await ended(viewer, id)).problem).toEqual({
    code: "bad-input",
    detail: "Who may start such a job sees why.",
  });
  expect((await annotator.post(`/api/jobs/${id}/resume`, {})).status).toBe(403);
  expect((await viewer.post(`/api/jobs/${id}/cancel`, {})).status).toBe(403);
  const again = await researcher.post(`/api/jobs/${id}/resume`, {});
  expect(again.json<Job>()).toMatchObject({ state: "waiting", problem: null });
  await ended(researcher, id);
  expect(
    (await researcher.get("/api/jobs?state=failed&kind=train-precedents")).json<{ jobs: Job[] }>().jobs,
  ).toHaveLength(1);
  expect((await researcher.get("/api/jobs?state=waiting")).json()).toEqual({ jobs: [] });
});

test.each([
  [{ kind: "nothing", settings: {} }],
  [{ kind: "train-precedents", settings: { epochs: "many" } }],
  [{ kind: "train-precedents", settings: { unknown: 1 } }],
  [{ kind: "build-index" }],
  [[]],
])("%j is no job", async (body) => {
  const answer = await researcher.post("/api/jobs", body);
  expect([answer.status, answer.json().code]).toEqual([400, "bad-usage"]);
});

test("folders are imported from where the server was told to, and nowhere else, by no way around", async () => {
  const at = (folder: string) => start(researcher, "import-radiographs", { folder });
  for (const folder of [
    "/etc",
    join(allowed, ".."),
    join(allowed, "out"),
    `${allowed}2`,
    "allowed",
    join(allowed, "none"),
  ])
    expect([folder, (await at(folder)).status]).toEqual([folder, 403]);
  const { id } = (await at(join(allowed, "deep"))).json<Job>();
  expect(await ended(researcher, id)).toMatchObject({ state: "finished", result: { files: 0, imported: 0 } });
});

/** Reads server-sent events until one is as wanted. */
const readEvents = async (visitor: Visitor, isWanted: (job: Job) => boolean): Promise<Job[]> => {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/events`, { headers: { cookie }, signal: stop.signal });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  expect(response.headers.get("content-security-policy")).toContain("default-src");
  const heard: Job[] = [];
  let text = "";
  for await (const chunk of response.body!) {
    text += Buffer.from(chunk).toString();
    const events = text.split("\n\n");
    text = events.pop()!;
    for (const event of events) {
      const [, data] = /^event: job\ndata: (.*)$/.exec(event) ?? [];
      if (data) heard.push(JSON.parse(data) as Job);
    }
    if (heard.some(isWanted)) break;
  }
  stop.abort();
  return heard;
};

test("who listens hears how a job goes, each as their role allows; nobody else listens", async () => {
  expect((await server.visitor().get("/api/events")).status).toBe(401);
  const isOver = (job: Job): boolean => job.kind === "build-index" && job.finishedAt !== null;
  const both = Promise.all([readEvents(researcher, isOver), readEvents(viewer, isOver)]);
  while (server.services.events.size < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  await start(researcher, "build-index", {});
  const [own, others] = await both;
  const states = (jobs: readonly Job[]): string[] =>
    jobs.filter(({ kind }) => kind === "build-index").map(({ state }) => state);
  expect(states(own!)).toEqual(["waiting", "running", "failed"]);
  expect(states(others!)).toEqual(["waiting", "running", "failed"]);
  expect([own!.at(-1)!.mayResume, others!.at(-1)!.mayResume]).toEqual([true, false]);
});

test("streams of events do not keep the server from ending", async () => {
  const other = await startTestServer();
  const visitor = await other.loggedIn("viewer");
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const response = await fetch(`${other.url}/api/events`, { headers: { cookie } });
  const read = response.text();
  await other.close();
  expect(await read).toContain("retry:");
});
