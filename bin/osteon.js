#!/usr/bin/env node
// Starts the command line under the Node 24 that the npm package `node` installs, whatever Node is on the PATH:
// Osteon's TypeScript runs without a build step, which older versions cannot do.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const main = new URL("../src/cli/main.ts", import.meta.url);

if (Number(process.versions.node.split(".")[0]) >= 24) {
  await import(main.href);
} else {
  const node24 = createRequire(import.meta.url).resolve("node/bin/node");
  const child = spawn(node24, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
