/** Background jobs over HTTP, with the real server as a process: what is asked for gets done, whatever is killed in between. */

import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningCommand, startOsteon } from "../../../scripts/osteon-process.ts";
import type { Job, JobRequest } from "../../../src/contract/jobs.ts";
import { writePhantomCentre } from "../../../src/phantom/write-phantom-centre.ts";
import { Visitor } from "../../support/visitor.ts";

/** A job gives way to everything else on its machine, which may be busy. */
const patienceMs = 600_000;

interface Server {
  readonly visitor: Visitor;
  readonly command: RunningCommand;
}

let folder: string;
let server: Server;

/** `osteon serve` on this file's home, without pages. */
const start = async (): Promise<Server> => {
  const pages = join(folder, "no-pages");
  const command = startOsteon(["serve", "--home", join(folder, "home"), "--port", "0", "--pages", pages]);
  const url = await new Promise<string>((resolve, reject) => {
    command.child.stderr!.on("data", () => {
      const [, address] = /The workbench is at (http:\/\/[^\s/]+)/.exec(command.stderr()) ?? [];
      if (address) resolve(address);
    });
    command.finished.then(({ code, stderr }) => reject(new Error(`osteon serve ended with ${code}: ${stderr}`)));
  });
  return { visitor: new Visitor(url), command };
};

