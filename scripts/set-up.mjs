// Installs the dependencies when they are missing or older than the lock file, so that `npm test` and `npm run demo`
// each work alone on a fresh clone. Plain JavaScript: it runs before Node 24 is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const installed = "node_modules/.package-lock.json";
const isFresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs;

if (!isFresh) {
  console.error("Installing the dependencies (once).");
  // Not `npm ci`: behind a mirror that lacks other platforms' optional packages it refuses the lock file; this obeys it too.
  const { status } = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
    shell: process.platform === "win32",
  });
  process.exit(status ?? 1);
}
