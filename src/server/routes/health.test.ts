import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";

let server: RunningTestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("whether it lives and is ready is told to anybody, and nothing else is", async () => {
  for (const [path, status] of [
    ["/api/health/live", "live"],
    ["/api/health", "ready"],
  ] as const) {
    const answer = await server.visitor().get(path);
    expect([answer.status, answer.text]).toEqual([200, JSON.stringify({ status })]);
  }
});

test("a database that does not answer is not ready", async () => {
  const other = await startTestServer();
  try {
    await other.home.database.destroy();
    const answer = await other.visitor().get("/api/health");
    expect([answer.status, answer.json()]).toEqual([503, { status: "not ready" }]);
    expect((await other.visitor().get("/api/health/live")).status).toBe(200);
  } finally {
    await other.close().catch(() => {}); // its database is closed already
  }
});

test("figures go to this machine and to administrators, not to others through a proxy, and name nobody", async () => {
  const researcher = await server.loggedIn(
    "researcher",
    (await server.addPerson("researcher", "a-name-to-find")).login,
  );
  await researcher.get("/api/jobs/an-id-to-find");
  const throughProxy = { headers: { "x-forwarded-for": "192.0.2.7" } };
  expect((await researcher.get("/api/metrics", throughProxy)).status).toBe(403);
  const terse = { headers: { "x-forwarded-proto": "https" } };
  expect((await researcher.get("/api/metrics", terse)).status).toBe(403);
  expect((await (await server.loggedIn("administrator")).get("/api/metrics", throughProxy)).status).toBe(200);
  const { status, text } = await server.visitor().get("/api/metrics");
  expect(status).toBe(200);
  expect(text).toMatch(/^osteon_request_seconds_count\{method="GET",route="\/api\/jobs\/:id",status="404"\} 1$/m);
  expect(text).toMatch(/^osteon_jobs\{state="waiting"\} 0$/m);
  expect(text).toMatch(/^process_cpu_seconds_total /m);
  for (const secret of ["a-name-to-find", "an-id-to-find"]) expect(text).not.toContain(secret);
});

test("the API describes itself by a valid OpenAPI document that has every route", async () => {
  const document = (await server.visitor().get("/api/openapi.json")).json();
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  expect(document.openapi).toMatch(/^3\.1/);
  const { paths } = document as { paths: Record<string, Record<string, { requestBody?: unknown }>> };
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/api/jobs/{id}/cancel", "/api/uploads", "/api/events"]));
  expect(JSON.stringify(paths["/api/jobs"]!.post!.requestBody)).toContain("train-precedents");
});

test("addresses of the API that are not there are problems, whatever the method", async () => {
  for (const method of ["GET", "POST", "DELETE"]) {
    const answer = await server.visitor().ask(method, "/api/nothing/here");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      404,
      expect.stringContaining("application/problem+json"),
    ]);
  }
});
