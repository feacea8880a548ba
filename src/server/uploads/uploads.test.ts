import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { Visitor } from "../../../test/support/visitor.ts";
import { hashContent, openHome } from "../../store/index.ts";
import { Uploads } from "./uploads.ts";

let server: RunningTestServer;
let viewer: Visitor;
let clock = new Date("2026-01-01T12:00:00Z");

beforeAll(async () => {
  server = await startTestServer({ now: () => clock });
  viewer = await server.loggedIn("viewer");
});
afterEach(async () => {
  for (const id of await filesThere()) await server.services.uploads.remove(id);
});
afterAll(() => server.close());

const filesThere = (): Promise<string[]> => readdir(server.home.files.uploads);

const send = async (body: Uint8Array | string, headers: Record<string, string> = {}, who = viewer) =>
  who.post("/api/uploads", body, { headers });

/** Waits until something holds, as long as the test may take. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

test("a file comes in whole, under a random id, with the name its sender gave it", async () => {
  const bytes = new Uint8Array(3 * 2 ** 20).map((_, i) => i * 7);
  const answer = await send(bytes, { "x-file-name": encodeURIComponent("Müller, Anna.dcm") });
  expect(answer.status).toBe(201);
  const { id } = answer.json<{ id: string }>();
  expect(answer.json()).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), bytes: bytes.length });
  expect(await filesThere()).toEqual([id]);
  expect(hashContent(await readFile(join(server.home.files.uploads, id)))).toBe(hashContent(bytes));
  const person = (await viewer.get("/api/session")).json<{ person: { id: string; name: string; role: "viewer" } }>();
  expect(await server.services.uploads.get(id, person.person)).toMatchObject({ name: "Müller, Anna.dcm" });
});

test("a name of folders stays a name", async () => {
  const { id } = (await send("x", { "x-file-name": "..%2F..%2F..%2Fescape.dcm" })).json<{ id: string }>();
  const [upload] = await server.services.uploads.getAll([id], { id: "", name: "", role: "administrator" });
  expect(upload!.name).toBe("escape.dcm");
  expect((await send("x", { "x-file-name": "%" })).status).toBe(400);
});

test("an empty file, one that is too large, announced or not, and another content type are refused", async () => {
  await server.services.settings.change({ uploadMebibytes: 1 });
  try {
    expect((await send(new Uint8Array(0))).status).toBe(422);
    const large = await send(new Uint8Array(2 ** 20 + 1));
    expect([large.status, large.json().code]).toEqual([413, "too-large"]);
    expect(await sendInChunks(40)).toBe(413);
    expect((await viewer.post("/api/uploads", { not: "bytes" })).status).toBe(415);
    expect(await filesThere()).toEqual([]);
  } finally {
    await server.services.settings.change({ uploadMebibytes: 512 });
  }
});

/** Sends a body whose length is not announced, in chunks of 64 KiB; breaks off after `breakAfter` of them. */
const sendInChunks = (chunks: number, breakAfter = Number.POSITIVE_INFINITY): Promise<number | "broken off"> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(server.url);
    const outgoing = request({
      hostname,
      port,
      method: "POST",
      path: "/api/uploads",
      headers: {
        host: `${hostname}:${port}`,
        origin: server.url,
        "content-type": "application/octet-stream",
        "transfer-encoding": "chunked",
        "x-csrf-token": viewer.csrfToken!,
        cookie: [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
    });
    outgoing.on("response", (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    outgoing.on("error", () => resolve("broken off"));
    const write = async (): Promise<void> => {
      for (let i = 0; i < chunks; i++) {
        if (i === breakAfter) return void outgoing.destroy();
        if (!outgoing.write(new Uint8Array(2 ** 16))) await once(outgoing, "drain");
      }
      outgoing.end();
    };
    write().catch(() => {});
  });

test("an upload that breaks off leaves nothing, and the server goes on", async () => {
  expect(await sendInChunks(100, 30)).toBe("broken off");
  await until(async () => (await filesThere()).length === 0);
  expect(await sendInChunks(5)).toBe(201);
});

test("only who uploaded a file, or an administrator, gets to it", async () => {
  const { id } = (await send("x")).json<{ id: string }>();
  const { uploads } = server.services;
  await expect(uploads.path(id, { id: "another", name: "", role: "researcher" })).rejects.toThrow("no such upload");
  expect(await uploads.path(id, { id: "boss", name: "", role: "administrator" })).toBe(
    join(server.home.files.uploads, id),
  );
  const job = await (await server.loggedIn("researcher")).post("/api/jobs", {
    kind: "import-radiographs",
    settings: { uploads: [id] },
  });
  expect(job.status).toBe(404);
  expect((await send("x", {}, server.visitor())).status).toBe(401);
});

test("what nothing needs is swept after a day; what is kept stays, and strays of a killed server go at the start", async () => {
  const [old, kept] = [(await send("old")).json<{ id: string }>().id, (await send("kept")).json<{ id: string }>().id];
  await server.services.uploads.keep(kept, "a job");
  await server.services.uploads.sweep();
  expect((await filesThere()).sort()).toEqual([old, kept].sort());
  clock = new Date(clock.getTime() + 25 * 3_600_000);
  viewer = await server.loggedIn("viewer"); // a day is longer than a session
  await server.services.uploads.sweep();
  expect(await filesThere()).toEqual([kept]);
  const stray = join(server.home.files.uploads, "stray.part");
  await writeFile(stray, "half");
  await utimes(stray, clock, clock);
  (await Uploads.open({ home: server.home, now: () => clock, mostBytes: () => 1 })).close();
  expect(await filesThere()).toEqual([kept]);
});

const canMount = (): boolean => {
  const trial = mkdtempSync(join(tmpdir(), "osteon-mount-"));
  try {
    return (
      spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", trial]).status === 0 &&
      spawnSync("umount", [trial]).status === 0
    );
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
};

test.skipIf(!canMount())("a full disk is told as such and left clean (skipped where none can be mounted)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "osteon-full-"));
  const home = await openHome(folder, { command: "a test", since: "2026", create: true });
  const person = { id: "p", name: "p", role: "viewer" } as const;
  const file = { name: "x.dcm", person };
  const open = (reservedBytes?: number) =>
    Uploads.open({
      home,
      now: () => clock,
      mostBytes: () => 2 ** 30,
      ...(reservedBytes === undefined ? {} : { reservedBytes }),
    });
  (await open()).close();
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "none", home.files.uploads]);
  try {
    const careful = await open();
    const careless = await open(0);
    const twoMebibytes = () => Readable.from(Array.from({ length: 32 }, () => new Uint8Array(2 ** 16)));
    await expect(careful.receive(Readable.from(["x"]), { ...file, announcedBytes: 1 })).rejects.toThrow("disk is full");
    await expect(careless.receive(twoMebibytes(), { ...file, announcedBytes: 1 })).rejects.toMatchObject({
      code: "no-room",
    });
    expect(await readdir(home.files.uploads)).toEqual([]);
    const first = new PassThrough();
    const large = { ...file, announcedBytes: 700 * 2 ** 10 };
    const firstReceived = careless.receive(first, large);
    await expect(careless.receive(Readable.from(["x"]), large)).rejects.toThrow("disk is full"); // each fits, both do not
    first.end("x");
    await careless.remove((await firstReceived).id);
    const { id } = await careless.receive(Readable.from([Buffer.from("x")]), { ...file, announcedBytes: 1 });
    expect((await stat(join(home.files.uploads, id))).size).toBe(1);
    careful.close();
    careless.close();
  } finally {
    execFileSync("umount", [home.files.uploads]);
    await home.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
