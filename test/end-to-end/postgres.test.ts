/**
 * An archive on a real PostgreSQL server (Debian: postgresql), by the command line: the main job, what is refused, the password
 * that nobody sees, and workers that are killed in the middle together with the server.
 */

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonLines, type RunningCommand, startOsteon } from "../../scripts/osteon-process.ts";
import { hasPostgres, PostgresProcess, postgresPassword } from "../../scripts/postgres-process.ts";
import { local } from "../../src/server/access/guard-access.ts";
import { startServices } from "../../src/server/start-services.ts";
import { DatabaseServer, listImages, openHome } from "../../src/store/index.ts";
import type { LinkResult, TrainReport } from "../../src/systems/precedents/index.ts";

const patienceMs = 600_000;

describe.skipIf(!hasPostgres)("PostgreSQL (skipped where Debian's postgresql is not installed)", () => {
  let folder: string;
  let server: PostgresProcess;
  let centre: string;
  let home: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-on-postgres-"));
    [centre, home] = [join(folder, "centre"), join(folder, "home")];
    server = await PostgresProcess.start();
    await osteon("phantom", centre, "--patients", "12", "--seed", "3");
  }, patienceMs);
  afterAll(async () => {
    await server?.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const osteon = async (...args: readonly string[]) => {
    const result = await startOsteon([...args, "--json", "--quiet"]).finished;
    expect(result.code, result.stderr).toBe(0);
    return result;
  };
  const onServer = (place = home): readonly string[] => ["--home", place, "--database", server.address()];

  /** What a command says that ends with 2, or 1 where the server is away; never with the password. */
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await startOsteon([...args, "--debug", "--json"]).finished;
    expect([1, 2]).toContain(code);
    for (const secret of [postgresPassword, encodeURIComponent(postgresPassword), "open sesame", "open%20sesame"])
      expect(stdout + stderr).not.toContain(secret);
    return stderr;
  };

  test("the main job: import, train, index, link", { timeout: patienceMs }, async () => {
    await osteon("import", "radiographs", join(centre, "pacs"), "--labels", join(centre, "labels.csv"), ...onServer());
    const train = ["precedents", "train", "--target", "region", "--epochs", "1"];
    const [trained] = jsonLines<TrainReport>(await osteon(...train, ...onServer()));
    expect(trained!.patients).toBe(12);
    await osteon("precedents", "index", ...onServer());
    const links = jsonLines<LinkResult>(await osteon("link", join(centre, "undiagnosed"), "-k", "3", ...onServer()));
    expect(links.length).toBeGreaterThan(0);
    for (const { neighbours } of links) expect(neighbours).toHaveLength(3);
    expect(await readdir(home)).not.toContain("database");
  });

  /** What the first test imported of the same centre, at one go. */
  const pixelsOnceImported = async (): Promise<string[]> => {
    const once = await openHome(home, {
      command: "a test",
      since: new Date().toISOString(),
      server: new DatabaseServer(server.address()),
    });
    try {
      return (await listImages(once.database)).map(({ pixelHash }) => pixelHash).sort();
    } finally {
      await once.close();
    }
  };

  test("each mistake is told by a sentence, and none with the password", { timeout: patienceMs }, async () => {
    const at = (address: string) => ["--home", home, "--database", address];
    const wrong = server.address("postgres", "open sesame");
    expect(await refused("runs", ...at(wrong))).toContain("refuses the password");
    expect(await refused("runs", ...at(server.address("nowhere")))).toContain("is not there; make it with: createdb");
    expect(await refused("runs", ...at("postgresql://osteon:open sesame@127.0.0.1:1/x"))).toContain("no answer");
    expect(await refused("runs", ...at("mysql://osteon:open sesame@127.0.0.1/x"))).toContain("is no address");
    expect(await refused("runs", "--home", home)).toContain("This home's database is on a server");
    expect(await refused("serve", ...onServer(join(folder, "other")))).toContain("are in another home");
    expect(await refused("demo", "--folder", join(folder, "demo"), ...at(wrong))).toContain("its own folder");
  });

  test("other users of the machine do not see the password among the words of a process", {
    timeout: patienceMs,
  }, async () => {
    const { child, finished } = startOsteon(["worker", ...onServer()]);
    try {
      const words = () => readFile(`/proc/${child.pid}/cmdline`, "utf8");
      await expect.poll(words, { timeout: patienceMs }).toContain("postgresql://osteon:***@127.0.0.1");
      expect(await words()).not.toContain(encodeURIComponent(postgresPassword));
    } finally {
      child.kill("SIGKILL");
      await finished;
    }
  });

  test("killed in the middle, a worker and the database server lose nothing: another worker goes on", {
    timeout: patienceMs,
  }, async () => {
    const database = await server.createDatabase("workers");
    const place = join(folder, "workers");
    const opened = await openHome(place, {
      command: "a test",
      since: new Date().toISOString(),
      create: true,
      server: new DatabaseServer(database),
      alone: true,
    });
    const services = await startServices(opened, { now: () => new Date(), leavesJobs: true });
    const workers: RunningCommand[] = [];
    try {
      const told: string[] = [];
      services.jobs.subscribe(({ state, progress }) => told.push(`${state} ${progress?.done}`));
      for (let i = 0; i < 2; i++) workers.push(startOsteon(["worker", "--home", place, "--database", database]));
      const areReady = (): Promise<unknown[]> =>
        opened.database.selectFrom("processes").select("id").where("command", "=", "worker").execute();
      await expect.poll(areReady, { timeout: patienceMs }).toHaveLength(2);
      const { id } = await services.jobs.start("import-radiographs", { folder: join(centre, "pacs") }, local);
      const ownerOf = async (): Promise<number | undefined> => {
        const query = opened.database.selectFrom("jobs").innerJoin("processes", "processes.id", "jobs.process_id");
        return (await query.select("pid").where("jobs.id", "=", id).executeTakeFirst())?.pid;
      };
      await expect.poll(ownerOf, { timeout: patienceMs }).toBeDefined();
      const owner = (await ownerOf())!;
      expect(workers.map(({ child }) => child.pid)).toContain(owner);
      process.kill(owner, "SIGKILL");
      await server.kill();
      await server.restart();
      await expect.poll(async () => (await services.jobs.get(id)).state, { timeout: patienceMs }).toBe("finished");
      expect(workers.map(({ child }) => child.exitCode ?? child.signalCode).filter((end) => end !== null)).toHaveLength(
        1,
      );
      const images = await listImages(opened.database);
      expect(images.map(({ pixelHash }) => pixelHash).sort()).toEqual(await pixelsOnceImported());
      for (const { id: image } of images) expect((await opened.files.readPicture(image)).length).toBeGreaterThan(0);
      await expect.poll(() => told.at(-1), { timeout: patienceMs }).toMatch(/^finished/);
    } finally {
      for (const { child } of workers) child.kill("SIGKILL");
      await Promise.all(workers.map(({ finished }) => finished));
      await services.close();
      await opened.close();
    }
  });
});
