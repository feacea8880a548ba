import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findBuiltPages } from "./built-pages.ts";

test("pages that nobody has built are told with how to build them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-pages-"));
  try {
    expect(() => findBuiltPages(folder)).toThrow("npm run build:web");
    await writeFile(join(folder, "index.html"), "");
    expect(findBuiltPages(folder)).toBe(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
