import { expect, test } from "vitest";
import { servePage } from "./page-server.ts";

test("the page is served on loopback, with a policy that lets nothing in, and only the page", async () => {
  const server = await servePage("<h1>Precedents</h1>", 0);
  try {
    const page = await fetch(server.url.replace("localhost", "127.0.0.1"));
    expect(await page.text()).toBe("<h1>Precedents</h1>");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const other = await fetch(`${server.url.replace("localhost", "127.0.0.1")}/../../etc/passwd`);
    expect(other.status).toBe(404);
  } finally {
    await server.close();
  }
});

test("a taken port is told in a sentence", async () => {
  const server = await servePage("", 0);
  const port = Number(new URL(server.url).port);
  await expect(servePage("", port)).rejects.toThrow(`Port ${port} is taken by another program`);
  await server.close();
});
