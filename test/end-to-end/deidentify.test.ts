/** `osteon deidentify` and `osteon verify` as their user runs them: real processes, real files, a real kill. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";
import { Random } from "../../src/numeric/random.ts";
import { plantFile } from "../support/planted-file.ts";

const files = 12;
let folder = "";
const at = (...parts: readonly string[]): string => join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-deidentify-"));
  await mkdir(at("pacs"));
  for (let i = 0; i < files; i++) {
    const sopClassUid = "1.2.840.10008.5.1.4.1.1.1";
    const { bytes } = plantFile({ random: new Random(i, "end to end"), around: [], sopClassUid });
    await writeFile(at("pacs", `Meier_Anna_${i}.dcm`), bytes);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** A command that may end with any code. */
const finish = (args: readonly string[]) => startOsteon(args).finished;

const deidentify = (to: string): string[] => [
  "deidentify",
  at("pacs"),
  "--to",
  at(to),
  "--key",
  at("key.json"),
  "--json",
];

/** Files and their hashes, without the journal, whose lines tell how often the work was begun. */
const contents = (name: string): string[] =>
  readdirSync(at(name), { recursive: true, encoding: "utf8" })
    .filter((file) => file !== "journal.jsonl" && statSync(at(name, file)).isFile())
    .map(
      (file) =>
        `${file} ${createHash("sha256")
          .update(readFileSync(at(name, file)))
          .digest("hex")}`,
    )
    .sort();

const linesOf = (path: string): number => (existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0);

test("killed half-way and started again, the folder is the same, and it verifies", async () => {
  const whole = jsonLines<{ files: unknown[]; setAside: unknown[] }>(await osteon(deidentify("whole")))[0]!;
  expect({ files: whole.files.length, setAside: whole.setAside.length }).toEqual({ files, setAside: 0 });

  const running = startOsteon(deidentify("killed"));
  while (linesOf(at("killed", "journal.jsonl")) < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  running.child.kill("SIGKILL");
  await running.finished;
  expect(existsSync(at("killed", "report.json"))).toBe(false);
  await osteon(deidentify("killed"));
  expect(contents("killed")).toEqual(contents("whole"));
  expect(contents("whole").some((line) => line.includes("Meier"))).toBe(false);

  const clean = await osteon(["verify", "--deidentified", at("whole")]);
  expect({ code: clean.code, stdout: clean.stdout }).toEqual({
    code: 0,
    stdout: `${files} files looked over: nothing was found that should not be there.\n`,
  });
}, 120_000);

test("verification ends with 1 and a list where something is found, never with the value", async () => {
  await writeFile(at("whole", "Meier.dcm"), readFileSync(at("pacs", "Meier_Anna_0.dcm")));
  const dirty = await finish(["verify", "--deidentified", at("whole"), "--json"]);
  const [answer] = jsonLines<{ clean: boolean; findings: { file: string; attribute: string }[] }>(dirty);
  expect(dirty.code).toBe(1);
  expect(answer!.clean).toBe(false);
  expect(answer!.findings.map(({ attribute }) => attribute)).toContain("file name");
});

test("words that cannot be right end with 2", async () => {
  const unknown = await finish([...deidentify("other"), "--options", "retain-everything"]);
  expect(unknown.code).toBe(2);
  const inside = await finish(["deidentify", at("pacs"), "--to", at("new"), "--key", at("new", "key.json")]);
  expect({ code: inside.code, made: existsSync(at("new", "key.json")) }).toEqual({ code: 2, made: false });
});
