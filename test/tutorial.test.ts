import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-tutorial-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program given on standard input, in the package's own folder, where `osteon/nn` means this package. */
const runModule = (source: string): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-"], { cwd: root });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("close", (code) => resolve({ code, output }));
    child.stdin.end(source);
  });

test("the program of the first tutorial learns, and writes its network", async () => {
  const page = await readFile(join(root, "docs", "tutorial", "first-network.md"), "utf8");
  const file = join(folder, "bars.onnx");
  const program = /```ts\n(.*?)```/s.exec(page)![1]!.replace('"bars.onnx"', JSON.stringify(file));
  const { code, output } = await runModule(program);
  expect(code, output).toBe(0);
  const losses = output
    .trim()
    .split("\n")
    .map((line) => Number(line.split(" ")[1]));
  expect(losses).toHaveLength(3);
  expect(losses.at(-1)).toBeLessThan(0.05);
  expect((await stat(file)).size).toBeGreaterThan(800);
});
