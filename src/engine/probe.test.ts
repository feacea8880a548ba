import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { probeProvider } from "./probe.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-probe-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that stands for a driver's behaviour. */
const programOf = async (name: string, source: string): Promise<URL> => {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, source);
  return pathToFileURL(file);
};

test("the processor runs, and the runtime tells its version", async () => {
  const result = await probeProvider("cpu");
  expect(result.runs).toBe(true);
  expect(result.detail).toMatch(/^ONNX Runtime \d+\.\d+\.\d+$/);
});

// Elsewhere the system's own driver is used, whatever the environment says.
test.skipIf(process.platform !== "linux")(
  "without a Vulkan driver, WebGPU does not run, for a reason in a few words",
  async () => {
    for (const name of ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"]) vi.stubEnv(name, "/nowhere.json");
    const result = await probeProvider("webgpu");
    vi.unstubAllEnvs();
    expect(result.runs).toBe(false);
    expect(result.detail).toMatch(/^(no graphics card with a driver was found|this build .* has no such provider)$/);
  },
);

test("a driver that takes its process down is told as a provider that does not run", async () => {
  const program = await programOf("crash", 'process.kill(process.pid, "SIGSEGV");');
  const result = await probeProvider("webgpu", { program });
  expect(result).toEqual({ runs: false, detail: "its probe crashed (SIGSEGV)" });
});

test("so is one that crashes after it has answered", async () => {
  const program = await programOf("late", 'process.send({ runs: true, detail: "" }, () => process.exit(7));');
  const result = await probeProvider("webgpu", { program });
  expect(result).toEqual({ runs: false, detail: "its probe crashed (exit code 7)" });
});

test("a driver that never answers is given up", async () => {
  const program = await programOf("hang", "setInterval(() => {}, 1000);");
  const result = await probeProvider("webgpu", { program, timeoutMs: 300 });
  expect(result).toEqual({ runs: false, detail: "its probe did not end within 0.3 s" });
});

test("a program that says nothing is no provider", async () => {
  const program = await programOf("silent", "process.disconnect();");
  expect(await probeProvider("webgpu", { program })).toEqual({ runs: false, detail: "its probe gave no answer" });
});
