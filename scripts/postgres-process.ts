/** A real PostgreSQL in a temporary folder, for tests and benches: behind a password, killed and started again at will. */

import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./orthanc-process.ts";

const run = promisify(execFile);

const outputOf = (program: string, ...args: readonly string[]): string => {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
};

const foldersBelow = (parent: string): string[] =>
  existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name, "bin")) : [];

/** Where the programs of the server are: by `pg_config`, on the PATH, or where Debian has them. */
const programs = [
  outputOf("pg_config", "--bindir"),
  ...(process.env.PATH ?? "").split(delimiter),
  ...foldersBelow("/usr/lib/postgresql").sort().reverse(),
].find((folder) => folder !== "" && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));

/** Whether PostgreSQL's server is installed (Debian: postgresql). */
export const hasPostgres = programs !== undefined;

/** The server refuses to run as root, so root has another user run it. */
const user = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const name = ["postgres", "nobody"].find((candidate) => outputOf("id", "-u", candidate) !== "");
  if (name === undefined) throw new Error("PostgreSQL's server needs a user other than root to run as.");
  return { uid: Number(outputOf("id", "-u", name)), gid: Number(outputOf("id", "-g", name)) };
};

/** The password has what an address must escape. */
export const postgresPassword = "only for this test: @/%?";

/** A running server. */
export class PostgresProcess {
  readonly port: number;
  readonly #folder: string;
  readonly #settings: readonly string[];
  #child: ChildProcess | undefined;
  #log = "";

  private constructor(folder: string, port: number, settings: readonly string[]) {
    this.#folder = folder;
    this.port = port;
    this.#settings = settings;
  }

  /** Starts a new server; `settings` are such as `shared_buffers=256MB`. */
  static async start(...settings: readonly string[]): Promise<PostgresProcess> {
    const folder = await mkdtemp(join(tmpdir(), "osteon-postgres-"));
    const owner = user();
    const passwords = join(folder, "password");
    await writeFile(passwords, postgresPassword);
    if (owner) for (const path of [folder, passwords]) await chown(path, owner.uid, owner.gid);
    const words = ["--username=osteon", "--auth=scram-sha-256", `--pwfile=${passwords}`, "--no-sync"];
    await run(
      join(programs!, "initdb"),
      [...words, "--locale=C.UTF-8", "--encoding=UTF8", "-D", join(folder, "data")],
      {
        cwd: folder,
        ...owner,
      },
    );
    const server = new PostgresProcess(folder, await freePort(), settings);
    await server.restart();
    return server;
  }

  /** The address of a database, by default the one that every server has. */
  address(database = "postgres", password = postgresPassword): string {
    return `postgresql://osteon:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes another empty database, and answers its address. */
  async createDatabase(name: string): Promise<string> {
    const words = ["-h", "127.0.0.1", "-p", `${this.port}`, "-U", "osteon", "--template=template0", name];
    await run(join(programs!, "createdb"), words, { env: { ...process.env, PGPASSWORD: postgresPassword } });
    return this.address(name);
  }

  /** Starts it, after a kill, on the same data and port. */
  async restart(): Promise<void> {
    for (let tries = 0; tries < 60; tries++) {
      if (await this.#tryToStart()) return;
      if (!this.#log.includes("is still in use")) break;
      await sleep(500); // processes of the killed one are not gone yet
    }
    throw new Error(`PostgreSQL did not start:\n${this.#log}`);
  }

  async #tryToStart(): Promise<boolean> {
    const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${this.#folder}`, ...this.#settings];
    const words = ["-D", join(this.#folder, "data"), "-p", `${this.port}`, ...settings.flatMap((s) => ["-c", s])];
    const child = spawn(join(programs!, "postgres"), words, {
      cwd: this.#folder,
      detached: true, // a group of its own, so that it can be killed with all its processes
      stdio: ["ignore", "ignore", "pipe"],
      ...user(),
    });
    this.#child = child;
    const endWithUs = (): void => killGroup(child);
    process.once("exit", endWithUs);
    child.once("exit", () => process.removeListener("exit", endWithUs));
    this.#log = "";
    child.stderr.on("data", (chunk) => {
      this.#log = (this.#log + chunk).slice(-8000);
    });
    for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
      if (this.#log.includes("database system is ready to accept connections")) return true;
      await sleep(50);
    }
    return false;
  }

  /** The last words of its log. */
  get log(): string {
    return this.#log;
  }

  /** Ends it with all its processes at once, as a failure of the power would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    killGroup(child);
    await exit;
  }

  /** Ends it and removes what it held. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const killGroup = (child: ChildProcess): void => {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    // it has ended already
  }
};
