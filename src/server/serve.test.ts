import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHome } from "../store/index.ts";
import { serve } from "./serve.ts";
import { startServices } from "./start-services.ts";

test("a browser that stops in the middle of an upload does not keep the server from ending, and leaves nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-serve-"));
  const home = await openHome(folder, { command: "a test", since: "2020", create: true });
  const services = await startServices(home, { now: () => new Date() });
  try {
    const server = await serve(services, { host: "127.0.0.1", port: 0, version: "0", pages: join(folder, "no-pages") });
    const { host, port } = new URL(server.url);
    const browser = connect(Number(port), "127.0.0.1");
    const gone = once(browser, "close");
    browser.on("error", () => {}); // reset by the server
    browser.write(
      `POST /api/uploads HTTP/1.1\r\nhost: ${host}\r\norigin: ${server.url}\r\ncontent-type: application/octet-stream\r\n` +
        "x-file-name: one.dcm\r\ncontent-length: 1000\r\n\r\nonly this much",
    );
    await expect.poll(() => readdir(home.files.uploads)).toHaveLength(1);
    await server.close();
    await gone;
    await expect.poll(() => readdir(home.files.uploads)).toEqual([]);
  } finally {
    await services.close();
    await home.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}, 120_000);