const end = async (signal: NodeJS.Signals): Promise<number | null> => {
  server.command.child.kill(signal);
  return (await server.command.finished).code;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-jobs-"));
  await writePhantomCentre(join(folder, "centre"), { patients: 12, seed: 3 });
  server = await start();
}, 300_000);
afterAll(async () => {
  await end("SIGKILL");
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const ask = async (kind: JobRequest["kind"], settings: unknown): Promise<Job> => {
  const answer = await server.visitor.post("/api/jobs", { kind, settings });
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  return answer.json<Job>();
};
const read = async (id: string): Promise<Job> => (await server.visitor.get(`/api/jobs/${id}`)).json<Job>();

/** Waits until a job is as it should be; one that ended in another way fails the test at once. */
const until = async (id: string, isSo: (job: Job) => boolean): Promise<Job> => {
  for (;;) {
    const job = await read(id);
    if (isSo(job)) return job;
    if (job.state === "failed") throw new Error(`The job failed: ${JSON.stringify(job.problem)}`);
    if (job.finishedAt !== null) throw new Error(`The job is ${job.state} and not as expected.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const isFinished = ({ state }: Job): boolean => state === "finished";

const upload = async (path: string, name: string): Promise<string> => {
  const headers = { "x-file-name": encodeURIComponent(name) };
  const answer = await server.visitor.post("/api/uploads", await readFile(path), { headers });
  expect(answer.status).toBe(201);
  return answer.json<{ id: string }>().id;
};

/** Long enough to be killed in the middle, small enough to end. */
const training = { target: "label", imageSizes: [32], epochs: 10 };

/** The processes of jobs, as the system lists them. */
const jobProcesses = (): string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("job-process.ts");
    } catch {
      return false; // it has just ended
    }
  });
const ofServer = (): string[] =>
  jobProcesses().filter((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === server.command.child.pid;
  });

test(
  "uploads are imported with their labels, and are gone afterwards",
  async () => {
    const centre = join(folder, "centre");
    const names = (await readdir(join(centre, "pacs"), { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    const uploads: string[] = [];
    for (const { parentPath, name } of names) uploads.push(await upload(join(parentPath, name), name));
    const labels = await upload(join(centre, "labels.csv"), "labels.csv");
    const { id } = await ask("import-radiographs", { uploads, labels });
    const { result } = await until(id, isFinished);
    expect(result).toMatchObject({ files: uploads.length, imported: uploads.length, setAside: 0, unmatchedLabels: 0 });
    await expect.poll(() => readdir(join(folder, "home", "uploads")), { timeout: 60_000 }).toEqual([]);
  },
  patienceMs,
);

test(
  "a training whose server is killed in the middle goes on from its checkpoint when the server is there again",
  async () => {
    const { id } = await ask("train-precedents", training);
    await until(id, ({ progress }) => (progress?.done ?? 0) >= 4);
    const orphans = ofServer();
    expect(orphans).toHaveLength(1);
    await end("SIGKILL");
    server = await start();
    const again = await until(id, ({ state }) => state === "running");
    const dones: number[] = [];
    const finished = await until(id, (job) => {
      if (job.progress && job.startedAt === again.startedAt) dones.push(job.progress.done);
      return isFinished(job);
    });
    expect(Math.min(...dones)).toBeGreaterThanOrEqual(3); // of every epoch there is a checkpoint; from the beginning it would be 1
    expect(finished.result).toMatchObject({ epochs: training.epochs, target: "label" });
    const [run, ...others] = (await runs()).filter(({ system }) => system === "precedents/train");
    expect([run!.state, others]).toEqual(["finished", []]);
    expect(jobProcesses().filter((pid) => orphans.includes(pid))).toEqual([]);
  },
  patienceMs,
);

/** The runs as the home has them: asked of a home that nobody holds. */
const runs = async (): Promise<{ system: string; state: string }[]> => {
  expect(await end("SIGTERM")).toBe(0);
  const { stdout } = await startOsteon(["runs", "--home", join(folder, "home"), "--json"]).finished;
  server = await start();
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { system: string; state: string });
};

test(
  "a job whose own process is killed is begun again, and one at a time runs",
  async () => {
    const first = await ask("evaluate-precedents", { ...training, epochs: 6 });
    const second = await ask("build-index", {});
    await until(first.id, ({ progress }) => (progress?.done ?? 0) >= 3);
    expect((await read(second.id)).state).toBe("waiting");
    process.kill(Number(ofServer()[0]), "SIGKILL");
    const { startedAt } = await until(first.id, isFinished);
    const later = await until(second.id, isFinished);
    expect(later.result).toMatchObject({ bits: 512 });
    expect(Date.parse(later.startedAt!)).toBeGreaterThan(Date.parse(startedAt!));
  },
  patienceMs,
);

test(
  "a job is cancelled while it waits and while it runs, and goes on when it is resumed",
  async () => {
    const running = await ask("train-precedents", { ...training, seed: 1 });
    const waiting = await ask("build-index", {});
    await until(running.id, ({ progress }) => (progress?.done ?? 0) >= 2);
    const cancelled = await server.visitor.post(`/api/jobs/${waiting.id}/cancel`, {});
    expect(cancelled.json<Job>()).toMatchObject({ state: "cancelled", mayResume: true });
    await server.visitor.post(`/api/jobs/${running.id}/cancel`, {});
    await until(running.id, ({ state }) => state === "cancelled");
    expect((await server.visitor.post(`/api/jobs/${running.id}/cancel`, {})).status).toBe(409);
    const resumed = await server.visitor.post(`/api/jobs/${running.id}/resume`, {});
    expect(resumed.json<Job>().state).toBe("waiting");
    await until(running.id, isFinished);
    expect((await server.visitor.post(`/api/jobs/${running.id}/resume`, {})).status).toBe(409);
  },
  patienceMs,
);

test(
  "a server that is asked to end does so at once, and its job goes on at the next start without counting",
  async () => {
    const { id } = await ask("train-precedents", { ...training, seed: 2 });
    for (let times = 0; times < 4; times++) {
      await until(id, ({ state, progress }) => state === "running" && (progress?.done ?? 0) >= 2);
      expect(await end("SIGTERM")).toBe(0);
      server = await start();
    }
    await until(id, isFinished);
  },
  patienceMs,
);

test(
  "what cannot be done is told as a problem, and the log has no words of it",
  async () => {
    const table = await upload(join(folder, "centre", "labels.csv"), "labels.csv");
    const { id } = await ask("import-table", { upload: table, mapping: { format: "nonsense" } });
    await expect(until(id, isFinished)).rejects.toThrow("mapping is wrong");
    for (const body of [{ kind: "none", settings: {} }, { kind: "train-precedents", settings: { epochs: 0 } }, {}]) {
      expect((await server.visitor.post("/api/jobs", body)).status).toBe(400);
    }
    expect((await server.visitor.post("/api/jobs/none/resume", {})).status).toBe(404);
    const words = server.command.stderr();
    for (const private_ of ["labels.csv", "nonsense", id, folder]) expect(words).not.toContain(private_);
  },
  patienceMs,
);
