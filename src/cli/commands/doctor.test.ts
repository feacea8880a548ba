import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { providerCheck } from "./doctor.ts";

const main = join(import.meta.dirname, "..", "main.ts");

test("doctor tells of every provider, and a missing graphics card is no failure", async () => {
  const home = join(tmpdir(), "osteon-doctor-has-no-home");
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, "doctor", "--json", "--home", home], {
    env: { ...process.env, VK_DRIVER_FILES: "/nowhere.json", VK_ICD_FILENAMES: "/nowhere.json" },
  });
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] };
  expect(checks.map(({ name }) => name)).toEqual([
    "Node",
    "machine",
    "disk",
    "provider cpu",
    "provider webgpu",
    "provider cuda",
    "home",
  ]);
  const byName = Object.fromEntries(checks.map((check) => [check.name, check]));
  expect(ok).toBe(checks.every((check) => check.ok));
  expect(byName["provider cpu"]!.detail).toMatch(/^runs here, ONNX Runtime \d/);
  expect(byName["provider webgpu"]!.ok).toBe(true);
  expect(byName["provider cuda"]!.ok).toBe(true);
  for (const { detail } of checks) expect(detail).not.toMatch(/\n|\.cc:|node_modules/);
  expect(stderr).toBe("");
});

test("a processor that does not run is a failure, a graphics card is none", () => {
  const result = { runs: false, detail: "it computes wrongly" };
  expect(providerCheck("cpu", result)).toEqual({
    name: "provider cpu",
    ok: false,
    detail: "does not run here: it computes wrongly; install the packages again with `npm install`",
  });
  expect(providerCheck("webgpu", result)).toEqual({
    name: "provider webgpu",
    ok: true,
    detail: "does not run here: it computes wrongly",
  });
});
