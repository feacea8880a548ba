/** The workbench's pages, built from the files as they are now. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { cachedFolder } from "./cached-folder.ts";
import { filesBelow, hashOfFiles, project } from "./source-hash.ts";

/** The folder with the built pages. */
export const builtPages = (): Promise<string> => {
  const files = [
    ...filesBelow("web/src"),
    ...filesBelow("web/public"),
    "web/index.html",
    "web/vite.config.ts",
    "package-lock.json",
  ];
  return cachedFolder({ name: "pages", key: hashOfFiles(files), make: build });
};

const build = async (folder: string): Promise<void> => {
  const vite = join(project, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", join(project, "web"), "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"];
  const env = { ...process.env, NODE_ENV: "production" }; // as users have them: the test runner's "test" would make others
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      words += chunk;
    });
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`The pages do not build: ${words.trim().slice(-2000)}`);
};
