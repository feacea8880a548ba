import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { assembledSource } from "../../../scripts/wasm/assemble.ts";

test("the bytes of the scan are those of its text", async () => {
  const written = await readFile(new URL("./popcount-scan.ts", import.meta.url), "utf8");
  expect(written, "npm run wasm").toBe(await assembledSource());
});
