import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startOsteon } from "../../../scripts/osteon-process.ts";
import { verifyPassword } from "../../server/access/passwords.ts";
import { findLogin, listAudit, openHome } from "../../store/index.ts";

vi.setConfig({ testTimeout: 240_000 }); // each command is a process of its own

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-users-"));
  home = join(folder, "home");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const secret = "a quiet reading room";

/** Runs `osteon` on the home; the line is its standard input. */
const run = async (words: readonly string[], line = "") => {
  const { child, finished } = startOsteon([...words, "--home", home], { input: line });
  expect(child.spawnargs.join(" ")).not.toContain(secret);
  return finished;
};

test("nobody serves for accounts before there is an administrator", async () => {
  const { code, stderr } = await run(["serve", "--accounts", "--port", "0"]);
  expect(code).toBe(2);
  expect(stderr).toContain("make an administrator first with osteon users add LOGIN --role administrator");
});

test("an account is added with a password from standard input, which is nowhere to be read", async () => {
  const added = await run(["users", "add", "Anna", "--name", "Anna K.", "--role", "administrator"], `${secret}\n`);
  expect(added.stdout).toBe("anna may log in as administrator.\n");
  expect(`${added.stdout}${added.stderr}`).not.toContain(secret);
  const opened = await openHome(home, { command: "test", since: "" });
  const found = await findLogin(opened.database, "ANNA");
  expect(found?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(found!.passwordHash, secret)).toBe(true);
  expect(await listAudit(opened.database, { limit: 10 })).toMatchObject([
    { action: "added account", person: "command line", subject: found!.account.id },
  ]);
  await opened.close();
});

test.each([
  [["users", "add", "anna"], `${secret}\n`, "This login is taken"],
  [["users", "add", "ben"], "", "There is no password on standard input"],
  [["users", "add", "ben"], "short\n", "at least 12 signs"],
  [["users", "add", "ben"], "ben is my login, ben\n", "must not hold the login"],
  [["users", "add", "ben b"], `${secret}\n`, "A login is of letters"],
  [["users", "add", "ben", "--role", "king"], `${secret}\n`, "Allowed choices are viewer, annotator"],
  [["users", "role", "nobody", "viewer"], "", "There is no account with this login"],
  [["users", "disable", "anna"], "", "This is the last administrator"],
  [["users", "role", "anna", "viewer"], "", "This is the last administrator"],
])("osteon %j is refused with a sentence", async (words, line, sentence) => {
  const { code, stderr } = await run(words, line);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});

test("roles, passwords and access change, and the list tells", async () => {
  await run(["users", "add", "ben"], `${secret}\n`);
  expect((await run(["users", "role", "ben", "researcher"])).stdout).toBe("ben is researcher now.\n");
  expect((await run(["users", "password", "ben"], "another long sentence\n")).code).toBe(0);
  expect((await run(["users", "disable", "ben"])).stdout).toBe("ben may no longer log in.\n");
  expect((await run(["users", "list"])).stdout).toBe(
    "anna  administrator  Anna K.\nben  researcher  ben  (disabled)\n",
  );
  expect((await run(["users", "enable", "ben"])).code).toBe(0);
  const listed = (await run(["users", "list", "--json"])).stdout.trim().split("\n");
  expect(listed.map((line) => JSON.parse(line))).toMatchObject([{ login: "anna" }, { login: "ben", disabledAt: null }]);
  expect(listed.join()).not.toContain("argon2");
});

test("the chain of what was done is verified, also against an entry that was kept", async () => {
  const { stdout, code } = await run(["verify", "--audit"]);
  expect(code).toBe(0);
  const [, known] = /^The chain holds over 6 entries\. Keep elsewhere: (6:[0-9a-f]{64})\n$/.exec(stdout) ?? [];
  expect((await run(["verify", "--audit", "--known", known!])).code).toBe(0);
  const other = await run(["verify", "--audit", "--known", `7:${"0".repeat(64)}`]);
  expect([other.code, other.stdout]).toEqual([1, "The chain is broken: entry 7 is not what it was, or is missing.\n"]);
  expect((await run(["verify", "--audit", "--known", "7"])).code).toBe(2);
  expect((await run(["verify"])).code).toBe(2);
  expect((await run(["verify", "--audit", "--deidentified", folder])).code).toBe(2);
});
