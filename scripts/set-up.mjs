// Installs the dependencies when they are missing or older than the lock file, so that `npm test` and `npm run demo`
// each work alone on a fresh clone; with --pages it also builds the workbench's pages when they are missing or older than
// their sources. Plain JavaScript: it runs before Node 24 is there.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const npm = (...words) => {
  const { status } = spawnSync("npm", words, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
};

const changedAt = (path) => statSync(path).mtimeMs;

const installed = "node_modules/.package-lock.json";
if (!existsSync(installed) || changedAt(installed) < changedAt("package-lock.json")) {
  console.error("Installing the dependencies (once).");
  // Not `npm ci`: behind a mirror that lacks other platforms' optional packages it refuses the lock file; this obeys it too.
  npm("install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error");
}

/** When the newest file of a folder was changed; the built pages and what is installed are no sources. */
const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "dist" && name !== "node_modules")
    .map((entry) => (entry.isDirectory() ? newest(join(folder, entry.name)) : changedAt(join(folder, entry.name))))
    .reduce((latest, one) => Math.max(latest, one), 0);

const built = "web/dist/index.html";
if (process.argv.includes("--pages") && (!existsSync(built) || changedAt(built) < newest("web"))) {
  console.error("Building the pages.");
  npm("run", "--silent", "build:web");
}
