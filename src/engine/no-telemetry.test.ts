import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const [session, telemetry] = ["./session.ts", "./no-telemetry.ts"].map((file) =>
  JSON.stringify(import.meta.resolve(file)),
);
const runsSession = `
  import { Session } from ${session};
  import { Graph } from ${JSON.stringify(import.meta.resolve("./graph.ts"))};
  import { relu } from ${JSON.stringify(import.meta.resolve("./ops.ts"))};
  const graph = new Graph();
  await (await Session.create(graph.toModel({ y: relu(graph.input("x", [1])) }))).release();
`;

/** Runs a module in a process whose environment says nothing of telemetry. */
const runAlone = (code: string, args: readonly string[] = []) => {
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const oneLine = code.replaceAll("\n", " "); // as command lines are, which the runtime reads to the first end of a line
  const words = ["--input-type=module", "--eval", oneLine, "--", ...args];
  return spawnSync(process.execPath, words, { env, encoding: "utf8" });
};

test("however many files a command line names, it is not made into a message", () => {
  const { status, signal, stderr } = runAlone(
    runsSession,
    Array.from({ length: 2_000 }, (_, i) => `/archive/radiograph-${i}.dcm`),
  );
  expect([status, signal, stderr]).toEqual([0, null, ""]);
});

test("a thread loads no runtime before its process is silent", () => {
  const inThread = (setUp: string) => `
    import { Worker } from "node:worker_threads";
    ${setUp}
    new Worker(${JSON.stringify(runsSession)}, { eval: true, type: "module" })
      .on("error", ({ message }) => console.log(message))
      .on("exit", (code) => console.log(code));
  `;
  expect(runAlone(inThread("")).stdout).toContain("ORT_DISABLE_TELEMETRY=1");
  expect(runAlone(inThread(`import { disableTelemetry } from ${telemetry}; disableTelemetry();`)).stdout).toBe("0\n");
});
