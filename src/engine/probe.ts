/** Whether the engine runs on this machine: one tiny graph, compiled and run. */

import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { OsteonError } from "../errors.ts";
import { Graph } from "./graph.ts";
import { add } from "./ops.ts";
import type { Provider } from "./providers.ts";
import { Session } from "./session.ts";
import { floatTensor } from "./tensor.ts";

/**
 * The version of ONNX Runtime, once it has computed 1 + 1 on the provider itself, without help from the processor.
 *
 * @throws OsteonError `unsupported` when the provider does not run here or computes something else; whatever the runtime
 *   throws when it does not load
 */
export const probeEngine = async (provider: Provider = "cpu"): Promise<string> => {
  const graph = new Graph();
  const x = graph.input("x", [1]);
  const session = await Session.create(graph.toModel({ y: add(x, x) }), { provider, cpuFallback: false });
  const { y } = await session.run({ x: floatTensor([1], Float32Array.of(1)) });
  await session.release();
  if (y!.data[0] !== 2) {
    const reason = "it computes wrongly";
    throw new OsteonError("unsupported", `ONNX Runtime on ${provider}: ${reason} on this machine.`, { reason });
  }
  return (createRequire(import.meta.url)("onnxruntime-node/package.json") as { version: string }).version;
};

/** What became of a probe. */
export interface ProbeResult {
  readonly runs: boolean;
  /** The version of ONNX Runtime where it runs, else the reason in a few words. */
  readonly detail: string;
}

/** How a probe is made. */
export interface ProbeOptions {
  /** 20 seconds by default. */
  readonly timeoutMs?: number;
  /** The program that is started, with the provider as its argument. */
  readonly program?: URL;
}

/** Tries a provider in a process of its own, because a broken driver may take its process down or never answer. */
export const probeProvider = (
  provider: Provider,
  { timeoutMs = 20_000, program = new URL("probe-process.ts", import.meta.url) }: ProbeOptions = {},
): Promise<ProbeResult> =>
  new Promise((resolve) => {
    // What drivers write is nothing for the reader of the answer.
    const child = fork(program, [provider], { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
    let answer: ProbeResult | undefined;
    // A process that hangs inside a driver may outlive even this signal: neither the answer nor the end of this process waits.
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      if (child.connected) child.disconnect();
      child.unref();
      fail(`its probe did not end within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    const settle = (result: ProbeResult): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const fail = (detail: string): void => settle({ runs: false, detail });
    child.on("message", (message) => {
      answer = message as ProbeResult;
    });
    child.on("error", () => fail("its probe could not be started"));
    // Unlike `exit`, `close` comes after the last message.
    child.on("close", (code, signal) => {
      if (code !== 0) fail(`its probe crashed (${signal ?? `exit code ${code}`})`);
      else if (answer) settle(answer);
      else fail("its probe gave no answer");
    });
  });
