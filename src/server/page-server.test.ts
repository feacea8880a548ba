import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PageServer, servePage } from "./page-server.ts";

let server: PageServer;
let port: number;
beforeAll(async () => {
  server = await servePage("<h1>Precedents</h1>", 0);
  port = Number(new URL(server.url).port);
});
afterAll(() => server.close());

/** The status of the answer to a request sent as it is: `fetch` would tidy the path and choose the host. */
const statusOf = async (path: string, host: string): Promise<number> => {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/1.1\r\n${host === "" ? "" : `Host: ${host}\r\n`}Connection: close\r\n\r\n`);
  return Number((await text(socket)).split(" ")[1]);
};

test("the page is served on loopback, with a policy that lets nothing in", async () => {
  const page = await fetch(`http://127.0.0.1:${port}`);
  expect(await page.text()).toBe("<h1>Precedents</h1>");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test.each(["/../../etc/passwd", "/etc/passwd", "//", "/?", "http://localhost/"])(
  "%s is not there: only the page is",
  async (path) => {
    expect(await statusOf(path, `localhost:${port}`)).toBe(404);
  },
);

test("only who asks for this machine by a name of loopback is answered, and no page behind a foreign name", async () => {
  for (const name of ["localhost", "127.0.0.1", "[::1]", "LocalHost"])
    expect(await statusOf("/", `${name}:${port}`)).toBe(200);
  for (const host of ["evil.example", `evil.example:${port}`, "localhost", "localhost:1", `localhost.evil:${port}`])
    expect(await statusOf("/", host)).toBe(421);
  expect(await statusOf("/", "")).toBe(400);
});

test("another page can take the first one's place", async () => {
  const other = await servePage("still working", 0);
  other.show("done");
  expect(await (await fetch(other.url.replace("localhost", "127.0.0.1"))).text()).toBe("done");
  await other.close();
});

test("a taken port is told in a sentence", async () => {
  await expect(servePage("", port)).rejects.toThrow(`Port ${port} is taken by another program`);
});
