import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { osteon, startOsteon } from "../../../scripts/osteon-process.ts";
import { openHome } from "../../store/index.ts";

vi.setConfig({ testTimeout: 240_000 }); // each command is a process of its own

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-centres-command-"));
  home = join(folder, "home");
  await (await openHome(home, { command: "test", create: true, since: "2026" })).close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the fingerprint is made once, its key is its user's alone, and stays", async () => {
  const list = async () =>
    JSON.parse((await osteon(["centres", "list", "--json", "--home", home])).stdout) as { fingerprint: string };
  const first = await list();
  expect(first).toEqual({ fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/), centres: [] });
  expect(await list()).toEqual(first);
  expect((await stat(join(home, "centre-key.pem"))).mode & 0o777).toBe(0o600);
});

test("what cannot be shared, taken over or indexed is refused with a sentence, and nothing is written", async () => {
  const broken = join(folder, "broken.safetensors");
  await writeFile(broken, "no network at all");
  const file = join(folder, "shared.safetensors");
  for (const [words, sentence] of [
    [["adopt", broken], "safetensors"],
    [["adopt", join(folder, "none")], "cannot be read"],
    [["share", file], "run `osteon precedents train` first"],
    [["index"], "no common network"],
  ] as const) {
    const { code, stderr } = await startOsteon(["centres", ...words, "--quiet", "--home", home]).finished;
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  }
  await expect(stat(file)).rejects.toThrow();
});
