/** The command line as its user starts it: by `bin/osteon.js`, under a Node that can run TypeScript or one that cannot. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { continueOrCreateRun, openHome } from "../store/index.ts";
import { wholeNumber } from "./context.ts";

const root = join(import.meta.dirname, "..", "..");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-command-line-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Makes the Node that runs `bin/osteon.js` believe it is too old, so that it starts the installed one. */
const pretendsToBeOld =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.0.0"}})';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `bin/osteon.js` in a process group of its own, with a folder of its own for temporary files. */
const start = (args: readonly string[], { isOld = false, env = {} } = {}): Started => {
  const words = [...(isOld ? ["--import", pretendsToBeOld] : []), join(root, "bin", "osteon.js"), ...args];
  const child = spawn(process.execPath, words, {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: folder, ...env },
  });
  const ended = Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]): Ended => ({ code, stdout, stderr }),
  );
  return { child, ended };
};

const run = (...args: string[]): Promise<Ended> => start(args).ended;

describe.each([
  ["under a Node that runs TypeScript", false],
  ["under an older Node", true],
])("bin/osteon.js %s", (_, isOld) => {
  test("says its version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(await start(["--version"], { isOld }).ended).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("gives the command's exit code on", async () => {
    expect(await start(["fly"], { isOld }).ended).toMatchObject({ code: 2, stdout: "" });
  });
});

test.each([
  ["the whole group, as by Ctrl-C on a terminal", "SIGINT", -1],
  ["it alone, as by a supervisor", "SIGINT", 1],
  ["the whole group, as when the terminal closes", "SIGHUP", -1],
  ["it alone, as by a service manager", "SIGTERM", 1],
] as const)("bin/osteon.js under an older Node stops at a safe place when %s gets %s", async (to, signal, sign) => {
  const centre = join(folder, `centre ${to}`);
  const { child, ended } = start(["phantom", centre, "--patients", "2000"], { isOld: true });
  await expect.poll(() => readdir(centre).catch(() => []), { timeout: 40_000 }).toContain("pacs");
  process.kill(sign * child.pid!, signal);
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr.split("Stopping at the next safe place; Ctrl-C again ends at once.")).toHaveLength(2);
  expect(stderr).toMatch(/Drawing was interrupted after \d+ of \d+ radiographs/);
});

test("a second interrupt after a while ends at once", async () => {
  const script = `
    import { interruptSignal } from ${JSON.stringify(join(import.meta.dirname, "context.ts"))};
    const signal = interruptSignal();
    setInterval(() => process.stdout.write(signal.aborted ? "a" : "-"), 20);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let seen = "";
  child.stdout.on("data", (chunk) => {
    seen += chunk;
  });
  const exit = once(child, "exit");
  await expect.poll(() => seen, { timeout: 20_000 }).toContain("-");
  child.kill("SIGINT");
  child.kill("SIGTERM");
  await expect.poll(() => seen.length - seen.indexOf("a"), { timeout: 20_000 }).toBeGreaterThan(50);
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  expect(await exit).toEqual([130, null]);
});

test("what stands before a subcommand's word counts for the subcommand", async () => {
  const path = join(folder, "home-with-a-run");
  const home = await openHome(path, { command: "test", since: "", create: true });
  const plan = { system: "test/run", settings: {}, fingerprint: "f" };
  const { run: made } = await continueOrCreateRun(home.database, plan);
  await home.close();
  const { code, stdout } = await run("runs", "--home", path, "--json", "show", made.id);
  expect(code).toBe(0);
  expect(JSON.parse(stdout.split("\n")[0]!)).toMatchObject({ id: made.id });
  const other = join(folder, "no-home");
  const inner = await run("runs", "--home", path, "show", "--home", other, made.id);
  expect(inner.stderr).toContain(`There is no home at ${other}`);
});

test("an empty OSTEON_HOME is none: the current folder does not become the home", async () => {
  const { stderr } = await start(["runs"], { env: { OSTEON_HOME: "" } }).ended;
  expect(stderr).toContain("There is no home at ./osteon-home");
});

test("a page that cannot be written is told before any work", async () => {
  const taken = join(folder, "a-folder");
  await mkdir(taken);
  const { code, stderr } = await run("link", join(root, "package.json"), "--page", taken);
  expect([code, stderr]).toEqual([2, `osteon: "${taken}" is a folder; name a file in it.\n`]);
});

/** What starts a server takes long on a busy machine. */
const patienceMs = 300_000;

describe("the demo", () => {
  test.each(["0", "99999"])("refuses the port %j by the option's name", async (port) => {
    const { code, stderr } = await run("demo", "--port", port);
    expect(code).toBe(2);
    expect(stderr).toContain("option '--port <n>'");
    expect(stderr).toContain(`"${port}" is no whole number from 1 to 65535.`);
  });

  test("says that a port is taken before any work", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { code, stderr } = await run("demo", "--port", String(port), "--folder", join(folder, "taken-demo"));
    expect([code, stderr]).toEqual([
      2,
      `osteon: Port ${port} is taken by another program; name another with --port.\n`,
    ]);
    other.close();
  });

  test(
    "opens the workbench at once, stops while it draws, and keeps nothing half-drawn",
    async () => {
      const free = createServer().listen(0, "127.0.0.1");
      await once(free, "listening");
      const { port } = free.address() as { port: number };
      await new Promise((closed) => free.close(closed));
      const kept = join(folder, "demo");
      const { child, ended } = start(["demo", "--port", String(port), "--patients", "2000", "--folder", kept]);
      const found = (): Promise<string[]> => readdir(kept).catch(() => []);
      try {
        const isDrawing = expect.poll(found, { timeout: patienceMs }).toContain("centre.unfinished");
        const isOver = ended.then(({ stderr }) => Promise.reject(new Error(`The demo has ended: ${stderr}`)));
        await Promise.race([isDrawing, isOver]);
        isOver.catch(() => {});
        const health = await fetch(`http://localhost:${port}/api/health`);
        expect(await health.json()).toEqual({ status: "ready" });
      } finally {
        child.kill("SIGINT");
      }
      const { code, stderr } = await ended;
      expect(code).toBe(130);
      expect(stderr).toContain("Drawing was interrupted");
      expect(await found()).not.toContain("centre");
    },
    patienceMs,
  );

  test("leaves a folder alone that holds something else, or a demo of other options", async () => {
    const other = join(folder, "not-a-demo");
    await mkdir(other);
    const { code, stderr } = await run("demo", "--folder", other);
    expect([code, stderr]).toEqual([2, expect.stringContaining("holds something else")]);
    await writeFile(join(other, "demo.json"), JSON.stringify({ patients: 1 }));
    expect((await run("demo", "--folder", other)).stderr).toContain("holds a demo of other options");
  });
});

test("a worker on a home's own database is refused with the reason", async () => {
  const { code, stderr } = await run("worker");
  expect([code, stderr]).toEqual([2, expect.stringContaining("name it with --database")]);
});

test("whole numbers are digits within the range", () => {
  expect(wholeNumber(0)("7")).toBe(7);
  expect(wholeNumber(1, 3)("3")).toBe(3);
  for (const word of ["", " ", "-1", "1.5", "1e3", "0x1", "9007199254740993", "three"])
    expect(() => wholeNumber(0)(word)).toThrow(`"${word}" is no whole number from 0 up.`);
  expect(() => wholeNumber(1, 3)("4")).toThrow('"4" is no whole number from 1 to 3.');
});
