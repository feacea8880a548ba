#!/usr/bin/env node
// Starts the command line under the Node 24 that the npm package `node` installs, whatever Node is on the PATH:
// Osteon's TypeScript runs without a build step, which older versions cannot do.
import { spawn } from "node:child_process";
import module, { createRequire } from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const main = new URL("../src/cli/main.ts", import.meta.url);

const fail = () => {
  process.stderr.write("osteon: Node 24 is not installed; run `npm install` in the folder of Osteon.\n");
  process.exit(1);
};

const findNode24 = () => {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    return fail();
  }
};

const startUnderNode24 = () => {
  const child = spawn(findNode24(), [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  let hasTerminalGone = false;
  const isOnTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  for (const signal of ["SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      hasTerminalGone ||= isOnTerminal && signal === "SIGHUP";
      child.kill(signal);
    });
  }
  // A terminal's Ctrl-C reaches the child by itself, and a second one would end it before it has written its checkpoint.
  process.on("SIGINT", () => isOnTerminal || child.kill("SIGINT"));
  child.on("error", fail);
  child.on("exit", (code, signal) => {
    if (hasTerminalGone) {
      // Older versions of Node abort when they exit after their terminal has gone, so the signal does its work at last.
      process.removeAllListeners("SIGHUP");
      process.kill(process.pid, "SIGHUP");
    }
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
};

if (Number(process.versions.node.split(".")[0]) >= 24) {
  module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/osteon/compiled", import.meta.url))); // starts in half of the time
  await import(main.href);
} else startUnderNode24();
