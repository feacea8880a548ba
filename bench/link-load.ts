/**
 * How long people wait from the upload of a radiograph to its linked patients, ten of them at once at a real server: a process
 * of its own, asked over HTTP. Each uploads a phantom DICOM, has it read, and links it; then the next, at once or after a
 * pause. The model is the demo's. Whoever asks runs on the same cores.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { startWorkbench } from "../test/support/workbench/server-process.ts";
import { makeDemoHome } from "./demo-home.ts";
import { type Bench, type Figure, median, percentile } from "./figure.ts";

const users = 10;
/** Between a user's links, of those who look at what they see. */
const thinkMs = 2_000;

/** What the users saw. */
interface Seen {
  readonly times: number[];
  readonly linkTimes: number[];
  errors: number;
  seconds: number;
}

export const linkLoad: Bench = async ({ args, say }) => {
  const seconds = Number(args[0] ?? 30);
  const folder = await mkdtemp(join(tmpdir(), "osteon-link-load-"));
  try {
    const files = await makeDemoHome(folder, say);
    const server = await startWorkbench({ home: join(folder, "home") });
    try {
      for (const file of files.slice(0, 4)) await linkOnce(server.url, file); // threads start, code is compiled
      const alone = await load(server.url, files, { users: 1, seconds: Math.min(seconds, 10), thinkMs: 0 });
      say(`${users} users without a pause, ${seconds} s`);
      const busy = await load(server.url, files, { users, seconds, thinkMs: 0 });
      say(`${users} users who pause ${thinkMs / 1e3} s, ${seconds} s`);
      const calm = await load(server.url, files, { users, seconds, thinkMs });
      return [
        ...figuresOf("one user, no pause", alone),
        ...figuresOf(`${users} users, no pause`, busy, "< 400"),
        ...figuresOf(`${users} users, ${thinkMs / 1e3} s pause`, calm, "< 400"),
      ];
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const load = async (
  url: string,
  files: readonly string[],
  { users: count, seconds, thinkMs: pause }: { users: number; seconds: number; thinkMs: number },
): Promise<Seen> => {
  const seen: Seen = { times: [], linkTimes: [], errors: 0, seconds: 0 };
  const start = performance.now();
  const end = start + seconds * 1e3;
  const user = async (number: number): Promise<void> => {
    for (let turn = number; performance.now() < end; turn += count) {
      const from = performance.now();
      try {
        const linking = await linkOnce(url, files[turn % files.length]!);
        seen.times.push(performance.now() - from);
        seen.linkTimes.push(linking);
      } catch {
        seen.errors += 1;
      }
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  const arrivals = Array.from({ length: count }, async (_, number) => {
    await new Promise((resolve) => setTimeout(resolve, (number * pause) / count)); // people do not come all at once
    await user(number);
  });
  await Promise.all(arrivals);
  seen.seconds = (performance.now() - start) / 1e3;
  return seen;
};

/** Uploads, reads and links one radiograph. Answers how long the link alone took. */
const linkOnce = async (url: string, file: string): Promise<number> => {
  const upload = await ask<{ id: string }>(url, "POST /api/uploads", {
    body: await readFile(file),
    headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(basename(file)) },
  });
  const query = await ask<{ id: string }>(url, "POST /api/queries", json({ upload: upload.id }));
  const from = performance.now();
  const answer = await ask<{ neighbours: unknown[] }>(url, `POST /api/queries/${query.id}/link`, json({}));
  if (answer.neighbours.length !== 5) throw new Error("There were no five neighbours.");
  return performance.now() - from;
};

const json = (body: object): RequestInit => ({
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

const ask = async <Answer>(url: string, what: string, request: RequestInit): Promise<Answer> => {
  const [method, path] = what.split(" ") as [string, string];
  const headers = { ...(request.headers as Record<string, string>), origin: url };
  const response = await fetch(`${url}${path}`, { ...request, method, headers });
  if (!response.ok) throw new Error(`${what} answered ${response.status}.`);
  return (await response.json()) as Answer;
};

const figuresOf = (name: string, { times, linkTimes, errors, seconds }: Seen, wanted?: string): Figure[] => [
  { name: `${name}: upload to answer, median`, value: median(times), unit: "ms" },
  {
    name: `${name}: upload to answer, p95`,
    value: percentile(times, 0.95),
    unit: "ms",
    ...(wanted === undefined ? {} : { wanted }),
  },
  { name: `${name}: upload to answer, longest`, value: Math.max(...times), unit: "ms" },
  { name: `${name}: link alone, p95`, value: percentile(linkTimes, 0.95), unit: "ms" },
  { name: `${name}: links a second`, value: times.length / seconds, unit: "1/s" },
  { name: `${name}: failed`, value: errors, unit: "links" },
];
